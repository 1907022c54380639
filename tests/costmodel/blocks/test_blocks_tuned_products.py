"""Tuned 8-bit products on CDNA 3: the table's times and tiles, and silence about all else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from costmodel.blocks import tuned_products
from costmodel.blocks.choose import chip_for, choose, predicted_s
from costmodel.blocks.problems import parse_kernel
from costmodel.blocks.tile_cost import Chip
from microbench.devices import catalogue


def chip(text: str, device: str) -> Chip:
    found = chip_for(catalogue.find(device), parse_kernel(text))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("dtype", "device", "speaks"),
    [("fp8_e4m3", "mi300x", True), ("bf16", "mi300x", False), ("fp8_e4m3", "h100", False)],
)
def test_the_table_speaks_for_its_own_products_only(dtype: str, device: str, speaks: bool) -> None:
    kernel = parse_kernel(f"gemm:64,64,64,{dtype}")
    size = kernel.number_format.size_bytes
    assert tuned_products.speaks_for(size, 1, chip(kernel.name, device)) is speaks
    assert not tuned_products.speaks_for(size, 8, chip(kernel.name, device))


def test_a_chosen_tile_takes_the_time_that_is_predicted_for_it() -> None:
    kernel, spec = parse_kernel("gemm:8192,4096,4096,fp8_e4m3"), catalogue.find("mi300x")
    found = choose(kernel, spec)
    assert found is not None
    assert found.predicted_s == pytest.approx(predicted_s(kernel, spec, found.blocks))
    wanted = tuned_products.seconds(8192, 4096, 4096, chip(kernel.name, "mi300x"))
    assert found.predicted_s == pytest.approx(wanted)
    assert found.predicted_s > tuned_products.bound_s(8192, 4096, 4096, chip(kernel.name, "mi300x"))


def test_the_trees_say_where_they_come_from() -> None:
    found = tuned_products.provenance()
    assert "MIT" in found["sources"]
    assert found["rows"] > 20_000


def test_times_and_tiles_are_those_of_the_table(shared_data: Path) -> None:
    pandas = pytest.importorskip("pandas")
    rows = pandas.read_parquet(shared_data / "tuning" / "best" / "aiter_gemm_timed.parquet")
    rows = rows[(rows["cu_num"] == 304) & rows["family"].str.contains("a8w8")].dropna(
        subset=["tile_k"]
    )
    off, same, inside = [], [], []
    for row in rows.sample(60, random_state=1).itertuples():
        kernel = parse_kernel(f"gemm:{row.M},{row.N},{row.K},fp8_e4m3")
        found = choose(kernel, catalogue.find("mi300x"))
        assert found is not None
        assert found.interval_s is not None
        inside.append(found.interval_s[0] <= row.time_s <= found.interval_s[1])
        off.append(abs(found.predicted_s / row.time_s - 1))
        blocks = [found.blocks[side] for side in ("BLOCK_M", "BLOCK_N", "BLOCK_K")]
        same.append(blocks == [row.tile_m, row.tile_n, row.tile_k])
    assert np.median(off) < 0.05
    assert np.mean(inside) > 0.9
    assert np.mean(same) > 0.9
