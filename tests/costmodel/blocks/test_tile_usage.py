"""What chosen tiles take: by the resource model where labels stand for them, else by formula."""

from __future__ import annotations

import numpy as np
import pytest

from costmodel.blocks.choose import (
    _chosen,
    chip_for,
    choose,
    problem_of,
    ranked,
    score,
    table_of,
)
from costmodel.blocks.problems import parse_kernel
from costmodel.blocks.tile_usage import usages
from costmodel.resources import tiles
from hwprof.tuning_output import summary
from hwprof.tuning_report import for_kernel
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
        count = len(blocks["num_warps"])
        ones = np.ones(count, np.int64)
        return tiles.TileUsages(100 * ones, np.arange(count) < 2, ones, ones * 0.5)

    monkeypatch.setattr("costmodel.blocks.choose.usages", first_two_spill)
    found = _chosen.__wrapped__(problem, chip, None)
    assert found.blocks == plain.lite[2]
    assert found.lite == plain.lite[2:] + plain.lite[:2]
    assert not found.every_spills


@pytest.mark.parametrize("device", ["a100-sxm", "h100-sxm", "b200", "l4", "rtx-4090"])
@pytest.mark.parametrize(
    "text",
    [
        "gemm:2048,4096,4096,fp32",
        "gemm:8192,8192,8192,bf16",
        "grouped_gemm:8,4096,2,4096,14336,fp16",
        "conv:32,64,56,56,64,3,1,fp16",
        "attention:4,32,8,4096,128,bf16",
        "attention:4,32,8,4096,256,bf16,full",
        "decode:16,32,8,4096,128,fp16",
    ],
)
def test_no_tile_that_spills_is_chosen_where_one_does_not(device, text):
    kernel, spec = parse_kernel(text), catalogue.find(device)
    found, problem = choose(kernel, spec), problem_of(kernel)
    assert found is not None
    target = tiles.target_of(spec, kernel.number_format)
    every = usages(problem.operator, problem.sizes, target, found.table.columns)
    assert every is not None
    assert every.sound.any()
    assert found.resources.spills is False
    assert not found.every_spills
    second = {name: np.array([size]) for name, size in found.runner_up.items()}
    assert usages(problem.operator, problem.sizes, target, second).sound.all()


def test_the_fastest_of_the_sound_tiles_is_chosen_however_far_behind(monkeypatch):
    kernel, spec = parse_kernel("gemm:4096,4096,4096,bf16"), catalogue.find("h100-sxm")
    chip, problem = chip_for(spec, kernel), problem_of(kernel)
    table = table_of(problem, chip)
    ranks = ranked(problem, chip, table, score(problem, chip, table))
    wanted = int(np.argsort(ranks, kind="stable")[700])
    blocks = table.row(wanted)

    def all_but_one_spill(operator, sizes, target, given):
        spills = np.any([given[name] != size for name, size in blocks.items()], axis=0)
        ones = np.ones(len(spills), np.int64)
        return tiles.TileUsages(100 * ones, spills, ones, ones * 0.5)

    monkeypatch.setattr("costmodel.blocks.choose.usages", all_but_one_spill)
    found = _chosen.__wrapped__(problem, chip, None)
    assert found.blocks == blocks
    assert not found.every_spills


def test_where_every_tile_spills_the_fastest_is_chosen_and_it_is_said(monkeypatch):
    kernel, spec = parse_kernel("gemm:4096,4096,4096,bf16"), catalogue.find("h100-sxm")
    chip, problem = chip_for(spec, kernel), problem_of(kernel)
    plain = _chosen.__wrapped__(problem, chip, None)

    def all_spill(operator, sizes, target, blocks):
        ones = np.ones(len(blocks["num_warps"]), np.int64)
        return tiles.TileUsages(255 * ones, ones > 0, ones, ones * 0.5)

    monkeypatch.setattr("costmodel.blocks.choose.usages", all_spill)
    monkeypatch.setattr("costmodel.blocks.choose._chosen", _chosen.__wrapped__)
    found = choose(kernel, spec)
    assert found.blocks == plain.blocks
    assert found.every_spills
    report = for_kernel("gemm:4096,4096,4096,bf16", "h100-sxm", 0)
    assert "spills as every tile that fits would" in summary(report)


def test_fp8_is_what_tables_call_fp8_e4m3():
    assert parse_kernel("gemm:8,8,8,fp8").number_format is NumberFormat.FP8_E4M3
