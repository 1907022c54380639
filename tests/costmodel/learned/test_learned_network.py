"""The network: it learns, its look-ups interpolate, its files round-trip and refuse nonsense."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.learned import features, network_inputs
from costmodel.learned.families import BY_NAME
from costmodel.learned.network import Network
from costmodel.learned.network_inputs import Inputs
from costmodel.learned.network_plans import PLANS, Plan
from costmodel.learned.network_training import train

FAMILY = BY_NAME["quantise"]
GPUS = ("H100-SXM-80GB", "L40S")
CODES = {"op": {"quant_fp8": 0}, "dtype": {"bf16": 0}, "framework": {"a": 0, "b": 1}}
NAMES = features.feature_names(FAMILY)


def table() -> dict[str, np.ndarray]:
    """Return a grid of rows and columns on two devices under two stacks."""
    grid = list(itertools.product(2 ** np.arange(13), 256 * np.arange(1, 25, 2), GPUS, ("a", "b")))
    rows, cols = (np.array([row[at] for row in grid], dtype=float) for at in (0, 1))
    gpu, stack = (np.array([row[at] for row in grid], dtype=object) for at in (2, 3))
    same = {
        "op": np.full(len(grid), "quant_fp8", dtype=object),
        "dtype": np.full(len(grid), "bf16", dtype=object),
    }
    moved = {"flops": 4 * rows * cols, "bytes": 3 * rows * cols}
    return {"rows": rows, "cols": cols, "gpu": gpu, "framework": stack, **moved, **same}


def matrix(columns: dict[str, np.ndarray]) -> np.ndarray:
    device = features.device_columns(columns, "gpu")
    return features.matrix(FAMILY, columns, device, CODES)


def truth(columns: dict[str, np.ndarray]) -> np.ndarray:
    """Return a ratio with a step in rows, a slope in columns and a factor per device and stack."""
    factor = 0.2 * (columns["gpu"] == "L40S") + 0.3 * (columns["framework"] == "b")
    return np.asarray(factor + 0.4 * (columns["rows"] > 100) + 0.1 * np.log2(columns["cols"]))


@pytest.fixture(scope="module")
def trained() -> tuple[Network, np.ndarray, np.ndarray, np.ndarray]:
    columns = table()
    x, y = matrix(columns), truth(columns)
    gpu = np.array([GPUS.index(name) for name in columns["gpu"]])
    inputs = network_inputs.plan(FAMILY, x, gpu, len(GPUS), CODES)
    plan = Plan((32, 16), 60, 32, 4e-3)
    return train(inputs, x, gpu, y, plan, seed=1), x, gpu, y


def test_it_learns_steps_slopes_and_configurations(
    trained: tuple[Network, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    network, x, gpu, y = trained
    assert np.abs(network.predict(x, gpu)[0] - y).mean() < 0.03


def test_one_row_equals_the_same_row_among_many(
    trained: tuple[Network, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    network, x, gpu, _ = trained
    many = network.predict(x, gpu)[0]
    assert network.predict(x[77:78], gpu[77:78])[0][0] == pytest.approx(many[77], abs=1e-5)


def test_a_row_without_its_stack_lies_between_the_stacks(
    trained: tuple[Network, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    network, x, gpu, y = trained
    nameless = x.copy()
    nameless[:, NAMES.index("framework")] = np.nan
    predicted, measured = network.predict(nameless, gpu)
    assert network.predict(x, gpu)[1].all()
    assert not measured.any()
    middle = predicted.reshape(-1, 2).mean(axis=1)
    both = y.reshape(-1, 2)
    assert (both[:, 0] - 0.1 < middle).mean() > 0.95
    assert (middle < both[:, 1] + 0.1).mean() > 0.95


def test_numbers_stop_at_the_training_range(
    trained: tuple[Network, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    network, x, gpu, _ = trained
    far = x.copy()
    far[:, : len(FAMILY.shapes)] += 40
    numbers = network.inputs.numbers(far)
    assert (numbers <= network.inputs.high + 1e-6).all()
    assert np.isfinite(network.predict(far, gpu)[0]).all()


def test_arrays_round_trip_in_half_precision(
    trained: tuple[Network, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    network, x, gpu, _ = trained
    again = Network.from_arrays(network.arrays(), x.shape[1])
    assert again.predict(x, gpu)[0] == pytest.approx(network.predict(x, gpu)[0], abs=5e-3)


def test_the_same_seed_gives_the_same_network() -> None:
    columns = table()
    x, gpu = matrix(columns), np.zeros(len(columns["rows"]), dtype=np.int64)
    inputs = network_inputs.plan(FAMILY, x, gpu, 1, CODES)
    first, second = (
        train(inputs, x, gpu, truth(columns), Plan((16, 8), 2, 64), seed=3) for _ in range(2)
    )
    assert np.array_equal(first.predict(x, gpu)[0], second.predict(x, gpu)[0])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("inputs_columns", lambda a: a + 999),
        ("inputs_sizes", lambda a: a[:-1]),
        ("inputs_knot_counts", lambda a: a + 1),
        ("inputs_knots", lambda a: a[::-1]),
        ("inputs_configurations", lambda a: a[::-1]),
        ("inputs_scale", lambda a: a[:-1]),
        ("inputs_code_columns", lambda a: a - 99),
        ("first", lambda a: a * np.nan),
        ("first", lambda a: a[1:]),
        ("layer0", lambda a: a[1:]),
        ("hats", lambda a: a[1:]),
        ("codes", lambda a: a[:, 1:]),
        ("configurations", lambda a: a[1:]),
        ("head", lambda a: a[1:]),
        ("heads", lambda a: a[:, 1:]),
    ],
)
def test_arrays_that_are_no_network_are_refused(
    trained: tuple[Network, np.ndarray, np.ndarray, np.ndarray], name: str, change: object
) -> None:
    arrays = dict(trained[0].arrays())
    arrays[name] = change(arrays[name])  # type: ignore[operator]
    with pytest.raises(ValueError, match=r"\w"):
        Network.from_arrays(arrays, trained[1].shape[1])


@given(st.lists(st.floats(-1, 16), min_size=2, max_size=20, unique=True), st.floats(-5, 25))
def test_hats_interpolate(sizes: list[float], value: float) -> None:
    knots = np.unique(np.array(sizes, dtype=np.float32))
    if len(knots) < 2:
        return
    empty = np.zeros(0, dtype=np.float32)
    inputs = Inputs(
        np.zeros(0, dtype=np.int64), empty, empty, empty, empty, (knots,), (), (), np.zeros(1)
    )
    row = np.array([[value]], dtype=np.float32)
    (below,), (weight,) = inputs.hats(row, 0)
    assert 0 <= weight <= 1
    between = knots[below] * (1 - weight) + knots[below + 1] * weight
    inside = np.clip(row[0, 0], knots[0], knots[-1])
    assert between == pytest.approx(inside, abs=1e-4)


def test_every_family_has_a_plan() -> None:
    assert set(PLANS) == set(BY_NAME)
