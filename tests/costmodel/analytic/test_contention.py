"""Latency beside loads: planted shares are found, and deadlines are met where they can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.contention import Contended, Observed, Variant, choose, fit, left_out_errors
from microbench.errors import InputError

SHARES = st.floats(0, 3)
COMBINATIONS: tuple[dict[str, int], ...] = (
    {},
    {"mem": 1},
    {"mem": 2},
    {"cpu": 1},
    {"cpu": 2},
    {"cpu": 1, "mem": 1},
)


@given(st.floats(1e-6, 10), SHARES, SHARES)
def test_planted_shares_are_recovered(alone_s: float, cpu: float, mem: float) -> None:
    truth = Contended(alone_s, {"cpu": cpu, "mem": mem})
    observed = [Observed(loads, truth.latency_s(loads)) for loads in COMBINATIONS]
    found = fit(observed)
    assert found.alone_s == pytest.approx(alone_s)
    assert found.share_per_load == pytest.approx({"cpu": cpu, "mem": mem}, abs=1e-6)
    assert max(left_out_errors(observed)) < 1e-6


@given(SHARES, SHARES, SHARES)
def test_processes_beyond_the_cores_add_their_own_share(
    cpu: float, mem: float, many: float
) -> None:
    truth = Contended(1.0, {"cpu": cpu, "mem": mem}, cores=2, share_too_many=many)
    found = fit([Observed(loads, truth.latency_s(loads)) for loads in COMBINATIONS], cores=2)
    assert found.share_per_load == pytest.approx(truth.share_per_load, abs=1e-6)
    assert found.share_too_many == pytest.approx(many, abs=1e-6)
    assert truth.latency_s({"mem": 1}) == pytest.approx(1 + mem)
    assert truth.latency_s({"mem": 2}) == pytest.approx(1 + 2 * mem + many)


@given(st.lists(st.floats(0.5, 5), min_size=3, max_size=6))
def test_more_loads_never_lower_the_predicted_latency(times: list[float]) -> None:
    model = fit([Observed({"mem": count}, time_s) for count, time_s in enumerate(times)])
    predicted = [model.latency_s({"mem": count}) for count in range(5)]
    assert predicted == sorted(predicted)


def test_loads_never_measured_are_refused() -> None:
    model = fit([Observed({}, 1.0), Observed({"mem": 1}, 1.5)])
    assert model.latency_s({"mem": 2, "gpu": 0}) == pytest.approx(2.0)
    with pytest.raises(InputError, match="beside gpu"):
        model.latency_s({"gpu": 1})


@pytest.mark.parametrize("observed", [[], [Observed({"mem": 1}, 1.0)], [Observed({}, 0.0)]])
def test_a_time_alone_is_needed(observed: list[Observed]) -> None:
    with pytest.raises(InputError):
        fit(observed)


def test_the_best_variant_that_meets_the_deadline_is_chosen() -> None:
    small = Variant("small", 0.6, Contended(1.0, {"mem": 0.1}))
    large = Variant("large", 0.8, Contended(2.0, {"mem": 1.0}))
    assert choose((small, large), {}, deadline_s=2.5) == large
    assert choose((small, large), {"mem": 1}, deadline_s=2.5) == small
    assert choose((small, large), {"mem": 1}, deadline_s=0.5) is None


@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 5), SHARES), min_size=1, max_size=6),
    st.integers(0, 3),
    st.floats(0.1, 20),
)
def test_a_choice_meets_its_deadline_and_no_better_one_does(
    drawn: list[tuple[float, float, float]], count: int, deadline_s: float
) -> None:
    variants = [
        Variant(str(index), quality, Contended(alone_s, {"mem": share}))
        for index, (quality, alone_s, share) in enumerate(drawn)
    ]
    loads = {"mem": count}
    chosen = choose(variants, loads, deadline_s)
    meeting = [one for one in variants if one.latency.latency_s(loads) <= deadline_s]
    assert (chosen is None) == (not meeting)
    if chosen is not None:
        assert chosen in meeting
        assert chosen.quality == max(one.quality for one in meeting)
