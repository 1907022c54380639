"""SVG after matplotlib: hover texts on kernels, and a form light enough to stand in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from reports.data import DeviceSection, KernelRecord
from reports.figures.style import between, si

_KERNEL = re.compile(r'<g id="(?P<id>(?:(?P<device>[^"]*)-)?(?:model|time|roof)-(?P<at>\d+))">')
_RECTANGLE = re.compile(r"M([\d.-]+) ([\d.-]+)L([\d.-]+) \2L\3 ([\d.-]+)L\1 \4z")
ONE_ELEMENT_EACH = (True, True)
"""Antialiasing of a collection; more than one value keeps matplotlib from drawing a lone member as
a marker, which would not be an element of its own."""
_COLLECTION = re.compile(r'<g id="(?P<name>[^"]*?)\[(?P<numbers>[\d,]*)\]">(?P<body>.*?)</g>', re.S)
_CIRCLE = re.compile(r'<path d="M [\d.-]+ [\d.-]+ \n?(?:C[^C"]*){8}z ?\n?"')


def elements(name: str, numbers: Iterable[int]) -> str:
    """Return the id of a collection whose members are these kernels, in order.

    ``split`` makes an element ``name-number`` of each.
    """
    return f"{name}[{','.join(map(str, numbers))}]"


def split(svg: str) -> str:
    """Give every member of the collections named by ``elements`` a group and an id of its own."""

    def each(match: re.Match[str]) -> str:
        name, numbers = match["name"], match["numbers"].split(",")
        paths = re.findall(r"<path [^>]*/>", match["body"])
        if len(paths) != len(numbers):
            raise ValueError(f"{len(paths)} elements of {len(numbers)} kernels were drawn")
        return "\n".join(
            f'<g id="{name}-{number}">{_CIRCLE.sub(_round, path)}</g>'
            for number, path in zip(numbers, paths, strict=True)
        )

    return _COLLECTION.sub(each, svg)


def _round(match: re.Match[str]) -> str:
    """Write a circle of eight curves, from its lowest point on, as a circle."""
    xs_ys = [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?", match.group(0))]
    x, low, high = xs_ys[0], xs_ys[1], xs_ys[2 * 12 + 1]
    return f'<circle cx="{x:.2f}" cy="{(low + high) / 2:.2f}" r="{abs(low - high) / 2:.2f}"'


def hover_text(kernel: KernelRecord) -> str:
    """Return what a kernel's bar or dot says when pointed at."""
    times = f" x {kernel.count:g}" if kernel.count != 1 else ""
    ends = between(kernel.low_s * kernel.count, kernel.high_s * kernel.count)
    return (
        f"{kernel.name}{times}: {si(kernel.total_s, 's')} ({ends}), "
        f"{si(kernel.work_flop * kernel.count, 'FLOP')}, "
        f"{si(kernel.bytes_moved * kernel.count, 'B')}, {kernel.intensity:.3g} FLOP/B, "
        f"{kernel.bound}-bound, {kernel.efficiency:.2g} of its bound"
    )


def with_hover(svg: str, sections: Sequence[DeviceSection]) -> str:
    """Give the element of every kernel a ``<title>``; other elements stay as they are.

    Of several sections an element's id says whose kernel it is.
    """
    from markupsafe import escape

    by_device = {section.name: section.kernels for section in sections}

    def titled(match: re.Match[str]) -> str:
        device, at = match["device"], int(match["at"])
        kernels = by_device.get(device, ()) if device else sections[0].kernels if sections else ()
        if at >= len(kernels):
            return match.group(0)
        return f'<g id="{match["id"]}" class="bar"><title>{escape(hover_text(kernels[at]))}</title>'

    return _KERNEL.sub(titled, svg)


def inlined(svg: str, prefix: str) -> str:
    """Return an SVG fit to stand in HTML: no prolog, ids of its own, styles written once.

    Only tags are shortened: what stands between them is text, a kernel's name among it.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    styles: dict[str, str] = {}
    svg = re.sub(r"<[^>]+>", lambda tag: _shorter(tag.group(0), prefix, styles), svg)
    svg = re.sub(r">\s+<", "><", svg)
    return re.sub(r"(<svg[^>]*>)", rf"\1<style>{_rules(styles)}</style>", svg, count=1)


def _shorter(tag: str, prefix: str, styles: dict[str, str]) -> str:
    """Return a tag with fewer decimals, ids of its own and its style named once in ``styles``."""
    tag = re.sub(r"\s+", " ", tag)
    tag = re.sub(r' transform="rotate\(-0 [^)]*\)"', "", tag)
    tag = re.sub(r' id="(?:text|line2d|xtick|ytick|patch|axes|matplotlib|legend)[._\w]*"', "", tag)
    tag = re.sub(r'(id="|href="#|url\(#)', rf"\1{prefix}-", tag)
    tag = re.sub(r"(?<=[\s\"ML(-])(\d+\.\d\d)\d+", r"\1", tag)
    tag = re.sub(r' d="([^"]*)"', lambda path: f' d="{_shorter_path(path.group(1))}"', tag)

    def named(match: re.Match[str]) -> str:
        clip, style = match["clip"], match["style"]
        whole = f"{style};clip-path:{clip}" if clip else style
        return f' class="{styles.setdefault(whole, f"{prefix}s{len(styles)}")}"'

    return re.sub(r'(?: clip-path="(?P<clip>[^"]*)")? style="(?P<style>[^"]*)"', named, tag)


def _shorter_path(path: str) -> str:
    path = re.sub(r" ?([MLCz]) ?", r"\1", path)
    return _RECTANGLE.sub(r"M\1 \2H\3V\4H\1z", path)


def _rules(names: Mapping[str, str]) -> str:
    tidy = {name: _themed(re.sub(r"([:;]) +", r"\1", style)) for style, name in names.items()}
    return "".join(f".{name}{{{style}}}" for name, style in tidy.items())


def _themed(style: str) -> str:
    """Let a page that sets these properties change ink, paper and blue; text stays as it is drawn.

    White text lies on a dark bar and keeps its colour: only shapes take the paper's.
    """
    style = style.replace("#24292f", "var(--ink,#24292f)").replace("#0072b2", "var(--blue,#0072b2)")
    return style if "font-size" in style else style.replace("#ffffff", "var(--figure,#fff)")
