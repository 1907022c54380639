"""Affine loop bounds: constants, constant maps, and tiles whose bounds differ by a constant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from costmodel.graph.arithmetic import combined

if TYPE_CHECKING:
    from costmodel.graph.arithmetic import Value

_MAP = re.compile(r"affine_map<\(([^)]*)\)\s*(?:\[([^\]]*)\])?\s*->\s*\((.*?)\)>", re.S)
_BOUNDS = re.compile(
    r"=\s*(?P<low>.+?)\s+to\s+(?P<high>.+?)(?:\s+step\s+(?P<step>\d+))?"
    r"\s*(?:iter_args.*|\{.*|$)",
    re.S,
)
_TERM = re.compile(
    r"([+-]?)\s*(?:(-?\d+)\s*\*\s*([ds]\d+)|([ds]\d+)\s*\*\s*(-?\d+)|([ds]\d+)|(\d+))"
)

_TOKEN = re.compile(r"\s*(\d+|[A-Za-z_]\w*|[-+*()])")
_STRENGTH = {"+": 1, "-": 1, "*": 2, "floordiv": 2, "ceildiv": 2, "mod": 2, "minus": 3}
_KINDS = {"+": "add", "-": "sub", "*": "mul", "floordiv": "floor", "ceildiv": "ceiling"}
Term = tuple[str, dict[str, str]]
"""An affine expression, and the SSA name behind each of its dimensions and symbols."""
Linear = dict[str, int]
"""Coefficients by dimension or symbol name; the constant stands under ""."""


def affine_trips(text: str, aliases: Mapping[str, str], constants: Mapping[str, int]) -> int | None:
    """Return the trips of an ``affine.for`` header, or ``None`` if they depend on run time.

    A ``min`` upper bound (the last tile may be smaller) counts its largest value: whole tiles.
    """
    found = uniform_trips(text, aliases, constants)
    return found[0] if found else None


def uniform_trips(
    text: str, aliases: Mapping[str, str], constants: Mapping[str, int]
) -> tuple[int, bool] | None:
    """Return the trips where each bound differs from another by a constant, and whether all do.

    Only then are the trips the same at every iteration of the loops around.
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
    if not spans:
        return None
    return max(0, -(-min(spans) // step)), len(spans) == len(lows) * len(highs)


def bound_terms(text: str, aliases: Mapping[str, str]) -> tuple[list[Term], list[Term], int] | None:
    """Return the lower bounds, the upper bounds and the step of an ``affine.for`` header."""
    bounds = _BOUNDS.search(text)
    if bounds is None:
        return None
    lows, highs = (_terms(bounds.group(name), aliases) for name in ("low", "high"))
    return lows, highs, int(bounds.group("step") or 1)


def _terms(text: str, aliases: Mapping[str, str]) -> list[Term]:
    text = text.strip().removeprefix("min ").removeprefix("max ").strip()
    if re.fullmatch(r"-?\d+", text):
        return [(text, {})]
    if re.fullmatch(r"%[\w$.\-#]+", text):
        return [("d0", {"d0": text})]
    return applied(text, aliases)


def applied(text: str, aliases: Mapping[str, str]) -> list[Term]:
    """Return the results of ``#map(%a)[%b]`` or of a map written out, applied so."""
    text = text.strip()
    name = re.match(r"#[\w$.\-]+", text)
    written = aliases.get(name.group(), "") + text[name.end() :] if name else text
    found = _MAP.match(written.strip())
    if found is None:
        return []
    names = [part.strip() for part in f"{found.group(1)},{found.group(2) or ''}".split(",")]
    given = re.findall(r"%[\w$.\-#]+", written[found.end() :])
    actual = dict(zip([part for part in names if part], given, strict=False))
    return [(result, actual) for result in found.group(3).split(",")]


def evaluated(text: str, values: Mapping[str, Value | None]) -> Value | None:
    """Return an affine expression's value: numbers or arrays stand for its names.

    ``None`` where a name is unknown or the text is no such expression. Operators wait on a stack.
    """
    output: list[Value] = []
    waiting: list[str] = []

    def reduce(strength: int) -> bool:
        while waiting and waiting[-1] != "(" and _STRENGTH[waiting[-1]] >= strength:
            word = waiting.pop()
            if len(output) < (1 if word == "minus" else 2):
                return False
            right = output.pop()
            left = 0 if word == "minus" else output.pop()
            found = combined("sub" if word == "minus" else _KINDS.get(word, "modulo"), left, right)
            if found is None:
                return False
            output.append(found)
        return True

    at, operand = 0, True
    text = text.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        at, word = token.end(), token.group(1)
        if word == "(":
            waiting.append(word)
        elif word == ")":
            if not reduce(0) or not waiting:
                return None
            waiting.pop()
            operand = False
        elif operand and word == "-":
            waiting.append("minus")
        elif operand:
            value = int(word) if word.isdigit() else values.get(word)
            if value is None:
                return None
            output.append(value)
            operand = False
        else:
            if word not in _STRENGTH or not reduce(_STRENGTH[word]):
                return None
            waiting.append(word)
            operand = True
    return output[0] if reduce(0) and len(output) == 1 and not waiting else None


def _slope(form: Linear) -> Linear:
    return {name: factor for name, factor in form.items() if name and factor}


def _bound(text: str, aliases: Mapping[str, str], constants: Mapping[str, int]) -> list[Linear]:
    """Return each result of a bound as a linear form over the SSA names it is applied to."""
    forms = [(linear(result), actual) for result, actual in _terms(text, aliases)]
    return [_applied(form, actual, constants) for form, actual in forms if form is not None]


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


def _applied(form: Linear, actual: Mapping[str, str], constants: Mapping[str, int]) -> Linear:
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
