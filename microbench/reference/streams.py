"""Which bandwidth of a run counts: the best ``ok`` point, a doubtful one only where there is none.

One rule for the rooflines, the waterline's balance and the bound that predictions rest on. Streams
count whatever they do (read, copy, triad, plain or non-temporal stores): a bound is the most that
any of them reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from microbench.benchmark import Measurement, Quantity, Verdict

USABLE = (Verdict.OK, Verdict.NOISY)
Axes = Mapping[str, str | int | float]


def believed(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """Leave out noisy bandwidths where an ``ok`` one of the same level and cores is known."""
    kept = tuple(measurements)
    sure = {_place(dict(one.point.axes)) for one in kept if _streams(one) and _is_ok(one)}
    return tuple(
        one
        for one in kept
        if not _streams(one) or _is_ok(one) or _place(dict(one.point.axes)) not in sure
    )


def told(axes: Axes, verdict: str) -> str:
    """Name a bandwidth's point in a few words: ``triad nontemporal, 128 MiB, 1 core: ok``."""
    way = [str(axes[name]) for name in ("operation", "direction", "stores") if name in axes]
    parts = [" ".join(word for word in way if word != "plain")]
    if "size_bytes" in axes:
        size_bytes = int(axes["size_bytes"])
        scale, unit = (2**20, "MiB") if size_bytes >= 2**20 else (2**10, "KiB")
        parts.append(f"{size_bytes / scale:g} {unit}")
    if "cores" in axes:
        parts.append(f"{axes['cores']} core{'s' if axes['cores'] != 1 else ''}")
    return f"{', '.join(filter(None, parts))}: {verdict}"


def reached(measurements: Iterable[Measurement], size_bytes: int) -> bool:
    """Say whether a latency ladder leaves the working set to a cache, or there is no ladder.

    A load is answered by a cache where its latency is under half of the ladder's last step.
    """
    ladder = sorted(
        (int(axes["size_bytes"]), -int(axes.get("page_bytes", 0)), one.value)
        for one in measurements
        if one.point.benchmark.endswith("memory.latency")
        and "size_bytes" in (axes := dict(one.point.axes))
        and one.value
        and one.verdict in USABLE
    )
    if not ladder:
        return True
    fitting = [step for step in ladder if step[0] <= size_bytes] or ladder[:1]
    return fitting[-1][2] < ladder[-1][2] / 2


def _streams(one: Measurement) -> bool:
    return one.quantity is Quantity.BANDWIDTH and "level" in dict(one.point.axes)


def _is_ok(one: Measurement) -> bool:
    return one.verdict is Verdict.OK and bool(one.value)


def _place(axes: Axes) -> tuple[str, str]:
    return str(axes["level"]).lower(), str(axes.get("cores", ""))
