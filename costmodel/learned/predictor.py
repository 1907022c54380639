"""Predictions from a model file: seconds, a 90% interval, what bounds the kernel, and flags."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.analytic.roofline import attainable_s
from costmodel.kernel import Bound, Flag, Kernel, Prediction
from costmodel.learned import features, rows
from costmodel.learned.device_intervals import DeviceIntervals
from costmodel.learned.families import BY_NAME, ModelFamily
from costmodel.learned.foreign import refine
from costmodel.learned.intervals import Intervals
from costmodel.learned.model_file import ModelFile
from costmodel.learned.pack import unpack
from costmodel.learned.trees import Forest
from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError

UNMODELLED_EFFICIENCY = 0.5
UNMODELLED_FACTOR = 4.0
"""A family nobody measured: half the bound's rate, between a quarter and four times that."""
_SLACK = 0.05
"""How far outside the training range, in natural logs or codes, still counts as inside."""
Columns = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class FamilyModel:
    """A family's trees, intervals and training range, as read from a file."""

    family: ModelFamily
    forest: Forest
    codes: dict[str, dict[str, int]]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    known: Intervals
    unseen: Intervals
    gpus: frozenset[str]

    def predict(self, table: Columns, device_column: str) -> dict[str, npt.NDArray[Any]]:
        """Predict rows of this family."""
        device = features.device_columns(table, device_column)
        bound = features.bound_s(table, device)
        x = features.matrix(self.family, table, device, self.codes)
        latency = bound * np.exp(np.clip(self.forest.predict(x), *features.LOG_RATIO_RANGE))
        count = len(self.family.shapes) + 5
        with np.errstate(invalid="ignore"):
            outside = (x[:, :count] < self.low[:count] - _SLACK) | (
                x[:, :count] > self.high[:count] + _SLACK
            )
        beyond = np.asarray(outside.any(axis=1))
        names, which = features.factorise(np.asarray(table[device_column]))
        foreign = np.array([catalogue.find(name).name not in self.gpus for name in names])[which]
        low, high = self.known.around(latency, beyond)
        low_unseen, high_unseen = self.unseen.around(latency, beyond)
        compute = np.asarray(table["flops"], dtype=float) / device["peak"]
        memory = np.asarray(table["bytes"], dtype=float) / device["bandwidth"]
        return {
            "latency_s": latency,
            "low_s": np.where(foreign, np.minimum(low, low_unseen), low),
            "high_s": np.where(foreign, np.maximum(high, high_unseen), high),
            "bound": _bounds(compute, memory),
            "flags": np.where(beyond | foreign, Flag.OUTSIDE_TRAINING.value, "").astype(object),
        }


