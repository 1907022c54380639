"""A module to its kernels: calls and loops multiplied out, ops costed and fused, coverage told."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from costmodel.graph.alike import Shared
from costmodel.graph.coverage import Coverage, Loop
from costmodel.graph.frames import Context
from costmodel.graph.functions import Survey
from costmodel.graph.fuse import fuse
from costmodel.graph.in_place import settle
from costmodel.graph.layouts import undo_transposes
from costmodel.graph.signatures import Signatures
from costmodel.graph.units import units
from costmodel.graph.walk import Walk
from costmodel.kernel import Kernel
from costmodel.mlir.collector import without_collecting
from costmodel.mlir.ir import Module
from microbench.errors import InputError

__all__ = ["Coverage", "Graph", "Loop", "build"]

_DIMENSION = re.compile(r"(?:arg(\d+)\.)?(\d+)")
_SCALAR = re.compile(r"%?[A-Za-z_][\w$\-]*|%\d+")


@dataclass(slots=True)
class Graph:
    """What a module comes to."""

    name: str
    kernels: tuple[Kernel, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    ops: Counter[str] = field(default_factory=Counter)
    """Op name to count, as written."""
    loops: list[Loop] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    dynamic: dict[str, str] = field(default_factory=dict)
    """Dynamic dimensions of arguments, by the name ``--shape`` takes (``arg0.1``)."""
    padding_flop: float = 0.0
    """Work of convolution taps that fall on padding, beyond ``work_flop``."""

    resident_bytes: float = 0.0
    """Arguments and results of the program that takes most: what memory holds at least."""

    @property
    def work_flop(self) -> float:
        """Work of the whole module, counts multiplied in."""
        return sum(kernel.work_flop * kernel.count for kernel in self.kernels)

    @property
    def bytes_moved(self) -> float:
        """Minimum traffic of the whole module, counts multiplied in."""
        return sum(kernel.bytes_moved * kernel.count for kernel in self.kernels)


def build(
    module: Module,
    shapes: Mapping[str, int] | None = None,
    batch: int | None = None,
    stack: str = "xla",
    count_padding: bool = False,
) -> Graph:
    """Form the kernels of a module's entry function, or of all functions nobody calls.

    A file of several programs (``units``) is the sum of them, in their order.

    Parameters
    ----------
    shapes
        Dynamic dimensions by ``argI.D`` (argument, dimension) or by ``D`` for every argument;
        scalars that bound loops by their SSA name (``N`` for ``%N``); ``grid`` for the number of
        programs of a kernel that no launch in the file starts.
    batch
        Dimension 0 wherever it is dynamic.
    stack
        Whose fusion forms the kernels: ``torch-eager``, ``inductor``, ``xla``, ``iree`` or
        ``vendor``.
    count_padding
        Count convolution taps that fall on padding as work. XLA's convention does not.

    Raises
    ------
    InputError
        For impossible types, with ``file:line:column``, and for shape names of no known form.
    """
    with without_collecting():
        return _build(module, _sizes(shapes or {}, batch), stack, count_padding)


_Sizes = tuple[dict[int, int], dict[tuple[int, int], int], dict[str, int]]


def _build(module: Module, sizes: _Sizes, stack: str, count_padding: bool) -> Graph:
    graph = Graph(module.name)
    used: set[int | str] = set()
    for unit in units(module):
        used |= _add(graph, unit, sizes, stack, count_padding)
    _refuse_unused(module, sizes, graph.dynamic, used)
    for kernel in graph.kernels:
        if not math.isfinite((kernel.work_flop + kernel.bytes_moved) * kernel.count):
            raise InputError(
                f"{kernel.location}: {kernel.op} has more work than a number can hold: "
                "check its dimensions and the loops around it"
            )
    return graph


def _add(
    graph: Graph, module: Module, sizes: _Sizes, stack: str, count_padding: bool
) -> set[int | str]:
    """Cost one program of a file into ``graph``; return given dimensions and scalars it used."""
    by_dimension, by_argument, scalars = sizes
    survey = Survey.of(module)
    signatures = Signatures(module, by_dimension)
    walk = Walk(module, survey, signatures, scalars, by_argument)
    kernels: list[Kernel] = []
    shared = Shared()
    calls_libraries = any(name.endswith("custom_call") for name in survey.ops)

    def form(contexts: list[Context]) -> None:
        if calls_libraries:
            undo_transposes(contexts)
        settle([context for context in contexts if context.updates], walk.binding.new_key)
        for context in contexts:
            nodes, count = context.nodes, context.count
            if not count_padding:
                graph.padding_flop += sum([node.work.cost.padding_flop for node in nodes]) * count
            kernels.extend(fuse(nodes, stack, count, module.locations, count_padding, shared))

    walk.run(form)
    graph.coverage.add(walk.coverage)
    graph.ops.update(survey.ops)
    graph.loops += walk.loops
    graph.dynamic |= walk.binding.dynamic
    graph.resident_bytes = max(graph.resident_bytes, walk.resident_bytes)
    graph.coverage.left_out += survey.left_out()
    graph.calls.update(survey.calls())
    graph.kernels += tuple(kernels)
    return signatures.used | walk.used


def _refuse_unused(
    module: Module, sizes: _Sizes, dynamic: Mapping[str, str], used: set[int | str]
) -> None:
    """Raise ``InputError`` for a size that changed nothing: its owner believes that it did."""
    by_dimension, by_argument, scalars = sizes
    there_are = f"dynamic are {', '.join(dynamic)}" if dynamic else "no argument has a dynamic one"
    for argument, dimension in by_argument:
        if f"arg{argument}.{dimension}" not in dynamic:
            raise InputError(
                f"--shape arg{argument}.{dimension}: no such dynamic dimension: {there_are}"
            )
    filled = used | {int(name.rpartition(".")[2]) for name in dynamic}
    for dimension in by_dimension:
        if dimension not in filled:
            asked = "--batch" if dimension == 0 else f"--shape {dimension}"
            raise InputError(
                f"{asked}: dimension {dimension} is fixed in every tensor: {there_are}"
            )
    for name in scalars:
        if name != "grid" and not re.search(rf"%{re.escape(name)}(?![\w$.\-])", module.text):
            raise InputError(f"--shape {name}: the text has no value %{name}; {there_are}")
        if name == "grid" and name not in used:
            raise InputError(
                "--shape grid: no device function stands without its launch here, so it changes "
                f"nothing; {there_are}"
            )
        if name != "grid" and f"%{name}" not in used:
            raise InputError(
                f"--shape {name}: %{name} bounds no loop and no launch, directly or through "
                "integer arithmetic, so it changes nothing: leave it out"
            )


def _sizes(shapes: Mapping[str, int], batch: int | None) -> _Sizes:
    """Sort given sizes into dimensions of any tensor, dimensions of one argument, and scalars."""
    by_dimension = {0: batch} if batch else {}
    by_argument: dict[tuple[int, int], int] = {}
    scalars: dict[str, int] = {}
    for name, size in shapes.items():
        dimension = _DIMENSION.fullmatch(name)
        if dimension and dimension.group(1):
            by_argument[int(dimension.group(1)), int(dimension.group(2))] = size
        elif dimension:
            by_dimension[int(dimension.group(2))] = size
        elif _SCALAR.fullmatch(name):
            scalars[name.removeprefix("%")] = size
        else:
            raise InputError(
                f"--shape {name}={size}: name a dimension (arg0.1), a dimension of every tensor "
                "(1), or a scalar of the text (N)"
            )
    return by_dimension, by_argument, scalars
