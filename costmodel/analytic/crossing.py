"""Where two measured curves cross, how fast one grows, and whether a line explains it.

Made for sweeps: seconds of two ways to compute at the same sizes. A crossing carries the interval
its measurements allow; curves that never cross say so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from microbench.errors import InputError


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds at one value of an axis, with the 95% interval of the median."""

    value: float
    time_s: float
    low_s: float
    high_s: float

    def __post_init__(self) -> None:
        if not 0 < self.low_s <= self.time_s <= self.high_s or self.value <= 0:
            raise InputError(f"value and seconds must be positive and the interval hold: {self}")


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the first curve falls below the second, with the interval of the measurements."""

    value: float
    low: float
    high: float
    """Infinite (or ``low`` zero) where the interval reaches beyond the measured values."""
    below: float
    above: float
    """The measured values on either side: between them the curves are taken as straight."""


def crossing(first: Sequence[Timed], second: Sequence[Timed]) -> Crossing | None:
    """Return from which value on the first curve is the faster one; ``None``: never or always.

    Logarithms of ratio and value are interpolated linearly between neighbours; of several sign
    changes the last counts. ``InputError`` when the curves were not measured at the same values.
    """
    pairs = list(zip(first, second, strict=False))
    if len(first) != len(second) or any(a.value != b.value for a, b in pairs) or len(pairs) < 2:
        raise InputError("curves that may cross need the same two or more values")
    values = [math.log(a.value) for a, _ in pairs]
    middle = _last_fall(values, [math.log(a.time_s / b.time_s) for a, b in pairs])
    if middle is None:
        return None
    early = _last_fall(values, [math.log(a.low_s / b.high_s) for a, b in pairs])
    late = _last_fall(values, [math.log(a.high_s / b.low_s) for a, b in pairs])
    return Crossing(
        math.exp(middle),
        0.0 if early is None else math.exp(early),
        math.inf if late is None else math.exp(late),
        max(a.value for a, _ in pairs if math.log(a.value) <= middle),
        min(a.value for a, _ in pairs if math.log(a.value) > middle),
    )


def _last_fall(values: Sequence[float], ratios: Sequence[float]) -> float | None:
    """Return the last zero at which ratios turn negative and stay so."""
    if ratios[-1] >= 0 or all(ratio < 0 for ratio in ratios):
        return None
    index = max(i for i, ratio in enumerate(ratios) if ratio >= 0)
    share = ratios[index] / (ratios[index] - ratios[index + 1])
    return values[index] + share * (values[index + 1] - values[index])


def growth_exponent(points: Sequence[Timed]) -> float:
    """Return the slope of log time over log value, by least squares."""
    if len(points) < 2:
        raise InputError("a slope needs two values at least")
    x, y = ([math.log(number) for number in column] for column in _columns(points))
    return _slope(x, y)


def linearity(points: Sequence[Timed]) -> float:
    """Return R2 of time against value: the share of variance that a line explains."""
    if len(points) < 3:
        raise InputError("a line through two points explains nothing: three are needed")
    x, y = _columns(points)
    slope, mean = _slope(x, y), math.fsum(y) / len(y)
    offset = mean - slope * math.fsum(x) / len(x)
    left = math.fsum((b - offset - slope * a) ** 2 for a, b in zip(x, y, strict=True))
    total = math.fsum((b - mean) ** 2 for b in y)
    if total == 0:
        raise InputError("all times are equal: nothing to explain")
    return 1 - left / total


def predicted_crossing(
    first: tuple[float, float], second: tuple[float, float], value: float
) -> float:
    """Return where two power laws meet, from (seconds at ``value``, exponent) of each."""
    (first_s, first_power), (second_s, second_power) = first, second
    if first_power == second_power:
        raise InputError("curves of the same exponent never cross")
    return value * math.pow(first_s / second_s, 1 / (second_power - first_power))


def _columns(points: Sequence[Timed]) -> tuple[list[float], list[float]]:
    return [point.value for point in points], [point.time_s for point in points]


def _slope(x: Sequence[float], y: Sequence[float]) -> float:
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    spread = math.fsum((a - mean_x) ** 2 for a in x)
    if spread == 0:
        raise InputError("all values are equal: no slope")
    return math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread
