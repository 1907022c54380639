"""Joining requests at decode steps: exact limits, and the law against a step-by-step simulation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.batching import law, simulate, step_s
from costmodel.analytic.serving import Server, Transformer
from microbench.errors import InputError

GPT = Transformer(6.7e9, 32, 4096, 32, 128)
A100 = Server(312e12, 2.039e12, 80 * 2**30)


@pytest.mark.parametrize("requests", [1, 8, 32])
def test_at_once_and_memory_bound_the_speed_up_is_n(requests: int) -> None:
    found = law(requests, 0.0, 512, lambda batch: 5e-3)
    assert found.speed_up == requests
    assert simulate([0.0] * requests, 512, lambda batch: 5e-3).speed_up == pytest.approx(requests)


def test_requests_that_never_meet_gain_nothing() -> None:
    found = simulate([0.0, 100.0, 200.0], 10, lambda batch: 1e-3 * batch)
    assert found.fused_s == pytest.approx(200.01)
    assert found.separate_s == pytest.approx(200.01)


def test_a_step_reads_the_weights_once_for_all() -> None:
    step = step_s(GPT, A100, context_tokens=1)
    assert step(1) == pytest.approx(2 * 6.7e9 / 2.039e12, rel=1e-3)
    assert step(16) < 1.01 * step(1)
    assert step(1000) == pytest.approx(2 * 6.7e9 * 1000 / 312e12)


@given(st.integers(1, 12), st.floats(0, 2), st.integers(1, 40))
def test_the_law_bounds_the_simulation(requests: int, interval_s: float, tokens: int) -> None:
    arrivals = [index * interval_s for index in range(requests)]
    constant = simulate(arrivals, tokens, lambda batch: 0.05)
    closed = law(requests, interval_s, tokens, lambda batch: 0.05)
    assert constant.fused_s >= closed.fused_s - 1e-6
    assert constant.fused_s <= closed.fused_s + 0.05 + 1e-6
    assert constant.separate_s >= closed.separate_s - 1e-6


@given(st.lists(st.floats(0, 5), min_size=1, max_size=8), st.integers(1, 30))
def test_joining_never_takes_longer_when_a_step_costs_less_than_its_parts(
    arrivals: list[float], tokens: int
) -> None:
    found = simulate(arrivals, tokens, lambda batch: 0.01 + 0.001 * batch)
    assert found.fused_s <= found.separate_s + 0.02 * len(arrivals)


def test_nothing_to_do_is_refused() -> None:
    with pytest.raises(InputError):
        simulate([], 1, lambda batch: 1.0)
    with pytest.raises(InputError):
        law(0, 0.0, 1, lambda batch: 1.0)
