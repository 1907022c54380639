"""Library kernels through torch: matrix products by shape and format, attention, convolution, rows.

Axes and notes have the names of the CPU's library suite, so one cost model reads both. ``cache`` is
``hot`` (operands stay where the last call left them) or ``cold`` (twice L2 is written before each
call). ``stack`` is ``torch-eager``, or ``torch-compile`` where a chain was fused.
"""

from __future__ import annotations

from typing import Any

from microbench.benchmark import AxisValue, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import supported_arch

GEMM, LIBRARY, FUSION, TRANSFER = "gpu.gemm", "gpu.library", "gpu.fusion", "gpu.transfer"
FROM_ADA = ("sm_89", "sm_90a", "sm_100a", "sm_120a")

Axes = tuple[tuple[str, AxisValue], ...]

SQUARES = (1024, 2048, 4096, 8192)
SMALL = (128, 256, 512)
SHAPES = (
    (1, 4096, 4096),
    (8, 4096, 4096),
    (64, 4096, 4096),
    (256, 4096, 11008),
    (2048, 4096, 4096),
    (2048, 4096, 11008),
    (4096, 1024, 8192),
)
"""m, n, k: decode steps, projections of a 7-billion-parameter decoder, a long reduction."""
BATCHED = ((64, 512, 512, 64), (64, 512, 64, 512), (256, 128, 128, 64), (32, 2048, 2048, 128))
"""b, m, n, k."""
BATCHED_FORMATS = ("fp16", "tf32", "fp32", "fp64")
"""Besides bf16; torch has no batched product of 8-bit operands."""
ATTENTION = ((1, 4096, 32, 128), (4, 2048, 32, 128), (16, 1024, 16, 64), (1, 16384, 16, 128))
"""batch, sequence, heads, head size."""
CONVOLUTIONS = (
    (32, 3, 64, 224, 7, 2),
    (32, 64, 64, 56, 3, 1),
    (32, 128, 128, 28, 3, 1),
    (32, 256, 1024, 14, 1, 1),
    (32, 512, 512, 7, 3, 1),
)
"""batch, channels in and out, side, kernel, stride."""
ROWS = ((4096, 1024), (4096, 4096), (16384, 8192), (65536, 512))
FUSED = ("silu_mul_add", "bias_gelu", "softmax_rows", "layer_norm_residual")
VARIANTS = ("eager", "eager-in-place", "torch-compile", "triton")
ELEMENTS = (2**20, 2**26)
"""4 MiB an operand, where launches cost most, and 256 MiB, more than any L2 holds."""
COPIES = tuple(
    (direction, memory, size)
    for direction in ("h2d", "d2h")
    for memory in ("pinned", "pageable")
    for size in (2**20, 2**26)
)


def gemm_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return the shape grid for each format the chip multiplies."""
    formats = _formats(device)
    if effort is Effort.QUICK:
        found = [_product("mm", form, 1, 4096, 4096, 4096, "hot") for form in formats[:2]]
        return tuple(Point(GEMM, axes) for axes in found)
    found = [_product("mm", form, 1, n, n, n, "hot") for form in formats for n in SQUARES]
    found += [_product("mm", "bf16", 1, n, n, n, "hot") for n in SMALL if formats]
    for form in formats if effort is Effort.THOROUGH else formats[:1]:
        shapes = [shape for shape in SHAPES if _allowed(form, *shape)]
        found += [_product("mm", form, 1, *shape, "hot") for shape in shapes]
    found += [_product("mm", "bf16", 1, *shape, "cold") for shape in SHAPES[:4] if formats]
    found += [_product("bmm", "bf16", *shape, "hot") for shape in BATCHED if formats]
    if effort is Effort.THOROUGH:
        others = [form for form in formats if form in BATCHED_FORMATS]
        found += [_product("bmm", form, *shape, "hot") for form in others for shape in BATCHED[:2]]
    return tuple(Point(GEMM, axes) for axes in dict.fromkeys(found))


def library_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return attention, convolutions and row operations."""
    if not _formats(device) or effort is Effort.QUICK:
        return ()
    found: list[Axes] = [
        (
            ("op", "sdpa"),
            ("number_format", "bf16"),
            ("causal", causal),
            ("batch", b),
            ("seq", s),
            ("heads", h),
            ("head_dim", d),
        )
        for b, s, h, d in ATTENTION
        for causal in (0, 1)
    ]
    found += [
        (
            ("op", "conv2d"),
            ("number_format", form),
            ("batch", b),
            ("c_in", ci),
            ("c_out", co),
            ("h_in", side),
            ("kh", kernel),
            ("stride_h", stride),
        )
        for b, ci, co, side, kernel, stride in CONVOLUTIONS
        for form in ("fp16", "fp32")
    ]
    found += [
        (("op", op), ("number_format", form), ("rows", rows), ("cols", cols))
        for op in ("softmax", "layer_norm", "sum")
        for form in ("bf16", "fp32")
        for rows, cols in ROWS
    ]
    return tuple(Point(LIBRARY, axes) for axes in found)


