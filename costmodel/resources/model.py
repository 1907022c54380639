"""Registers and spills of kernels nobody compiled: counted registers, corrected by boosted trees.

The counts (``demand``) are closed-form; a value counts as the registers it takes, and four
constants are fitted for all families together: that is the prediction for families without labels,
where trees were no better. For families with labels, trees add what they learned of the assembler.
Prediction needs NumPy only.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import model_file
from costmodel.learned.trees import Forest
from costmodel.resources.demand import Settings
from costmodel.resources.features import FEATURES, Constants, Kernels, counted
from costmodel.resources.plan import KernelFamily
from microbench.errors import InputError, plainly

KIND = "resources"
LEAST_REGISTERS = 8
"""The step in which a thread's registers are given out."""
SPILLS_ABOVE = 0.5
COLLAPSED_REGISTERS = 32
"""What the assembler leaves a Triton kernel that needs far more than there are (seen in the
labels: tiles that nobody would run, all of whose values lie in memory)."""
CONSTANTS = tuple(field.name for field in fields(Constants))


@dataclass(frozen=True, slots=True)
class Usage:
    """What kernels are predicted to take, one entry a kernel."""

    registers: npt.NDArray[np.int64]
    """Registers of 32 bits of a thread, at most what the launch bounds allow."""
    spills: npt.NDArray[np.bool_]
    """Whether values leave the registers for local memory."""


@dataclass(frozen=True, slots=True)
class ResourceModel:
    """Constants of the counts, and two forests: registers beside them, chance of a spill."""

    constants: Constants
    registers: Forest
    spills: Forest
    provenance: Mapping[str, Any]

    def predict(self, family: KernelFamily, arch: str, settings: Settings) -> Usage:
        """Return what kernels of one family take on ``arch`` (``sm_80``, ``sm_90a``, ``sm_100a``).

        ``settings``: an array of one length for each setting of the family (``plan.SPACES``).
        """
        kernels = counted(family, arch, settings)
        if family.value not in self.provenance.get("families", ()):
            return by_counts(kernels, self.constants)
        rows = kernels.features(self.constants).astype(np.float32)
        found = granted(kernels, self.constants) + self.registers.predict(rows)
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
            "constants": list(CONSTANTS),
            "features": list(FEATURES),
            "provenance": dict(self.provenance),
        }
        constants = np.array(astuple(self.constants), np.float64)
        model_file.write(path, header, {**arrays, "counts/constants": constants})

    @classmethod
    def read(cls, path: Path) -> ResourceModel:
        """Read a model; ``InputError`` for a file that is damaged, foreign or of other features."""
        file = model_file.ModelFile(path)
        if file.header.get("kind") != KIND:
            raise InputError(f"{path}: a hwprof model, but not of resources")
        asked = (file.header.get("constants"), file.header.get("features"))
        if asked != (list(CONSTANTS), list(FEATURES)):
            raise InputError(f"{path}: made for other features; fit it again")
        try:
            found = file.arrays("counts")["constants"].astype(np.float64)
            if found.shape != (len(CONSTANTS),) or not np.isfinite(found).all():
                raise ValueError("constants")
            registers, spills = (
                Forest.from_arrays(file.arrays(name), len(FEATURES))
                for name in ("registers", "spills")
            )
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise InputError(
                f"{path}: a resource model that is damaged ({plainly(error)})"
            ) from error
        constants = Constants(*(float(number) for number in found))
        return cls(constants, registers, spills, file.header.get("provenance", {}))


def by_counts(kernels: Kernels, constants: Constants) -> Usage:
    """Return what kernels take by the counts alone.

    They spill where values that are alive at once do not fit under the cap.
    """
    registers = _possible(granted(kernels, constants), kernels)
    return Usage(registers, kernels.need(constants) > kernels.cap)


def _possible(registers: npt.NDArray[np.float64], kernels: Kernels) -> npt.NDArray[np.int64]:
    least = np.minimum(LEAST_REGISTERS, kernels.cap)
    return np.clip(np.rint(registers), least, kernels.cap).astype(np.int64)


def granted(kernels: Kernels, constants: Constants) -> npt.NDArray[np.float64]:
    """Return registers by the counts alone: the wish up to the cap, few where kernels collapse."""
    collapsed = kernels.triton & (kernels.need(constants) > constants.collapse * kernels.cap)
    wish = np.minimum(kernels.wish(constants), kernels.cap)
    return np.where(collapsed, np.minimum(COLLAPSED_REGISTERS, kernels.cap), wish)


@functools.cache
def shipped() -> ResourceModel:
    """Return the model that comes with hwprof, read once."""
    return ResourceModel.read(Path(str(files("costmodel.resources").joinpath("model.npz"))))
