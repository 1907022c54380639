"""Tile waste of neighbourhood attention against masks counted one by one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.neighbourhood import (
    Axis,
    interior_waste,
    unfused_bytes,
    waste,
    work_flop,
)
from microbench.errors import InputError


def mask(axis: Axis) -> np.ndarray:
    """One row a query, True where it attends: the k keys nearest to it that exist."""
    found = np.zeros((axis.length, axis.length), dtype=bool)
    for query in range(axis.length):
        first = query - axis.window // 2
        first -= max(0, first + axis.window - axis.length)
        first = max(0, first)
        found[query, first : first + axis.window] = True
    return found


def counted(axes: list[Axis]) -> int:
    """Pairs tiles compute on the full grid: queries times keys that any of them needs."""
    full = mask(axes[0])
    for axis in axes[1:]:
        full = np.kron(full, mask(axis))
    shape = [axis.length for axis in axes]
    grid = full.reshape(*shape, -1)
    total = 0
    for corner in itertools.product(*(range(0, a.length, a.tile) for a in axes)):
        box = tuple(slice(at, at + a.tile) for at, a in zip(corner, axes, strict=True))
        block = grid[box].reshape(-1, grid.shape[-1])
        total += block.shape[0] * int(block.any(axis=0).sum())
    return total


sizes = st.tuples(st.integers(3, 24), st.integers(1, 9), st.integers(1, 6)).filter(
    lambda s: s[1] <= s[0]
)


@given(sizes)
def test_one_axis_is_counted_exactly(size: tuple[int, int, int]) -> None:
    axis = Axis(*size)
    assert axis.tile_pairs() == counted([axis])
    assert axis.needed_pairs == int(mask(axis).sum())


@given(sizes.filter(lambda s: s[0] <= 9), sizes.filter(lambda s: s[0] <= 9))
def test_two_axes_multiply(one: tuple[int, int, int], two: tuple[int, int, int]) -> None:
    axes = [Axis(*one), Axis(*two)]
    assert waste(axes) * axes[0].needed_pairs * axes[1].needed_pairs == pytest.approx(counted(axes))


@pytest.mark.parametrize(("window", "tile"), [(7, 4), (13, 8), (3, 64), (5, 1)])
def test_far_from_borders_the_waste_is_t_plus_k_minus_1_over_k(window: int, tile: int) -> None:
    axis = Axis(tile * 2000, window, tile)
    assert waste([axis]) == pytest.approx(interior_waste(window, tile), rel=2e-3)
    assert waste([axis]) <= interior_waste(window, tile)


def test_work_and_unfused_traffic() -> None:
    axis = Axis(100, 7, 4)
    assert work_flop([axis], 32) == 4 * 100 * 7 * 32
    assert work_flop([axis], 32, tiled=True) == 4 * axis.tile_pairs() * 32
    assert unfused_bytes([axis], 2) == 4 * 2 * 100 * 7


def test_a_tile_of_one_query_wastes_nothing() -> None:
    assert waste([Axis(50, 7), Axis(40, 5)]) == 1


def test_a_window_wider_than_the_axis_is_refused() -> None:
    with pytest.raises(InputError):
        Axis(5, 6)