def fusion_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return each chain eager, eager in place, compiled and as one Triton kernel."""
    if not _formats(device) or effort is Effort.QUICK:
        return ()
    return tuple(
        Point(FUSION, (("chain", chain), ("variant", variant), ("elements", elements)))
        for chain in FUSED
        for variant in VARIANTS
        for elements in (ELEMENTS if effort is Effort.THOROUGH else ELEMENTS[1:])
        if variant != "triton" or chain == "silu_mul_add"
    )


def transfer_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return copies to and from the host, from pinned and pageable memory."""
    if not _formats(device) or effort is Effort.QUICK:
        return ()
    names = ("direction", "memory", "copy_bytes")
    return tuple(Point(TRANSFER, tuple(zip(names, axes, strict=True))) for axes in COPIES)


def prepare_gemm(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make the product ready; part of it is checked in double precision first."""
    from microbench.kernels.cuda_torch import product

    return product(dict(point.axes), seed)


def prepare_library(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make the library call ready."""
    from microbench.kernels.cuda_torch import library

    return library(dict(point.axes), seed)


def prepare_fusion(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make one variant of a chain ready; all are checked against the chain in float64."""
    from microbench.kernels.cuda_fusion import chain

    return chain(str(point["chain"]), str(point["variant"]), int(point["elements"]), seed)


def prepare_transfer(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Make a copy between host and GPU ready."""
    from microbench.kernels.cuda_torch import transfer

    return transfer(str(point["direction"]), str(point["memory"]), int(point["copy_bytes"]))


def _product(op: str, form: str, b: int, m: int, n: int, k: int, cache: str) -> Axes:
    return (
        *(("family", "gemm"), ("op", op), ("number_format", form)),
        *(("b", b), ("m", m), ("n", n), ("k", k), ("cache", cache)),
    )


def _allowed(form: str, m: int, n: int, k: int) -> bool:
    """8-bit products of torch need more than 16 rows and multiples of 16."""
    return not form.startswith(("fp8", "int8")) or (m > 16 and m % 16 == n % 16 == k % 16 == 0)


def _formats(device: DeviceSpec) -> tuple[str, ...]:
    arch = supported_arch(device.compute_capability)
    if arch is None:
        return ()
    eight = ("fp8_e4m3",) if arch in FROM_ADA else ()
    return ("bf16", "fp16", "tf32", "fp32", *eight, "int8", "fp64")


_COMMON: dict[str, Any] = {"kind": DeviceKind.GPU}


def _seconds(default: float, thorough: float) -> dict[Effort, float]:
    return {Effort.QUICK: 0.5, Effort.DEFAULT: default, Effort.THOROUGH: thorough}


BENCHMARKS = (
    Benchmark(
        name=GEMM,
        question="How fast does the library multiply matrices of each shape and number format?",
        suite="gemm",
        quantity=Quantity.THROUGHPUT,
        points=gemm_points,
        prepare=prepare_gemm,
        seconds_per_point=_seconds(0.6, 0.8),
        source="2 b m n k operations, random normal operands; published: cuBLASLt 119 to 1382 "
        "TFLOP/s (microbench/reference)",
        **_COMMON,
    ),
    Benchmark(
        name=LIBRARY,
        question="How long do attention, convolution and row operations take in the library?",
        suite="library",
        quantity=Quantity.LATENCY,
        points=library_points,
        prepare=prepare_library,
        seconds_per_point=_seconds(0.6, 0.7),
        source="operations and minimum bytes in the notes",
        **_COMMON,
    ),
    Benchmark(
        name=FUSION,
        question="What does fusing a chain of operators gain over running them one by one?",
        suite="fusion",
        quantity=Quantity.LATENCY,
        points=fusion_points,
        prepare=prepare_fusion,
        seconds_per_point=_seconds(2.0, 2.0),
        source="the same values from every variant, checked in float64",
        **_COMMON,
    ),
    Benchmark(
        name=TRANSFER,
        question="How many bytes per second flow between host and GPU?",
        suite="memory",
        quantity=Quantity.BANDWIDTH,
        points=transfer_points,
        prepare=prepare_transfer,
        seconds_per_point=_seconds(0.5, 0.6),
        source="one direction at a time; published: 26 to 55 GB/s on PCIe 4 and 5 x16",
        **_COMMON,
    ),
)
