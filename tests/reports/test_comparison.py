"""Comparing runs: what is believed, what is not, and what programs read of it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.benchmark import Measurement, Point, Quantity, Sample, Verdict
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError
from microbench.store import Run, RunState, open_store
from reports.comparison import Change, Compared, compare_sides, limit_of, regressions
from reports.comparison_side import Side, side_of
from reports.comparison_text import json_text, junit, markdown, numbers


def measured(
    time_s: float = 1e-3,
    name: str = "cpu.x",
    noise: float = 0.001,
    quantity: Quantity = Quantity.LATENCY,
    verdict: Verdict = Verdict.OK,
    clock_hz: float | None = None,
    seed: int = 0,
    axes: tuple[tuple[str, str], ...] = (),
) -> Measurement:
    """A measurement whose 40 samples scatter by ``noise`` around ``time_s``."""
    chance = random.Random(seed)
    times = sorted(time_s * (1 + noise * chance.uniform(-1, 1)) for _ in range(40))
    low, middle, high = times[13], (times[19] + times[20]) / 2, times[26]
    if quantity is not Quantity.LATENCY:
        low, middle, high = 1 / high, 1 / middle, 1 / low
    number = verdict in (Verdict.OK, Verdict.NOISY)
    return Measurement(
        Point(name, axes), quantity, verdict,
        value=middle if number else None, low=low if number else None,
        high=high if number else None,
        time_s=(times[19] + times[20]) / 2 if number else None, clock_hz=clock_hz,
        samples=tuple(Sample(t) for t in times),
    )  # fmt: skip


def side(
    *measurements: Measurement, name: str = "a", device: str = "D", **environment: str
) -> Side:
    return side_of("run", device, measurements, environment)


def one(a: Measurement, b: Measurement, **options: object) -> Compared:
    return compare_sides(side(a), side(replace(b, point=a.point)), **options).points[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("factor", "expected"),
    [(1.0, Change.SAME), (1.2, Change.SLOWER), (0.8, Change.FASTER), (1.004, Change.SAME)],
)
@pytest.mark.parametrize("quantity", [Quantity.LATENCY, Quantity.BANDWIDTH])
def test_change(factor: float, expected: Change, quantity: Quantity) -> None:
    found = one(measured(quantity=quantity), measured(factor * 1e-3, quantity=quantity, seed=1))
    assert found.change is expected
    assert found.ratio == pytest.approx(factor, rel=2e-3)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.ratio <= found.high


def test_wide_intervals_cannot_tell() -> None:
    found = one(measured(noise=0.3), measured(1.03e-3, noise=0.3, seed=3))
    assert found.change is Change.UNCLEAR


def test_repetition_raises_the_least_effect() -> None:
    a, b, again = measured(), measured(1.05e-3, seed=1), measured(1.03e-3, seed=2)
    assert one(a, b).change is Change.SLOWER
    assert one(a, b, again=side(again)).change is not Change.SLOWER


def test_process_spread_raises_the_least_effect() -> None:
    a = replace(measured(), notes={"process_spread": 0.04})
    assert one(a, measured(1.05e-3, seed=1)).change is not Change.SLOWER


def test_a_disturbed_point_needs_separate_samples_too() -> None:
    def disturbed(time_s: float) -> Measurement:
        whole = measured(time_s, noise=0.2)
        lost = tuple(Sample(9.0, discarded="contended") for _ in range(160))
        return replace(whole, samples=(*whole.samples, *lost))

    near, far = one(disturbed(1e-3), disturbed(1.28e-3)), one(disturbed(1e-3), disturbed(2e-3))
    assert near.change is Change.UNCLEAR
    assert "samples overlap; A 20% undisturbed; B 20% undisturbed" in near.remark
    assert far.change is Change.SLOWER
    calm = one(measured(1e-3, noise=0.2), measured(1.28e-3, noise=0.2))
    assert calm.change is Change.SLOWER


def test_noisy_point_needs_separate_samples() -> None:
    noisy = measured(noise=0.2, verdict=Verdict.NOISY)
    near = measured(1.25e-3, noise=0.2, verdict=Verdict.NOISY, seed=4)
    far = measured(2e-3, noise=0.2, verdict=Verdict.NOISY, seed=4)
    assert one(noisy, near).change is Change.UNCLEAR
    assert one(noisy, far).change is Change.SLOWER
    assert "A noisy; B noisy" in one(noisy, far).remark


def test_slower_only_because_of_the_clock_is_not_believed() -> None:
    a, b = measured(clock_hz=3.00e9), measured(1.04e-3, clock_hz=2.885e9, seed=1)
    found = one(a, b)
    assert found.change is Change.UNCLEAR
    assert "clock" in found.remark
    confirmed = one(a, measured(1.2e-3, clock_hz=3.0e9, seed=1))
    assert confirmed.change is Change.SLOWER
    assert confirmed.remark == "confirmed in cycles"


def test_lost_and_gained() -> None:
    good, bad = measured(), measured(verdict=Verdict.FAILED)
    assert one(good, bad).change is Change.LOST
    assert one(bad, good).change is Change.GAINED
    assert one(bad, bad).change is Change.UNCLEAR


def test_most_at_stake_first_and_lost_before_all() -> None:
    a = side(measured(1e-6, "small"), measured(1e-3, "large"), measured(1.0, "same"),
             measured(1e-9, "gone"))  # fmt: skip
    b = side(measured(2e-6, "small"), measured(2e-3, "large"), measured(1.0, "same"),
             measured(1e-9, "gone", verdict=Verdict.TIMED_OUT))  # fmt: skip
    keys = [point.key for point in compare_sides(a, b).points]
    assert keys == ["gone", "large", "small", "same"]


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        (side(measured()), side(measured(), device="E"), "A ran on D, B on E"),
        (side(measured(), governor="powersave"), side(measured(), governor="performance"),
         "governor was powersave"),
        (side(measured(clock_hz=3e9)), side(measured(clock_hz=2e9)), "clock states differ"),
        (side(measured(axes=(("number_format", "fp32"),))),
         side(measured(axes=(("number_format", "bf16"),)), measured()), "fp32 in A"),
    ],
)  # fmt: skip
def test_unlike_runs_are_refused(a: Side, b: Side, told: str) -> None:
    with pytest.raises(InputError, match=told):
        compare_sides(a, b)


def test_force_compares_unlike_runs_and_says_so() -> None:
    found = compare_sides(side(measured()), side(measured(), device="E"), force=True)
    assert "A ran on D" in found.warnings[0]


def test_nothing_in_common() -> None:
    with pytest.raises(InputError, match="no point in common"):
        compare_sides(side(measured(name="p")), side(measured(name="q")))


def test_longest_pattern_wins() -> None:
    point = one(measured(name="cpu.memory.latency"), measured())
    limits = {"cpu.*": 5.0, "cpu.memory.*": 20.0, "gpu.*": 1.0}
    assert limit_of(point, 2.0, limits) == 20.0
    assert limit_of(point, 2.0, {}) == 2.0
    assert limit_of(point, None, {"gpu.*": 1.0}) is None


@given(st.floats(0.2, 5.0), st.floats(0.0, 0.2))
def test_swapping_the_runs_swaps_the_verdict(factor: float, noise: float) -> None:
    a, b = measured(noise=noise), measured(factor * 1e-3, noise=noise, seed=1)
    swapped = {Change.SLOWER: Change.FASTER, Change.FASTER: Change.SLOWER}
    there, back = one(a, b).change, one(b, a).change
    assert back is swapped.get(there, there)


def test_texts_agree() -> None:
    a = side(measured(name="p|q"), measured(name="r"), measured(name="s"))
    b = side(measured(2e-3, "p|q", seed=1), measured(name="r"), measured(name="t"))
    compared = compare_sides(a, b)
    regressed = regressions(compared, 5)
    document = json.loads(json_text(compared, regressed))
    assert document["schema"] == "hwprof.comparison/1"
    assert document["counts"] == {"slower": 1, "same": 1, "only in A": 1, "only in B": 1}
    assert [p["regression"] for p in document["points"]].count(True) == 1
    assert r"p\|q | slower" in markdown(compared, regressed)
    suite = ElementTree.fromstring(junit(compared, regressed, 5).encode())
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "2")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert "limit of 5%" in str(failure.get("message"))


SPEC = DeviceSpec("cpu", "Test CPU", DeviceKind.CPU, "v", "x86", None, 2, None, None, None, None)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "s.sqlite"
    with open_store(path) as opened:
        for index, (name, time_s) in enumerate([("before", 1e-3), ("after", 1.5e-3)]):
            measurement = measured(time_s, "cpu.x", seed=index)
            start = datetime(2026, 1, 1, index, tzinfo=UTC)
            run = Run(
                f"2026010{index}-000000-aaaaa{index}", name, SPEC, start, RunState.RUNNING, {}
            )
            opened.start_run(run, [measurement.point])
            opened.acknowledge(run, measurement)
            opened.finish_run(run, RunState.COMPLETE)
    return path


def hwprof(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", "compare", *arguments],
        capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}, check=False,
    )  # fmt: skip


def test_command_tells_and_fails_on_regression(store: Path, tmp_path: Path) -> None:
    told = hwprof("before", "after", "--store", str(store))
    assert told.returncode == 0
    assert "cpu.x  slower" in told.stdout
    report = tmp_path / "junit.xml"
    arguments = ("before", "after", "--store", str(store), "--junit", str(report))
    failed = hwprof(*arguments, "--fail-on-regression", "5")
    assert failed.returncode == 4
    assert "1 point slower than allowed; worst cpu.x +" in failed.stderr
    assert ElementTree.parse(report).getroot().get("failures") == "1"
    limits = tmp_path / "limits.toml"
    limits.write_text('[thresholds]\n"cpu.*" = 80\n')
    allowed = hwprof(*arguments, "--fail-on-regression", "5", "--thresholds", str(limits))
    assert allowed.returncode == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "needs a table"), ("[thresholds]\nx = 'a'", "must be a percentage"), ("[", "cannot be")],
)
def test_bad_thresholds(store: Path, tmp_path: Path, text: str, told: str) -> None:
    limits = tmp_path / "limits.toml"
    limits.write_text(text)
    found = hwprof("before", "--store", str(store), "--thresholds", str(limits))
    assert found.returncode == 2
    assert told in found.stderr
    assert found.stderr.count("\n") == 1


def test_a_run_against_itself_is_named(store: Path) -> None:
    found = hwprof("before", "20260100-000000-aaaaa0", "--store", str(store))
    assert found.returncode == 0
    assert found.stderr == (
        "warning: A and B are the same run (20260100-000000-aaaaa0): nothing can differ\n"
    )
    assert "same run" not in hwprof("before", "after", "--store", str(store)).stderr
    again = hwprof("before", "after", "--again", "before", "--store", str(store))
    assert "--again is run A itself" in again.stderr


def test_a_clock_is_told_in_hertz_and_its_ratio_is_of_cycle_times() -> None:
    before = measured(0.5e-9, "cpu.clock", quantity=Quantity.FREQUENCY)
    after = measured(1e-9, "cpu.clock", quantity=Quantity.FREQUENCY, seed=1)
    found = one(before, after)
    told = numbers(found)
    assert told[:2] == ("2 GHz", "1 GHz")
    assert found.change is Change.SLOWER
    assert found.ratio == pytest.approx(2, rel=2e-3)
    assert "ratio of cycle times" in found.remark
    assert numbers(one(measured(), measured(seed=1)))[0] == "1 ms"


def test_unknown_run(store: Path) -> None:
    found = hwprof("nowhere", "after", "--store", str(store))
    assert found.returncode == 2
    assert "no run 'nowhere'" in found.stderr
