"""What tiles of the ready-made spaces take of a device, as a stack's Triton kernels would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Resources
from costmodel.resources import model
from costmodel.resources.occupancy import Multiprocessor, occupancy
from costmodel.resources.plan import BF16, F16, FLOAT, KernelFamily
from costmodel.resources.shared import block_shared_bytes
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

_ARCHITECTURES = {
    "8.0": "sm_80", "8.6": "sm_80", "8.7": "sm_80", "8.9": "sm_80",
    "9.0": "sm_90a", "10.0": "sm_100a", "10.3": "sm_100a",
}  # fmt: skip
"""Whose labels stand for a compute capability: Triton makes the same instructions for them."""
_ELEMENTS = {NumberFormat.FP16: F16, NumberFormat.BF16: BF16, NumberFormat.FP32: FLOAT}
_HALVES = (KernelFamily.TRITON_ATTENTION, KernelFamily.TRITON_CONV)
"""Families with labels for 16-bit operands only."""


@dataclass(frozen=True, slots=True)
class Target:
    """What decides a tile's machine code beside the tile, and the multiprocessor it lands on."""

    arch: str
    element: int
    sm: Multiprocessor


@dataclass(frozen=True, slots=True)
class TileUsages:
    """What tiles take, one entry a tile."""

    registers: npt.NDArray[np.int64]
    spills: npt.NDArray[np.bool_]
    shared_bytes: npt.NDArray[np.int64]
    occupancy: npt.NDArray[np.float64]

    @property
    def sound(self) -> npt.NDArray[np.bool_]:
        """Which tiles can be launched and do not spill."""
        return ~self.spills & (self.occupancy > 0)

    def take(self, order: npt.NDArray[Any]) -> TileUsages:
        """Return the tiles in another order."""
        columns = (self.registers, self.spills, self.shared_bytes, self.occupancy)
        return TileUsages(*(column[order] for column in columns))

    def resources(self, row: int) -> Resources:
        """Return what one tile takes."""
        return Resources(
            int(self.registers[row]),
            int(self.shared_bytes[row]),
            float(self.occupancy[row]),
            bool(self.spills[row]),
        )


def target_of(spec: DeviceSpec, number_format: NumberFormat) -> Target | None:
    """Return what labels stand for a device and format, or ``None`` where there are none."""
    arch = _ARCHITECTURES.get(spec.compute_capability or "")
    element, sm = _ELEMENTS.get(number_format), Multiprocessor.of(spec)
    if arch is None or element is None or sm is None or spec.vendor != "nvidia":
        return None
    return Target(arch, element, sm)


def usages(
    family: KernelFamily, target: Target, blocks: Mapping[str, npt.NDArray[Any]]
) -> TileUsages | None:
    """Return what tiles of a Triton family take, or ``None`` where no labels stand for them.

    ``blocks``: an array of one length for each constant of the family's kernel, with ``num_warps``
    and ``num_stages``.
    """
    if target.element == FLOAT and family in _HALVES:
        return None
    fitted = model.shipped()
    if family.value not in fitted.provenance.get("families", ()):
        return None
    warps = np.asarray(blocks["num_warps"], np.int64)
    settings = {
        **blocks,
        "THREADS": warps * target.sm.warp,
        "ELEMENT": np.full(len(warps), target.element),
    }
    found = fitted.predict(family, target.arch, settings)
    shared = block_shared_bytes(family, target.arch, settings)
    threads = settings["THREADS"]
    return TileUsages(
        found.registers,
        found.spills,
        shared,
        occupancy(target.sm, threads, found.registers, shared),
    )
