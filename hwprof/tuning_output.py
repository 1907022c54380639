"""What ``hwprof tune`` finds and how it is written: text, JSON, a Triton ``Config`` list, T4."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from costmodel.blocks.choose import (
    Choice,
    binding,
    choose,
    predicted_s,
    space_of,
)
from costmodel.blocks.problems import is_kernel, parse_kernel
from costmodel.blocks.results import Recording, read, read_all, write_t4
from costmodel.blocks.space import Space, Value
from costmodel.blocks.space_files import read_space, write_t1
from costmodel.blocks.tuning import Row, tune
from costmodel.kernel import Kernel
from hwprof.tuning_cache import Cache
from hwprof.tuning_compile import Compiled
from hwprof.units import seconds
from microbench.devices import catalogue
from microbench.devices.detect import is_local
from microbench.devices.driver_names import find_product
from microbench.devices.spec import DeviceSpec
from microbench.errors import DeviceError, InputError
from microbench.runner.target import targets
from microbench.units import size

NOT_TRITON = ("cutlass_gemm:", "recurrent:")
TRITON_OPTIONS = ("num_warps", "num_stages", "num_ctas", "maxnreg")
"""Arguments of ``triton.Config`` itself; everything else goes into its dictionary."""


@dataclass(frozen=True, slots=True)
class Report:
    """One tuning as the command shows it."""

    what: str
    device: str
    space: Space
    feasible_count: int | None
    choice: Mapping[str, Value]
    predicted_s: float | None
    measured_s: float | None
    runner_up: Mapping[str, Value] | None
    margin: float | None
    binding: tuple[str, ...]
    resources: Mapping[str, float]
    lite: tuple[Mapping[str, Value], ...]
    measured: tuple[tuple[Row, float], ...] = ()
    curve_s: tuple[float, ...] = ()
    weights: Mapping[str, float] | None = None
    compiled: tuple[Compiled, ...] = ()
    """Tiles whose machine code was looked at, in order."""
    proven: bool | None = None
    """As ``Tuning.proven``."""


def for_kernel(what: str, device: str, budget: int, compiling: bool = False) -> Report:
    """Choose for a kernel of the ready-made families by the cost model.

    On a device of this machine (``cpu``, a GPU's number) up to ``budget`` configurations are run;
    ``compiling`` puts tiles that spill or cannot be launched behind those that are sound.
    """
    kernel = parse_kernel(what)
    numbered = is_local(device) and device.isdigit()
    if device.lower() == "cpu" or (numbered and budget):
        return _for_local(what, kernel, device, budget)
    spec = targets(device)[0].spec if numbered else catalogue.find(device)
    _check_format(kernel, spec)
    if budget:
        raise DeviceError(_no_measuring(device))
    choice = choose(kernel, spec)
    if choice is None:
        raise InputError(
            f"{spec.name}: the catalogue lacks shared memory, registers or a peak for "
            f"{kernel.number_format}, so its tiles cannot be sized"
        )
    space = space_of(kernel, spec)
    report = Report(
        what, spec.name, space, choice.feasible_count, choice.blocks, choice.predicted_s, None,
        choice.runner_up, choice.margin, choice.binding, _resources(choice), choice.lite,
    )  # fmt: skip
    return _checked(report, kernel, spec) if compiling else report


def _check_format(kernel: Kernel, spec: DeviceSpec) -> None:
    """Refuse a number format the device computes nothing in, as far as the catalogue knows."""
    if spec.peak(kernel.number_format) is None:
        known = ", ".join(sorted(form.value for form in spec.peak_flop_per_s))
        raise InputError(
            f"{kernel.name}: {spec.name} has no rate for {kernel.number_format.value}; "
            f"it has {known or 'none in the catalogue'}"
        )


def _checked(report: Report, kernel: Kernel, spec: DeviceSpec) -> Report:
    """Return the report with the first candidate that neither spills nor fails to launch."""
    from hwprof.tuning_compile import occupancy, sound_first

    rows, tried = sound_first(report.what, kernel.number_format, spec, report.lite)
    times = [predicted_s(kernel, spec, row) for row in rows[:2]]
    resources = dict(report.resources)
    for one in tried:
        if one.row == rows[0] and one.usage is not None:
            resources["registers_per_thread"] = float(one.usage.registers)
            resources["shared_bytes"] = float(one.usage.shared_bytes)
            resources["spills"] = float(one.usage.spills)
            resident = occupancy(one.usage, int(one.row["num_warps"]), spec)
            resources["occupancy"] = resident if resident is not None else 0.0
    return replace(
        report,
        choice=rows[0],
        predicted_s=times[0],
        runner_up=rows[1] if len(rows) > 1 else None,
        margin=times[1] / times[0] - 1 if len(rows) > 1 else None,
        binding=binding(report.space, rows[0]),
        resources=resources,
        lite=rows,
        compiled=tried,
    )


def _for_local(what: str, kernel: Kernel, device: str, budget: int) -> Report:
    from hwprof.tuning_measure import measured

    target = targets(device)[0]
    outcome = measured(what, kernel, target, budget)
    return Report(
        what, target.spec.title, outcome.space, outcome.feasible_count, outcome.choice, None,
        outcome.measured_s, outcome.runner_up, outcome.margin, outcome.binding, {},
        outcome.lite, outcome.measured, outcome.curve_s,
    )  # fmt: skip


def swept(what: str, device: str, folder: Path, most: int | None) -> str:
    """Sweep a kernel's space on a device of this machine; return what is there and what is left."""
    from hwprof.console import messages
    from hwprof.tuning_measure import sweep_task
    from hwprof.tuning_sweep import run, sweep_of

    if not is_kernel(what):
        raise InputError(f"--sweep needs a kernel, not {what}: a space file says nothing to run")
    if not (device.lower() == "cpu" or (is_local(device) and device.isdigit())):
        raise DeviceError(
            f"--sweep measures on this machine: --device cpu or a number, not {device}"
        )
    target = targets(device)[0]
    task = sweep_task(what, parse_kernel(what), target.spec)
    swept = sweep_of(what, task.space, target.spec.name, folder)
    left = run(swept, task, target, most, messages().print)
    return f"{swept.folder}: {len(swept.rows()) - left:,} configurations measured, {left:,} left"


def _no_measuring(device: str) -> str:
    return (
        f"--budget measures on a device of this machine: --device cpu or a GPU's number, not "
        f"{device}; or give a space file and --replay RESULTS"
    )


def for_space(
    path: Path, device: str, history: Path | None, replay: Path | None, budget: int
) -> Report:
    """Choose in a space file, from other devices' results and replayed measurements."""
    space = read_space(path)
    known = read_all(history) if history is not None else []
    recorded = read(replay) if replay is not None else None
    others = [r for r in known if _name(r.device) != _name(device)]
    if recorded is None:
        own = [r for r in known if _name(r.device) == _name(device)]
        own.sort(key=lambda r: r.device.lower() != device.lower())
        recorded = own[0] if own else None
    if recorded is None and is_local(device):
        raise InputError(
            f"--device {device}: hwprof runs no kernel of a space file; give a catalogue name, and "
            "--replay RESULTS to measure"
        )
    spec = _spec(device, known=recorded is not None)
    if budget and recorded is None:
        raise DeviceError(
            f"--budget: nothing to measure {device} with; pass --replay RESULTS, or put them into "
            "the --history folder under the device's name"
        )
    lookup = _lookup(space, recorded)
    cache = Cache.of(space, device, others, recorded)
    done = cache.load() if budget else []
    outcome = tune(
        space, device, spec, others, cache.remembering(lookup) if budget else None,
        budget, recorded if budget else None, done[:budget],
    )  # fmt: skip
    return Report(
        str(path), device, space, outcome.feasible_count, outcome.choice, None,
        outcome.measured_s, outcome.runner_up, outcome.margin, outcome.binding, {},
        outcome.lite, outcome.measured, outcome.curve_s, outcome.weights, proven=outcome.proven,
    )  # fmt: skip


def _spec(device: str, known: bool) -> DeviceSpec | None:
    found = find_product(device)
    return found if found is not None or known else catalogue.find(device)


def _lookup(space: Space, recorded: Recording | None) -> Any:
    if recorded is None:
        return None
    is_text = {name: isinstance(values[0], str) for name, values in space.parameters.items()}
    place, shared = recorded.places(is_text), recorded.shared(is_text)
    return lambda row: float(recorded.time_s[place[tuple(row[name] for name in shared)]])


def _name(device: str) -> str:
    known = find_product(device)
    return known.name if known is not None else device.lower().replace("_", "-")


def _resources(choice: Choice) -> dict[str, float]:
    found = choice.resources
    return {
        "registers_per_thread": float(found.registers_per_thread or 0),
        "shared_bytes": float(found.shared_bytes or 0),
        "occupancy": float(found.occupancy or 0.0),
        "spills": float(found.spills or False),
    }


def summary(report: Report) -> str:
    """Return the choice and why, line by line."""
    lines = [
        f"{report.what} on {report.device}",
        f"  choice      {_pairs(report.choice)}",
        f"  time        {_time(report)}",
    ]
    if report.runner_up is not None and report.margin is not None:
        lines.append(f"  runner-up   {_pairs(report.runner_up)} ({report.margin:+.1%})")
    if report.resources:
        r, how = report.resources, "compiled" if report.compiled else "estimated"
        lines.append(
            f"  resources   {r['registers_per_thread']:.0f} registers a thread ({how}), "
            f"{'spills, ' if r.get('spills') else ''}"
            f"{size(int(r['shared_bytes']))} shared memory, occupancy {r['occupancy']:.0%}"
        )
    lines.append(f"  binding     {'; '.join(report.binding) or 'none'}")
    many = report.feasible_count is None
    feasible = "too many to list" if many else f"{report.feasible_count:,} feasible"
    lines.append(f"  space       {feasible} of {report.space.combinations:,}")
    if report.feasible_count is None:
        lines.append(f"  history     not used: {_PROOF[report.proven]}")
    elif report.weights is not None:
        shares = ", ".join(f"{name} {share:.0%}" for name, share in report.weights.items())
        lines.append(f"  history     {shares or 'none: expected from threads and work a thread'}")
    if report.compiled:
        put_back = sum(bool(one.problem) for one in report.compiled)
        lines.append(f"  compiled    {len(report.compiled)} tiles, {put_back} spill or do not fit")
    if report.measured:
        failed = sum(not math.isfinite(time) for _, time in report.measured)
        lines.append(f"  measured    {len(report.measured)} configurations, {failed} failed")
    return "\n".join(lines)


_PROOF = {
    None: "this is one feasible point, compared with no other",
    True: "the best threads and work a thread, proven",
    False: "the best threads and work a thread found in time, unproven",
}


def _time(report: Report) -> str:
    if report.measured_s is not None:
        return f"{seconds(report.measured_s)} measured"
    if report.predicted_s is not None:
        return f"{seconds(report.predicted_s)} predicted"
    if report.measured:
        return "none: every configuration that was measured failed"
    if report.weights is None:
        return "not predicted on this machine: pass --budget to measure"
    return "not predicted for a space file: pass --budget with --replay to measure"


def _pairs(row: Mapping[str, Value]) -> str:
    return " ".join(f"{name}={value}" for name, value in row.items())


def as_json(report: Report) -> str:
    """Return the report as ``hwprof.tune/1``; the curve is best seconds after each measurement."""
    document = {
        "schema": "hwprof.tune/1",
        "what": report.what,
        "device": report.device,
        "combinations": report.space.combinations,
        "feasible": report.feasible_count,
        "proven": report.proven,
        "choice": dict(report.choice),
        "predicted_s": report.predicted_s,
        "measured_s": report.measured_s,
        "runner_up": None if report.runner_up is None else dict(report.runner_up),
        "margin": report.margin,
        "binding": list(report.binding),
        "resources": dict(report.resources),
        "history": dict(report.weights or {}),
        "compiled": [
            {"configuration": dict(one.row), "problem": one.problem} for one in report.compiled
        ],
        "measured": [
            {"configuration": row, "time_s": time if math.isfinite(time) else None}
            for row, time in report.measured
        ],
        "curve_s": [time if math.isfinite(time) else None for time in report.curve_s],
        "lite": [dict(row) for row in report.lite],
    }
    return json.dumps(document, indent=1, allow_nan=False)


def triton(report: Report, most: int = 8) -> str:
    """Return up to ``most`` configurations as a list of ``triton.Config``, the choice first."""
    if report.what.startswith(NOT_TRITON):
        raise InputError(f"{report.what}: no Triton kernel has these parameters; --export json")
    rows: list[Mapping[str, Value]] = [report.choice]
    rows += [row for row in report.lite if row != report.choice]
    lines = [f"    {_config(row)}," for row in rows[:most]]
    return "\n".join(["configs = [", *lines, "]"])


def _config(row: Mapping[str, Value]) -> str:
    own = ", ".join(f"{json.dumps(k)}: {v!r}" for k, v in row.items() if k not in TRITON_OPTIONS)
    options = "".join(f", {name}={row[name]!r}" for name in TRITON_OPTIONS if name in row)
    return f"triton.Config({{{own}}}{options})"


def t1(what: str, device: str) -> str:
    """Return a space as T1: a T1 file as it is, anything else made into one."""
    if not is_kernel(what):
        return json.dumps(write_t1(read_space(Path(what))), indent=1)
    kernel = parse_kernel(what)
    if is_local(device):
        from hwprof.tuning_measure import task_of

        return json.dumps(write_t1(task_of(what, kernel, targets(device)[0].spec).space), indent=1)
    spec = catalogue.find(device)
    _check_format(kernel, spec)
    return json.dumps(write_t1(space_of(kernel, spec)), indent=1)


def t4(report: Report) -> str:
    """Return what was measured as T4; ``InputError`` where nothing was."""
    if not report.measured:
        raise InputError("--export t4 writes measurements: pass --budget with --replay")
    rows: Sequence[Row] = [row for row, _ in report.measured]
    times = np.asarray([time for _, time in report.measured])
    recording = Recording(report.device, tuple(rows), times)
    return json.dumps(write_t4(report.space, recording), indent=1, allow_nan=False)
