"""Where sweeps level off, and pairs of operands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hwprof.bench_gpu_tables import knee_table, operand_table
from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.protocol.knees import SHARE, knees, operand_groups

MMA = "gpu.tensor.mma.throughput"


def rate(
    value: float | None, verdict: Verdict = Verdict.OK, notes: dict | None = None, **axes: object
) -> Measurement:
    point = Point(MMA, tuple({"shape": "bf16", **axes}.items()))  # type: ignore[arg-type]
    return Measurement(point, Quantity.THROUGHPUT, verdict, value=value, notes=notes or {})


def swept(*values: float) -> list[Measurement]:
    return [rate(v, chains=4, warps=2**n) for n, v in enumerate(values)]


def test_the_knee_is_the_least_load_near_the_best() -> None:
    (found,) = knees(swept(10, 20, 39, 40, 38))
    assert found.load == (("chains", 4), ("warps", 4))
    assert found.best.value == 40
    assert found.settings == 5
    assert dict(found.fixed) == {"shape": "bf16"}


def test_of_equal_loads_the_one_of_fewer_warps_is_the_knee() -> None:
    points = [rate(40, chains=1, warps=8), rate(40, chains=4, warps=2), rate(9, chains=1, warps=1)]
    (found,) = knees(points)
    assert found.load == (("chains", 4), ("warps", 2))


def test_points_without_a_sound_number_take_no_part() -> None:
    wrong = [rate(None, Verdict.WRONG_CODE, chains=8, warps=8), rate(99, Verdict.THROTTLED)]
    assert knees([*swept(10, 20), *wrong]) == ()


@given(st.lists(st.floats(1, 1e15), min_size=3, max_size=9))
def test_a_knee_reaches_its_share_and_nothing_lighter_does(values: list[float]) -> None:
    (found,) = knees(swept(*values))
    at = int(found.enough.point["warps"])
    assert values[at.bit_length() - 1] >= SHARE * max(values)
    assert all(value < SHARE * max(values) for value in values[: at.bit_length() - 1])


def test_operands_stand_side_by_side_with_their_power() -> None:
    rows = [
        rate(600e12, notes={"power_w_mean": 690.0}, operands="normal"),
        rate(640e12, notes={"power_w": 640.0}, operands="still"),
        rate(800e12, notes={"power_w": 450.0}, operands="zeros"),
    ]
    (group,) = operand_groups(rows)
    assert tuple(group.values()) == tuple(rows)
    assert operand_groups(rows[:2]) == ()
    assert operand_groups(rows[2:]) == ()
    table = operand_table(rows)
    assert table is not None
    cells = [list(column.cells) for column in table.columns]
    assert cells[1:] == [
        ["normal", "still", "zeros"],
        ["600 TFLOP/s", "640 TFLOP/s", "800 TFLOP/s"],
        ["690 W", "640 W", "450 W"],
        ["75.0%", "80.0%", "100%"],
    ]


def test_a_run_without_sweeps_has_no_tables() -> None:
    assert knee_table([rate(1.0)]) is None
    assert operand_table([]) is None
    assert knee_table(swept(10, 20, 39)) is not None


@pytest.mark.parametrize("count", [0, 1, 2])
def test_two_settings_are_no_sweep(count: int) -> None:
    assert knees(swept(10, 20)[:count]) == ()
