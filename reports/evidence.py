"""What a report may show beside kernels and points: checked predictions, tuning, literature."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """A kernel's measured time beside its prediction, in seconds; the interval is one of 90%."""

    name: str
    family: str
    measured_s: float
    predicted_s: float
    low_s: float
    high_s: float

    @property
    def covered(self) -> bool:
        """Whether the interval holds the measured time."""
        return self.low_s <= self.measured_s <= self.high_s

    @property
    def ratio(self) -> float:
        """Predicted over measured time."""
        return self.predicted_s / self.measured_s


@dataclass(frozen=True, slots=True)
class Trial:
    """One configuration a tuner tried: when, how fast, and where in its space."""

    number: int
    """Configurations measured so far, this one included."""
    latency_s: float | None
    """``None`` where the configuration failed."""
    blocks: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of ours beside the range others published for the device, and its datasheet."""

    name: str
    unit: str
    value: float
    low: float
    high: float
    published_low: float | None
    published_high: float | None
    """``None`` where nobody published this figure of the device."""
    source: str
    peak: float | None = None
    """The datasheet's rate in ``unit``."""
    method: str = ""
    published_method: str = ""
    like: str = ""
    """``same chip`` or ``same architecture``."""

    @property
    def inside(self) -> bool:
        """Whether our interval meets the published range."""
        if self.published_low is None or self.published_high is None:
            return False
        return self.low <= self.published_high and self.published_low <= self.high
