"""One self-contained HTML page: sentence, figures, tables, environment, warnings. No network."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import Any

from costmodel.kernel import blocks_text
from reports import published_table
from reports.data import FLAG_WORDS, DeviceSection, KernelRecord, MeasuredPoint, ReportData
from reports.figures.catalogue import FIGURES, Drawn, figures_for
from reports.figures.style import between, render, share, shown
from reports.figures.svg import inlined, with_hover
from reports.page.sentence import (
    Change,
    changes,
    dram_text,
    lost,
    opening,
    run_opening,
    tuning_opening,
    where_time_goes,
)
from reports.slowest import slowest_first

MOST_ROWS = 300
MOST_FIGURE_KERNELS = 400
"""Beyond these a page shows the slowest; the JSON export always holds all."""
MOST_PRINTED = 40
"""Rows of a table on paper."""
HEADS = (
    *(("kernel", True), ("count", False), ("work", False), ("traffic", False), ("time", False)),
    *(("90% interval", False), ("share", False), ("of bound", False), ("bound", True)),
    *(("blocks", True), ("flags", True)),
)

SHORT_FLAGS = {flag: flag.replace("-", " ").replace("outside training range", "outside")
               for flag in FLAG_WORDS}  # fmt: skip
"""Flags as a table's narrow column has them."""


@dataclass(frozen=True, slots=True)
class _Section:
    data: DeviceSection
    opening: str
    where: str
    dram: str
    parts: list[tuple[str, float]]
    changes: list[Change]
    rows: list[KernelRecord]
    """Kernels, equal ones in one row; slowest first."""

    @property
    def shown(self) -> list[KernelRecord]:
        return self.rows[:MOST_ROWS]


def page(data: ReportData) -> str:
    """Return the page as HTML text: the same text for the same report."""
    from jinja2 import Environment
    from markupsafe import Markup

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(
        seconds=lambda value: shown(value, "s"),
        shown=shown,
        between=lambda ends: between(*ends),
        key=_key,
        value=lambda point: _in_unit(point.value, point.quantity),
        interval=_interval,
        short=_short_blocks,
        share=share,
        flags=lambda flags: " ".join(SHORT_FLAGS.get(flag, flag) for flag in flags),
    )
    text = files("reports.page").joinpath("template.html.j2").read_text(encoding="utf-8")
    drawable = _shortened(data)
    drawn = [
        {
            "title": one.title,
            "svg": Markup(inline_svg(one, drawable, index)),  # noqa: S704 - drawn by ourselves
            "kind": (kind := max((n for n in FIGURES if one.name.startswith(n)), key=len)),
            "caption": FIGURES[kind].caption,
            "beside": one.beside,
        }
        for index, one in enumerate(figures_for(drawable))
    ]
    return environment.from_string(text).render(
        data=data,
        sections=[_section(section) for section in data.sections],
        rows=[list(row) for _, row in groupby(drawn, key=lambda f: (f["kind"], f["beside"]))],
        heads=[{"name": name, "text": text} for name, text in HEADS],
        published=published_table.rows(data.published),
        published_heads=published_table.HEADS,
        about=_about(data),
        empty=_empty(data),
        legend=_legend(data),
        printed=MOST_PRINTED,
        cut=[one.title for one in data.sections if len(one.kernels) > MOST_FIGURE_KERNELS],
        most=MOST_FIGURE_KERNELS,
    )


def _shortened(data: ReportData) -> ReportData:
    """Keep figures light: of very many kernels draw those that take most of the time."""
    from dataclasses import replace

    def cut(section: DeviceSection) -> DeviceSection:
        if len(section.kernels) <= MOST_FIGURE_KERNELS:
            return section
        slowest = sorted(section.kernels, key=lambda k: -k.total_s)[:MOST_FIGURE_KERNELS]
        kept = set(map(id, slowest))
        return replace(section, kernels=tuple(k for k in section.kernels if id(k) in kept))

    return replace(data, sections=tuple(cut(section) for section in data.sections))


def inline_svg(drawn: Drawn, data: ReportData, index: int) -> str:
    """Return a figure as an SVG fit to stand in HTML, with hover texts on kernels."""
    own = data.sections if drawn.section is None else (data.sections[drawn.section],)
    return inlined(with_hover(render(drawn.figure, "svg").decode("utf-8"), own), f"f{index}")


def _section(section: DeviceSection) -> _Section:
    return _Section(
        section,
        opening(section),
        where_time_goes(section),
        dram_text(section),
        lost(section),
        changes(section),
        slowest_first(section.kernels),
    )


def _short_blocks(text: str) -> str:
    """Write ``BLOCK_M=32 BLOCK_N=64 num_warps=4`` as ``32x64 w4``."""
    pairs = (part.partition("=") for part in text.split())
    return blocks_text({name: int(size) for name, _, size in pairs if size.isdigit()})


def _about(data: ReportData) -> str:
    """Say in one line what the page is about: software, number format, how many kernels."""
    told = []
    if data.sections:
        first = data.sections[0]
        times = "measured" if first.measured else "predicted"
        executions = sum(kernel.count for kernel in first.kernels)
        formats = ", ".join(dict.fromkeys(one.number_format for one in data.sections))
        count = f"{len(first.kernels)} kernel{'s' if len(first.kernels) != 1 else ''}"
        if executions > len(first.kernels):
            count += f" launched {executions:g} times"
        told = [f"{times} times", data.stacks_text, f"mostly {formats}", count]
    elif data.points:
        verdicts = [point.verdict for point in data.points]
        told = [f"{len(verdicts)} points measured"]
        told += [f"{verdicts.count(verdict)} {verdict}" for verdict in sorted(set(verdicts))]
    return " \N{MIDDLE DOT} ".join(filter(None, told))


def _empty(data: ReportData) -> str:
    """Return the opening of a page without kernels."""
    if data.trials:
        return tuning_opening(data.trials)
    usable = sum(point.value is not None for point in data.points)
    if not data.points:
        return "Nothing was measured or predicted yet: run `hwprof bench --device cpu --quick`."
    return (
        run_opening(data.points) or f"{usable} of {len(data.points)} measured points have a value."
    )


def _legend(data: ReportData) -> str:
    """Spell out the shortened flags of the kernel tables."""
    used = {
        flag for section in data.sections for kernel in section.kernels for flag in kernel.flags
    }
    return "; ".join(
        f"{SHORT_FLAGS[flag]}: {text}" for flag, text in FLAG_WORDS.items() if flag in used
    )


def _key(point: MeasuredPoint) -> str:
    axes = ", ".join(f"{name} {value}" for name, value in point.axes.items())
    return f"{point.benchmark} {axes}".strip()


UNITS = {
    "latency_s": "s",
    "bandwidth_bytes_per_s": "B/s",
    "throughput_flop_per_s": "FLOP/s",
    "clock_hz": "Hz",
}


def _in_unit(value: Any, quantity: str) -> str:
    return "none" if value is None else shown(float(value), UNITS.get(quantity, quantity))


def _interval(point: MeasuredPoint) -> str:
    if point.low is None or point.high is None:
        return ""
    return (
        f"{_in_unit(point.low, point.quantity)} \N{EN DASH} {_in_unit(point.high, point.quantity)}"
    )
