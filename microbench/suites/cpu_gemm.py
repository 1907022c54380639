"""Matrix products through torch: how much of the multiply-add peak a library reaches, by shape."""

from __future__ import annotations

from microbench.benchmark import AxisValue, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.suites.cpu_library import library_call

NAME = "cpu.gemm"

Shape = tuple[str, str, int, int, int, int]
"""Op, number format, b, m, n, k."""

SQUARE = (32, 64, 128, 256, 512, 1024)
SKINNY = ((1, 4096, 4096), (1, 1024, 4096), (8, 1024, 1024), (4096, 16, 512), (64, 64, 4096))
"""Decode steps (m = 1), small batches, a tall output, a long reduction."""
FORMATS = (("mm", "fp32"), ("mm", "bf16"), ("int_mm", "int8"), ("mm", "fp16"))
QUICK: tuple[Shape, ...] = (
    *(("mm", "fp32", 1, n, n, n) for n in (32, 128, 256, 512)),
    *(("mm", "fp32", 1, *shape) for shape in SKINNY[:1]),
    *((op, number_format, 1, 256, 256, 256) for op, number_format in FORMATS[1:]),
    ("bmm", "fp32", 12, 128, 128, 64),
)


def shapes(effort: Effort) -> tuple[Shape, ...]:
    """Return the grid of an effort; each shape once."""
    if effort is Effort.QUICK:
        return QUICK
    grid: list[Shape] = [*QUICK]
    grid += [("mm", "fp32", 1, n, n, n) for n in SQUARE]
    grid += [("mm", "fp32", 1, *shape) for shape in SKINNY]
    grid += [("mm", "fp32", 1, 197, 768, 768), ("mm", "fp32", 1, 128, 3072, 768)]
    for op, number_format in FORMATS[1:]:
        sides = (64, 256) if number_format == "fp16" else (64, 256, 512, 1024)
        grid += [(op, number_format, 1, n, n, n) for n in sides]
        grid += [(op, number_format, 1, *shape) for shape in SKINNY[:2]]
    grid += [("bmm", "fp32", b, m, n, k) for b, m, n, k in ((64, 32, 32, 32), (12, 512, 512, 64))]
    if effort is Effort.THOROUGH:
        grid += [("mm", "fp32", 1, n, n, n) for n in (48, 96, 192, 384, 768, 1536, 2048)]
    return tuple(dict.fromkeys(grid))


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Every shape on one thread; two large squares also on all cores."""
    found: list[tuple[AxisValue, ...]] = [(1, *shape) for shape in shapes(effort)]
    if device.sm_count > 1:
        sides = (512,) if effort is Effort.QUICK else (256, 1024)
        formats = FORMATS[:1] if effort is Effort.QUICK else FORMATS[:3]
        found += [(device.sm_count, op, form, 1, n, n, n) for op, form in formats for n in sides]
    names = ("threads", "op", "number_format", "b", "m", "n", "k")
    return tuple(
        Point(NAME, (("family", "gemm"), *zip(names, axes, strict=True))) for axes in found
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make the product ready; a few entries are checked in double precision first."""
    return library_call(dict(point.axes), seed)


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="How fast does the library multiply matrices of each shape and number format?",
        kind=DeviceKind.CPU,
        suite="gemm",
        quantity=Quantity.THROUGHPUT,
        points=points,
        prepare=prepare,
        source="2 b m n k operations; random normal operands",
        seconds_per_point={Effort.QUICK: 0.6, Effort.DEFAULT: 0.9, Effort.THOROUGH: 10},
    ),
)
