"""Chains of one arithmetic instruction on a GPU, and what the chain must have computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from microbench.benchmark import Prepared
from microbench.kernels.cuda.alu import LONG_STEPS, OPERATIONS, SHORT_STEPS, Operation
from microbench.kernels.cuda_device import U32, U64, Argument, Gpu, Launch, fresh_gpu
from microbench.kernels.cuda_kernel import find_kernel
from microbench.kernels.cuda_packed import packed_steps
from microbench.kernels.cuda_sampling import Basis, KernelBench, upload_new

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Step = Callable[[Array, Array, Array], Array]

LANES = 32
TOLERANCE = {"fp32": 1e-4, "fp64": 1e-10}
"""Largest relative error of a chain of 128 roundings against the same chain in float64."""


def latency(name: str, warps: int, seed: int, gpu: Gpu | None = None) -> Prepared:
    """Return one block of ``warps`` that runs a short and a long chain of an instruction."""
    bench, check = _bench(f"alu.latency.{name}", name, 1, 1, warps, Basis.SLOPE, seed, gpu)
    return bench.prepared(LONG_STEPS - SHORT_STEPS, check_result=check)


def throughput(name: str, chains: int, warps: int, seed: int, gpu: Gpu | None = None) -> Prepared:
    """Return one block of ``warps`` on every SM, ``chains`` independent chains a thread."""
    gpu = gpu or fresh_gpu()
    kernel = f"alu.throughput.{name}_{chains}"
    blocks = gpu.facts.sm_count
    bench, check = _bench(kernel, name, chains, blocks, warps, Basis.TIMER, seed, gpu)
    (body,) = find_kernel(kernel).operations
    work = find_kernel(kernel).flop_per_operation * body * warps * blocks
    return bench.prepared(work_flop=work, check_result=check)


def operands(operation: Operation, count: int, seed: int) -> Array:
    """Return ``count`` start values; the last 64 are the constants a and b of the 32 lanes.

    a is just under 1 and b small, so that chains of products neither overflow nor vanish.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    if operation.kind in {"float", "double"}:
        values = generator.uniform(0.5, 1.5, count)
        values[-2 * LANES : -LANES] = generator.uniform(0.99, 0.999, LANES)
        values[-LANES:] = generator.uniform(0.001, 0.01, LANES)
        return values.astype(np.float32 if operation.kind == "float" else np.float64)
    if operation.name.startswith(("fp16x2", "bf16x2")):
        halves = generator.uniform(0.5, 1.5, (count, 2)).astype(np.float32)
        words = halves.astype(np.float16).view(np.uint16)
        if operation.name.startswith("bf16x2"):
            words = (halves.view(np.uint32) >> 16).astype(np.uint16)
        return np.ascontiguousarray(words).view(np.uint32).reshape(-1)
    return generator.integers(0, 2**32, count, dtype=np.uint64).astype(np.uint32)


def reference_step(name: str) -> Step | None:
    """Return one step in numpy, or ``None`` for approximate instructions and some packed ones."""
    import numpy as np

    def unsigned(function: Callable[[Array, Array, Array], Array]) -> Step:
        return lambda x, a, b: (
            function(x.astype(np.uint64), a.astype(np.uint64), b.astype(np.uint64)) & 0xFFFFFFFF
        ).astype(np.uint32)

    def signed(function: Callable[[Array, Array, Array], Array]) -> Step:
        return lambda x, a, b: function(x.view(np.int32), a.view(np.int32), b.view(np.int32)).view(
            np.uint32
        )

    steps: dict[str, Step] = {
        **packed_steps(),
        "fma": lambda x, a, b: x * a + b,
        "add": lambda x, a, _b: x + a,
        "mul": lambda x, a, _b: x * a,
        "int32_mad": unsigned(lambda x, a, b: x * a + b),
        "int32_mulhi": unsigned(lambda x, a, _b: x * a >> np.uint64(32)),
        "int32_add3": unsigned(lambda x, a, b: x + a + b),
        "int32_lop3": unsigned(lambda x, a, b: (x & a) ^ b),
        "int32_popc": lambda x, _a, _b: (
            np.unpackbits(x.view(np.uint8)).reshape(-1, 32).sum(1, dtype=np.uint32)
        ),
        "dpx_viaddmax_s32": signed(lambda x, a, b: np.maximum(x + a, b)),
        "dpx_vimax3_s32": signed(lambda x, a, b: np.maximum(np.maximum(x, a), b)),
        "dpx_viaddmax_s32_relu": signed(
            lambda x, a, b: np.maximum(np.maximum(x + a, b), np.int32(0))
        ),
    }
    kind, _, rest = name.partition("_")
    return steps.get(rest if kind in TOLERANCE else name)


def check_chain(name: str, start: Array, found: Array, steps: int) -> str:
    """Return "" when ``found`` is what ``steps`` steps make of ``start``.

    ``start`` holds values of the lanes, then a, then b; ``found`` one value a lane.
    """
    import numpy as np

    step = reference_step(name)
    if step is None:
        return ""
    kind = name.partition("_")[0]
    exact = kind not in TOLERANCE
    wide = start if exact else start.astype(np.float64)
    x, a, b = wide[:LANES], wide[-2 * LANES : -LANES], wide[-LANES:]
    with np.errstate(over="ignore"):
        for _ in range(steps):
            x = step(x, a, b)
    if exact:
        wrong = np.flatnonzero(x != found)
    else:
        wrong = np.flatnonzero(np.abs(found / x - 1) > TOLERANCE[kind])
    if wrong.size:
        lane = int(wrong[0])
        return f"lane {lane} holds {found[lane]}, {steps} steps of {name} make {x[lane]}"
    return ""


def _bench(
    kernel_name: str,
    name: str,
    chains: int,
    blocks: int,
    warps: int,
    basis: Basis,
    seed: int,
    gpu: Gpu | None,
) -> tuple[KernelBench, Callable[[], str]]:
    import numpy as np

    gpu = gpu or fresh_gpu()
    operation = next(one for one in OPERATIONS if one.name == name)
    start = operands(operation, LANES * (chains + 2), seed)
    source = upload_new(gpu, start)
    # The short loop of a latency kernel leaves one row of 1024 values behind the others.
    result = gpu.allocate(start.itemsize * 1024 * (blocks * chains + 2))

    def arguments(trips: int) -> Sequence[Argument]:
        return [(trips, U32), (source, U64), (result, U64)]

    bench = KernelBench(gpu, find_kernel(kernel_name), Launch(blocks, 32 * warps), arguments, basis)
    steps = LONG_STEPS + SHORT_STEPS if basis is Basis.SLOPE else operation.body // chains

    def check() -> str:
        bench.run(1)
        found = np.zeros(LANES, start.dtype)
        gpu.download(result, found)
        return check_chain(name, start, found, steps)

    return bench, check
