"""``hwprof tune --budget`` on a device of this machine: ready-made kernels, really run."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np

from costmodel.blocks import choose, cpu_cost, library
from costmodel.blocks.expression import Column
from costmodel.blocks.library import Limits
from costmodel.blocks.problems import is_causal, numbers
from costmodel.blocks.space import Space
from costmodel.blocks.sweep_spaces import sweep_space
from costmodel.blocks.tiled import problem_of
from costmodel.blocks.tuning import Tuning, tune
from costmodel.kernel import Kernel
from hwprof.tuning_cache import Cache
from microbench.benchmark import AxisValue
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.runner.lock import device_lock
from microbench.runner.target import Target
from microbench.tiles import cpu, triton
from microbench.tiles.timer import TileTimer
from microbench.workloads.triton_compile import TritonOperator

FP32_BYTES = 4
CPU_SOURCES = (cpu.__name__, "microbench.tiles.cpu_gemm_ir")
OPERATORS = {
    "gemm": TritonOperator.GEMM,
    "attention": TritonOperator.ATTENTION,
    "layernorm": TritonOperator.LAYER_NORM,
    "conv": TritonOperator.CONVOLUTION,
}
"""Kernels written in Triton, by their names on the command line."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is tuned: a space, what a model believes of it, and the axes of its benchmark."""

    space: Space
    believed: Callable[[Mapping[str, Column]], Column]
    benchmark: str
    module: str
    fixed: Mapping[str, AxisValue]
    sources: tuple[str, ...]
    """Modules whose text the times depend on."""

    @property
    def content(self) -> str:
        """Hash of the text of ``sources``."""
        digest = hashlib.sha256()
        for name in self.sources:
            package, _, module = name.rpartition(".")
            digest.update(files(package).joinpath(f"{module}.py").read_bytes())
        return digest.hexdigest()


def measured(what: str, kernel: Kernel, target: Target, budget: int) -> Tuning:
    """Return the tuning of a kernel on a device of this machine, going on where it stopped.

    With a budget of 0 nothing runs: the choice is the model's.
    """
    task = task_of(what, kernel, target.spec)
    cache = Cache.of(task.space, target.spec.title, (), None, (what, target.lock_key, task.content))
    done = cache.load() if budget else []
    if not budget:
        return tune(task.space, target.spec.name, target.spec, believed=task.believed)
    timer = TileTimer(task.benchmark, task.module, target, task.fixed)
    with device_lock(target.lock_key, target.spec.title), closing(timer):
        return tune(
            task.space,
            target.spec.name,
            target.spec,
            measure=cache.remembering(lambda row: timer.time(row).time_s),
            budget=budget,
            done=done[:budget],
            believed=task.believed,
        )


def task_of(what: str, kernel: Kernel, spec: DeviceSpec) -> Task:
    """Return what to tune; ``InputError`` where no kernel of ours can be measured for it."""
    if spec.kind is DeviceKind.CPU:
        return _cpu_task(what, kernel)
    return _gpu_task(what, kernel, spec)


def _cpu_task(what: str, kernel: Kernel) -> Task:
    from microbench.devices.detect import cpu_caches
    from microbench.kernels.cpu_jit import vector_bits

    name, sizes = numbers(what)
    if name != "gemm" or kernel.number_format is not NumberFormat.FP32:
        raise InputError(f"{what!r}: on a CPU gemm:m,n,k,fp32 is tuned, nothing else yet")
    m, n, k = sizes
    caches, lanes = cpu_caches(), vector_bits() // 8 // FP32_BYTES
    levels = [caches.get(level, 0) for level in (1, 2, 3)]
    if not all(levels[:2]):
        raise InputError("the sizes of this processor's caches are unknown: see `hwprof devices`")
    l3_bytes = levels[2] or levels[1]
    whole = library.cpu_gemm(FP32_BYTES, levels[0], levels[1], l3_bytes, vector_bits() // 8)
    space = within(whole, {"MC": m, "NC": n, "KC": k})

    def believed(columns: Mapping[str, Column]) -> Column:
        return np.asarray(np.log(cpu_cost.cycles(columns, m, n, k, lanes)))

    return Task(space, believed, cpu.NAME, cpu.__name__, {"m": m, "n": n, "k": k}, CPU_SOURCES)


def _gpu_task(what: str, kernel: Kernel, spec: DeviceSpec) -> Task:
    name, sizes = numbers(what)
    if name not in triton.SIZES:
        raise InputError(
            f"{what!r}: --budget measures {', '.join(triton.SIZES)}; there is no kernel for {name}"
        )
    if not is_causal(what):
        raise InputError(f"{what!r}: --budget measures causal attention alone: leave out `full`")
    if kernel.number_format.value not in triton.FORMATS:
        raise InputError(f"{what!r}: --budget measures {', '.join(triton.FORMATS)}")
    problem, chip = problem_of(kernel), choose.chip_for(spec, kernel)
    if problem is None or chip is None:
        raise InputError(f"{what!r}: the catalogue does not say enough of {spec.name}")
    space = without_split(choose.space_of(kernel, spec), name)

    def believed(_columns: Mapping[str, Column]) -> Column:
        found = choose.score(problem, chip, choose.listed(space))
        return np.asarray(np.log(np.where(np.isfinite(found), found, math.exp(50))))

    fixed: dict[str, AxisValue] = {"op": name, "number_format": kernel.number_format.value}
    fixed |= dict(zip(triton.SIZES[name], sizes, strict=True))
    sources = (triton.__name__, f"microbench.workloads.{OPERATORS[name].value}")
    return Task(space, believed, triton.NAME, triton.__name__, fixed, sources)


def sweep_task(what: str, kernel: Kernel, spec: DeviceSpec) -> Task:
    """Return what a brute-force sweep measures: on a GPU a smaller space than a tuning searches."""
    task, limits, problem = task_of(what, kernel, spec), Limits.of(spec), problem_of(kernel)
    if spec.kind is DeviceKind.CPU or limits is None or problem is None:
        return task
    dim = int(problem.sizes[4]) if problem.operator is library.Operator.ATTENTION else 0
    return replace(task, space=sweep_space(problem.operator, limits, problem.element_bytes, dim))


def within(space: Space, sides: Mapping[str, int]) -> Space:
    """Return the space without block sizes beyond the first that covers a whole side."""
    parameters = dict(space.parameters)
    for name, side in sides.items():
        values = sorted(int(value) for value in parameters[name])
        covering = next((value for value in values if value >= side), values[-1])
        parameters[name] = tuple(value for value in values if value <= covering)
    return replace(space, parameters=parameters)


def without_split(space: Space, name: str) -> Space:
    """Return the space without splits of the long sum, where the Triton kernel has none."""
    if name == "gemm" or "SPLIT_K" not in space.parameters:
        return space
    return replace(space, parameters={**space.parameters, "SPLIT_K": (1,)})
