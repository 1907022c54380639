"""SVG after matplotlib: hover texts on kernels, and a form light enough to stand in a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.data import DeviceSection, KernelRecord
from reports.figures.style import si

KERNEL_ID = re.compile(r'<g id="((?:model|time|roof)-(\d+))">')
_RECTANGLE = re.compile(r"M ?([\d.-]+) ([\d.-]+) ?L ?([\d.-]+) \2 ?L ?\3 ([\d.-]+) ?L ?\1 \4 ?z ?")
_DOT = re.compile(
    r'<defs> <path id="[^"]+" d="M0 (?P<r>[\d.]+)C[^"]*"[^>]*/> </defs> '
    r'<g(?P<clip> clip-path="[^"]*")?> <use xlink:href="#[^"]+" x="(?P<x>[^"]+)" y="(?P<y>[^"]+)" '
    r'style="(?P<style>[^"]*)"/> </g>'
)


def hover_text(kernel: KernelRecord) -> str:
    """Return what a kernel's bar or dot says when pointed at."""
    times = f" x {kernel.count:g}" if kernel.count != 1 else ""
    return (
        f"{kernel.name}{times}: {si(kernel.total_s, 's')}, "
        f"{si(kernel.work_flop * kernel.count, 'FLOP')}, "
        f"{si(kernel.bytes_moved * kernel.count, 'B')}, {kernel.bound}-bound"
    )


def with_hover(svg: str, section: DeviceSection | None) -> str:
    """Give the element of every kernel a ``<title>``; other elements stay as they are."""
    from markupsafe import escape

    kernels = section.kernels if section is not None else ()

    def titled(match: re.Match[str]) -> str:
        name, at = match.group(1), int(match.group(2))
        if at >= len(kernels):
            return match.group(0)
        return f'<g id="{name}" class="bar"><title>{escape(hover_text(kernels[at]))}</title>'

    return KERNEL_ID.sub(titled, svg)


def inlined(svg: str, prefix: str) -> str:
    """Return an SVG fit to stand in HTML: no prolog, ids of its own, styles written once."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    svg = re.sub(r' transform="rotate\(-0 [^)]*\)"', "", svg)
    svg = re.sub(r' id="(?:text|line2d|xtick|ytick|patch|axes|matplotlib|legend)[._\w]*"', "", svg)
    svg = re.sub(r'(id="|href="#|url\(#)', rf"\1{prefix}-", svg)
    svg = re.sub(r"(?<=[\s\"ML-])(\d+\.\d\d)\d+", r"\1", svg)
    svg = re.sub(r"\s*\n\s*", " ", svg)
    svg = re.sub(r"(?<=[MLCz]) (?=[\d-])| (?=[MLCz] )", "", svg)
    svg = _DOT.sub(r'<circle cx="\g<x>" cy="\g<y>" r="\g<r>"\g<clip> style="\g<style>"/>', svg)
    svg = _RECTANGLE.sub(r"M\1 \2H\3V\4H\1z", svg)
    return _classed(svg, prefix).replace("> <", "><")


def _classed(svg: str, prefix: str) -> str:
    """Replace repeated styles by classes of this drawing."""
    names: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        clip, style = match.group("clip"), match.group("style")
        whole = f"{style};clip-path:{clip}" if clip else style
        name = names.setdefault(whole, f"{prefix}s{len(names)}")
        return f' class="{name}"'

    svg = re.sub(r'(?: clip-path="(?P<clip>[^"]*)")? style="(?P<style>[^"]*)"', named, svg)
    rules = _rules(names)
    return re.sub(r"(<svg[^>]*>)", lambda m: f"{m.group(1)}<style>{rules}</style>", svg, count=1)


def _rules(names: Mapping[str, str]) -> str:
    tidy = {name: re.sub(r"([:;]) +", r"\1", style) for style, name in names.items()}
    return "".join(f".{name}{{{style}}}" for name, style in tidy.items())
