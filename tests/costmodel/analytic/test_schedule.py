"""HEFT on the ten-task example of its paper (figure 2 and table 1 there), and under noise."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.schedule import (
    Schedule,
    TaskGraph,
    heft,
    noise_sweep,
    replay,
    topological_order,
    upward_ranks,
)
from microbench.errors import InputError

TIMES = (
    *((14, 16, 9), (13, 19, 18), (11, 13, 19), (13, 8, 17), (12, 13, 10)),
    *((13, 16, 9), (7, 15, 11), (5, 11, 14), (18, 12, 20), (21, 7, 16)),
)
EDGES = {
    (0, 1): 18,
    (0, 2): 12,
    (0, 3): 9,
    (0, 4): 11,
    (0, 5): 14,
    (1, 7): 19,
    (1, 8): 16,
    (2, 6): 23,
    (3, 7): 27,
    (3, 8): 23,
    (4, 8): 13,
    (5, 7): 15,
    (6, 9): 17,
    (7, 9): 11,
    (8, 9): 13,
}
PAPER = TaskGraph(TIMES, EDGES)


def test_ranks_of_the_published_example() -> None:
    assert upward_ranks(PAPER) == pytest.approx(
        (108.000, 77.000, 80.000, 80.000, 69.000, 63.333, 42.667, 35.667, 44.333, 14.667), abs=5e-4
    )


def test_the_published_makespan_is_80() -> None:
    schedule = heft(PAPER)
    assert schedule.makespan_s == 80
    assert [one.task + 1 for one in schedule.placements] == [1, 3, 4, 2, 5, 6, 9, 7, 8, 10]
    first = schedule.placements[0]
    assert (first.device, first.start_s, first.end_s) == (2, 0, 9)


def valid(graph: TaskGraph, schedule: Schedule) -> None:
    where = {one.task: one for one in schedule.placements}
    for (before, after), transfer_s in graph.transfers_s.items():
        moved_s = 0 if where[before].device == where[after].device else transfer_s
        assert where[after].start_s >= where[before].end_s + moved_s - 1e-9
    for device in range(len(graph.times_s[0])):
        own = sorted(
            (one.start_s, one.end_s) for one in schedule.placements if one.device == device
        )
        assert all(a[1] <= b[0] + 1e-9 for a, b in itertools.pairwise(own))


@st.composite
def graphs(draw: st.DrawFn) -> TaskGraph:
    count, devices = draw(st.integers(1, 8)), draw(st.integers(1, 3))
    seconds = st.floats(0.1, 10)
    times = tuple(tuple(draw(seconds) for _ in range(devices)) for _ in range(count))
    pairs = [(i, j) for j in range(count) for i in range(j)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return TaskGraph(times, {pair: draw(seconds) for pair in chosen})


@given(graphs())
def test_every_schedule_keeps_order_and_never_runs_two_tasks_at_once(graph: TaskGraph) -> None:
    schedule = heft(graph)
    valid(graph, schedule)
    assert sorted(one.task for one in schedule.placements) == list(range(len(graph.times_s)))


@given(graphs())
def test_replaying_the_plan_with_its_own_times_is_no_longer(graph: TaskGraph) -> None:
    plan = heft(graph)
    assert replay(graph, plan, graph.times_s) <= plan.makespan_s + 1e-9


def test_one_device_runs_everything_in_a_row() -> None:
    chain = TaskGraph(((1.0,), (2.0,), (3.0,)), {(0, 1): 9.0})
    assert heft(chain).makespan_s == 6


def test_a_fixed_plan_falls_behind_as_noise_grows() -> None:
    calm, noisy, wild = noise_sweep(PAPER, (0.0, 0.3, 0.8), repeats=60)
    assert calm == 1
    assert 1 < noisy < wild


def test_a_cycle_is_refused() -> None:
    with pytest.raises(InputError, match="cycle"):
        topological_order(TaskGraph(((1.0,), (1.0,)), {(0, 1): 0.0, (1, 0): 0.0}))


@pytest.mark.parametrize(
    ("times", "edges"), [(((1.0,), (1.0, 2.0)), {}), (((1.0,),), {(0, 5): 1.0}), ((), {})]
)
def test_a_graph_that_does_not_fit_is_refused(
    times: tuple[tuple[float, ...], ...], edges: dict[tuple[int, int], float]
) -> None:
    with pytest.raises(InputError):
        TaskGraph(times, edges)
