"""Numbers as people read them: SI inside, these words only when printing."""

from __future__ import annotations

import math

_PREFIXES = ((1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def seconds(value_s: float) -> str:
    """Write three significant digits in ns, µs, ms or s: ``0.00123`` is ``1.23 ms``."""
    if not math.isfinite(value_s):
        return "unknown"
    for scale, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if abs(value_s) >= scale * 0.9995:
            return f"{_three(value_s / scale)} {unit}"
    return f"{_three(value_s / 1e-9)} ns"


def quantity(value: float, unit: str) -> str:
    """Write three significant digits with a decimal prefix: ``8.2e9`` FLOP is ``8.20 GFLOP``."""
    if not math.isfinite(value):
        return "unknown"
    for scale, prefix in _PREFIXES:
        if abs(value) >= scale * 0.9995:
            return f"{_three(value / scale)} {prefix}{unit}"
    return f"{_three(value)} {unit}"


SUFFIXES = {
    "bandwidth_bytes_per_s": "B/s",
    "throughput_flop_per_s": "FLOP/s",
    "clock_hz": "Hz",
}


def measured(value: float, quantity_name: str) -> str:
    """Write a measured number with its unit: ``1.3e-9`` of ``latency_s`` is ``1.30 ns``."""
    suffix = SUFFIXES.get(quantity_name)
    return quantity(value, suffix) if suffix else seconds(value)


def size(value_bytes: int) -> str:
    """Write a size in bytes with a binary prefix: ``32768`` is ``32 KiB``."""
    for scale, unit in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if value_bytes >= scale:
            return f"{value_bytes / scale:.4g} {unit}"
    return f"{value_bytes} bytes"


def plural(noun: str, count: float) -> str:
    """Return a noun as it stands behind a count: ``1 row``, ``2 rows``."""
    return noun if count == 1 else f"{noun}s"


def percent(share: float) -> str:
    """Write a share as a percentage with two or three digits: ``0.0512`` is ``5.1%``."""
    return f"{share * 100:.1f}%" if abs(share) < 0.9995 else f"{share * 100:.0f}%"


def _three(value: float) -> str:
    if value == 0:
        return "0"
    rounded = float(f"{value:.2e}")
    return f"{rounded:.{max(2 - math.floor(math.log10(abs(rounded))), 0)}f}"
