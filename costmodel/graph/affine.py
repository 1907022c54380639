"""Affine loop bounds: constants, constant maps, and tiles whose bounds differ by a constant."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MAP = re.compile(r"affine_map<\(([^)]*)\)\s*(?:\[([^\]]*)\])?\s*->\s*\(([^)]*)\)>")
_BOUNDS = re.compile(
    r"=\s*(?P<low>.+?)\s+to\s+(?P<high>.+?)(?:\s+step\s+(?P<step>\d+))?"
    r"\s*(?:iter_args.*|\{.*|$)",
    re.S,
)
_TERM = re.compile(
    r"([+-]?)\s*(?:(-?\d+)\s*\*\s*([ds]\d+)|([ds]\d+)\s*\*\s*(-?\d+)|([ds]\d+)|(\d+))"
)

Linear = dict[str, int]
"""Coefficients by dimension or symbol name; the constant stands under ""."""


def affine_trips(text: str, aliases: Mapping[str, str], constants: Mapping[str, int]) -> int | None:
    """Return the trips of an ``affine.for`` header, or ``None`` if they depend on run time.

    A ``min`` upper bound (the last tile may be smaller) counts its largest value: whole tiles.
    """
    bounds = _BOUNDS.search(text)
    if bounds is None:
        return None
    step = int(bounds.group("step") or 1)
    lows = _bound(bounds.group("low"), aliases, constants)
    highs = _bound(bounds.group("high"), aliases, constants)
    if not step:
        return None
    spans = [
        high.get("", 0) - low.get("", 0)
        for low in lows
        for high in highs
        if _slope(low) == _slope(high)
    ]
    return max(0, -(-min(spans) // step)) if spans else None


def _slope(form: Linear) -> Linear:
    return {name: factor for name, factor in form.items() if name and factor}


def _bound(text: str, aliases: Mapping[str, str], constants: Mapping[str, int]) -> list[Linear]:
    """Return each result of a bound as a linear form over the SSA names it is applied to."""
    text = text.strip().removeprefix("min ").removeprefix("max ").strip()
    if re.fullmatch(r"-?\d+", text):
        return [{"": int(text)}]
    if re.fullmatch(r"%[\w$.\-#]+", text):
        return [{"": constants[text]} if text in constants else {text: 1}]
    name = re.match(r"#[\w$.\-]+", text)
    written = aliases.get(name.group(), "") + text[name.end() :] if name else text
    found = _MAP.match(written.strip())
    if found is None:
        return []
    names = [part.strip() for part in f"{found.group(1)},{found.group(2) or ''}".split(",")]
    names = [part for part in names if part]
    given = re.findall(r"%[\w$.\-#]+", written[found.end() :])
    forms = (linear(result) for result in found.group(3).split(","))
    return [_applied(form, names, given, constants) for form in forms if form is not None]


def linear(text: str) -> Linear | None:
    """Parse ``d0 * 4 + s0 - 1``; ``None`` for anything not linear (floordiv, mod, products)."""
    form: Linear = {}
    at, text = 0, text.strip()
    while at < len(text):
        term = _TERM.match(text, at)
        if term is None or (at and not term.group(1)):
            return None
        sign = -1 if term.group(1) == "-" else 1
        factor = int(term.group(2) or term.group(5) or 1)
        name = term.group(3) or term.group(4) or term.group(6) or ""
        if term.group(7):
            factor = int(term.group(7))
        form[name] = form.get(name, 0) + sign * factor
        at = term.end()
        while at < len(text) and text[at] == " ":
            at += 1
    return form


def _applied(
    form: Linear, names: list[str], given: list[str], constants: Mapping[str, int]
) -> Linear:
    actual = dict(zip(names, given, strict=False))
    result: Linear = {"": form.get("", 0)}
    for name, factor in form.items():
        if not name:
            continue
        value = actual.get(name, name)
        if value in constants:
            result[""] += factor * constants[value]
        else:
            result[value] = result.get(value, 0) + factor
    return result
