"""Lite spaces and the cautious first choice."""

from __future__ import annotations

import numpy as np
import pytest

from costmodel.blocks.history import cautious
from costmodel.blocks.lite import LITE, lite_rows
from costmodel.blocks.search import Prior


def prior(history: np.ndarray, weights: np.ndarray) -> Prior:
    mean = history @ weights
    position = np.linspace(0, 1, len(history))[:, None]
    return Prior(mean, history, weights, position, cautious(history, weights))


def test_good_everywhere_beats_best_on_most() -> None:
    weights = np.array([0.8, 0.2])
    often_best, never_bad = [0.0, 1.5], [0.3, 0.3]
    table = np.array([often_best, never_bad])
    assert np.argmin(table @ weights) == 0 or table[0] @ weights == pytest.approx(0.3)
    assert np.argmin(cautious(table, weights)) == 1


def test_a_sure_slowdown_is_its_own_equivalent() -> None:
    table = np.array([[0.0, 0.0], [0.4, 0.4]])
    assert cautious(table, np.array([0.5, 0.5])).tolist() == pytest.approx([0.0, 0.4])


def test_a_lite_space_holds_the_best_of_each_device_and_no_row_twice() -> None:
    random = np.random.default_rng(3)
    history = random.uniform(0.2, 1.5, (500, 4))
    for device in range(4):
        history[100 * device + 7, device] = 0.0
    rows = lite_rows(prior(history, np.full(4, 0.25)))
    assert len(rows) == len(set(rows.tolist())) == LITE
    assert {7, 107, 207, 307} <= set(rows.tolist())


def test_a_lite_space_keeps_to_what_is_allowed_and_starts_with_the_choice() -> None:
    history = np.random.default_rng(4).uniform(0.0, 1.5, (90, 3))
    allowed = np.arange(90) % 2 == 0
    made = prior(history, np.full(3, 1 / 3))
    rows = lite_rows(made, allowed, most=10)
    assert (rows % 2 == 0).all()
    assert rows[0] == np.flatnonzero(allowed)[np.argmin(made.first[allowed])]


def test_without_history_the_lite_space_is_the_models_best() -> None:
    mean = np.array([3.0, 1.0, 2.0, 0.5])
    empty = Prior(mean, np.zeros((4, 0)), np.zeros(0), np.zeros((4, 1)), mean)
    assert lite_rows(empty, most=3).tolist() == [3, 1, 2]
