"""The local processor's model over a made-up processor whose law is known."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.cpu_evidence import envelope, library_calls
from costmodel.analytic.cpu_features import op_class
from costmodel.analytic.cpu_model import CpuModel
from costmodel.analytic.cpu_siblings import COMPARISON_S, bound_of, conformal_quantile
from costmodel.kernel import Bound, Family, Flag, Kernel
from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.errors import InputError
from microbench.formats import NumberFormat

PEAK, CACHE, DRAM, OVERHEAD_S = 100e9, 100e9, 20e9, 1e-6
SLOW = {"gemm": 1.25, "elementwise": 1.1, "softmax": 5.0, "sum": 1.0}


def rate(axes: dict[str, str | int], quantity: Quantity, value: float) -> Measurement:
    return Measurement(
        Point("rate", tuple(axes.items())), quantity, Verdict.OK, value=value, time_s=1.0
    )


def gemm(m: int, n: int, k: int) -> Kernel:
    return Kernel(
        "g",
        Family.GEMM,
        "mm",
        NumberFormat.FP32,
        2.0 * m * n * k,
        4.0 * (m * k + k * n + m * n),
        {"b": 1, "m": m, "n": n, "k": k},
    )


def add(elements: int) -> Kernel:
    return Kernel(
        "a",
        Family.ELEMENTWISE,
        "add",
        NumberFormat.FP32,
        float(elements),
        12.0 * elements,
        {"rows": 1, "cols": elements, "inputs": 2},
    )


def rowwise(op: str, rows: int, cols: int) -> Kernel:
    out = rows if op == "sum" else rows * cols
    work = rows * cols * (1.0 if op == "sum" else 5.0)
    return Kernel(
        "r",
        Family.ROWWISE,
        op,
        NumberFormat.FP32,
        work,
        4.0 * (rows * cols + out),
        {"rows": rows, "cols": cols},
    )


def true_s(kernel: Kernel, noise: float = 1.0) -> float:
    bandwidth = CACHE if kernel.bytes_moved <= 2**20 else DRAM
    bound_s = max(kernel.work_flop / PEAK, kernel.bytes_moved / bandwidth)
    slow = SLOW.get(kernel.op) or SLOW[kernel.family.value]
    return OVERHEAD_S + bound_s * slow * noise


def timed(kernel: Kernel, noise: float = 1.0, verdict: Verdict = Verdict.OK) -> Measurement:
    axes = (("op", kernel.op), *((name, int(value)) for name, value in kernel.dims.items()))
    return Measurement(
        Point("cpu.library", axes),
        Quantity.LATENCY,
        verdict,
        value=true_s(kernel, noise),
        time_s=true_s(kernel, noise),
        work_flop=kernel.work_flop,
        bytes_moved=kernel.bytes_moved,
        notes={
            "family": kernel.family.value,
            "number_format": kernel.number_format.value,
            "threads": 1,
            "stack": "torch-eager",
            **dict(axes),
        },
    )


GRID: Sequence[Kernel] = (
    *(gemm(n, n, n) for n in (32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024)),
    *(gemm(n, 4 * n, n // 2) for n in (64, 128, 256, 512)),
    *(add(2**power) for power in (0, 10, 12, 14, 16, 17, 18, 20, 21, 22)),
    *(rowwise("softmax", n, 512) for n in (16, 64, 256, 1024, 2048)),
    *(rowwise("sum", n, 512) for n in (16, 64, 256, 1024, 2048)),
)
RATES = (
    rate({"number_format": "fp32", "cores": 1}, Quantity.THROUGHPUT, PEAK),
    rate({"number_format": "fp32", "cores": 2}, Quantity.THROUGHPUT, 2 * PEAK),
    rate({"size_bytes": 2**20, "cores": 1}, Quantity.BANDWIDTH, CACHE),
    rate({"size_bytes": 2**27, "cores": 1}, Quantity.BANDWIDTH, DRAM),
)


def measured(seed: int | None = None) -> list[Measurement]:
    rng = np.random.default_rng(seed)
    noises = np.exp(rng.normal(0, 0.05, len(GRID))) if seed is not None else np.ones(len(GRID))
    return [*RATES, *(timed(k, float(n)) for k, n in zip(GRID, noises, strict=True))]


MODEL = CpuModel.from_measurements(measured())


def test_shapes_between_the_measured_ones_are_close() -> None:
    kernels = [gemm(160, 160, 160), gemm(320, 640, 160), add(300_000), rowwise("softmax", 512, 512)]
    for kernel, prediction in zip(kernels, MODEL.predict(kernels), strict=True):
        assert prediction.latency_s == pytest.approx(true_s(kernel), rel=0.1)
        assert prediction.low_s <= true_s(kernel) <= prediction.high_s
        assert prediction.flags == frozenset()


def test_an_op_is_predicted_from_its_own_kind() -> None:
    slow, fast = MODEL.predict([rowwise("softmax", 300, 300), rowwise("sum", 300, 300)])
    assert slow.latency_s / fast.latency_s == pytest.approx(10, rel=0.3)


def test_intervals_hold_their_coverage_on_new_noisy_shapes() -> None:
    rng = np.random.default_rng(7)
    inside = []
    for seed in range(6):
        model = CpuModel.from_measurements(measured(seed))
        kernels = [gemm(*(int(s) for s in rng.integers(40, 900, 3))) for _ in range(40)]
        kernels += [add(int(2 ** rng.uniform(11, 21))) for _ in range(20)]
        truths = [true_s(kernel, float(np.exp(rng.normal(0, 0.05)))) for kernel in kernels]
        inside += [
            p.low_s <= t <= p.high_s for p, t in zip(model.predict(kernels), truths, strict=True)
        ]
    assert np.mean(inside) >= 0.88


def test_every_family_is_answered_and_what_was_not_measured_says_so() -> None:
    for family in Family:
        kernel = Kernel("x", family, "op", NumberFormat.FP32, 1e8, 1e6, {"rows": 10, "cols": 10})
        (prediction,) = MODEL.predict([kernel])
        assert 0 < prediction.low_s <= prediction.latency_s <= prediction.high_s < math.inf
        expected = family not in {Family.GEMM, Family.ELEMENTWISE, Family.ROWWISE}
        assert (Flag.ANALYTIC_ONLY in prediction.flags) is expected


def test_an_unmeasured_family_has_the_wider_interval() -> None:
    fft = Kernel("f", Family.FFT, "fft", NumberFormat.FP32, 1e8, 1e6)
    other, own = MODEL.predict([fft, gemm(300, 300, 300)])
    assert other.high_s / other.low_s > own.high_s / own.low_s


def test_nothing_is_predicted_faster_than_the_best_rates_seen() -> None:
    for prediction in MODEL.predict([gemm(1024, 1024, 1024), add(2**24), rowwise("sum", 9, 9)]):
        assert prediction.efficiency <= 1
        assert prediction.attainable_s > 0


def test_bounds_are_named() -> None:
    big, wide, tiny = MODEL.predict([gemm(1024, 1024, 1024), add(2**23), add(4)])
    assert (big.bound, wide.bound, tiny.bound) == (Bound.COMPUTE, Bound.MEMORY, Bound.LATENCY)
    assert set(big.parts_s) == {"launch", "memory", "compute"}


def test_far_from_everything_measured_is_flagged() -> None:
    (far,) = MODEL.predict([gemm(2, 2**22, 2)])
    assert Flag.OUTSIDE_TRAINING in far.flags


def test_a_format_without_a_rate_is_flagged() -> None:
    kernel = Kernel("h", Family.GEMM, "mm", NumberFormat.FP16, 1e8, 1e5, {"m": 9, "n": 9, "k": 9})
    (prediction,) = MODEL.predict([kernel])
    assert Flag.UNKNOWN_PEAK in prediction.flags


def test_equal_kernels_keep_their_own_names() -> None:
    from dataclasses import replace

    first, second = MODEL.predict([gemm(64, 64, 64), replace(gemm(64, 64, 64), name="again")])
    assert first.latency_s == second.latency_s
    assert second.kernel.name == "again"


def test_points_without_a_number_and_other_thread_counts_are_left_out() -> None:
    failed = timed(gemm(640, 640, 640), verdict=Verdict.WRONG_CODE)
    assert len(library_calls([*measured(), failed], threads=1)) == len(GRID)
    assert library_calls(measured(), threads=2) == ()


def test_chains_of_calls_and_other_software_are_left_out() -> None:
    from dataclasses import replace

    one = timed(add(4096))
    chain = replace(one, notes={**one.notes, "requested_bytes": 3 * int(one.bytes_moved)})
    fused = replace(one, notes={**one.notes, "stack": "llvm-fused"})
    assert library_calls([chain, fused], threads=1) == ()
    assert len(library_calls([one], threads=1)) == 1


def test_points_of_no_known_kind_or_without_cost_are_left_out() -> None:
    from dataclasses import replace

    one = timed(add(4096))
    for name, value in (("family", "teleportation"), ("number_format", "fp7")):
        assert library_calls([replace(one, notes={**one.notes, name: value})], threads=1) == ()
    assert library_calls([replace(one, work_flop=0.0, bytes_moved=0.0)], threads=1) == ()
    odd = rate({"number_format": "fp7", "cores": 1}, Quantity.THROUGHPUT, 1e15)
    assert max(envelope([*measured(), odd], ()).peak_flop_per_s.values()) == PEAK


sizes = st.floats(0, 1e15, allow_subnormal=False)


@given(st.sampled_from(Family), st.sampled_from(NumberFormat), sizes, sizes, st.floats(1, 1e9))
def test_any_kernel_gets_a_finite_prediction_inside_its_interval(
    family: Family, number_format: NumberFormat, work: float, moved: float, size: float
) -> None:
    dims = dict.fromkeys(("m", "n", "k", "rows", "cols", "c_in", "groups", "elements"), size)
    kernel = Kernel("any", family, "op", number_format, work, moved, dims)
    (found,) = MODEL.predict([kernel])
    assert 0 < found.low_s <= found.latency_s <= found.high_s
    assert found.latency_s < math.inf
    assert 0 <= found.efficiency <= 1


def test_a_run_without_library_calls_is_refused_with_advice() -> None:
    with pytest.raises(InputError, match="hwprof bench"):
        CpuModel.from_measurements(RATES)


def test_the_envelope_never_rises_with_size() -> None:
    calls = library_calls(measured(), threads=1)
    rates = envelope(measured(), calls)
    found = [rates.bandwidth(2.0**power) for power in range(5, 40)]
    assert found == sorted(found, reverse=True)
    assert rates.bandwidth(2.0**40) == DRAM
    assert rates.peak(NumberFormat.FP32) == (PEAK, True)


@pytest.mark.parametrize(
    ("count", "quantile"), [(9, 9.0), (10, 10.0), (19, 18.0), (99, 90.0), (8, 16.0)]
)
def test_conformal_quantile_has_rank_ceil_0_9_times_n_plus_1(count: int, quantile: float) -> None:
    assert conformal_quantile([float(i) for i in range(count, 0, -1)]) == quantile


@pytest.mark.parametrize(
    ("family", "op", "ops", "expected"),
    [
        (Family.ELEMENTWISE, "multiply", ("stablehlo.multiply", "stablehlo.add"), "cheap"),
        (Family.ELEMENTWISE, "negate", ("stablehlo.exponential",), "transcendental"),
        (Family.ROWWISE, "reduce", ("stablehlo.exponential", "stablehlo.reduce"), "softmax"),
        (Family.ROWWISE, "rms_norm", (), "norm"),
        (Family.ROWWISE, "reduce", ("stablehlo.reduce",), "sum"),
        (Family.DATA_MOVEMENT, "slice", ("stablehlo.slice", "stablehlo.transpose"), "transpose"),
        (Family.GEMM, "linear", (), ""),
    ],
)
def test_classes_of_op(family: Family, op: str, ops: tuple[str, ...], expected: str) -> None:
    kernel = Kernel("k", family, op, NumberFormat.FP32, 1.0, 1.0, ops=ops)
    assert op_class(kernel) == expected


def test_importing_the_model_loads_no_numpy() -> None:
    code = "import sys, costmodel.analytic.cpu_model; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_sort_compares_one_pair_after_another() -> None:
    rates = envelope(
        [
            rate({"cores": 1, "number_format": "fp32"}, Quantity.THROUGHPUT, PEAK),
            rate({"cores": 1, "size_bytes": 1 << 30}, Quantity.BANDWIDTH, DRAM),
        ],
        [],
    )
    work = 1024 * 10.0
    kernel = Kernel(
        "s", Family.SORT, "sort", NumberFormat.FP32, work, 8192.0, {"rows": 1, "cols": 1024}
    )
    assert bound_of(kernel, rates).attainable_s == pytest.approx(work * COMPARISON_S)


@pytest.mark.parametrize("stack", ["xla", "iree"])
def test_compilers_compute_narrow_formats_in_fp32(stack: str) -> None:
    slow = [replace(timed(k), notes={**timed(k).notes, "number_format": "bf16"}) for k in GRID[:12]]
    slow = [
        replace(one, time_s=50 * (one.time_s or 0), value=50 * (one.value or 0)) for one in slow
    ]
    model = CpuModel.from_measurements([*RATES, *map(timed, GRID), *slow])
    wide = gemm(200, 200, 200)
    narrow = replace(wide, number_format=NumberFormat.BF16)
    eager = model.predict([wide, narrow])
    assert eager[1].latency_s > 10 * eager[0].latency_s
    compiled = model.predict([wide, narrow], stack)
    assert compiled[1].latency_s == pytest.approx(compiled[0].latency_s)
    assert compiled[1].kernel is narrow


def test_no_processor_multiplies_eight_or_four_bit_floats() -> None:
    model = CpuModel.from_measurements([*RATES, *map(timed, GRID)])
    tiny = replace(gemm(64, 64, 64), number_format=NumberFormat.FP8_E4M3)
    assert Flag.NO_HARDWARE_FORMAT in model.predict([tiny])[0].flags
