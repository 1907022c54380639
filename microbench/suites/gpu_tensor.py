"""Tensor cores: ``mma.sync``, ``wgmma`` and ``tcgen05``, latency and rate by shape and format.

Rates count 2 m n k for each instruction; a sparse one counts its products as written, so its rate
is the one datasheets call sparse. Operands stand side by side, for power decides: normal ones that
change from product to product, the same ones in each product, ones and zeros.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microbench.benchmark import (
    INTERLEAVED,
    AxisValue,
    Benchmark,
    Effort,
    Point,
    Prepared,
    Quantity,
)
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.kernels.architectures import ARCHITECTURES, supported_arch

if TYPE_CHECKING:
    from microbench.kernels.cuda import mma

MMA_LATENCY, MMA = "gpu.tensor.mma.latency", "gpu.tensor.mma.throughput"
WGMMA_LATENCY, WGMMA = "gpu.tensor.wgmma.latency", "gpu.tensor.wgmma.throughput"
TCGEN05_LATENCY, TCGEN05 = "gpu.tensor.tcgen05.latency", "gpu.tensor.tcgen05.throughput"
NORMAL, STILL, ONES, ZEROS = "normal", "still", "ones", "zeros"
WARPS = (1, 2, 4, 8, 16)
MMA_USUAL = (4, 8)
"""Chains a warp and warps an SM that fill the tensor cores of every architecture here."""
HEADLINES = ("bf16_m16n8k16", "fp16_m16n8k16", "tf32_m16n8k8", "fp64_m8n8k4", "int8_m16n8k32")
SWEPT = frozenset({"bf16_m16n8k16", "tf32_m16n8k8", "fp64_m8n8k4"})
"""Headlines swept over chains and warps: fp16 and int8 level off where bf16 does."""
WGMMA_HEADLINES = ("bf16", "fp8_e4m3", "int8")
TCGEN05_HEADLINES = ("bf16", "fp8_e4m3", "nvfp4")
WGMMA_FULL = (256, "ss", "dense", 2)
"""Columns, source of A, pattern and warpgroups that load every tensor core fully."""


def mma_latency_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return one chain of each shape the architecture has (or emulates)."""
    shapes = _shapes(device, effort)
    return tuple(Point(MMA_LATENCY, (("shape", shape.name),)) for shape in shapes)


def mma_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return each shape at full load, the headline shapes with zeros and over chains and warps."""
    shapes = _shapes(device, effort)
    found = [(shape.name, *MMA_USUAL, NORMAL) for shape in shapes]
    headlines = [shape.name for shape in shapes if shape.name in HEADLINES]
    if effort is not Effort.QUICK:
        found += [(name, *MMA_USUAL, ZEROS) for name in (*headlines, *_narrow(device, shapes))]
        found += [(name, *MMA_USUAL, kind) for name in headlines[:1] for kind in (STILL, ONES)]
        names = [name for name in headlines if name in SWEPT]
        names = names if effort is Effort.THOROUGH else names[:1]
        found += [(n, chains, warps, NORMAL) for n in names for chains in (1, 4) for warps in WARPS]
    axes = ("shape", "chains", "warps", "operands")
    return _points(MMA, axes, found)


def wgmma_latency_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return one product awaited at a time, from shared memory and from registers."""
    from microbench.kernels.cuda import wgmma

    if supported_arch(device.compute_capability) != "sm_90a" or effort is Effort.QUICK:
        return ()
    found = [
        (name, columns, source, "dense")
        for name in wgmma.LATENCY_FORMATS
        for columns in wgmma.LATENCY_COLUMNS
        for source in ("ss", "rs")
        if not (source == "rs" and columns == max(wgmma.COLUMNS))
    ]
    return _points(WGMMA_LATENCY, ("format", "columns", "source", "pattern"), found)


