"""The lookup table: sums, counts, expectations that are linear in the probabilities."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.lookup import LookupTable, expected_latency_s
from costmodel.kernel import Family, Kernel
from microbench.errors import InputError
from microbench.formats import NumberFormat

CONV = Kernel(
    "conv", Family.CONVOLUTION, "conv2d", NumberFormat.FP32, 1e6, 1e4, {"c_in": 16, "kh": 3}
)
WIDER = replace(CONV, dims={"c_in": 32, "kh": 3})


def test_a_chain_is_the_sum_of_its_entries_times_counts() -> None:
    table = LookupTable.of([(CONV, 2e-3), (WIDER, 5e-3)])
    assert table.chain_s([CONV, replace(WIDER, count=3)]) == pytest.approx(17e-3)


def test_the_least_of_repeated_times_is_kept_and_names_do_not_matter() -> None:
    table = LookupTable.of([(CONV, 3e-3), (replace(CONV, name="again"), 2e-3)])
    assert table.latency_s(CONV) == 2e-3


def test_a_missing_entry_is_named() -> None:
    with pytest.raises(InputError, match="conv"):
        LookupTable.of([(CONV, 1.0)]).latency_s(WIDER)


pair = st.tuples(st.floats(0, 1), st.floats(0, 1))
times = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=3, max_size=3)


@given(times, st.lists(pair, min_size=3, max_size=3), st.floats(0, 1))
def test_the_expectation_is_linear_in_the_probabilities(
    latencies: list[tuple[float, float]], ends: list[tuple[float, float]], mix: float
) -> None:
    def at(shares: list[float]) -> float:
        return expected_latency_s(latencies, [(p, 1 - p) for p in shares])

    mixed = [mix * a + (1 - mix) * b for a, b in ends]
    between = mix * at([a for a, _ in ends]) + (1 - mix) * at([b for _, b in ends])
    assert at(mixed) == pytest.approx(between, abs=1e-9)


def test_certainty_gives_the_plain_sum() -> None:
    assert expected_latency_s([(1.0, 2.0), (3.0, 4.0)], [(1, 0), (0, 1)]) == 5


@pytest.mark.parametrize("shares", [[(0.5, 0.6)], [(-0.5, 1.5)], [(1.0,)], []])
def test_what_is_no_distribution_is_refused(shares: list[tuple[float, ...]]) -> None:
    with pytest.raises(InputError):
        expected_latency_s([(1.0, 2.0)], shares)
