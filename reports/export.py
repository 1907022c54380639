"""A report as files: HTML, figures, tables, JSON, a trace for Chrome or Perfetto."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from microbench.errors import HwprofError, InputError
from microbench.store.files import (
    discard,
    missing_folders,
    remove_empty,
    replacing,
    translated,
)
from reports import published_table
from reports.data import SCHEMA, ReportData
from reports.figures.catalogue import Drawn, draw, figures_for, refuse_unknown
from reports.figures.style import DPI, between, render, share, shown, sign
from reports.figures.svg import with_hover
from reports.slowest import slowest_first

FORMATS = ("html", "json", "csv", "md", "png", "svg", "pdf", "trace")
COLUMNS = (
    *("device", "name", "family", "number_format", "count", "work_flop", "bytes_moved"),
    *("latency_s", "low_s", "high_s", "attainable_s", "bound", "blocks", "flags", "location"),
)


def write(
    data: ReportData,
    folder: Path,
    formats: Sequence[str],
    figure: str | None = None,
    force: bool = False,
    replace_own: bool = False,
    dpi: int = DPI,
) -> list[Path]:
    """Write a report into ``folder`` and return the files; all of them, or an ``InputError``.

    ``figure`` limits pictures to those it names, with commas. Existing files are refused unless
    ``force``; with ``replace_own`` an earlier report's page and JSON are replaced. ``dpi`` is the
    resolution of PNG pictures.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise InputError(f"unknown format {unknown[0]!r}: choose from {', '.join(FORMATS)}")
    names = [name.strip() for name in figure.split(",")] if figure is not None else []
    for name in names:
        refuse_unknown(name)
    content: dict[str, bytes] = {}
    for name in formats:
        content.update(_content(data, name, names, dpi))
    taken = [name for name in content if (folder / name).exists()]
    if replace_own:
        taken = [name for name in taken if not _is_own(folder / name)]
    if taken and not force:
        raise InputError(f"{folder / taken[0]} exists: choose another --out, or pass --force")
    made = missing_folders(folder)
    written: list[Path] = []
    try:
        with translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
        for name, text in content.items():
            written.append(_write(folder / name, text))
    except HwprofError:
        if made:  # nobody else's: a report is there whole or not at all
            for path in written:
                discard(path)
        remove_empty(made)
        raise
    return written


def _is_own(path: Path) -> bool:
    """Say whether a file is a report's page or JSON that hwprof wrote."""
    marks = {"report.html": b" - hwprof</title>", "report.json": f'"{SCHEMA}/'.encode()}
    try:
        with path.open("rb") as file:
            return path.name in marks and marks[path.name] in file.read(1000)
    except OSError:
        return False


def _content(data: ReportData, kind: str, names: Sequence[str], dpi: int) -> dict[str, bytes]:
    if kind in {"png", "svg", "pdf"}:
        drawn = [one for name in dict.fromkeys(names) for one in draw(name, data)]
        drawn = drawn if names else figures_for(data, one_picture=True)
        return {f"{one.name}.{kind}": _picture(one, data, kind, dpi) for one in drawn}
    if kind == "html":
        from reports.page.build import page

        return {"report.html": page(data).encode()}
    text = {
        "json": lambda: data.to_json() + "\n",
        "csv": lambda: csv_text(data),
        "md": lambda: markdown(data),
        "trace": lambda: trace(data),
    }[kind]()
    name = {"json": "report.json", "csv": "kernels.csv", "md": "report.md", "trace": "trace.json"}
    return {name[kind]: text.encode()}


def _picture(drawn: Drawn, data: ReportData, kind: str, dpi: int) -> bytes:
    if drawn.of_kernels and (stacks := data.stacks_text):
        sign(drawn.figure, f"times: {stacks}")
    content = render(drawn.figure, kind, dpi)
    if kind != "svg":
        return content
    own = data.sections if drawn.section is None else (data.sections[drawn.section],)
    return with_hover(content.decode("utf-8"), own).encode()


def csv_text(data: ReportData) -> str:
    """Return one row per device and kernel."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for section in data.sections:
        for kernel in section.kernels:
            values = {name: getattr(kernel, name) for name in COLUMNS[1:]}
            values["flags"] = " ".join(kernel.flags)
            writer.writerow([section.name, *values.values()])
    return stream.getvalue()


def markdown(data: ReportData, most: int = 15) -> str:
    """Return the opening sentences, the slowest kernels and published figures as Markdown."""
    from reports.page.sentence import (
        changes,
        dram_text,
        opening,
        run_opening,
        tuning_opening,
        where_time_goes,
    )

    lines = [f"# {data.title}", ""]
    told = tuning_opening(data.trials) or run_opening(data.points)
    if told and not data.sections:
        lines += [told, ""]
    for section in data.sections:
        bound = f"Bounds rest on {dram_text(section)}." if dram_text(section) else ""
        lines += [" ".join(filter(None, (opening(section), where_time_goes(section), bound))), ""]
        lines += [f"- {c.text}: {shown(c.saving_s, 's')}" for c in changes(section)]
        lines += [
            "",
            "| kernel | count | time | 90% interval | of bound | bound |",
            "| --- | --: | --: | --: | --: | --- |",
        ]
        for kernel in slowest_first(section.kernels)[:most]:
            time = shown(kernel.total_s, "s")
            ends = between(kernel.low_s * kernel.count, kernel.high_s * kernel.count)
            lines.append(
                f"| {kernel.name.replace('|', '/')} | {kernel.count:g} | {time} | {ends} "
                f"| {share(kernel.efficiency)} | {kernel.bound} |"
            )
        total, ends = shown(section.measured_s, "s"), between(*section.interval_s)
        lines.append(f"| all {len(section.kernels)} kernels | | {total} | {ends} | | |")
        lines.append("")
    if data.published:
        lines += ["| " + " | ".join(published_table.HEADS) + " |"]
        lines += ["| --- " * len(published_table.HEADS) + "|"]
        for row in published_table.rows(data.published):
            lines.append("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |")
        lines.append("")
    for warning in data.warnings:
        lines += [f"> {warning}", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def trace(data: ReportData) -> str:
    """Return the kernels as a Chrome trace: one process a device, program order, microseconds."""
    events = []
    for process, section in enumerate(data.sections):
        events.append(
            {"ph": "M", "pid": process, "name": "process_name", "args": {"name": section.title}}
        )
        start_us = 0.0
        for kernel in section.kernels:
            events.append(
                {
                    "ph": "X", "pid": process, "tid": 0, "name": kernel.name, "cat": kernel.family,
                    "ts": start_us, "dur": kernel.total_s * 1e6,
                    "args": {"flop": kernel.work_flop, "bytes": kernel.bytes_moved},
                }
            )  # fmt: skip
            start_us += kernel.total_s * 1e6
    return json.dumps({"traceEvents": events, "displayTimeUnit": "ns"}) + "\n"


def _write(path: Path, content: bytes) -> Path:
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return path
