"""Conformal intervals cover what they claim on rows they were not fitted on."""

from __future__ import annotations

import numpy as np
import pytest

from costmodel.learned.intervals import DRIFT, EDGES_S, WIDEN_OUTSIDE, Intervals


def drawn(seed: int, count: int = 40_000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    predicted = 10 ** rng.uniform(-6, -2, count)
    spread = np.where(predicted < EDGES_S[0], 0.4, 0.05)
    return predicted, predicted * np.exp(rng.standard_t(3, count) * spread + 0.01)


def test_ninety_percent_of_new_rows_fall_inside_in_every_size() -> None:
    intervals = Intervals.fit(*drawn(1))
    predicted, measured = drawn(2)
    low, high = intervals.around(predicted, np.zeros(len(predicted), dtype=bool))
    inside = (low <= measured) & (measured <= high)
    assert inside.mean() == pytest.approx(0.9, abs=0.01)
    small = predicted < EDGES_S[0]
    assert inside[small].mean() == pytest.approx(0.9, abs=0.02)
    assert inside[~small].mean() == pytest.approx(0.9, abs=0.02)


def test_an_interval_holds_its_own_prediction_and_widens_outside() -> None:
    intervals = Intervals.fit(*drawn(1))
    predicted = np.array([1e-6, 1e-4])
    low, high = intervals.around(predicted, np.zeros(2))
    assert (low <= predicted).all()
    assert (predicted <= high).all()
    just = np.full(2, 1e-12)
    wide_low, wide_high = intervals.around(predicted, just)
    assert np.log(predicted / wide_low) == pytest.approx(WIDEN_OUTSIDE * np.log(predicted / low))
    assert np.log(wide_high / predicted) == pytest.approx(WIDEN_OUTSIDE * np.log(high / predicted))


def test_the_farther_outside_the_wider() -> None:
    intervals = Intervals.fit(*drawn(1))
    predicted = np.full(3, 1e-4)
    low, high = intervals.around(predicted, np.array([0.1, 1.0, 5.0]))
    assert (np.diff(low) < 0).all()
    assert (np.diff(high) > 0).all()
    assert high[2] / predicted[2] > np.exp(5 * DRIFT)