def wgmma_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return N from 8 to 256, A from shared memory and registers, dense and sparse."""
    from microbench.kernels.cuda import wgmma

    if supported_arch(device.compute_capability) != "sm_90a":
        return ()
    names = WGMMA_HEADLINES[:2] if effort is Effort.QUICK else [f.name for f in wgmma.FORMATS]
    found = [(name, 256, "ss", "dense", 2, NORMAL) for name in names]
    if effort is not Effort.QUICK:
        found += [
            (name, 256, source, pattern, 2, NORMAL)
            for name in names
            for source in ("ss", "rs")
            for pattern in ("dense", "sparse")
        ]
        found += [
            (name, 256, "ss", "dense", 2, kind)
            for name in WGMMA_HEADLINES
            for kind in (STILL, ONES, ZEROS)
        ]
        found += [("fp16", 256, source, "dense", 2, ZEROS) for source in ("ss", "rs")]
        swept = WGMMA_HEADLINES if effort is Effort.THOROUGH else WGMMA_HEADLINES[:1]
        found += [
            (name, n, source, "dense", groups, NORMAL)
            for name in swept
            for n in wgmma.COLUMNS
            for source, groups in (("ss", 1), ("ss", 2), ("rs", 2))
        ]
    axes = ("format", "columns", "source", "pattern", "warpgroups", "operands")
    return _points(WGMMA, axes, found)


def tcgen05_latency_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return one product awaited at a time, narrow and wide."""
    from microbench.kernels.cuda import tcgen05

    if supported_arch(device.compute_capability) != "sm_100a" or effort is Effort.QUICK:
        return ()
    found = [(name, n) for name in tcgen05.LATENCY_FORMATS for n in tcgen05.LATENCY_COLUMNS]
    return _points(TCGEN05_LATENCY, ("format", "columns"), found)


def tcgen05_points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Return each format at N 64, 128 and 256, sparse, by two SMs together, and by operands."""
    from microbench.kernels.cuda import tcgen05

    if supported_arch(device.compute_capability) != "sm_100a":
        return ()
    names = [form.name for form in tcgen05.FORMATS]
    if effort is Effort.QUICK:
        found = [(name, 256, tcgen05.DENSE, NORMAL) for name in names]
    else:
        found = [(name, n, tcgen05.DENSE, NORMAL) for name in names for n in tcgen05.COLUMNS]
        found += [(form.name, 256, tcgen05.SPARSE, NORMAL) for form in tcgen05.SPARSE_FORMATS]
        found += [(name, 256, tcgen05.PAIR, NORMAL) for name in names]
        found += [
            (name, 256, tcgen05.DENSE, kind)
            for name in TCGEN05_HEADLINES
            for kind in (STILL, ONES, ZEROS)
        ]
    return _points(TCGEN05, ("format", "columns", "pattern", "operands"), found)


def prepare_mma_latency(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return one warp that accumulates into one sum."""
    from microbench.kernels.cuda_tensor import mma_bench

    return mma_bench(str(point["shape"]), 1, 1, NORMAL, seed, latency=True)


