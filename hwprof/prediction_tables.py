"""Predictions as people read them: one table a device, sorted by the time at stake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from costmodel.kernel import Flag, Launch, blocks_text
from hwprof.fitted_table import Column, fitted, not_shown, tallied
from hwprof.prediction_caveats import collectives, fp32_rates
from hwprof.units import percent, plural, quantity, seconds
from microbench.devices.spec import DeviceKind

if TYPE_CHECKING:
    from rich.table import Table

    from costmodel.kernel import Prediction, Resources
    from costmodel.learned.explain import Explanation
    from costmodel.learned.whole_model import Total
    from hwprof.prediction import ModelPrediction


SHOWN = 2
"""Measured devices named in a row of the explanation."""
LAUNCHES_TOLD = 0.05
"""Share of a sum above which the launches in it are worth a warning: stacks differ by as little."""
HELD_TOLD = 0.1
"""Share of a time above which kernels held at their bound are worth a warning."""
COLUMNS = (
    Column("kernel", 48),
    *map(Column, ("count", "work", "traffic", "time", "90% interval", "share", "eff.")),
    Column("bound", 12),
    Column("blocks", 30),
    Column("resources", 24),
    Column("flags", 24),
)
FIRST_TO_GO = (
    "resources", "flags", "blocks", "traffic", "work", "90% interval", "bound", "count", "eff."
)  # fmt: skip
"""What a narrow console does without, worth least first; kernel, time and share always stay.

Flags without a column are counted in lines below.
"""
PARTS = ("launch", "memory", "compute", "quantisation", "lost")
WHY = (Column("measured sizes around", 40), Column("answered by", 40))


def table(result: ModelPrediction, top: int, width: int) -> tuple[Table, list[str]]:
    """Build the table of the ``top`` kernels (0: all) that take most time, equal ones together.

    It is at most ``width`` characters wide. With it come the lines to print below: which columns
    are left out for want of room, and what the flags say where theirs is one of them.
    """
    ranked = merged(result.predictions)
    shown = ranked[:top] if top else ranked
    rows = [_cells(prediction, result.kernels_s) for prediction in shown]
    hidden = ranked[len(shown) :]
    if hidden:
        hidden_s = sum(p.total_s for p in hidden)
        more = (f"… {len(hidden)} more (--top 0)", "", "", "", seconds(hidden_s), "")
        rows.append((*more, percent(_share(hidden_s, result.kernels_s)), *[""] * 5))
    drawn, left_out = fitted(COLUMNS, rows, width, FIRST_TO_GO, headline(result))
    notes = [not_shown(left_out)] if left_out else []
    if "flags" in left_out:
        notes += tallied(
            (flag.value, p.kernel.count) for p in ranked for flag in p.flags | p.kernel.flags
        )
    return drawn, notes


def explained(
    result: ModelPrediction, reasons: Sequence[Explanation], top: int, width: int
) -> tuple[Table, list[str]]:
    """Build the table of why: the parts of one execution's time and what was measured near it.

    It is at most ``width`` characters wide; the lines to print below it come second.
    """
    rows: list[tuple[str, ...]] = []
    seen: set[tuple[str, float, float]] = set()
    pairs = zip(result.predictions, reasons, strict=True)
    for prediction, reason in sorted(pairs, key=lambda pair: -pair[0].total_s):
        key = (prediction.kernel.name, prediction.latency_s, prediction.kernel.bytes_moved)
        if key in seen:
            continue
        seen.add(key)
        times = [seconds(reason.parts_s.get(name, 0.0)) for name in PARTS]
        around = " ".join(
            f"{name} {low:.0f}" if low == high else f"{name} {low:.0f}..{high:.0f}"
            for name, (low, high) in reason.around.items()
        )
        time = seconds(prediction.latency_s)
        rows.append((prediction.kernel.name, time, *times, around or "none", _answered_by(reason)))
        if top and len(seen) >= top:
            break
    columns = (Column("kernel", 48), *map(Column, ("time", *PARTS)), *WHY)
    drawn, left_out = fitted(
        columns, rows, width, (*(one.name for one in reversed(WHY)), *PARTS), "why, one run"
    )
    return drawn, [not_shown(left_out)] if left_out else []


def _answered_by(reason: Explanation) -> str:
    named = list(reason.devices.items())
    devices = ", ".join(
        name if weight == 1 else f"{name} {percent(weight)}" for name, weight in named[:SHOWN]
    )
    if len(named) > SHOWN:
        devices += f", {len(named) - SHOWN} more"
    points = f" + {reason.points} points" if reason.points else ""
    return (devices or "the bound alone") + points


def merged(predictions: Sequence[Prediction]) -> list[Prediction]:
    """Put equal kernels in one row with their counts summed; slowest in total first."""
    found: dict[tuple[str, float, float], Prediction] = {}
    for prediction in predictions:
        key = (prediction.kernel.name, prediction.latency_s, prediction.kernel.bytes_moved)
        known = found.get(key)
        if known is None:
            found[key] = prediction
            continue
        count = known.kernel.count + prediction.kernel.count
        found[key] = replace(known, kernel=replace(known.kernel, count=count))
    return sorted(found.values(), key=lambda prediction: -prediction.total_s)


def headline(result: ModelPrediction) -> str:
    """Say the whole model's time, its interval and how far the kernels are from attainable."""
    low_s, high_s = result.interval_s
    attainable_s = sum(p.attainable_s * p.kernel.count for p in result.predictions)
    kernels = sum(p.kernel.count for p in result.predictions)
    where = f"{result.model.name} on {device_text(result)} ({timed_as(result)})"
    if not kernels:
        return f"{where}: no kernel to run"
    unknown = sum(result.graph.coverage.unknown.values())
    without = f"; without {unknown} op{'s' * (unknown > 1)} nobody costed" if unknown else ""
    return (
        f"{where}: {seconds(result.latency_s)} ({seconds(low_s)} to {seconds(high_s)}), "
        f"{kernels:,.0f} kernel{'s' * (kernels != 1)}, "
        f"{percent(_share(attainable_s, result.latency_s))} of attainable{without}"
    )


