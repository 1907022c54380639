"""Predictions checked against a run, and a tuning's trials: what two figures are drawn from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from costmodel.analytic.cpu_evidence import STACK, Evidence, library_calls
from costmodel.analytic.cpu_model import CpuModel
from costmodel.kernel import Prediction
from microbench.benchmark import Measurement
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError, plainly
from microbench.reference.streams import believed
from reports.evidence import Pair, Trial

FOLDS = 30
"""Parts of a CPU run held out in turn: a quick run's calls then leave one at a time."""
TUNING = "hwprof.tune"


def pairs_of(measurements: Sequence[Measurement], spec: DeviceSpec) -> tuple[Pair, ...]:
    """Return a run's library calls beside predictions that never saw them.

    On a CPU the calls of each shape are held out from the model that predicts them; on a GPU the
    shipped models predict, which saw none of them. Empty where a run has too few calls.
    """
    measurements = believed(measurements)
    calls = library_calls(measurements, threads=1)
    if spec.kind is DeviceKind.CPU:
        found = _by_the_others(measurements, calls)
    elif calls:
        from costmodel.learned.predictor import Predictor

        found = Predictor.load().predict([call.kernel for call in calls], spec, STACK)
    else:
        return ()
    measured_s = {call.kernel.name: call.time_s for call in calls}
    return tuple(_pair(one, measured_s[one.kernel.name]) for one in found)


def _by_the_others(
    measurements: Sequence[Measurement], calls: Sequence[Evidence]
) -> list[Prediction]:
    """Hold out a part of the calls in turn, calls of one shape always together."""
    number = {shape: at for at, shape in enumerate(sorted({_shape(call) for call in calls}))}
    found: list[Prediction] = []
    for fold in range(FOLDS):
        held = [call.kernel for call in calls if number[_shape(call)] % FOLDS == fold]
        names = {kernel.name for kernel in held}
        try:
            model = CpuModel.from_measurements(m for m in measurements if m.point.key not in names)
        except InputError:  # too few calls are left to predict from
            return []
        found += model.predict(held)
    return found


def _shape(call: Evidence) -> tuple[str, str, tuple[tuple[str, float], ...]]:
    kernel = call.kernel
    return kernel.family.value, kernel.op, tuple(sorted(kernel.dims.items()))


def _pair(predicted: Prediction, measured_s: float) -> Pair:
    kernel = predicted.kernel
    sizes = "x".join(f"{size:.10g}" for size in kernel.dims.values())
    return Pair(
        f"{kernel.op} {kernel.number_format.value} {sizes}",
        kernel.family.value,
        measured_s,
        predicted.latency_s,
        predicted.low_s,
        predicted.high_s,
    )


def is_tuning(document: object) -> TypeGuard[Mapping[str, Any]]:
    """Say whether a JSON document is what ``hwprof tune --json`` printed."""
    if not isinstance(document, Mapping):
        return False
    return str(document.get("schema", "")).partition("/")[0] == TUNING


def trials_of(document: Mapping[str, Any], name: str) -> tuple[Trial, ...]:
    """Return the configurations a tuning measured, in order; ``InputError`` if it measured none."""
    try:
        choice = dict(document["choice"])
        trials = tuple(
            Trial(
                number, one["time_s"], _blocks(one["configuration"]), one["configuration"] == choice
            )
            for number, one in enumerate(document["measured"], start=1)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{name}: a damaged tuning ({plainly(error)})") from error
    if not trials:
        raise InputError(
            f"{name}: nothing was measured, so there is no curve to draw: "
            "run `hwprof tune` with --budget"
        )
    return trials


def _blocks(configuration: Mapping[str, object]) -> str:
    return " ".join(f"{key}={value}" for key, value in configuration.items())


def parse_json(text: str, name: str) -> object:
    """Read JSON; ``InputError`` names the place that is not."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"{name}: not JSON: {plainly(error)}") from error