def prepare_mma(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return warps on every SM that accumulate into independent sums."""
    from microbench.kernels.cuda_sampling import SETTLE_S
    from microbench.kernels.cuda_tensor import mma_bench

    axes = dict(point.axes)
    chains, warps, shape = int(axes["chains"]), int(axes["warps"]), str(axes["shape"])
    settled = shape in HEADLINES and (chains, warps) == MMA_USUAL
    return mma_bench(
        shape, chains, warps, str(axes["operands"]), seed, settle_s=SETTLE_S if settled else 0.0
    )


def prepare_wgmma_latency(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return one warpgroup that waits for each product."""
    from microbench.kernels.cuda_tensor import wgmma_bench

    axes = dict(point.axes)
    return wgmma_bench(
        str(axes["format"]),
        int(axes["columns"]),
        str(axes["source"]),
        str(axes["pattern"]) == "sparse",
        1,
        NORMAL,
        seed,
        latency=True,
    )


def prepare_wgmma(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return warpgroups on every SM that wait once, at the end."""
    from microbench.kernels.cuda_sampling import SETTLE_S
    from microbench.kernels.cuda_tensor import wgmma_bench

    axes = dict(point.axes)
    full = (axes["columns"], axes["source"], axes["pattern"], axes["warpgroups"])
    return wgmma_bench(
        str(axes["format"]),
        int(axes["columns"]),
        str(axes["source"]),
        str(axes["pattern"]) == "sparse",
        int(axes["warpgroups"]),
        str(axes["operands"]),
        seed,
        settle_s=SETTLE_S if full == WGMMA_FULL else 0.0,
    )


def prepare_tcgen05_latency(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return one block whose chosen thread waits for each product."""
    from microbench.kernels.cuda_tensor import tcgen05_bench

    name, columns = str(point["format"]), int(point["columns"])
    return tcgen05_bench(name, columns, "dense", NORMAL, seed, latency=True)


def prepare_tcgen05(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Return one block an SM whose chosen thread issues all products, or that of a pair of SMs."""
    from microbench.kernels.cuda_sampling import SETTLE_S
    from microbench.kernels.cuda_tensor import tcgen05_bench

    axes = dict(point.axes)
    name, columns, pattern = str(axes["format"]), int(axes["columns"]), str(axes["pattern"])
    settled = name in TCGEN05_HEADLINES and (columns, pattern) == (256, "dense")
    return tcgen05_bench(
        name,
        columns,
        pattern,
        str(axes["operands"]),
        seed,
        settle_s=SETTLE_S if settled else 0.0,
    )


def _narrow(device: DeviceSpec, shapes: tuple[mma.Shape, ...]) -> list[str]:
    """Return dense shapes of 8-bit floats and narrower ones the architecture really has."""
    arch = supported_arch(device.compute_capability)
    return [
        shape.name
        for shape in shapes
        if shape.number_format.value.startswith(("fp8", "fp6", "fp4"))
        and not shape.sparse
        and arch not in shape.emulated_on
    ]


def _shapes(device: DeviceSpec, effort: Effort) -> tuple[mma.Shape, ...]:
    from microbench.kernels.cuda import mma

    arch = supported_arch(device.compute_capability)
    known = (s for s in mma.SHAPES if arch in s.architectures)
    return tuple(s for s in known if effort is not Effort.QUICK or s.name in HEADLINES)


def _points(
    name: str, axes: tuple[str, ...], found: list[tuple[AxisValue, ...]] | list[Any]
) -> tuple[Point, ...]:
    return tuple(
        Point(name, tuple(zip(axes, values, strict=True))) for values in dict.fromkeys(found)
    )


def _seconds(thorough: float) -> dict[Effort, float]:
    return {Effort.QUICK: 0.4, Effort.DEFAULT: 0.4, Effort.THOROUGH: thorough}


_COMMON: dict[str, Any] = {"kind": DeviceKind.GPU, "suite": "tensor", "visits": INTERLEAVED}

BENCHMARKS = (
    Benchmark(
        name=MMA_LATENCY,
        question="How long does one mma.sync take, from sum to sum, by shape and format?",
        quantity=Quantity.LATENCY,
        points=mma_latency_points,
        prepare=prepare_mma_latency,
        architectures=ARCHITECTURES,
        source="difference of a 48- and a 16-step chain; published: 24-25 cycles for m16n8k16 on "
        "A100, 4090 and H800 (microbench/reference)",
        seconds_per_point=_seconds(0.55),
        **_COMMON,
    ),
    Benchmark(
        name=MMA,
        question="How many FLOP/s do the tensor cores reach through mma.sync?",
        quantity=Quantity.THROUGHPUT,
        points=mma_points,
        prepare=prepare_mma,
        architectures=ARCHITECTURES,
        source="published: near peak on Ampere and Ada, 62.9% of peak on Hopper, whose full rate "
        "needs wgmma (microbench/reference)",
        seconds_per_point=_seconds(0.8),
        **_COMMON,
    ),
    Benchmark(
        name=WGMMA_LATENCY,
        question="How long does one wgmma take when each is waited for?",
        quantity=Quantity.LATENCY,
        points=wgmma_latency_points,
        prepare=prepare_wgmma_latency,
        architectures=("sm_90a",),
        source="fence, issue, commit and wait of each product; 128 cycles of an n256 are its issue",
        seconds_per_point=_seconds(0.55),
        **_COMMON,
    ),
    Benchmark(
        name=WGMMA,
        question="How many FLOP/s do Hopper's tensor cores reach through wgmma?",
        quantity=Quantity.THROUGHPUT,
        points=wgmma_points,
        prepare=prepare_wgmma,
        architectures=("sm_90a",),
        source="published: 95% of peak and more from N = 64 with zeros, power-limited with random "
        "operands (microbench/reference)",
        seconds_per_point=_seconds(0.7),
        **_COMMON,
    ),
    Benchmark(
        name=TCGEN05_LATENCY,
        question="How long does one tcgen05.mma take when each is waited for?",
        quantity=Quantity.LATENCY,
        points=tcgen05_latency_points,
        prepare=prepare_tcgen05_latency,
        architectures=("sm_100a",),
        source="issue, commit and barrier of each product, 128 x N on one SM; slope of two loops; "
        "with five moves of descriptors behind each wait",
        seconds_per_point=_seconds(0.55),
        **_COMMON,
    ),
    Benchmark(
        name=TCGEN05,
        question="How many FLOP/s do Blackwell's tensor cores reach through tcgen05.mma?",
        quantity=Quantity.THROUGHPUT,
        points=tcgen05_points,
        prepare=prepare_tcgen05,
        architectures=("sm_100a",),
        source="128 x N on each SM, or 256 x N on each pair; block scales of one, sparse indices "
        "all equal (microbench/reference)",
        seconds_per_point=_seconds(0.9),
        **_COMMON,
    ),
)