def device_text(result: ModelPrediction) -> str:
    """Name the device; a processor's times are those of one thread, however many cores it has."""
    one_thread = result.device.kind is DeviceKind.CPU
    return f"one thread of {result.device.title}" if one_thread else result.device.title


def timed_as(result: ModelPrediction) -> str:
    """Say whose kernels the times are of, and where most of them are not of its launches."""
    stack = result.predictions[0].stack if result.predictions else result.stack
    eager_s, _ = _eager(result)
    mostly = eager_s > result.kernels_s / 2 and stack != "torch-eager"
    calls = result.device.kind is DeviceKind.CPU and stack != result.stack
    return f"kernels of {result.stack} as eager calls" if mostly or calls else stack


def basis(result: ModelPrediction) -> str:
    """Return what the times rest on, and which of them hold the host's launches."""
    told = queue_text(result.queue) if result.queue else launch_caveat(result)
    return "; ".join(filter(None, (result.basis, told, fp32_rates(result))))


def launch_caveat(result: ModelPrediction) -> str:
    """Say of which kernels only eager calls were measured, and what that means, or ""."""
    return eager_caveat(result) or without_launch(result)


def without_launch(result: ModelPrediction) -> str:
    """Say which kernels' times are those of eager calls less their launch, or ""."""
    seconds_s, count = _timed(result, Launch.TAKEN_OUT)
    if not count:
        return ""
    return (
        f"{_counted(result, count, seconds_s)} learned from single PyTorch calls in eager mode, "
        f"the only ones measured: the host's launch, which {result.stack} does not make, is taken "
        "out; nobody measured what is left, and the intervals reach up to the call itself"
    )


def _counted(result: ModelPrediction, count: float, seconds_s: float) -> str:
    kernels = sum(one.kernel.count for one in result.predictions)
    return (
        f"{count:,.0f} of {kernels:,.0f} {plural('kernel', kernels)} "
        f"({percent(_share(seconds_s, result.kernels_s))} of the time) "
        f"{'was' if count == 1 else 'were'}"
    )


def eager_caveat(result: ModelPrediction) -> str:
    """Say which kernels' times hold a launch that compiled programs do without, or ""."""
    eager_s, count = _eager(result)
    if result.queue or not count or result.stack == "torch-eager":
        return ""
    return (
        f"{_counted(result, count, eager_s)} learned from single PyTorch calls in eager mode: the "
        "smallest measured "
        "took 12 to 108 µs, launch included; compiled programs and CUDA graphs need less there, "
        "and the intervals are not of them"
    )


def queue_text(queue: Total) -> str:
    """Say what the total of queued kernels holds."""
    alone = f"the kernels one by one take {seconds(queue.kernels_s)}"
    if queue.latency_s <= queue.host_s:
        return f"{alone}; the total is the host's {seconds(queue.host_s)} to launch them"
    if not queue.hidden_s:
        return f"{alone}, and so does the model: the host launches them faster"
    return (
        f"{alone}; in the total {seconds(queue.hidden_s)} of launches, up to "
        f"{seconds(queue.gap_s)} each, run behind the work of earlier kernels"
    )


def _eager(result: ModelPrediction) -> tuple[float, float]:
    """Return seconds and number of the kernels whose data were timed as eager calls."""
    return _timed(result, Launch.EAGER)


def _timed(result: ModelPrediction, launch: Launch) -> tuple[float, float]:
    eager = [one for one in result.predictions if one.launch is launch]
    return sum(one.total_s for one in eager), sum(one.kernel.count for one in eager)