class Predictor:
    """Models of every family of one file; each is read when first asked for."""

    def __init__(self, file: ModelFile) -> None:
        self._file = file
        self._models: dict[str, FamilyModel] = {}
        self._device_intervals: dict[str, DeviceIntervals | None] = {}

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
        """Predict rows with the data packs' columns; one array per result, in the rows' order.

        Rows of an op without a model get the analytic bound's rough multiple and a flag.
        """
        for name in (device_column, "op", "dtype", "flops", "bytes"):
            if name not in table:
                raise InputError(f"the table has no column {name!r}")
        ops, op_of = features.factorise(np.asarray(table["op"]))
        dtypes, dtype_of = features.factorise(np.asarray(table["dtype"]))
        owners = np.array([[rows.family_of(op, kind) for kind in dtypes] for op in ops])
        owner = owners[op_of, dtype_of] if len(op_of) else np.array([], dtype=str)
        out: dict[str, Any] = {
            name: np.empty(len(owner), dtype=float) for name in ("latency_s", "low_s", "high_s")
        }
        out["bound"] = np.empty(len(owner), dtype=object)
        out["flags"] = np.empty(len(owner), dtype=object)
        for name in np.unique(owner):
            chosen = np.flatnonzero(owner == name)
            part = {column: np.asarray(values)[chosen] for column, values in table.items()}
            model = self.model(str(name))
            found = (
                self._answer(model, part, device_column)
                if model
                else _analytic(part, device_column)
            )
            for column, values in found.items():
                out[column][chosen] = values
        return out

    def _answer(
        self, model: FamilyModel, table: Columns, device_column: str
    ) -> dict[str, npt.NDArray[Any]]:
        """Predict rows of a family; devices it was not trained on are answered by their kin."""
        found = model.predict(table, device_column)
        return refine(model, self._unmeasured(model.family.name), table, device_column, found)

    def _unmeasured(self, name: str) -> DeviceIntervals | None:
        """Return a family's intervals for devices nobody measured, if the file has them."""
        if name not in self._device_intervals:
            arrays = self._file.arrays(f"unseen.{name}")
            try:
                found = DeviceIntervals.from_arrays(arrays) if arrays else None
            except (KeyError, ValueError, IndexError, TypeError) as error:
                raise InputError(
                    f"{self._file.path}: the intervals of {name} on unmeasured devices are "
                    f"damaged ({error})"
                ) from error
            self._device_intervals[name] = found
        return self._device_intervals[name]

    def predict(
        self, kernels: Sequence[Kernel], spec: DeviceSpec, stack: str | None = None
    ) -> list[Prediction]:
        """Predict kernels of an MLIR file on a device of the catalogue."""
        if not kernels:
            return []
        table = rows.from_kernels(kernels, spec)
        found = self.predict_table(table)
        return [
            _prediction(kernel, spec, stack or "", {name: found[name][at] for name in found})
            for at, kernel in enumerate(kernels)
        ]

    def _read(self, name: str, about: Mapping[str, Any]) -> FamilyModel:
        arrays = self._file.arrays(name)
        family = BY_NAME[name]
        try:
            if about["features"] != features.feature_names(family):
                raise ValueError("made for other features")
            return FamilyModel(
                family,
                Forest.from_arrays(unpack(arrays), len(about["features"])),
                about["codes"],
                arrays["low"],
                arrays["high"],
                Intervals(tuple(arrays["known"][0]), tuple(arrays["known"][1])),
                Intervals(tuple(arrays["unseen"][0]), tuple(arrays["unseen"][1])),
                frozenset(about["gpus"]),
            )
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise InputError(
                f"{self._file.path}: the model of {name} does not fit this hwprof ({error}); "
                "fit it again with `hwprof fit`"
            ) from error


@functools.cache
def _shipped() -> Predictor:
    return Predictor(ModelFile(Path(str(files("costmodel.fitted").joinpath("gpu.npz")))))


def _prediction(
    kernel: Kernel, spec: DeviceSpec, stack: str, found: Mapping[str, Any]
) -> Prediction:
    bound = attainable_s(kernel, spec, features.LAUNCH_S)
    flags = set(bound.flags) | {Flag(text) for text in str(found["flags"]).split() if text}
    limit = max(bound.compute_s, bound.memory_s)
    latency_s = float(found["latency_s"])
    return Prediction(
        kernel=kernel,
        device=spec.name,
        stack=stack,
        latency_s=latency_s,
        low_s=float(found["low_s"]),
        high_s=float(found["high_s"]),
        attainable_s=limit,
        bound=Bound.LATENCY if limit < features.LAUNCH_S else bound.bound,
        parts_s={**bound.parts_s, "lost": max(0.0, latency_s - limit - features.LAUNCH_S)},
        flags=frozenset(flags),
    )


def _bounds(compute: npt.NDArray[Any], memory: npt.NDArray[Any]) -> npt.NDArray[Any]:
    bound = np.where(compute >= memory, Bound.COMPUTE.value, Bound.MEMORY.value)
    floor = np.maximum(compute, memory) < features.LAUNCH_S
    return np.where(floor, Bound.LATENCY.value, bound).astype(object)


def _analytic(table: Columns, device_column: str) -> dict[str, npt.NDArray[Any]]:
    device = features.device_columns(table, device_column)
    bound = features.bound_s(table, device)
    latency = (bound - features.LAUNCH_S) / UNMODELLED_EFFICIENCY + features.LAUNCH_S
    compute = np.asarray(table["flops"], dtype=float) / device["peak"]
    memory = np.asarray(table["bytes"], dtype=float) / device["bandwidth"]
    flags = f"{Flag.ANALYTIC_ONLY.value} {Flag.OUTSIDE_TRAINING.value}"
    return {
        "latency_s": latency,
        "low_s": latency / UNMODELLED_FACTOR,
        "high_s": latency * UNMODELLED_FACTOR,
        "bound": _bounds(compute, memory),
        "flags": np.full(len(latency), flags, dtype=object),
    }
