"""The protocol replayed from recorded samples: no clock, no load, the same verdict every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hwprof.bench_numbers import half_width_text
from microbench.benchmark import (
    CodeCheck,
    Effort,
    Measurement,
    Point,
    Prepared,
    Quantity,
    Sample,
    Verdict,
)
from microbench.protocol.measure import SAMPLE_S, judge, measure, settled
from microbench.protocol.sampling import PREEMPTED, STALLED, host_sample, reason
from microbench.protocol.statistics import too_wide
from microbench.protocol.threads import UNEVEN, Lap, combine

POINT = Point("test")


@dataclass
class Tape:
    """Plays recorded factors of a body's time, again and again, and moves its own clock."""

    body_s: float
    factors: list[float] = field(default_factory=lambda: [1.0])
    discarded: list[str] = field(default_factory=lambda: [""])
    cpu_share: float = 1.0
    clock_s: float = 0.0
    drawn: int = 0
    asked: list[int] = field(default_factory=list)

    def sample(self, iterations: int) -> Sample:
        at, self.drawn = self.drawn, self.drawn + 1
        self.asked.append(iterations)
        time_s = self.body_s * iterations * self.factors[at % len(self.factors)]
        self.clock_s += time_s
        mark = self.discarded[at % len(self.discarded)]
        return Sample(time_s, self.body_s * iterations * self.cpu_share, discarded=mark)

    def now(self) -> float:
        return self.clock_s


def play(
    tape: Tape,
    quantity: Quantity = Quantity.LATENCY,
    effort: Effort = Effort.DEFAULT,
    time_limit_s: float = 100,
    **prepared: object,
) -> Measurement:
    ready = Prepared(sample=tape.sample, **prepared)  # type: ignore[arg-type]
    return measure(POINT, quantity, ready, effort, time_limit_s, now=tape.now)


def jitter(share: float, count: int = 97) -> list[float]:
    return [1 + share * (((i * 37) % count) / count - 0.5) for i in range(count)]


def test_a_steady_body_stops_by_its_interval_with_samples_of_a_millisecond() -> None:
    tape = Tape(2e-6, jitter(0.01))
    found = play(tape)
    assert found.verdict is Verdict.OK
    assert found.stopped_by == "interval"
    assert found.value == pytest.approx(2e-6, rel=0.01)
    assert tape.asked[-1] * tape.body_s == pytest.approx(SAMPLE_S, rel=0.02)
    assert len(found.samples) >= 30
    assert sum(sample.time_s for sample in found.samples) * tape.asked[-1] >= 0.2


def test_operations_divide_samples_and_rates_use_work_per_operation() -> None:
    latency = play(Tape(1.6e-8), operations=16)
    assert latency.value == pytest.approx(1e-9)
    rate = play(Tape(1e-6), Quantity.THROUGHPUT, work_flop=5000.0)
    assert rate.value == pytest.approx(5e9)
    bandwidth = play(Tape(1e-6), Quantity.BANDWIDTH, bytes_moved=64.0)
    assert bandwidth.value == pytest.approx(64e6)
    clock = play(Tape(32e-9), Quantity.FREQUENCY, operations=32, notes={"cycles": 96})
    assert clock.value == pytest.approx(3e9)


def test_a_rate_keeps_low_below_high() -> None:
    found = play(Tape(1e-6, jitter(0.05)), Quantity.THROUGHPUT, work_flop=1.0)
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def test_wrong_code_and_wrong_result_give_no_number_and_draw_no_sample() -> None:
    tape = Tape(1e-6)
    bad = play(tape, check_code=lambda: CodeCheck(False, "19 x fma, wanted 20"))
    assert (bad.verdict, bad.value, bad.reason) == (Verdict.WRONG_CODE, None, "19 x fma, wanted 20")
    wrong = play(tape, check_result=lambda: "sum is 3, expected 4")
    assert (wrong.verdict, wrong.value) == (Verdict.WRONG_RESULT, None)
    assert tape.drawn == 0


def test_emulated_code_is_measured_and_named() -> None:
    found = play(Tape(1e-6), check_code=lambda: CodeCheck(True, "emulated", emulated=True))
    assert found.verdict is Verdict.EMULATED
    assert found.value is not None