def beyond_bound(result: ModelPrediction) -> str:
    """Return a warning that names the kernel predicted farthest above its bound, or ""."""
    above = [one for one in merged(result.predictions) if one.efficiency > 1]
    if not above:
        return ""
    worst = max(above, key=lambda one: one.efficiency)
    more = f" and {len(above) - 1} more" if len(above) > 1 else ""
    return (
        f"{result.device.name}: {worst.kernel.name}{more} predicted, not measured, at efficiency "
        f"above 1 ({worst.efficiency:.0%}): its data may stay in a cache or its algorithm save "
        "work; else the prediction or the peak is wrong"
    )


def held_at_bound(result: ModelPrediction) -> str:
    """Return a warning where much of the time is a bound in place of a faster answer, or ""."""
    held = [one for one in merged(result.predictions) if Flag.ABOVE_PEAK in one.flags]
    share = _share(sum(one.total_s for one in held), result.kernels_s)
    if share < HELD_TOLD:
        return ""
    worst = max(held, key=lambda one: one.total_s)
    more = f" and {len(held) - 1} more" if len(held) > 1 else ""
    return (
        f"{result.device.name}: {worst.kernel.name}{more} ({percent(share)} of the time) held at "
        "the bound, as the model's answer was faster than the hardware: a least time, read the "
        "upper end of the interval"
    )


def beyond_memory(result: ModelPrediction) -> str:
    """Return a warning where the device's memory cannot hold the model's data, or ""."""
    memory = result.device.dram_bytes
    needed, what = result.graph.resident_bytes, "the model's arguments and results take"
    for one in result.predictions:
        if one.kernel.bytes_moved > needed:
            needed, what = one.kernel.bytes_moved, f"{one.kernel.name} reads and writes"
    if memory is None or needed <= memory:
        return ""
    return (
        f"{result.device.name} has {quantity(memory, 'B')} of memory, not the "
        f"{quantity(needed, 'B')} that {what}: it cannot run there in one piece, whatever the time"
    )


def holds_launches(result: ModelPrediction) -> str:
    """Return a warning where a sum holds launches that another stack's total hides, or ""."""
    launch_s = result.eager_launch_s
    if launch_s <= LAUNCHES_TOLD * result.kernels_s:
        return ""
    return (
        f"{result.device.name}: times of stack {result.stack} hold launches "
        f"({seconds(launch_s)} of {seconds(result.kernels_s)}) that the total of torch-eager "
        "hides; do not compare stacks"
    )


def warnings_of(result: ModelPrediction) -> list[str]:
    """Return every reason to doubt a whole prediction, one line each."""
    found = (
        beyond_memory(result), beyond_bound(result), held_at_bound(result), holds_launches(result),
        collectives(result),
    )  # fmt: skip
    return [*result.graph.coverage.warnings(), *filter(None, found)]


def coverage_line(result: ModelPrediction) -> str:
    """Say how many ops stand behind the numbers, and name those that do not."""
    found = result.graph.coverage
    line = (
        f"{percent(found.share)} of ops understood: {found.costed} costed, {found.free} free, "
        f"{found.assumed} assumed, {sum(found.unknown.values())} unknown"
    )
    if found.unknown:
        named = sorted(found.unknown.items(), key=lambda item: -item[1])[:5]
        line += f" ({', '.join(f'{name} x{count}' for name, count in named)})"
    return line


def _cells(prediction: Prediction, model_s: float) -> tuple[str, ...]:
    kernel = prediction.kernel
    return (
        kernel.name,
        f"{kernel.count:g}",
        quantity(kernel.work_flop, "FLOP"),
        quantity(kernel.bytes_moved, "B"),
        seconds(prediction.total_s),
        f"{seconds(prediction.low_s * kernel.count)} – {seconds(prediction.high_s * kernel.count)}",
        percent(_share(prediction.total_s, model_s)),
        percent(prediction.efficiency),
        prediction.bound.value,
        blocks_text(prediction.blocks),
        resources_text(prediction.resources),
        " ".join(sorted(flag.value for flag in prediction.flags | kernel.flags)),
    )


def resources_text(resources: Resources) -> str:
    """Write what a kernel takes: ``168 regs 96 KiB 25%``, ``spills`` where registers run out."""
    if resources.registers_per_thread is None:
        return ""
    shared = resources.shared_bytes or 0
    told = [
        f"{resources.registers_per_thread} regs",
        "spills" if resources.spills else "",
        f"{shared / 1024:.4g} KiB" if shared >= 1024 else f"{shared} B",
        "" if resources.occupancy is None else f"{resources.occupancy:.0%}",
    ]
    return " ".join(filter(None, told))


def _share(part_s: float, whole_s: float) -> float:
    return part_s / whole_s if whole_s else 0.0
