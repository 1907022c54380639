"""Yours against published as a table: the same rows on the page and in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from reports.evidence import Published
from reports.figures.style import share

HEADS = ("figure", "yours", "95%", "published", "datasheet", "of datasheet", "methods", "source")
"""Methods: ours, then theirs."""


def rows(figures: Iterable[Published]) -> list[tuple[str, ...]]:
    """Return a row a figure, published ones first; empty cells where nothing is known."""
    ordered = sorted(figures, key=lambda one: (one.published_low is None, one.name))
    return [_row(one) for one in ordered]


def _row(one: Published) -> tuple[str, ...]:
    return (
        one.name,
        f"{_number(one.value)} {one.unit}",
        f"{_number(one.low)} \N{EN DASH} {_number(one.high)}",
        _range(one),
        "" if one.peak is None else _number(one.peak),
        "" if not one.peak else share(one.value / one.peak),
        "; ".join(filter(None, (one.method, one.published_method))),
        one.source,
    )


def _range(one: Published) -> str:
    """Write the published range, the chip named where it is another of the same architecture."""
    if one.published_low is None or one.published_high is None:
        return ""
    low, high = _number(one.published_low), _number(one.published_high)
    told = low if low == high else f"{low} \N{EN DASH} {high}"
    return told if one.like in {"", "same chip"} else f"{told} ({one.like})"


def _number(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"
