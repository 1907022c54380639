"""The published table is sound, and a measurement stands beside what others found."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.devices import catalogue
from microbench.reference import published
from microbench.reference.chips import find_chip, same_chip
from microbench.reference.compare import Standing, compare, standing
from microbench.reference.published import Published, load
from microbench.reference.sanity import WINDOWS_CYCLES

H200 = catalogue.find("H200-SXM")


def measurement(benchmark, axes, value, quantity, **more):
    return Measurement(
        Point(benchmark, tuple(axes.items())),
        quantity,
        Verdict.OK,
        value=value,
        low=0.99 * value,
        high=1.01 * value,
        **more,
    )


def copy(value, **axes):
    point = {"level": "dram", "direction": "copy", "in_flight": 4, "blocks_per_sm": 8, **axes}
    return measurement("gpu.memory.bandwidth", point, value, Quantity.BANDWIDTH)


def test_every_row_has_a_range_a_method_and_a_public_source():
    rows = load()
    assert len(rows) > 200
    for row in rows:
        assert row.low <= row.high
        assert row.count >= 1
        assert row.method
        assert re.search(r"@[0-9a-f]{6,}|arXiv|issue \d+|\.com", row.source), row.source
    keys = [(row.chip, row.figure, row.method, row.unit) for row in rows]
    assert len(set(keys)) == len(keys)


def test_latencies_lie_in_the_windows_of_their_level():
    for row in load():
        level = row.figure.removeprefix("latency.")
        chip = find_chip(row.chip)
        if level in WINDOWS_CYCLES and chip is not None and chip.arch and row.unit == "cycles":
            least, most = WINDOWS_CYCLES[level]
            assert least <= row.low <= row.high <= most, row


def test_rates_of_a_chip_stay_below_its_datasheet_bandwidth():
    for row in load():
        chip = find_chip(row.chip)
        if row.figure.startswith("bandwidth.dram") and chip is not None:
            peak = chip.spec.dram_bandwidth_bytes_per_s
            assert peak is None or row.high * 1e9 <= 1.02 * peak, row


def test_a_copy_stands_beside_its_published_range_and_its_peak():
    (found,) = compare([copy(4.05e12)], H200)
    assert found.figure == "bandwidth.dram.copy"
    assert found.value == pytest.approx(4050)
    assert found.standing is Standing.WITHIN
    assert found.like == "same chip"
    low, high = found.published_range
    assert low <= 4010 <= high
    assert found.share_of_peak == pytest.approx(4050 / 4800)
    assert {row.method for row in found.published} > {"BabelStream, best of runs"}


def test_of_a_sweep_the_best_point_counts():
    (found,) = compare([copy(3.0e12, in_flight=1), copy(4.1e12), copy(2.0e12, in_flight=2)], H200)
    assert found.value == pytest.approx(4100)
    assert "in_flight=4" in found.point


def test_cycles_come_from_the_clock_the_kernel_saw():
    axes = {"space": "l2", "size_bytes": 4 << 20}
    one = measurement("gpu.memory.latency", axes, 265 / 1.755e9, Quantity.LATENCY, clock_hz=1.755e9)
    (found,) = compare([one], H200)
    assert found.figure == "latency.l2"
    assert found.value == pytest.approx(265)
    assert found.like == "same architecture"
    assert found.standing is Standing.WITHIN
    assert compare([replace(one, clock_hz=None)], H200) == ()


def test_the_level_follows_from_the_working_set():
    def level(space, size):
        one = measurement(
            "gpu.memory.latency",
            {"space": space, "size_bytes": size},
            3e-7,
            Quantity.LATENCY,
            clock_hz=1.7e9,
        )
        return [row.figure for row in compare([one], H200)]

    assert level("shared", 16 << 10) == ["latency.shared"]
    assert level("l1", 32 << 10) == ["latency.l1"]
    assert level("l1", 384 << 10) == []
    assert level("l2", 48 << 20) == []
    assert level("l2", 1 << 30) == ["latency.dram"]


@pytest.mark.parametrize("verdict", [Verdict.EMULATED, Verdict.WRONG_CODE, Verdict.THROTTLED])
def test_what_is_not_a_figure_of_the_instruction_takes_no_part(verdict):
    assert compare([replace(copy(4e12), verdict=verdict)], H200) == ()


def test_a_peak_is_doubled_for_sparse_operands():
    axes = {
        "format": "bf16",
        "columns": 256,
        "source": "ss",
        "pattern": "sparse",
        "warpgroups": 2,
        "operands": "normal",
    }
    one = measurement(
        "gpu.tensor.wgmma.throughput",
        axes,
        1.4e15,
        Quantity.THROUGHPUT,
        notes={"number_format": "bf16"},
    )
    (found,) = compare([one], H200)
    assert found.peak == pytest.approx(2 * H200.peak_flop_per_s[_bf16()] / 1e12)


def _bf16():
    from microbench.formats import NumberFormat

    return NumberFormat.BF16


def test_standing_allows_five_percent():
    row = Published("H200", "x", "m", 100.0, 110.0, "GB/s", 2, "arXiv 1")
    assert standing(96, (row,)) is Standing.WITHIN
    assert standing(94, (row,)) is Standing.BELOW
    assert standing(116, (row,)) is Standing.ABOVE
    assert standing(1, ()) is Standing.UNPUBLISHED


def test_an_export_variant_is_not_the_chip():
    assert same_chip("RTX 5090", catalogue.find("RTX-5090"))
    assert not same_chip("RTX 5090 D", catalogue.find("RTX-5090"))


def test_a_broken_row_names_its_line():
    from microbench.errors import InputError

    with pytest.raises(InputError, match="line 7"):
        published._row(7, {"chip": "H200"})


def tensor(benchmark, value, number_format, **axes):
    return measurement(
        benchmark,
        axes,
        value,
        Quantity.THROUGHPUT,
        clock_hz=1.7e9,
        notes={"number_format": number_format},
    )


H100_PCIE = catalogue.find("H100-PCIe-80GB")
WGMMA = {"format": "fp16", "columns": 256, "source": "ss", "pattern": "dense", "warpgroups": 2}


def test_zeros_are_compared_with_zeros():
    def found(operands):
        one = tensor("gpu.tensor.wgmma.throughput", 7.2e14, "fp16", **WGMMA, operands=operands)
        return compare([one], H100_PCIE)

    (zeros,) = found("zeros")
    assert zeros.standing is Standing.WITHIN
    assert [row.low for row in zeros.published] == [729.3]
    (normal,) = found("normal")
    assert normal.standing is Standing.UNPUBLISHED
    assert normal.peak == zeros.peak == pytest.approx(756)
    assert found("still") == found("ones") == ()


def test_every_tensor_path_stands_beside_its_datasheet():
    mma = {"shape": "bf16_m16n8k16", "chains": 4, "warps": 8, "operands": "normal"}
    (found,) = compare([tensor("gpu.tensor.mma.throughput", 5e14, "bf16", **mma)], H200)
    assert found.peak == pytest.approx(989.4)
    fifth = {"format": "nvfp4", "columns": 256, "pattern": "dense", "operands": "normal"}
    one = tensor("gpu.tensor.tcgen05.throughput", 8e15, "fp4", **fifth)
    (found,) = compare([one], catalogue.find("B200"))
    assert found.peak == pytest.approx(9000)
    assert found.figure == "rate.tcgen05.nvfp4_n256"
    halves = {**mma, "shape": "fp16acc_m16n8k16"}
    one = tensor("gpu.tensor.mma.throughput", 3.3e14, "fp16", **halves)
    (found,) = compare([one], catalogue.find("RTX-4090"))
    assert found.peak == pytest.approx(330.4)
    assert found.standing is Standing.BELOW  # published: 357.6
    narrow = {**mma, "shape": "fp6_e3m2_m16n8k32", "operands": "zeros"}
    one = tensor("gpu.tensor.mma.throughput", 3.7e14, "fp6_e3m2", **narrow)
    (found,) = compare([one], catalogue.find("RTX-5090"))
    assert found.standing is Standing.WITHIN


@pytest.mark.parametrize(
    ("chip", "shape", "form", "peak"),
    [
        ("H200-SXM", "fp64_m16n8k16", "fp64", 66.9),
        ("H200-SXM", "int8_sparse_m16n8k64", "int8", 3957.8),
        ("A100-SXM-80GB", "fp64_m8n8k4", "fp64", 19.5),
        ("A100-SXM-80GB", "int4_m16n8k64", "int4", 1248),
        ("A100-SXM-80GB", "bool_m16n8k256", "bool", 4992),
        ("RTX-4090", "fp8_e4m3_m16n8k32", "fp8_e4m3", 330.3),
        ("RTX-5090", "fp6_e3m2_m16n8k32", "fp6_e3m2", 419),
        ("RTX-5090", "nvfp4_m16n8k64", "fp4", 1676),
        ("B200", "fp64_m8n8k4", "fp64", 37.2),
    ],
)
def test_peaks_are_those_of_datasheets(chip, shape, form, peak):
    axes = {"shape": shape, "chains": 4, "warps": 8, "operands": "normal"}
    one = tensor("gpu.tensor.mma.throughput", 1e12, form, **axes)
    (found,) = compare([one], catalogue.find(chip))
    assert found.peak == pytest.approx(peak, rel=0.005)


def test_halves_of_l2_are_read_off_the_modes_of_the_samples():
    from microbench.benchmark import Sample

    times = [208 / 1.41e9] * 40 + [350 / 1.41e9] * 40
    one = measurement(
        "gpu.memory.l2_distance",
        {"lines": 4096},
        208 / 1.41e9,
        Quantity.LATENCY,
        clock_hz=1.41e9,
        samples=tuple(Sample(time_s) for time_s in times),
    )
    far, near = compare([one], catalogue.find("A100-PCIe-80GB"))
    assert (near.figure, far.figure) == ("latency.l2.near", "latency.l2.far")
    assert (near.value, far.value) == (pytest.approx(208), pytest.approx(350))
    assert near.standing is far.standing is Standing.WITHIN
    assert compare([replace(one, samples=one.samples[:40])], H200) == ()


def test_an_instruction_stands_beside_what_the_guide_says_of_its_pipe():
    axes = {"operation": "dpx_viaddmax_s32_relu", "chains": 4, "warps": 32}
    rate = 58.0 * 114 * 1.7e9 * 3
    one = measurement("gpu.arithmetic.throughput", axes, rate, Quantity.THROUGHPUT, clock_hz=1.7e9)
    (found,) = compare([one], H100_PCIE)
    assert found.value == pytest.approx(58)
    assert found.peak == 64
    assert found.standing is Standing.WITHIN


NOT_MEASURED = re.compile(
    r"time\.kernel\.persistent_threads|latency\.bulk_copy\.dram"
    r"|(latency|rate_sm)\.dpx\.(vimax_|viaddmin|viaddmax_u32|\w+_s16x2_relu|vimax3_s32_relu)"
)


def test_every_published_figure_is_one_that_is_measured():
    """Nothing in the table is dead: some point of some benchmark reads as it."""
    from microbench import suites
    from microbench.benchmark import Effort
    from microbench.devices.spec import DeviceKind
    from microbench.reference.readings import readings_of

    reached = set()
    for name in ("A100-PCIe-80GB", "RTX-4090", "H100-PCIe-80GB", "RTX-5090", "B200"):
        spec = catalogue.find(name)
        for benchmark in suites.all_benchmarks():
            if benchmark.kind is not DeviceKind.GPU:
                continue
            for point in benchmark.points(spec, Effort.THOROUGH):
                one = measurement(
                    benchmark.name, dict(point.axes), 1e-6, benchmark.quantity, clock_hz=1e9
                )
                reached |= {(r.figure, r.unit) for r in readings_of(one, spec)}
    reached |= {("latency.l2.near", "cycles"), ("latency.l2.far", "cycles")}
    rows = [row for row in load() if not NOT_MEASURED.search(row.figure)]
    assert {(row.figure, row.unit) for row in rows} - reached == set()
