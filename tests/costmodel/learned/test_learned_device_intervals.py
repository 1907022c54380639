"""Intervals by device: siblings' twice their envelope, all others' over all of them together."""

from __future__ import annotations

import numpy as np
import pytest

from costmodel.learned.device_intervals import DeviceIntervals, LeftOut, best_shift


def device(name: str, error: float, near: bool, seed: int = 0) -> LeftOut:
    """Return a device whose predictions are off by ``error`` in log, with 5% scatter."""
    rng = np.random.default_rng(seed)
    measured = np.exp(rng.uniform(np.log(1e-6), np.log(1e-2), 2000))
    predicted = measured * np.exp(error + 0.05 * rng.standard_normal(2000))
    return LeftOut(name, near, predicted, measured)


def covered(found: DeviceIntervals, one: LeftOut) -> float:
    predicted = one.predicted_s * np.exp(0 if one.near else found.shift)
    own = found.near if one.near else found.far
    low, high = own.around(predicted, np.zeros(len(predicted)))
    return float(((low <= one.measured_s) & (one.measured_s <= high)).mean())


def test_every_left_out_device_is_covered_by_itself() -> None:
    left_out = [
        device("a", 0.0, True),
        device("b", 0.1, True, 1),
        device("c", 0.7, False, 2),
        device("d", -0.5, False, 3),
    ]
    found = DeviceIntervals.fit(left_out)
    assert all(covered(found, one) > 0.88 for one in left_out)


def test_a_device_that_errs_less_than_the_worst_is_covered() -> None:
    found = DeviceIntervals.fit([device("a", 0.6, False), device("b", -0.6, False)])
    assert covered(found, device("c", 0.4, False, 5)) > 0.9


def test_siblings_have_narrower_intervals() -> None:
    found = DeviceIntervals.fit([device("a", 0.02, True), device("b", 0.8, False)])
    near, far = (max(one.high) - min(one.low) for one in (found.near, found.far))
    assert near < far


def test_uncertain_predictions_are_lowered_but_never_raised() -> None:
    scattered = [device("a", 0.8, False), device("b", -0.8, False)]
    assert best_shift(scattered) < 0
    assert best_shift([device("a", -0.8, False)]) == 0
    assert best_shift([]) == 0


def test_arrays_round_trip_and_damage_is_refused() -> None:
    found = DeviceIntervals.fit([device("a", 0.1, True), device("b", 0.4, False)])
    stored = found.arrays()
    assert DeviceIntervals.from_arrays(stored) == found
    with pytest.raises(ValueError, match="out of range"):
        DeviceIntervals.from_arrays({**stored, "shift": np.array([np.nan])})
    with pytest.raises(ValueError, match="unknown shape"):
        DeviceIntervals.from_arrays({**stored, "near": stored["near"][:1]})
