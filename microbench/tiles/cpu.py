"""A blocked matrix product on one CPU core, timed for one configuration of its blocks at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microbench.benchmark import AxisValue, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from microbench.tiles.cpu_gemm_ir import Blocked

    Matrix = npt.NDArray[np.float32]

NAME = "tiles.cpu.gemm"
SIZES = ("m", "n", "k")
BLOCKS = ("MR", "NR", "KC", "MC", "NC", "UNROLL")
TOLERANCE = 1e-5
"""Error allowed relative to sqrt(k), set by eye: plain sums err a quarter of it."""


def points(_device: DeviceSpec, _effort: Effort) -> tuple[Point, ...]:
    """None of its own: a tuning asks for the points it wants."""
    return ()


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Compile the blocks of a point; the result is checked in double precision before timing."""
    from microbench.kernels.cpu_jit import compile_ir, vector_bits
    from microbench.protocol.sampling import host_sample
    from microbench.tiles.cpu_gemm_ir import ELEMENT_BYTES, Blocked, blocked_gemm

    axes = {name: int(value) for name, value in point.axes}
    m, n, k = (axes[name] for name in SIZES)
    size = Blocked(m, n, k, {name: axes[name] for name in BLOCKS})
    code = compile_ir(blocked_gemm(size, vector_bits() // 8 // ELEMENT_BYTES))
    a, b, c, panels = operands(size, seed)
    call = code.stream()

    def run(repeats: int) -> None:
        call(a.ctypes.data, b.ctypes.data, c.ctypes.data, panels.ctypes.data, 1, repeats)

    def check() -> str:
        run(1)
        exact = a.astype(float) @ b.astype(float)
        error, allowed = float(abs(c - exact).max()), TOLERANCE * size.k**0.5
        return "" if error <= allowed else f"off by {error:g}, {allowed:g} allowed"

    notes: dict[str, AxisValue] = {**dict(point.axes), "number_format": "fp32", "threads": 1}
    return Prepared(
        sample=host_sample(run),
        work_flop=2.0 * m * n * k,
        bytes_moved=float(ELEMENT_BYTES * (m * k + k * n + m * n)),
        check_result=check,
        relative_half_width=0.01,
        cpu_time_valid=True,
        notes=notes,
    )


def operands(size: Blocked, seed: int) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Return A and B padded with zeros, C, and room for the packed panels."""
    import numpy as np

    m, n, k = size.padded
    random = np.random.default_rng(seed)
    a, b = np.zeros((m, k), np.float32), np.zeros((k, n), np.float32)
    a[: size.m, : size.k] = random.standard_normal((size.m, size.k), np.float32)
    b[: size.k, : size.n] = random.standard_normal((size.k, size.n), np.float32)
    return a, b, np.zeros((m, n), np.float32), np.zeros(size.packed_elements, np.float32)


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="How long does a blocked matrix product take with these block sizes?",
        kind=DeviceKind.CPU,
        suite="tiles",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="Goto and van de Geijn, TOMS 34(3), 2008",
        seconds_per_point={Effort.QUICK: 0.4, Effort.DEFAULT: 1.5, Effort.THOROUGH: 11},
    ),
)