def test_an_emulation_that_is_not_proved_gives_no_number() -> None:
    tape = Tape(1e-6)
    found = play(tape, check_code=lambda: CodeCheck(False, "2 x HMMA", emulated=True))
    assert (found.verdict, found.value) == (Verdict.WRONG_CODE, None)
    assert tape.drawn == 0


def test_disturbed_samples_do_not_move_the_value() -> None:
    disturbed = Tape(1e-6, [1.0, 8.0, 1.0], ["", PREEMPTED, ""])
    found = play(disturbed)
    assert found.value == pytest.approx(1e-6)
    assert found.verdict is Verdict.OK
    assert found.kept_fraction == pytest.approx(2 / 3, abs=0.05)
    assert found.reason == ""


def test_fewer_than_half_kept_is_said() -> None:
    found = play(Tape(1e-6, [9.0, 9.0, 1.0], [PREEMPTED, STALLED, ""]))
    assert found.verdict is Verdict.OK
    assert "were undisturbed" in found.reason


def test_a_gpu_disturbed_most_of_the_time_has_no_sound_figure() -> None:
    marks = ["throttled", "clock-shift", ""]
    found = play(Tape(1e-6, [9.0, 9.0, 1.0], marks), least_kept=0.5)
    assert found.verdict is Verdict.NOISY
    assert "were undisturbed" in found.reason
    assert found.value is not None
    assert play(Tape(1e-6, [9.0, 1.0, 1.0], marks[1:] * 2), least_kept=0.5).verdict is Verdict.OK


def test_below_a_tenth_cpu_time_stands_in_only_where_valid() -> None:
    marks = [PREEMPTED] * 19 + [""]
    factors = [5.0] * 19 + [1.0]
    compute = play(Tape(1e-6, factors, marks, cpu_share=1.0), cpu_time_valid=True)
    assert compute.basis == "cpu-time"
    assert compute.value == pytest.approx(1e-6)
    assert "CPU time" in compute.reason
    memory = play(Tape(1e-6, factors, marks))
    assert memory.basis == "wall"
    assert memory.verdict is Verdict.NOISY
    assert memory.value is not None


def test_all_samples_disturbed_still_gives_a_bound_and_says_so() -> None:
    found = play(Tape(1e-6, [3.0], [PREEMPTED]))
    assert found.verdict is Verdict.NOISY
    assert found.value == pytest.approx(3e-6)
    assert "upper bound" in found.reason


def test_a_wide_interval_is_noisy_and_two_modes_are_printed() -> None:
    found = play(Tape(1e-6, [1.0, 3.0]))
    assert found.verdict is Verdict.NOISY
    assert "two modes" in found.reason
    assert found.stopped_by == "time"


def test_a_moving_clock_is_throttled() -> None:
    samples = tuple(Sample(1e-3, clock_hz=2e9 if i % 2 else 1.5e9) for i in range(40))
    blank = Measurement(POINT, Quantity.LATENCY, Verdict.FAILED)
    found = judge(blank, Prepared(sample=lambda _: samples[0]), samples, "time")
    assert found.verdict is Verdict.THROTTLED
    assert "33%" in found.reason


def judged(samples: tuple[Sample, ...], **blank: object) -> Measurement:
    start = Measurement(POINT, Quantity.LATENCY, Verdict.FAILED)
    start = replace(start, **blank)  # type: ignore[arg-type]
    return judge(start, Prepared(sample=lambda _: samples[0]), samples, "time")


def test_one_preempted_clock_reading_is_no_moving_clock() -> None:
    """Readings within 2% but for two that were cut short: the extremes are a factor 427 apart."""
    clocks = [3.6e9 * factor for factor in jitter(0.02, 38)] + [8.6e6, 1.2e9]
    samples = tuple(Sample(1e-3, clock_hz=clock) for clock in clocks)
    assert judged(samples).verdict is Verdict.OK


@pytest.mark.parametrize(("count", "expected"), [(5, Verdict.NOISY), (6, Verdict.OK)])
def test_one_preempted_reading_among_few_is_no_moving_clock(count: int, expected: Verdict) -> None:
    clocks = [8.6e6] + [3.6e9] * (count - 1)
    assert judged(tuple(Sample(1e-3, clock_hz=clock) for clock in clocks)).verdict is expected


