"""Cascades of Einsums found in StableHLO and linalg text, and how often each rank is traversed.

Every dimension of every value gets an axis; ops say which axes are the same. A product's free
dimensions are new axes (a row of Q and a row of K are told apart even where both come from one
input); an axis ends where a reshape splits or merges it, and at ops without a rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from costmodel.analytic.passes import Einsum, Tensor, count_passes
from costmodel.mlir.ir import Module, Op
from costmodel.mlir.types import parse_type
from microbench.errors import InputError

Axes = tuple[int | None, ...]
"""An axis number for each dimension; ``None`` for one of size 1."""

_ARGUMENT = re.compile(r"(%[\w$.\-]+)\s*:\s*((?:tensor|memref)<[^>]*>)")
_MAP = re.compile(r"affine_map<\(([^)]*)\)(?:\[[^\]]*\])?\s*->\s*\(([^)]*)\)>")
_NUMBERS = re.compile(r"\d+")
_LISTS = re.compile(r"\[([\d,\s]*)\]")


@dataclass(frozen=True, slots=True)
class RankPasses:
    """Passes over one rank of a function: its size and the values whose fibers are read."""

    size: int | None
    passes: int
    values: tuple[str, ...]


def passes_of(module: Module) -> tuple[RankPasses, ...]:
    """Return the ranks of a module's first public function, most passes first.

    ``InputError`` when no function has a body of StableHLO or linalg ops.
    """
    reader = read_cascade(module)
    steps = tuple(reader.einsums())
    read: dict[str, dict[str, None]] = {}
    for step in steps:
        for one in step.inputs:
            for rank in one.ranks:
                read.setdefault(rank, {})[one.name] = None
    found = [
        RankPasses(reader.sizes[int(rank)], count_passes(steps, rank), tuple(names))
        for rank, names in read.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.passes, -(one.size or 0))))


def read_cascade(module: Module) -> CascadeReader:
    """Read the first function with tensor ops in its body."""
    for op in module.walk():
        if op.name in {"func.func", "func"} and op.regions:
            reader = CascadeReader(module.aliases)
            reader.read(op)
            if reader.steps:
                return reader
    raise InputError(f"{module.name}: no function with StableHLO or linalg ops")


@dataclass(slots=True)
class CascadeReader:
    """Axes and steps of one function, collected op by op."""

    aliases: dict[str, str]
    sizes: list[int | None] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    values: dict[str, Axes] = field(default_factory=dict)
    steps: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def read(self, function: Op) -> None:
        """Read the arguments and the top-level ops of a function."""
        for name, text in _ARGUMENT.findall(function.header):
            self.values[name] = self.new(text)
        for block in function.regions[0].blocks[:1]:
            for name, text in block.arguments:
                self.values.setdefault(name, self.new(text))
            for op in block.ops:
                self._op(op)

    def einsums(self) -> list[Einsum]:
        """Return the steps with ranks named by their axis."""
        return [
            Einsum(self._tensor(out), tuple(self._tensor(one) for one in inputs))
            for out, inputs in self.steps
        ]

    def root(self, axis: int) -> int:
        """Return the axis that stands for this one."""
        while self.parents[axis] != axis:
            self.parents[axis] = self.parents[self.parents[axis]]
            axis = self.parents[axis]
        return axis

    def new(self, type_text: str) -> Axes:
        """Return new axes for a type; none for what has no shape."""
        kind = parse_type(type_text)
        return tuple(self._axis(size) for size in kind.shape) if kind else ()

    def same(self, one: int | None, other: int | None) -> None:
        """Record that two axes are the same; sizes that differ are left apart."""
        if one is None or other is None:
            return
        first, second = self.root(one), self.root(other)
        if self.sizes[first] == self.sizes[second]:
            self.parents[second] = first

    def _axis(self, size: int | None) -> int | None:
        if size == 1:
            return None
        self.sizes.append(size)
        self.parents.append(len(self.parents))
        return len(self.parents) - 1

    def _tensor(self, name: str) -> Tensor:
        axes = self.values.get(name, ())
        ranks = (str(self.root(axis)) for axis in axes if axis is not None)
        return Tensor(name, tuple(dict.fromkeys(ranks)))

    def _op(self, op: Op) -> None:
        types = op.type_lists[1]
        inputs = tuple(name for name in op.operands if name in self.values)
        for index, result in enumerate(op.results):
            text = types[index] if index < len(types) else types[-1] if types else ""
            self.values[result] = self.new(text)
            rule = _RULES.get(op.name.rpartition(".")[2], _elementwise)
            rule(self, op, inputs, self.values[result])
            self.steps.append((result, inputs))


def _elementwise(reader: CascadeReader, _op: Op, inputs: Sequence[str], out: Axes) -> None:
    for name in inputs:
        axes = reader.values[name]
        if len(axes) == len(out):
            for one, other in zip(out, axes, strict=True):
                reader.same(one, other)


def _new(_reader: CascadeReader, _op: Op, _inputs: Sequence[str], _out: Axes) -> None:
    """Leave the result's axes new: what goes in says nothing of them."""


