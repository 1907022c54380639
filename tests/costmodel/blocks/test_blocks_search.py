"""Searching with history: leave-one-device-out quality on recorded spaces, and its parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.blocks import results
from costmodel.blocks.enumerate import feasible
from costmodel.blocks.heuristic import axes
from costmodel.blocks.history import device_named, positions, slowdown, smoothed
from costmodel.blocks.search import Prior, search
from costmodel.blocks.space import build
from costmodel.blocks.space_files import read_space
from costmodel.blocks.tuning import tune


def test_ten_measurements_reach_the_optimum_on_a_gpu_left_out(shared_data: Path) -> None:
    folder = shared_data / "tuning" / "spaces" / "gemm_clblast"
    space = read_space(folder / "space.json")
    recordings = {path.stem: results.read(path) for path in sorted(folder.glob("*.parquet"))}
    left_out = recordings.pop("RTX_2070_SUPER")
    times = {
        tuple(row.values()): float(time)
        for row, time in zip(left_out.configurations, left_out.time_s, strict=True)
    }
    found = tune(
        space,
        left_out.device,
        device_named(left_out.device),
        list(recordings.values()),
        lambda row: times[tuple(row[name] for name in left_out.configurations[0])],
        10,
        left_out,
    )
    best = float(np.nanmin(left_out.time_s))
    assert best / found.curve_s[0] > 0.85
    assert best / found.curve_s[9] > 0.99


def test_a_search_never_measures_twice_and_ends_with_the_space() -> None:
    position = np.linspace(0, 1, 12)[:, None]
    prior = Prior(np.zeros(12), np.zeros((12, 0)), np.zeros(0), position, np.zeros(12))
    steps = search(prior, lambda row: 1.0 + abs(row - 7), budget=50)
    assert sorted(step.row for step in steps) == list(range(12))
    assert 7 in [step.row for step in steps[:8]]


def test_failed_configurations_are_avoided_not_fatal() -> None:
    position = np.linspace(0, 1, 20)[:, None]
    prior = Prior(np.zeros(20), np.zeros((20, 0)), np.zeros(0), position, np.zeros(20))
    steps = search(prior, lambda row: float("nan") if row < 10 else float(row), budget=12)
    assert len(steps) == 12
    assert min(step.time_s for step in steps if np.isfinite(step.time_s)) <= 12


def test_slowdown_counts_failures_as_slow_and_leaves_gaps_open() -> None:
    recording = results.Recording("x", ({"a": 1}, {"a": 2}, {"a": 3}), np.array([1.0, 2.0, np.nan]))
    found = slowdown(recording, {"a": np.array([1, 2, 3, 4])})
    assert found[:3].tolist() == pytest.approx([0.0, np.log(2), np.log(6)])
    assert np.isnan(found[3])


def test_smoothing_asks_direct_neighbours_only() -> None:
    columns = {"a": np.array([1, 2, 4, 8])}
    found = smoothed(np.array([0.0, 1.0, 0.0, 0.0]), columns)
    assert found.tolist() == pytest.approx([0.3, 0.7, 0.15, 0.0])


def test_a_second_tuning_starts_where_the_first_did_unless_something_changed() -> None:
    space = build("s", {"threads": [32, 64, 128], "tile": [1, 2]})
    rows = tuple({"threads": t, "tile": k} for t in (32, 64, 128) for k in (1, 2))
    slow_first = results.Recording("L4", rows, np.arange(6, 0, -1) * 1.0)
    slow_last = results.Recording("L4", rows, np.arange(1, 7) * 1.0)
    first = tune(space, "x", None, [slow_first])
    assert first.choice == {"threads": 128, "tile": 2}
    assert tune(space, "x", None, [slow_first]) == first
    assert tune(space, "x", None, [slow_last]).choice == {"threads": 32, "tile": 1}


def test_on_another_device_a_kept_history_says_what_a_fresh_one_says() -> None:
    parameters = {"threads": [32, 64, 128, 256], "tile": [1, 2, 4, 8], "one": [7]}
    random = np.random.default_rng(0)

    def history(random: np.random.Generator) -> list[results.Recording]:
        rows = tuple({"threads": t, "tile": k} for t in (32, 64, 128, 256) for k in (1, 2, 4, 8))
        return [
            results.Recording(name, rows, random.lognormal(0, 0.5, 16))
            for name in ("V100-SXM2-16GB", "L4", "A100-SXM-80GB")
        ]

    kept, space = history(random), build("s", parameters)
    found = [tune(space, name, device_named(name), kept) for name in ("T4", "H100-SXM-80GB")]
    for one in found:
        fresh = tune(build("s", parameters), one.device, device_named(one.device), list(kept))
        assert (one.choice, one.margin, one.lite) == (fresh.choice, fresh.margin, fresh.lite)
        assert one.weights == fresh.weights
    assert found[0].weights != found[1].weights


@given(
    st.lists(st.integers(-300, 300) | st.sampled_from([-(2**40), 2**40]), min_size=1, max_size=40),
    st.integers(0, 2**32),
)
def test_places_are_ranks_among_all_values(values: list[int], seed: int) -> None:
    column = np.array(values)
    rows = np.random.default_rng(seed).integers(0, len(column), 5)
    distinct, rank = np.unique(column, return_inverse=True)
    found = positions({"constant": np.ones(len(column), int), "a": column})[rows]
    if len(distinct) == 1:
        assert found.shape == (5, 0)
    else:
        assert found[:, 0].tolist() == (rank[rows] / (len(distinct) - 1)).tolist()


def test_several_means_are_smoothed_each() -> None:
    columns = {"a": np.array([1, 2, 4, 1, 2, 4]), "b": np.array([1, 1, 1, 2, 2, 2])}
    means = np.random.default_rng(0).normal(size=(6, 3))
    found = smoothed(means, columns)
    for one, expected in zip(found.T, means.T, strict=True):
        assert one.tolist() == pytest.approx(smoothed(expected, columns).tolist())


def test_products_of_factors_are_axes_of_their_own() -> None:
    space = build("s", {"block_size_x": [32, 64, 128], "block_size_y": [1, 2, 4], "tile": [1, 2]})
    columns = feasible(space)
    (threads,) = axes(space, columns)
    product = columns["block_size_x"].astype(float) * columns["block_size_y"]
    assert threads.tolist() == pytest.approx((np.log2(product / 32) / 4).tolist())
    assert axes(build("t", {"a": [1, 2]}), {"a": np.array([1, 2])}) == []
