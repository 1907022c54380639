"""The sentences a report opens with: how efficient, whose fault, and what would give most back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from microbench.reference.streams import told as point_text
from reports.data import DeviceSection, KernelRecord, MeasuredPoint
from reports.evidence import Trial
from reports.figures.style import between, share, shown

PEAKS = ("compute", "tensor")
"""Benchmarks named so find the rate of a unit; others find what a library makes of it."""

PLACES = ("the model's shapes and graph", "the kernels", "the launches")
"""Where time beyond the ideal goes, in the order of ``lost``."""
TOLD = 0.1
"""Share of the time from which a second place of loss is named."""
COMPILED = ("xla", "iree")
"""Stacks that launch a program whole already."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change worth making: what, and the predicted seconds it gives back."""

    text: str
    saving_s: float


def opening(section: DeviceSection) -> str:
    """Return the one sentence that matters about a model on a device."""
    split = section.efficiencies
    total = total_text(section)
    verb = "takes" if section.measured else "is predicted to take"
    if split is None:
        return f"The model {verb} {total} on {section.title}; its peak is unknown."
    whole, shapes, kernels = split
    of_peak = f"{whole:.1%}" if whole >= 0.1 else share(whole)
    return (
        f"The model {verb} {total} on {section.title}: {of_peak} of peak = {share(shapes)} that "
        f"the model's shapes allow x {share(kernels)} that its kernels make of it"
        f"{_worst(section)}."
    )


def total_text(section: DeviceSection) -> str:
    """Return the model's time, with its 90% interval where it is predicted."""
    if section.measured:
        return shown(section.measured_s, "s")
    time_s, *ends = section.queued_s or (section.measured_s, *section.interval_s)
    told = f"{shown(time_s, 's')} (90% interval {between(*ends)})"
    if section.queued_s is None:
        return told
    alone = f"{shown(section.measured_s, 's')}, {between(*section.interval_s)}"
    return f"{told}, its kernels queued (one by one {alone}, of which what follows speaks),"


def _worst(section: DeviceSection) -> str:
    """Say where most of the time is lost, and what else takes a tenth of it or more."""
    found = dict(zip(("peak", *PLACES), (part for _, part in lost(section)), strict=False))
    ranked = sorted(PLACES, key=lambda place: -found.get(place, 0.0))
    shares = [(place, found.get(place, 0.0) / section.measured_s) for place in ranked]
    if not shares[0][1] > 0:
        return ""
    named = [f"{place} ({share(part)} of the time)" for place, part in shares[:1]]
    named += [f"{place} ({share(part)})" for place, part in shares[1:] if part >= TOLD]
    return f"; most is lost in {_listed(named)}"


def dram_text(section: DeviceSection) -> str:
    """Say which DRAM rate the bounds and figures of a section rest on, and where it is from."""
    rate = section.bandwidth_bytes_per_s
    if not rate:
        return ""
    alike = [roof for roof in section.roofs if roof.sloped and roof.value == rate]
    source = next((roof.source or roof.origin for roof in alike), "")
    return f"DRAM at {shown(rate, 'B/s')}" + (f" ({source})" if source else "")


def lost(section: DeviceSection) -> list[tuple[str, float]]:
    """Split the time: at peak, more for the model's shapes, more in its kernels, in seconds.

    Empty where the peak is unknown or a part would be negative (an efficiency above 1).
    """
    if section.efficiencies is None or section.ideal_s is None:
        return []
    launches_s = section.launches_s
    parts = [
        ("at peak", section.ideal_s),
        ("more for the model's shapes", section.attainable_s - section.ideal_s),
        ("more in its kernels", section.measured_s - section.attainable_s - launches_s),
    ]
    parts += [("more in launches", launches_s)] if launches_s else []
    return parts if all(part >= -1e-9 * section.measured_s for _, part in parts) else []


def run_opening(points: Sequence[MeasuredPoint]) -> str:
    """Return what a run found of its device: bandwidth, rates and latency of memory."""
    streams = [
        p for p in points
        if p.value and p.quantity == "bandwidth_bytes_per_s"
        and str(p.axes.get("level", "")).lower() == "dram"
    ]  # fmt: skip
    streams = [p for p in streams if p.verdict == "ok"] or streams
    rates: dict[str, float] = {}
    for p in points:
        name = str(p.axes.get("number_format") or p.axes.get("format") or "")
        if p.value and name and any(kind in p.benchmark for kind in PEAKS):
            rates[name] = max(rates.get(name, 0.0), p.value)
    waits = [
        p.value for p in points if p.value and p.benchmark.endswith("memory.latency")
    ]  # fmt: skip
    told = []
    if streams:
        best = max(streams, key=lambda p: p.value or 0.0)
        which = point_text(best.axes, best.verdict)
        told.append(f"moves {shown(best.value or 0.0, 'B/s')} of memory ({which})")
    told += [f"reaches {shown(rate, 'FLOP/s')} in {name}" for name, rate in sorted(rates.items())]
    told += [f"waits {shown(max(waits), 's')} for a load from memory"] if waits else []
    return f"Measured: the device {_listed(told)}." if told else ""


