"""The sentences a report opens with: how efficient, whose fault, and what would give most back."""

from __future__ import annotations

from dataclasses import dataclass

from reports.data import DeviceSection, KernelRecord
from reports.figures.style import si


@dataclass(frozen=True, slots=True)
class Change:
    """A change worth making: what, and the predicted seconds it gives back."""

    text: str
    saving_s: float


def opening(section: DeviceSection) -> str:
    """Return the one sentence that matters about a model on a device."""
    split = section.efficiencies
    total = si(section.measured_s, "s")
    verb = "takes" if section.measured else "is predicted to take"
    if split is None:
        return f"The model {verb} {total} on {section.title}; its peak is unknown."
    whole, shapes, kernels = split
    worst = "the model's shapes and graph" if shapes < kernels else "the kernels"
    return (
        f"The model {verb} {total} on {section.title}: {whole:.1%} of peak = {shapes:.0%} that the "
        f"model's shapes allow x {kernels:.0%} that its kernels make of it; "
        f"most is lost in {worst}."
    )


def percent(share: float) -> str:
    """Write a share in whole percent, a small one as such: never "0%" for something."""
    return "less than 1%" if 0 < share < 0.01 else f"{share:.0%}"


def where_time_goes(section: DeviceSection) -> str:
    """Return the families that take most of the time, and what bounds it."""
    if not section.measured_s:
        return "Nothing runs."
    families = _shares(section, "family")
    bounds = _shares(section, "bound")
    told = ", ".join(f"{name} {percent(share)}" for name, share in families[:3] if share)
    held = ", ".join(f"{percent(share)} {name}-bound" for name, share in bounds if share)
    return f"The time goes to {told}; {held}."


def changes(section: DeviceSection, most: int = 3) -> list[Change]:
    """Return the changes that would give most back, largest first."""
    alike: dict[tuple[str, str], list[KernelRecord]] = {}
    for kernel in section.kernels:
        alike.setdefault((kernel.name, kernel.bound), []).append(kernel)
    found = [
        Change(_kernel_advice(group), sum(kernel.recoverable_s for kernel in group))
        for group in alike.values()
    ]
    fused = _fusion_saving(section)
    if fused is not None:
        found.append(fused)
    ranked = sorted(found, key=lambda change: -change.saving_s)
    return [change for change in ranked[:most] if change.saving_s > 0]


def _kernel_advice(alike: list[KernelRecord]) -> str:
    """Say what to do about kernels of one name and bound."""
    first, count = alike[0], sum(kernel.count for kernel in alike)
    name = f"{first.name} ({count:g} times)" if count > 1 else first.name
    if first.bound == "latency":
        return f"Merge {name} into a neighbour or launch it from a graph: launching bounds it"
    actual = sum(kernel.total_s for kernel in alike)
    attainable = sum(kernel.attainable_s * kernel.count for kernel in alike)
    share = percent(attainable / actual) if actual else "all"
    return f"Bring {name} to its {first.bound} bound: it runs at {share} of it"


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
