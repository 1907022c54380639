"""What chosen tiles take: by the resource model where labels stand for them, else by formula."""

from __future__ import annotations

import pytest

from costmodel.blocks.choose import _chosen, chip_for, choose, problem_of
from costmodel.blocks.problems import parse_kernel
from costmodel.resources import tiles
from microbench.devices import catalogue
from microbench.formats import NumberFormat


def test_a_labelled_kernel_is_told_whether_it_spills():
    found = choose(parse_kernel("gemm:4096,4096,4096,bf16"), catalogue.find("h100-sxm"))
    assert found is not None
    assert found.resources.spills is False
    assert 32 <= (found.resources.registers_per_thread or 0) <= 255
    assert 0 < (found.resources.occupancy or 0) <= 1


@pytest.mark.parametrize(
    ("device", "number_format"),
    [
        ("mi300x", NumberFormat.BF16),
        ("v100-sxm2-16gb", NumberFormat.FP16),
        ("h100-sxm", NumberFormat.FP8_E4M3),
    ],
)
def test_no_labels_stand_for_other_devices_and_formats(device, number_format):
    assert tiles.target_of(catalogue.find(device), number_format) is None


def test_a_spilling_tile_is_put_behind_a_sound_one(monkeypatch):
    kernel, spec = parse_kernel("gemm:4096,4096,4096,bf16"), catalogue.find("h100-sxm")
    chip, problem = chip_for(spec, kernel), problem_of(kernel)
    plain = _chosen.__wrapped__(problem, chip, None)

    def first_two_spill(operator, sizes, target, blocks):
        import numpy as np

        count = len(blocks["num_warps"])
        ones = np.ones(count, np.int64)
        return tiles.TileUsages(100 * ones, np.arange(count) < 2, ones, ones * 0.5)

    monkeypatch.setattr("costmodel.blocks.choose.usages", first_two_spill)
    found = _chosen.__wrapped__(problem, chip, None)
    assert found.blocks == plain.lite[2]
    assert found.lite[14:16] == plain.lite[:2]
    assert found.lite[16:] == plain.lite[16:]