def _spread(reader: CascadeReader, op: Op, inputs: Sequence[str], out: Axes) -> None:
    for axis, to in zip(reader.values[inputs[0]] if inputs else (), _list(op), strict=False):
        if to < len(out):
            reader.same(axis, out[to])


def _permute(reader: CascadeReader, op: Op, inputs: Sequence[str], out: Axes) -> None:
    source = reader.values[inputs[0]] if inputs else ()
    for axis, at in zip(out, _list(op), strict=False):
        if at < len(source):
            reader.same(axis, source[at])


def _reduce(reader: CascadeReader, op: Op, inputs: Sequence[str], out: Axes) -> None:
    gone = set(_list(op))
    source = reader.values[inputs[0]] if inputs else ()
    kept = [axis for at, axis in enumerate(source) if at not in gone]
    for one, other in zip(out, kept, strict=False):
        reader.same(one, other)


def _reshape(reader: CascadeReader, _op: Op, inputs: Sequence[str], out: Axes) -> None:
    """Keep axes from both ends while sizes agree; between them lies what was split or merged."""
    source = [axis for axis in (reader.values[inputs[0]] if inputs else ()) if axis is not None]
    result = [axis for axis in out if axis is not None]
    for step in (1, -1):
        for one, other in zip(source[::step], result[::step], strict=False):
            if reader.sizes[one] != reader.sizes[other]:
                break
            reader.same(one, other)


def _product(reader: CascadeReader, op: Op, inputs: Sequence[str], out: Axes) -> None:
    """Keep batch axes, tie contracted ones together, and leave free ones new."""
    if len(inputs) < 2:
        return
    left, right = reader.values[inputs[0]], reader.values[inputs[1]]
    text = op.body_text
    batch, contract = (_pair(text, key) for key in ("batching_dims", "contracting_dims"))
    for at, (i, j) in enumerate(zip(*batch, strict=False)):
        reader.same(left[i], right[j])
        reader.same(out[at], left[i])
    for i, j in zip(*contract, strict=False):
        reader.same(left[i], right[j])


def _matmul(reader: CascadeReader, op: Op, inputs: Sequence[str], out: Axes) -> None:
    """Handle linalg's matmul, batch_matmul, vecmat, matvec and dot."""
    if len(inputs) < 2:
        return
    left, right = reader.values[inputs[0]], reader.values[inputs[1]]
    batch = 1 if op.name.startswith("linalg.batch_") else 0
    for at in range(min(batch, len(left), len(right), len(out))):
        reader.same(left[at], right[at])
        reader.same(out[at], left[at])
    if len(left) > batch and len(right) > batch:
        reader.same(left[-1], right[batch])


def _generic(reader: CascadeReader, op: Op, inputs: Sequence[str], out: Axes) -> None:
    """Follow the indexing maps: operands that use one loop dimension share its axis."""
    text = op.body_text
    for alias in sorted(reader.aliases, key=len, reverse=True):
        if alias in text:
            text = text.replace(alias, reader.aliases[alias])
    loops: dict[str, int | None] = {}
    maps = [results.split(",") for _, results in _MAP.findall(text)]
    for axes, results in zip([*(reader.values[n] for n in inputs), out], maps, strict=False):
        for axis, expression in zip(axes, results, strict=False):
            loop = expression.strip()
            if axis is not None and loop.isalnum():
                reader.same(loops.setdefault(loop, axis), axis)
    if maps and len(maps) == len(inputs):
        for axis, expression in zip(out, maps[-1], strict=False):
            reader.same(loops.get(expression.strip()), axis)


_Rule = Callable[[CascadeReader, Op, Sequence[str], Axes], None]
_RULES: dict[str, _Rule] = {
    **dict.fromkeys(("broadcast_in_dim", "dynamic_broadcast_in_dim"), _spread),
    **dict.fromkeys(("reshape", "expand_shape", "collapse_shape"), _reshape),
    **dict.fromkeys(("matmul", "batch_matmul", "matvec", "vecmat", "dot"), _matmul),
    **dict.fromkeys(("convolution", "gather", "scatter", "iota", "fft", "sort", "while"), _new),
    "transpose": _permute,
    "reduce": _reduce,
    "dot_general": _product,
    "generic": _generic,
}


def _list(op: Op) -> list[int]:
    """Return the numbers of the last bracketed list of an op's attributes."""
    lists = _LISTS.findall(op.split_types[0])
    return [int(number) for number in _NUMBERS.findall(lists[-1])] if lists else []


def _pair(text: str, key: str) -> tuple[list[int], list[int]]:
    found = re.search(key + r"\s*=\s*\[([\d,\s]*)\]\s*x\s*\[([\d,\s]*)\]", text)
    if found is None:
        return [], []
    left, right = ([int(n) for n in _NUMBERS.findall(part)] for part in found.groups())
    return left, right
