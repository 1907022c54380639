"""``hwprof tune``: what is chosen for a kernel or in a space file, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from costmodel.blocks.choose import Choice, binding, choose, predicted_s, space_of
from costmodel.blocks.enumerate import InfeasibleError
from costmodel.blocks.problems import parse_kernel
from costmodel.blocks.results import Recording, read, read_all
from costmodel.blocks.space import Space, Value
from costmodel.blocks.space_files import read_space
from costmodel.blocks.tuning import Row, tune
from costmodel.kernel import Family, Flag, Kernel, Prediction
from hwprof.tuning_cache import Cache
from hwprof.tuning_compile import Compiled
from microbench.devices import catalogue
from microbench.devices.detect import is_local
from microbench.devices.driver_names import find_product
from microbench.devices.spec import DeviceSpec
from microbench.errors import DeviceError, InputError
from microbench.runner.target import targets


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
    interval_s: tuple[float, float] | None = None
    """Ends of a 90% interval of ``predicted_s``, where the tile model's errors are known."""
    libraries: Prediction | None = None
    """What measured kernels of libraries take for the same work, whatever their tiles."""
    every_spills: bool = False
    """As of ``Choice``; false where tiles were compiled."""


def one_device(device: str) -> str:
    """Return the name of one device; ``InputError`` for none, a list or ``all``."""
    name = device.strip()
    if name and "," not in name and name.lower() != "all":
        return name
    raise InputError(
        f"--device {device!r}: tune chooses for one device at a time: a name of "
        "`hwprof devices` (h100-sxm), cpu, or the number of a GPU here; run it once for each"
    )


def for_kernel(what: str, device: str, budget: int, compiling: bool = False) -> Report:
    """Choose for a kernel of the ready-made families by the cost model.

    On a device of this machine (``cpu``, a GPU's number) up to ``budget`` configurations are run;
    ``compiling`` puts tiles that spill or cannot be launched behind those that are sound.
    """
    kernel = parse_kernel(what)
    numbered = is_local(device) and device.isdigit()
    if device.lower() == "cpu" or (numbered and budget):
        if compiling:
            raise InputError("--compile is for tiles that are predicted: leave it out to measure")
        return _for_local(what, kernel, device, budget)
    spec = targets(device)[0].spec if numbered else catalogue.find(device)
    check_format(kernel, spec)
    if budget:
        raise DeviceError(_no_measuring(device))
    choice = _chosen(what, kernel, spec)
    if choice is None:
        raise InputError(
            f"{spec.name}: the catalogue lacks shared memory, registers or a peak for "
            f"{kernel.number_format}, so its tiles cannot be sized"
        )
    space = space_of(kernel, spec)
    report = Report(
        what, spec.name, space, choice.feasible_count, choice.blocks, choice.predicted_s, None,
        choice.runner_up, choice.margin, choice.binding, _resources(choice), choice.lite,
        interval_s=choice.interval_s,
        libraries=None if choice.interval_s else _libraries(kernel, spec),
        every_spills=choice.every_spills,
    )  # fmt: skip
    return _checked(report, kernel, spec) if compiling else report


def _chosen(what: str, kernel: Kernel, spec: DeviceSpec) -> Choice | None:
    """Return the choice; ``InputError`` names the kernel and the device that no tile of it fits."""
    try:
        return choose(kernel, spec)
    except InfeasibleError as error:
        raise InputError(f"{what}: no tile fits {spec.name}: {error}") from error


def _libraries(kernel: Kernel, spec: DeviceSpec) -> Prediction | None:
    """Return the learned model's answer for the same work; ``None`` where nobody measured it.

    Mixtures of experts were measured as whole layers, of which a grouped product is a part.
    """
    from costmodel.learned.predictor import Predictor

    found = Predictor.load().predict([kernel], spec)[0]
    unlike = kernel.family is Family.MIXTURE_OF_EXPERTS or Flag.ANALYTIC_ONLY in found.flags
    return None if unlike else found


def check_format(kernel: Kernel, spec: DeviceSpec) -> None:
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
        interval_s=None,
        runner_up=rows[1] if len(rows) > 1 else None,
        margin=times[1] / times[0] - 1 if len(rows) > 1 else None,
        binding=binding(report.space, rows[0]),
        resources=resources,
        lite=rows,
        compiled=tried,
        every_spills=False,
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
    cache = Cache.of(space, device, others, recorded)
    done = cache.load() if budget else []
    try:
        lookup = _lookup(space, recorded)
        outcome = tune(
            space, device, spec, others, cache.remembering(lookup) if budget else None,
            budget, recorded if budget else None, done[:budget],
        )  # fmt: skip
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
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
    spills = {} if found.spills is None else {"spills": float(found.spills)}
    return {
        "registers_per_thread": float(found.registers_per_thread or 0),
        "shared_bytes": float(found.shared_bytes or 0),
        "occupancy": float(found.occupancy or 0.0),
        **spills,
    }