def test_a_clock_down_for_a_fifth_of_the_samples_has_moved() -> None:
    samples = tuple(Sample(1e-3, clock_hz=3e9 if i % 5 else 2e9) for i in range(40))
    found = judged(samples)
    assert (found.verdict, found.reason) == (
        Verdict.THROTTLED, "the clock moved by 50% between samples",
    )  # fmt: skip


@pytest.mark.parametrize("spread", [0.2, 1.8])
def test_the_reason_and_the_table_state_one_width(spread: float) -> None:
    """Of a rate, whose interval is wider than that of its times."""
    samples = tuple(Sample(1e-3 * factor) for factor in jitter(spread, 7))
    found = judged(samples, quantity=Quantity.THROUGHPUT, work_flop=1e6)
    said = float(found.reason.split("±")[1].split("%")[0])
    assert found.verdict is Verdict.NOISY
    assert said == pytest.approx(float(half_width_text(found)[1:-1]), abs=0.51)
    assert "+-" not in found.reason


def test_a_width_just_above_the_limit_is_told_apart_from_it() -> None:
    assert too_wide(0.0203, 0.02) == "interval of ±2.03%, wanted ±2.0%"
    assert too_wide(0.7610, 0.02) == "interval of ±76.1%, wanted ±2.0%"


def test_one_sample_is_not_plural() -> None:
    found = judged((Sample(1e-3, discarded=PREEMPTED),))
    assert "only 1 usable sample, too few for an interval" in found.reason
    assert "0% of 1 sample was undisturbed" in found.reason


def test_a_clock_that_moves_at_the_power_limit_is_the_state_of_the_load() -> None:
    samples = tuple(Sample(1e-3, clock_hz=2e9 if i % 2 else 1.8e9) for i in range(40))
    blank = Measurement(POINT, Quantity.LATENCY, Verdict.FAILED)
    ready = Prepared(sample=lambda _: samples[0], notes={"power_limited": "yes"})
    assert judge(blank, ready, samples, "time").verdict is Verdict.OK


def test_a_load_settles_before_it_is_sampled_and_its_beginning_is_told() -> None:
    """Ten times 20 ms fast, then slow: what counts is the steady state."""
    fast = [0.5] * 200
    tape = Tape(1e-6, fast + [1.0] * 100_000)
    found = play(tape, effort=Effort.THOROUGH, settle_s=2.0)
    assert found.value == pytest.approx(1e-6)
    assert found.notes["value_first_100ms"] == pytest.approx(0.5e-6)
    assert found.notes["settled_s"] == pytest.approx(2.0, abs=0.01)
    again = play(Tape(1e-6), effort=Effort.DEFAULT, settle_s=2.0)
    assert "settled_s" not in again.notes


def test_visits_share_the_settling_and_the_first_one_tells_of_it() -> None:
    tape = Tape(1e-6)
    ready = Prepared(sample=tape.sample, settle_s=2.0)
    first = measure(POINT, Quantity.LATENCY, ready, Effort.THOROUGH, 100, now=tape.now, visits=2)
    assert first.notes["settled_s"] == pytest.approx(1.0, abs=0.01)
    before_s = tape.clock_s
    second = measure(
        POINT,
        Quantity.LATENCY,
        ready,
        Effort.THOROUGH,
        100,
        now=tape.now,
        visits=2,
        earlier=first.samples,
    )
    assert tape.clock_s - before_s > 1.0
    assert "settled_s" not in second.notes
    assert second.samples[: len(first.samples)] == first.samples


def test_settling_leaves_time_to_sample() -> None:
    found = play(Tape(1e-6), effort=Effort.THOROUGH, time_limit_s=1.0, settle_s=2.0)
    assert found.notes["settled_s"] < 0.8
    assert found.verdict is Verdict.OK


def test_a_body_may_ask_for_shorter_samples() -> None:
    tape = Tape(2e-6, jitter(0.01))
    play(tape, sample_s=SAMPLE_S / 4)
    assert tape.asked[-1] * tape.body_s == pytest.approx(SAMPLE_S / 4, rel=0.02)


