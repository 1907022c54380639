"""A comparison as JSON, Markdown and JUnit XML: for programs, for reviews, for CI."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from typing import Any

from reports.comparison import Change, Compared, Comparison, limit_of
from reports.figures.style import si

SCHEMA = "hwprof.comparison/1"


def json_text(compared: Comparison, regressed: Collection[Compared]) -> str:
    """Return the whole comparison as a JSON document."""
    keys = {point.key for point in regressed}
    document = {
        "schema": SCHEMA,
        "a": compared.a,
        "b": compared.b,
        "device": compared.device,
        "counts": {change.value: count for change, count in compared.counts().items()},
        "warnings": list(compared.warnings),
        "points": [_record(point, point.key in keys) for point in compared.points],
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def markdown(compared: Comparison, regressed: Collection[Compared], most: int = 30) -> str:
    """Return a summary and the points that changed, for a review or a CI summary."""
    lines = [f"# {compared.a} against {compared.b} on {compared.device}", "", summary(compared), ""]
    for warning in compared.warnings:
        lines += [f"> {warning}", ""]
    if regressed:
        lines += [f"**{len(regressed)} beyond the limit.**", ""]
    shown = [p for p in compared.points if p.change not in (Change.SAME,)][:most]
    if shown:
        lines += [
            "| point | change | A | B | B / A | 95% interval | remark |",
            "| --- | --- | --: | --: | --: | --: | --- |",
        ]
    for point in shown:
        cells = [point.key, point.change.value, *numbers(point), point.remark]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def summary(compared: Comparison) -> str:
    """Return one line: how many points became what."""
    return ", ".join(f"{count} {change.value}" for change, count in compared.counts().items())


def numbers(point: Compared) -> tuple[str, str, str, str]:
    """Return A, B (times, or frequencies), ratio of times and its interval as people read them."""
    sides = (point.time_a_s, point.frequency_a_hz), (point.time_b_s, point.frequency_b_hz)
    told = [si(hz, "Hz") if hz else "-" if t is None else si(t, "s") for t, hz in sides]
    ratio = "-" if point.ratio is None else f"{point.ratio:.3f}"
    known = point.low is not None and point.high is not None
    return told[0], told[1], ratio, f"{point.low:.3f} - {point.high:.3f}" if known else "-"


def junit(
    compared: Comparison,
    regressed: Collection[Compared],
    percent: float | None = None,
    limits: Mapping[str, float] | None = None,
) -> str:
    """Return JUnit XML: a failure for each regression, skipped where nothing can be told."""
    from xml.etree import ElementTree as Xml

    keys = {point.key for point in regressed}
    skipped = [p for p in compared.points if p.key not in keys and _untold(p)]
    suite = Xml.Element(
        "testsuite", name=f"hwprof compare {compared.a} {compared.b}",
        tests=str(len(compared.points)), failures=str(len(keys)), errors="0",
        skipped=str(len(skipped)),
    )  # fmt: skip
    for point in compared.points:
        case = Xml.SubElement(
            suite, "testcase", classname=point.benchmark, name=point.key,
            time=f"{point.time_b_s or 0.0:.9g}",
        )  # fmt: skip
        if point.key in keys:
            limit = limit_of(point, percent, limits or {})
            Xml.SubElement(case, "failure", message=_told(point, limit), type=point.change.value)
        elif _untold(point):
            Xml.SubElement(case, "skipped", message=f"{point.change.value} {point.remark}".strip())
    Xml.indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(suite, "unicode") + "\n"


def _untold(point: Compared) -> bool:
    return point.change in (Change.UNCLEAR, Change.ONLY_A, Change.ONLY_B)


def _told(point: Compared, limit: float | None) -> str:
    if point.ratio is None:
        return f"lost: {point.remark}"
    return f"{point.ratio - 1:+.1%} against a limit of {limit:g}%"


def _record(point: Compared, regressed: bool) -> dict[str, Any]:
    return {
        "key": point.key,
        "benchmark": point.benchmark,
        "change": point.change.value,
        "regression": regressed,
        "time_a_s": point.time_a_s,
        "time_b_s": point.time_b_s,
        "ratio": point.ratio,
        "ratio_low": point.low,
        "ratio_high": point.high,
        "p_value": point.p_value,
        "cycles_ratio": point.cycles_ratio,
        "at_stake_s": point.at_stake_s if math.isfinite(point.at_stake_s) else None,
        "remark": point.remark,
    }
