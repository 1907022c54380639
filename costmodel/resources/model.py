"""Registers and spills of kernels nobody compiled: counted registers, corrected by boosted trees.

The counts (``demand``) are closed-form. A weight for each kind of value, the same for all families,
turns them into registers: that is the prediction for families without labels, where trees were no
better. For families with labels, trees add what they learned of the assembler. Prediction needs
NumPy only.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import model_file
from costmodel.learned.trees import Forest
from costmodel.resources.demand import Settings
from costmodel.resources.features import FEATURES, TERMS, Kernels, counted
from costmodel.resources.plan import KernelFamily
from microbench.errors import InputError, plainly

KIND = "resources"
LEAST_REGISTERS = 8
"""The step in which a thread's registers are given out."""
SPILLS_ABOVE = 0.5


@dataclass(frozen=True, slots=True)
class Usage:
    """What kernels are predicted to take, one entry a kernel."""

    registers: npt.NDArray[np.int64]
    """Registers of 32 bits of a thread, at most what the launch bounds allow."""
    spills: npt.NDArray[np.bool_]
    """Whether values leave the registers for local memory."""


@dataclass(frozen=True, slots=True)
class ResourceModel:
    """A weight for each of ``TERMS``, and two forests: registers beside them, chance of a spill."""

    weights: npt.NDArray[np.float64]
    registers: Forest
    spills: Forest
    provenance: Mapping[str, Any]

    def predict(self, family: KernelFamily, arch: str, settings: Settings) -> Usage:
        """Return what kernels of one family take on ``arch`` (``sm_80``, ``sm_90a``, ``sm_100a``).

        ``settings``: an array of one length for each setting of the family (``plan.SPACES``).
        """
        kernels = counted(family, arch, settings)
        if family.value not in self.provenance.get("families", ()):
            return by_counts(kernels, self.weights)
        rows = kernels.features(self.weights).astype(np.float32)
        found = by_weights(kernels, self.weights) + self.registers.predict(rows)
        return Usage(_possible(found, kernels), self.spills.predict(rows) > SPILLS_ABOVE)

    def write(self, path: Path) -> None:
        """Write the model as arrays and a JSON header."""
        arrays = {
            f"{name}/{key}": array
            for name, forest in (("registers", self.registers), ("spills", self.spills))
            for key, array in forest.arrays().items()
        }
        header = {
            "kind": KIND,
            "terms": list(TERMS),
            "features": list(FEATURES),
            "provenance": dict(self.provenance),
        }
        model_file.write(path, header, {**arrays, "weights/weights": self.weights})

    @classmethod
    def read(cls, path: Path) -> ResourceModel:
        """Read a model; ``InputError`` for a file that is damaged, foreign or of other features."""
        file = model_file.ModelFile(path)
        if file.header.get("kind") != KIND:
            raise InputError(f"{path}: a hwprof model, but not of resources")
        asked = (file.header.get("terms"), file.header.get("features"))
        if asked != (list(TERMS), list(FEATURES)):
            raise InputError(f"{path}: made for other features; fit it again")
        try:
            weights = file.arrays("weights")["weights"].astype(np.float64)
            if weights.shape != (len(TERMS),) or not np.isfinite(weights).all():
                raise ValueError("weights")
            registers, spills = (
                Forest.from_arrays(file.arrays(name), len(FEATURES))
                for name in ("registers", "spills")
            )
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise InputError(
                f"{path}: a resource model that is damaged ({plainly(error)})"
            ) from error
        return cls(weights, registers, spills, file.header.get("provenance", {}))


def by_counts(kernels: Kernels, weights: npt.NDArray[np.float64]) -> Usage:
    """Return what kernels take by the weighted counts alone.

    They spill where values that are alive at once do not fit under the cap.
    """
    return Usage(
        _possible(by_weights(kernels, weights), kernels), kernels.need(weights) > kernels.cap
    )


def _possible(registers: npt.NDArray[np.float64], kernels: Kernels) -> npt.NDArray[np.int64]:
    least = np.minimum(LEAST_REGISTERS, kernels.cap)
    return np.clip(np.rint(registers), least, kernels.cap).astype(np.int64)


def by_weights(kernels: Kernels, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return registers by the weights alone, up to the cap."""
    return np.minimum(kernels.wish(weights), kernels.cap)


@functools.cache
def shipped() -> ResourceModel:
    """Return the model that comes with hwprof, read once."""
    return ResourceModel.read(Path(str(files("costmodel.resources").joinpath("model.npz"))))
