"""Predictions from a model file: seconds, a 90% interval, what bounds the kernel, and flags."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.analytic.roofline import attainable_s
from costmodel.kernel import Bound, Flag, Kernel, Launch, Prediction
from costmodel.learned import features, model_file, rows
from costmodel.learned.asked_rows import checked
from costmodel.learned.correction import Correction
from costmodel.learned.device_intervals import DeviceIntervals
from costmodel.learned.families import BY_NAME
from costmodel.learned.family_model import FamilyModel, bounds
from costmodel.learned.floor import emulated, held
from costmodel.learned.foreign import refine, relatives
from costmodel.learned.intervals import Intervals
from costmodel.learned.launches import launch_of
from costmodel.learned.measured_points import Measured, prefix
from costmodel.learned.model_file import ModelFile
from costmodel.learned.pack import network_of, unpack
from costmodel.learned.row_floor import rows_held
from costmodel.learned.single_foreign import SingleForeign
from costmodel.learned.texts import Columns, coded, factorise, first, take
from costmodel.learned.trees import Forest
from costmodel.learned.whole_model import COMPILED, EMPTY, compiled
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError, plainly

UNMODELLED_EFFICIENCY = 0.5
UNMODELLED_FACTOR = 4.0
"""A family nobody measured: half the bound's rate, between a quarter and four times that."""