def tuning_opening(trials: Sequence[Trial]) -> str:
    """Return how soon a tuning came within 1% of the fastest it measured, and what it chose."""
    timed = sorted((t.number, t.latency_s) for t in trials if t.latency_s is not None)
    if not timed:
        return f"Not one of {len(trials)} configurations ran." if trials else ""
    fastest = min(latency for _, latency in timed)
    soon = next(number for number, latency in timed if latency <= 1.01 * fastest)
    told = [
        f"The fastest of {len(trials)} configurations measured takes {shown(fastest, 's')}; number "
        f"{soon} was the first within 1% of it."
    ]
    chosen = [t for t in trials if t.chosen and t.latency_s is not None]
    told += [f"Chosen: {t.blocks}, {shown(t.latency_s or 0.0, 's')}." for t in chosen[:1]]
    return " ".join(told)


def _listed(told: Sequence[str]) -> str:
    return ", ".join(told[:-1]) + " and " + told[-1] if len(told) > 1 else told[0]


def percent(part: float) -> str:
    """Write a share of a sentence in whole percent, "less than 1%" for a small one."""
    return "less than 1%" if 0 < part < 0.01 else f"{part:.0%}"


def where_time_goes(section: DeviceSection) -> str:
    """Return the families that take most of the time, and what bounds it."""
    if not section.measured_s:
        return "Nothing runs."
    families = _shares(section, "family")
    bounds = _shares(section, "bound")
    told = ", ".join(f"{name} {percent(part)}" for name, part in families[:3] if part)
    held = ", ".join(f"{percent(part)} {name}-bound" for name, part in bounds if part)
    return f"The time goes to {told}; {held}."


def changes(section: DeviceSection, most: int = 3) -> list[Change]:
    """Return the changes that would give most back, largest first; no kernel is in two."""
    fused = _fusion_saving(section)
    alike: dict[tuple[str, str], list[KernelRecord]] = {}
    for kernel in section.kernels:
        if fused is None or kernel.family != "elementwise":
            name = kernel.family if kernel.bound == "latency" else kernel.name
            alike.setdefault((name, kernel.bound), []).append(kernel)
    found = [
        Change(_kernel_advice(group), sum(kernel.recoverable_s for kernel in group))
        for group in alike.values()
    ]
    if fused is not None:
        found.append(fused)
    found += _launch_saving(section, fused is not None)
    ranked = sorted(found, key=lambda change: -change.saving_s)
    return [change for change in ranked[:most] if change.saving_s > 0]


def _kernel_advice(alike: list[KernelRecord]) -> str:
    """Say what to do about kernels of one name, or of one family too small for a launch."""
    first = max(alike, key=lambda kernel: kernel.total_s)
    count = sum(kernel.count for kernel in alike)
    if first.bound == "latency":
        family = first.family.replace("_", " ")
        kernels = f"the {count:g} {family} kernels" if count > 1 else "the one"
        slowest = f"(slowest: {first.name})" if count > 1 else f"{family} kernel ({first.name})"
        return f"Batch or merge {kernels} {slowest} with less work than one launch takes"
    name = f"{first.name} ({count:g} times)" if count > 1 else first.name
    actual = sum(kernel.total_s for kernel in alike)
    attainable = sum(kernel.attainable_s * kernel.count for kernel in alike)
    part = share(attainable / actual) if actual else "all"
    return f"Bring {name} to its {first.bound} bound: it runs at {part} of it"


def _launch_saving(section: DeviceSection, fused: bool) -> list[Change]:
    """Say what launching a program whole would save at most, kernels to be fused apart."""
    own = [k for k in section.kernels if not (fused and k.family == "elementwise")]
    launches_s = sum(kernel.launches_s for kernel in own)
    if section.stack in COMPILED or not launches_s:
        return []
    count = sum(kernel.count for kernel in own)
    kernels = f"{count:g} kernels" if count != 1 else "kernel"
    text = f"Launch the {kernels} from a CUDA graph or as a compiled program, not call by call"
    if section.name == "cpu":
        text = f"Run the {kernels} as a compiled program, not call by call"
    return [Change(text, launches_s)]


def _fusion_saving(section: DeviceSection) -> Change | None:
    """Say what fusing every elementwise kernel into its producer would save at most."""
    loose = [kernel for kernel in section.kernels if kernel.family == "elementwise"]
    saving = sum(kernel.total_s for kernel in loose)
    if not loose or len(loose) == len(section.kernels):
        return None
    return Change(
        f"Fuse the {len(loose)} elementwise kernels into the kernels that feed them", saving
    )


def _shares(section: DeviceSection, attribute: str) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for kernel in section.kernels:
        name = str(getattr(kernel, attribute))
        found[name] = found.get(name, 0.0) + kernel.total_s
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return [(name.replace("_", " "), value / section.measured_s) for name, value in ranked]
