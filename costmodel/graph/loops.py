"""Trip counts of loops from their bounds, where the text states them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from costmodel.graph.affine import affine_trips
from costmodel.mlir.ir import Op

_FOR = re.compile(r"=\s*(\S+)\s+to\s+(\S+?)(?:\s+step\s+(\S+))?(?:\s|$)")
_PARALLEL = re.compile(r"=\s*\(([^)]*)\)\s*to\s*\(([^)]*)\)(?:\s*step\s*\(([^)]*)\))?")
_ASSIGN = re.compile(r"(%[\w$.\-]+)\s*=\s*(%[\w$.\-#]+)")
_FORALL = re.compile(r"in\s*\(([^)]*)\)")
_INTEGER = re.compile(r"(?:dense<|value\s*=\s*(?:dense<)?|^\s*)(-?\d+)\b(?!\.)")
_COMPARE = re.compile(r"\b(LT|LE|GT|GE|NE)\b")


def trip_count(
    op: Op, constants: Mapping[str, int], aliases: Mapping[str, str] | None = None
) -> int | None:
    """Return how often a loop's body runs, or ``None`` when its bounds are not constants."""
    if op.name.endswith((".while", ".while_loop")):
        return _while(op, constants)
    text = op.header
    if op.name.startswith("gpu.launch"):
        return _grid(text, constants)
    if op.name == "affine.for":
        return affine_trips(text, aliases or {}, constants)
    if op.name.endswith((".parallel", ".forall")):
        return _parallel(text, constants)
    bounds = _FOR.search(text)
    if bounds is None:
        return None
    low, high = (_value(bounds.group(i), constants) for i in (1, 2))
    step = _value(bounds.group(3), constants) if bounds.group(3) else 1
    return _count(low, high, step)


def _parallel(text: str, constants: Mapping[str, int]) -> int | None:
    bounds = _PARALLEL.search(text)
    if bounds is None:
        sizes = _FORALL.search(text)
        return (
            _product([_value(s, constants) for s in sizes.group(1).split(",")]) if sizes else None
        )
    lows, highs = ([_value(v, constants) for v in bounds.group(i).split(",")] for i in (1, 2))
    steps = (
        [_value(v, constants) for v in bounds.group(3).split(",")]
        if bounds.group(3)
        else [1] * len(lows)
    )
    if not len(lows) == len(highs) == len(steps):
        return None
    return _product([_count(*bound) for bound in zip(lows, highs, steps, strict=True)])


def _while(op: Op, constants: Mapping[str, int]) -> int | None:
    """Recognise ``i = init; while (i < n) i += step`` as jax and XLA write it."""
    if len(op.regions) < 2:
        return None
    condition, body = list(op.regions[0].ops), list(op.regions[1].ops)
    in_condition, in_body = _with(constants, condition), _with(constants, body)
    initial = dict(_ASSIGN.findall(op.header))
    if not initial and op.regions[0].blocks:
        starts = [name for name in op.operands if name.startswith("%")]
        for region in op.regions[:2]:
            names = [name for name, _ in region.blocks[0].arguments]
            initial.update(zip(names, starts, strict=False))
    compare = next((nested for nested in condition if nested.name.endswith(".compare")), None)
    if compare is None or len(compare.operands) < 2:
        return None
    counter, limit = compare.operands[:2]
    high = in_condition.get(limit)
    low = constants.get(initial.get(counter, ""))
    step = next(
        (
            in_body[operand]
            for nested in body
            if nested.name.endswith(".add") and len(nested.operands) == 2
            for operand in nested.operands
            if operand in in_body and counter in nested.operands
        ),
        1,
    )
    direction = _COMPARE.search(compare.header)
    if low is None or high is None or direction is None or step == 0:
        return None
    extra = 1 if direction.group(1) in {"LE", "GE"} else 0
    return _count(low, high + (extra if step > 0 else -extra), step)


def _with(constants: Mapping[str, int], ops: list[Op]) -> dict[str, int]:
    """Add the constants a region defines: names repeat between a loop's condition and body."""
    known = dict(constants)
    for op in ops:
        value = constant_value(op)
        if value is not None and op.results:
            known[op.results[0]] = value
    return known


def constant_value(op: Op) -> int | None:
    """Return an integer constant op's value: a scalar or a splat."""
    if not op.name.endswith("constant"):
        return None
    found = _INTEGER.search(op.header)
    return int(found.group(1)) if found else None


def _grid(text: str, constants: Mapping[str, int]) -> int | None:
    """Blocks times threads of a launch; both forms: ``in (%a = %c, ...)`` and ``in (%c, ...)``."""
    sizes: list[int | None] = []
    for group in re.findall(r"\bin\s*\(([^)]*)\)", text):
        for part in group.split(","):
            sizes.append(_value(part.rpartition("=")[2], constants))
    return _product(sizes) if sizes else None


def _value(text: str | None, constants: Mapping[str, int]) -> int | None:
    if text is None:
        return None
    text = text.strip().rstrip(",{").strip()
    return int(text) if re.fullmatch(r"-?\d+", text) else constants.get(text)


def _count(low: int | None, high: int | None, step: int | None) -> int | None:
    if low is None or high is None or not step:
        return None
    return max(0, -((low - high) // step) if step > 0 else -((high - low) // -step))


def _product(values: list[int | None]) -> int | None:
    total = 1
    for value in values:
        if value is None:
            return None
        total *= value
    return total
