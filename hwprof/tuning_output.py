"""How ``hwprof tune`` writes its answers: text, JSON, a Triton ``Config`` list, T4 and T1."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from costmodel.blocks.choose import space_of
from costmodel.blocks.problems import is_kernel, parse_kernel
from costmodel.blocks.results import Recording, write_t4
from costmodel.blocks.space import Value
from costmodel.blocks.space_files import read_space, write_t1
from costmodel.blocks.tuning import Row
from costmodel.kernel import Family, Prediction
from hwprof.tuning_report import Report, check_format
from hwprof.units import seconds
from microbench.devices import catalogue
from microbench.devices.detect import is_local
from microbench.errors import DeviceError, InputError
from microbench.runner.target import targets
from microbench.units import size

NOT_TRITON = ("cutlass_gemm:", "recurrent:")
TRITON_OPTIONS = ("num_warps", "num_stages", "num_ctas", "maxnreg")
"""Arguments of ``triton.Config`` itself; everything else goes into its dictionary."""


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


def summary(report: Report) -> str:
    """Return the choice and why, line by line."""
    lines = [
        f"{report.what} on {report.device}",
        f"  choice      {_pairs(report.choice)}",
        f"  time        {_time(report)}",
    ]
    if report.libraries is not None:
        lines.append(f"  libraries   {_interval(report.libraries)}")
    if report.runner_up is not None and report.margin is not None:
        lines.append(f"  runner-up   {_pairs(report.runner_up)} ({report.margin:+.1%})")
    if report.resources:
        r, how = report.resources, "compiled" if report.compiled else "estimated"
        lines.append(
            f"  resources   {r['registers_per_thread']:.0f} registers a thread ({how}), "
            f"{_spills(report)}"
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


def _spills(report: Report) -> str:
    if report.every_spills:
        return "spills as every tile that fits would, "
    return "spills, " if report.resources.get("spills") else ""


_PROOF = {
    None: "this is one feasible point, compared with no other",
    True: "the best threads and work a thread, proven",
    False: "the best threads and work a thread found in time, unproven",
}


def _time(report: Report) -> str:
    if report.measured_s is not None:
        return f"{seconds(report.measured_s)} measured"
    if report.predicted_s is not None:
        within = f" ({_between(*report.interval_s)})" if report.interval_s else ""
        return f"{seconds(report.predicted_s)}{within} predicted"
    if report.measured:
        return "none: every configuration that was measured failed"
    if report.weights is None:
        return "not predicted on this machine: pass --budget to measure"
    return "not predicted for a space file: pass --budget with --replay to measure"


_KERNELS_OF = {
    Family.ATTENTION_PREFILL: " of serving stacks' prefill kernels",
    Family.ATTENTION_ENCODER: " of vision encoders' kernels",
}
"""Whose kernels stand behind causal and full attention: unlike ones, so that times of both do not
stand in the ratio of their work."""


def _interval(found: Prediction) -> str:
    """Say what libraries' kernels take, with the 90% interval and the reasons for doubt."""
    flags = "".join(f", {flag.value}" for flag in sorted(found.flags))
    within = _between(found.low_s, found.high_s)
    whose = _KERNELS_OF.get(found.kernel.family, "")
    return f"{seconds(found.latency_s)} ({within}) by `hwprof predict`{whose}{flags}"


def _between(low_s: float, high_s: float) -> str:
    return f"{seconds(low_s)} to {seconds(high_s)} with 90%"


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
        "interval_s": None if report.interval_s is None else list(report.interval_s),
        "libraries": None if report.libraries is None else _library_record(report.libraries),
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


def _library_record(found: Prediction) -> dict[str, Any]:
    return {
        "latency_s": found.latency_s,
        "low_s": found.low_s,
        "high_s": found.high_s,
        "flags": sorted(flag.value for flag in found.flags),
    }


def triton(report: Report, most: int = 8) -> str:
    """Return up to ``most`` configurations as a list of ``triton.Config``, the choice first.

    The best of each output tile come before second ones: a list to measure should differ.
    """
    if report.what.startswith(NOT_TRITON):
        raise InputError(f"{report.what}: no Triton kernel has these parameters; --export json")
    rows: list[Mapping[str, Value]] = [report.choice]
    rows += [row for row in report.lite if row != report.choice]
    lines = [f"    {_config(row)}," for row in _tile_by_tile(rows)[:most]]
    return "\n".join(["configs = [", *lines, "]"])


def _tile_by_tile(rows: Sequence[Mapping[str, Value]]) -> list[Mapping[str, Value]]:
    """Order configurations: the first of each output tile, then the second of each, and so on."""
    seen: Counter[tuple[Value, ...]] = Counter()
    rounds: list[int] = []
    for row in rows:
        tile = tuple(row[name] for name in row if name.startswith("BLOCK") and name != "BLOCK_K")
        rounds.append(seen[tile])
        seen[tile] += 1
    return [rows[at] for at in sorted(range(len(rows)), key=rounds.__getitem__)]


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
    check_format(kernel, spec)
    return json.dumps(write_t1(space_of(kernel, spec)), indent=1)


def t4(report: Report) -> str:
    """Return what was measured as T4; ``InputError`` where nothing was."""
    if not report.measured:
        raise InputError("--export t4 writes measurements: pass --budget with --replay")
    rows: Sequence[Row] = [row for row, _ in report.measured]
    times = np.asarray([time for _, time in report.measured])
    recording = Recording(report.device, tuple(rows), times)
    return json.dumps(write_t4(report.space, recording), indent=1, allow_nan=False)