class Predictor:
    """Models of every family of one file; each is read when first asked for."""

    def __init__(self, file: ModelFile) -> None:
        self._file = file
        self._models: dict[str, FamilyModel] = {}
        self._foreign: dict[str, SingleForeign] = {}
        self._device_intervals: dict[str, DeviceIntervals | None] = {}
        self._measured: dict[str, dict[str, Measured]] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> Predictor:
        """Open a model file, or the one that ships; ``InputError`` for anything else."""
        if path is None:
            return _shipped()
        file = ModelFile(path)
        if "families" not in file.header:
            raise InputError(f"{path}: a model of a processor; use it with --device cpu")
        return cls(file)

    @property
    def header(self) -> dict[str, Any]:
        """Provenance: sources, licences, seed, rows and training devices by family."""
        return self._file.header

    def model(self, name: str) -> FamilyModel | None:
        """Return a family's model, or ``None`` if the file has none."""
        if name not in self._models:
            about = self._file.header.get("families", {}).get(name)
            if about is None or name not in BY_NAME:
                return None
            self._models[name] = self._read(name, about)
        return self._models[name]

    def predict_table(self, table: Columns, device_column: str = "gpu") -> dict[str, Any]:
        """Predict rows that a person asks about, as ``hwprof predict --table`` does.

        ``table`` holds columns of equal length: the device, ``op``, ``dtype``, ``flops``, ``bytes``
        and the sizes of the ops' families. Returns an array each of ``latency_s``, ``low_s`` and
        ``high_s`` (the 90% interval), ``bound`` and ``flags``, in the rows' order. Raises
        ``InputError`` with the first row and column that cannot be.
        """
        return self.predict_asked(checked(table, device_column), device_column)

    def predict_asked(self, asked: Columns, device_column: str = "gpu") -> dict[str, Any]:
        """Predict rows that ``checked`` let pass, held to what their devices can do."""
        found = self.predict_checked(rows.as_kernels(asked), device_column)
        return rows_held(asked, found, device_column)

    def predict_checked(self, table: Columns, device_column: str = "gpu") -> dict[str, Any]:
        """Predict rows with the data packs' columns whose sizes are known to be sizes.

        Rows of an op without a model get the analytic bound's rough multiple and a flag.
        """
        if len(table["op"]) == 1 and (alone := self._alone(table, device_column)):
            return alone
        table = coded(table, {device_column, *features.CATEGORIES})
        owner, names = _owners(table)
        if len(names) == 1 and (model := self.model(names[0])):
            return self.answer(model, table, device_column)
        out: dict[str, Any] = {
            name: np.empty(len(owner), dtype=float) for name in ("latency_s", "low_s", "high_s")
        }
        out["bound"] = np.empty(len(owner), dtype=object)
        out["flags"] = np.empty(len(owner), dtype=object)
        for at, name in enumerate(names):
            chosen = np.flatnonzero(owner == at)
            part = take(table, chosen)
            model = self.model(name)
            found = (
                self.answer(model, part, device_column) if model else _analytic(part, device_column)
            )
            for column, values in found.items():
                out[column][chosen] = values
        return out

    def _alone(self, table: Columns, device_column: str) -> dict[str, Any] | None:
        """Predict a table of one row from plain numbers; ``None`` where that cannot be done."""
        name = rows.family_of(first(table["op"]), first(table["dtype"]))
        model = self.model(name)
        if model is None:
            return None
        single = model.single()
        named = single.named(table, first(table[device_column]))
        if named.device in self._points(name):
            return None
        if named.known or not model.gpus:
            said = single.say(table, named)
        else:
            if name not in self._foreign:
                self._foreign[name] = SingleForeign(model, self._unmeasured(name))
            kin = relatives(named.device, model.gpus)
            said = self._foreign[name].answer(table, named, kin)
        return said.columns() if said else None

    def answer(
        self, model: FamilyModel, table: Columns, device_column: str, corrected: bool = True
    ) -> dict[str, npt.NDArray[Any]]:
        """Predict rows of a family; devices it was not trained on are answered by their kin.

        Points measured on a device correct the answer unless ``corrected`` is false.
        """
        found = model.predict(table, device_column)
        name = model.family.name
        measured = self._points(name) if corrected else {}
        return refine(model, self._unmeasured(name), table, device_column, found, measured)

    def families_of(self, table: Columns) -> dict[str, npt.NDArray[np.intp]]:
        """Return the rows of each family in a table with ``op`` and ``dtype``."""
        owner, names = _owners(table)
        return {name: np.flatnonzero(owner == at) for at, name in enumerate(names)}

    def everything(self) -> model_file.Arrays:
        """Return every array of the file, checked."""
        return self._file.everything()

    def points_on(self, device: str, family: str) -> int:
        """Return how many measured points of a device correct a family."""
        known = self._points(family).get(device)
        return len(known.correction.errors) if known else 0

    def _points(self, name: str) -> dict[str, Measured]:
        """Return a family's measured points by device, if the file has some."""
        if name not in self._measured:
            about = self._file.header.get("calibrated", {})
            try:
                self._measured[name] = {
                    device: Measured(
                        Correction.from_arrays(self._file.arrays(prefix(device, name))),
                        frozenset(str(one) for one in families[name]["stacks"]),
                    )
                    for device, families in about.items()
                    if name in families
                }
            except (AttributeError, KeyError, ValueError, IndexError, TypeError) as error:
                raise InputError(
                    f"{self._file.path}: the measured points of {name} are damaged "
                    f"({plainly(error)})"
                ) from error
        return self._measured[name]

    def _unmeasured(self, name: str) -> DeviceIntervals | None:
        """Return a family's intervals for devices nobody measured, if the file has them."""
        if name not in self._device_intervals:
            arrays = self._file.arrays(f"unseen.{name}")
            try:
                found = DeviceIntervals.from_arrays(arrays) if arrays else None
            except (KeyError, ValueError, IndexError, TypeError) as error:
                raise InputError(
                    f"{self._file.path}: the intervals of {name} on unmeasured devices are "
                    f"damaged ({plainly(error)})"
                ) from error
            self._device_intervals[name] = found
        return self._device_intervals[name]

    def predict(
        self, kernels: Sequence[Kernel], spec: DeviceSpec, stack: str | None = None
    ) -> list[Prediction]:
        """Predict kernels of an MLIR file on a device of the catalogue."""
        if not kernels:
            return []
        asked, places = rows.distinct(kernels)
        table = rows.from_kernels(asked, spec)
        found = self.predict_checked(table)
        found["launch"] = [*map(self._launch, table["op"], table["dtype"])]
        gap_s = self.eager_gap_s(spec) if Launch.EAGER in found["launch"] else 0.0
        return [
            _prediction(kernel, spec, stack or "", {name: found[name][at] for name in found}, gap_s)
            for kernel, at in zip(kernels, places, strict=True)
        ]

    def eager_gap_s(self, spec: DeviceSpec) -> float:
        """Return what the smallest eager call takes on a device: nearly all of it its launch."""
        row = {name: np.array([value]) for name, value in EMPTY.items()}
        return float(self.predict_checked({**row, "gpu": np.array([spec.name])})["latency_s"][0])

    def _launch(self, op: str, dtype: str) -> Launch | None:
        about = self._file.header.get("families", {}).get(rows.family_of(op, dtype), {})
        sources = about.get("sources")
        return launch_of(sources, dtype) if isinstance(sources, list) else None

    def _read(self, name: str, about: Mapping[str, Any]) -> FamilyModel:
        arrays = self._file.arrays(name)
        family = BY_NAME[name]
        try:
            if about["features"] != features.feature_names(family):
                raise ValueError("made for other features")
            if {len(arrays[name]) for name in ("low", "high")} != {len(about["features"])}:
                raise ValueError("a training range of other features")
            return FamilyModel(
                family,
                Forest.from_arrays(unpack(arrays), len(about["features"])),
                about["codes"],
                arrays["low"],
                arrays["high"],
                _intervals(arrays["known"]),
                _intervals(arrays["unseen"]),
                frozenset(about["gpus"]),
                network_of(arrays, len(about["features"])),
                tuple(_intervals(one) for one in arrays.get("unnamed", ())),
                min(max(float(about["blend"]), 0.0), 1.0),
            )
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise InputError(
                f"{self._file.path}: the model of {name} does not fit this hwprof "
                f"({plainly(error)}); fit it again with `hwprof fit`"
            ) from error


