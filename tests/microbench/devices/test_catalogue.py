"""The catalogue: complete, dense, sourced, findable."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from microbench.devices import catalogue
from microbench.devices.checks import disagreements
from microbench.devices.spec import DeviceKind
from microbench.errors import InputError
from microbench.formats import NumberFormat

REMARKED = {
    *("H100-PCIe-80GB", "H100-SXM-80GB", "H100-NVL-94GB", "H200-SXM", "H200-NVL", "H20", "GH200"),
    *("B200", "B300", "GB300", "MI100"),
}


def test_every_device_of_the_data_sets_is_here_with_the_same_figures(shared_data: Path) -> None:
    rows = list(csv.DictReader((shared_data / "gpus" / "gpus.csv").open(encoding="utf-8")))
    assert len(rows) >= 51
    for row in rows:
        spec = catalogue.find(row["gpu"])
        share = int(row["devices_per_card"])
        assert spec.name == row["gpu"]
        assert spec.sm_count * share == int(row["sm_count"])
        assert spec.dram_bandwidth_bytes_per_s == pytest.approx(
            float(row["hbm_bytes_per_s"]) / share
        )
        for column, number_format in (
            *(("fp32_flops", NumberFormat.FP32), ("fp16_flops", NumberFormat.FP16)),
            *(("fp8_flops", NumberFormat.FP8_E4M3), ("int8_ops", NumberFormat.INT8)),
            *(("tf32_flops", NumberFormat.TF32), ("fp4_flops", NumberFormat.FP4)),
        ):
            listed = float(row[column]) / share if row[column] else None
            assert spec.peak(number_format) == (listed and pytest.approx(listed))


def test_every_figure_has_a_source() -> None:
    fields = (
        *("sm_count", "clock_hz", "dram_bandwidth_bytes_per_s", "dram_bytes", "tdp_w"),
        *("fp32_flop_per_s",),
    )
    for spec in catalogue.load().values():
        for field in fields:
            assert spec.sources.get(field), f"{spec.name}: {field} has no source"


def test_a_two_die_card_is_listed_as_a_kernel_sees_it() -> None:
    one, card = catalogue.find("MI250"), "TWO devices per card"
    assert one.sm_count == 104
    assert one.dram_bytes == 64 * 2**30
    assert one.peak(NumberFormat.FP16) == pytest.approx(181.05e12)
    assert card in catalogue.notes()["MI250"]


def test_sparse_rates_are_halved() -> None:
    h100 = catalogue.find("h100")
    assert h100.peak(NumberFormat.BF16) == 989.4e12
    assert h100.peak(NumberFormat.FP8_E4M3) == 1978.9e12


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("h100-sxm", "H100-SXM-80GB"),
        ("H100", "H100-SXM-80GB"),
        ("h100_sxm_80gb", "H100-SXM-80GB"),
        ("a100", "A100-SXM-80GB"),
        ("l4", "L4"),
        ("4090", "RTX-4090"),
        ("rtx 4090", "RTX-4090"),
        ("RTX_2080_Ti", "RTX-2080Ti"),
        ("rtx2070super", "RTX-2070-Super"),
    ],
)
def test_friendly_names(text: str, name: str) -> None:
    assert catalogue.find(text).name == name


def test_an_unknown_name_brings_near_ones() -> None:
    with pytest.raises(InputError, match="A100-SXM-80GB"):
        catalogue.find("a100-sxn")
    with pytest.raises(InputError, match="hwprof devices"):
        catalogue.find("")


def test_aliases_are_unique_and_lower_case() -> None:
    found = catalogue.aliases()
    assert all(alias == alias.lower() for alias in found)
    assert set(found.values()) == set(catalogue.load())


def test_only_known_figures_do_not_follow_from_each_other() -> None:
    """Each of these stands in the sheet; a new one means a wrong figure or a new remark."""
    remarked = {name for name, spec in catalogue.load().items() if disagreements(spec)}
    assert remarked == REMARKED


def test_a_planted_wrong_figure_is_found() -> None:
    from dataclasses import replace

    a100 = catalogue.find("a100")
    assert disagreements(a100) == ()
    sparse = {**a100.peak_flop_per_s, NumberFormat.FP16: 624e12}
    assert any("fp16" in text for text in disagreements(replace(a100, peak_flop_per_s=sparse)))
    assert "lanes" in disagreements(replace(a100, sm_count=120))[0]
    l4 = catalogue.find("l4")
    assert "GB/s" in disagreements(replace(l4, dram_bandwidth_bytes_per_s=432e9))[0]


def test_a_cpu_row_is_a_cpu() -> None:
    assert catalogue.find("Xeon-Phi-7250").kind is DeviceKind.CPU