def test_disturbed_calibration_does_not_shorten_samples() -> None:
    """On a busy machine every run may take 50 times its CPU time."""
    tape = Tape(1e-6, [50.0], [PREEMPTED])
    found = play(tape, cpu_time_valid=True)
    assert tape.asked[-1] * tape.body_s == pytest.approx(SAMPLE_S, rel=0.1)
    assert found.value == pytest.approx(1e-6)


def test_a_step_between_halves_keeps_sampling_until_it_is_outweighed() -> None:
    """A busy phase 8% slower fills most of the first 200 ms: its interval is tight, not true."""
    busy, quiet = jitter(0.002, 150), [1.0] * 800
    found = play(Tape(1e-6, [1.08 * factor for factor in busy] + quiet))
    assert found.value == pytest.approx(1e-6, rel=0.01)
    assert len(found.samples) > 200


def test_settled_needs_a_tight_interval_and_agreeing_halves() -> None:
    assert settled([1.0] * 40, 0.005)
    assert not settled([1.0] * 20 + [1.02] * 20, 0.005)
    assert not settled([1.0, 2.0] * 20, 0.005)


def test_the_time_limit_ends_a_body_of_a_minute() -> None:
    tape = Tape(60.0)
    found = play(tape, time_limit_s=50)
    assert found.value == pytest.approx(60)
    assert found.verdict is Verdict.NOISY
    assert (found.low, found.high) == (None, None)
    assert tape.drawn <= 3


@settings(max_examples=60, deadline=None)
@given(
    st.floats(1e-8, 0.5),
    st.lists(st.floats(0.2, 20), min_size=1, max_size=30),
    st.lists(st.sampled_from(["", "", PREEMPTED, STALLED]), min_size=1, max_size=30),
    st.booleans(),
)
def test_never_empty_and_never_without_a_reason(
    body_s: float, factors: list[float], marks: list[str], cpu_time_valid: bool
) -> None:
    found = play(Tape(body_s, factors, marks), time_limit_s=30, cpu_time_valid=cpu_time_valid)
    assert found.samples
    assert found.value is not None
    assert (found.low is None) == (found.high is None)
    if found.low is not None and found.high is not None:
        assert found.low <= found.value <= found.high
    assert found.verdict is not Verdict.OK or found.low is not None
    assert found.verdict is Verdict.OK or found.reason


@given(st.floats(1e-6, 1), st.floats(0, 2))
def test_reason_keeps_only_undisturbed_samples(time_s: float, share: float) -> None:
    assert reason(time_s, time_s * share, True, 0.98) == PREEMPTED
    kept = reason(time_s, time_s * share, False, 0.98)
    assert kept == ("" if time_s * share >= 0.98 * time_s else STALLED)


def laps(spans: Iterable[tuple[float, float]], **change: object) -> list[Lap]:
    made = [Lap(start, end, end - start, preempted=False) for start, end in spans]
    return [replace(made[0], **change), *made[1:]]  # type: ignore[arg-type]


def test_a_round_of_threads_spans_first_start_to_last_end() -> None:
    sample = combine(laps([(1.0, 2.0), (1.01, 2.02)]))
    assert sample.time_s == pytest.approx(1.02)
    assert sample.cpu_time_s == pytest.approx(1.01)
    assert sample.discarded == ""


@pytest.mark.parametrize(
    ("spans", "change", "expected"),
    [
        ([(0.0, 1.0), (0.0, 1.0)], {"preempted": True}, PREEMPTED),
        ([(0.0, 1.0), (0.0, 1.0)], {"cpu_s": 0.9}, STALLED),
        ([(0.0, 1.0), (0.5, 1.5)], {}, UNEVEN),
        ([(0.0, 1.0), (0.0, 0.5)], {}, UNEVEN),
    ],
)
def test_a_round_is_dropped_when_any_thread_was_disturbed(
    spans: list[tuple[float, float]], change: dict[str, object], expected: str
) -> None:
    assert combine(laps(spans, **change)).discarded == expected


def test_host_sampler_times_what_it_runs() -> None:
    import time

    asked: list[int] = []

    def sleep(iterations: int) -> None:
        asked.append(iterations)
        time.sleep(0.01)

    draw: Callable[[int], Sample] = host_sample(sleep)
    sample = draw(3)
    assert asked == [3]
    assert sample.time_s >= 0.01
    assert sample.discarded in {STALLED, PREEMPTED}