def _owners(table: Columns) -> tuple[npt.NDArray[np.intp], list[str]]:
    """Return the families of a table's rows, and each row's place among them."""
    ops, op_of = factorise(table["op"])
    dtypes, dtype_of = factorise(table["dtype"])
    if len(ops) == len(dtypes) == 1 and len(op_of):
        return np.zeros(len(op_of), dtype=np.intp), [rows.family_of(ops[0], dtypes[0])]
    owners = [[rows.family_of(op, kind) for kind in dtypes] for op in ops]
    names = sorted({name for line in owners for name in line})
    place = np.array([[names.index(name) for name in line] for line in owners], dtype=np.intp)
    used = place[op_of, dtype_of] if len(op_of) else np.empty(0, dtype=np.intp)
    present = np.flatnonzero(np.bincount(used, minlength=len(names)))
    return np.searchsorted(present, used), [names[at] for at in present]


def _intervals(array: npt.NDArray[Any]) -> Intervals:
    return Intervals(tuple(array[0]), tuple(array[1]))


def shipped_path() -> Path:
    """Return the model file that comes with hwprof."""
    return Path(str(files("costmodel.fitted").joinpath("gpu.npz")))


@functools.cache
def _shipped() -> Predictor:
    return Predictor(ModelFile(shipped_path()))


def _prediction(
    kernel: Kernel, spec: DeviceSpec, stack: str, found: Mapping[str, Any], gap_s: float
) -> Prediction:
    bound = attainable_s(kernel, spec, features.LAUNCH_S)
    flags = set(bound.flags) | {Flag(text) for text in str(found["flags"]).split() if text}
    limit = max(bound.compute_s, bound.memory_s)
    latency_s = float(found["latency_s"])
    answer = Prediction(
        kernel=kernel,
        device=spec.name,
        stack=stack,
        latency_s=latency_s,
        low_s=float(found["low_s"]),
        high_s=float(found["high_s"]),
        attainable_s=limit,
        bound=Bound.LATENCY if limit < features.LAUNCH_S else bound.bound,
        parts_s=bound.parts_s,
        flags=frozenset(flags),
        launch=found["launch"],
    )
    answer = emulated(held(answer, spec), spec)
    if stack in COMPILED:
        answer = compiled(answer, gap_s)
    return replace(answer, parts_s=_parts(answer, gap_s))


def _parts(answer: Prediction, gap_s: float) -> dict[str, float]:
    """Return what one execution's time is made of; an eager call's launch takes up to ``gap_s``."""
    left_s = max(0.0, answer.latency_s - answer.attainable_s)
    called_s = gap_s if answer.launch is Launch.EAGER else 0.0
    launch_s = max(features.LAUNCH_S, min(called_s, left_s))
    lost_s = max(0.0, left_s - launch_s)
    return {**answer.parts_s, "launch": launch_s, "lost": lost_s}


def _analytic(table: Columns, device_column: str) -> dict[str, npt.NDArray[Any]]:
    device = features.device_columns(table, device_column)
    bound = features.bound_s(table, device)
    latency = (bound - features.LAUNCH_S) / UNMODELLED_EFFICIENCY + features.LAUNCH_S
    flags = f"{Flag.ANALYTIC_ONLY.value} {Flag.OUTSIDE_TRAINING.value}"
    return {
        "latency_s": latency,
        "low_s": latency / UNMODELLED_FACTOR,
        "high_s": latency * UNMODELLED_FACTOR,
        "bound": bounds(table, device),
        "flags": np.full(len(latency), flags, dtype=object),
    }
