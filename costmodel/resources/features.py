"""What the resource model sees of a kernel: its counted registers, the cap, the chip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from costmodel.resources.demand import QUANTITIES, Settings, counts
from costmodel.resources.plan import (
    ARCHITECTURES,
    MOST_REGISTERS,
    REGISTERS_SM,
    TRITON,
    KernelFamily,
)

Array = npt.NDArray[np.float64]
SPARE = ("hoistable", "early", "addresses", "masks")
"""Registers that the assembler takes where there are any, and may do without."""
FEATURES = (
    *QUANTITIES, "wish", "wish_over", "wish_share", "need_over", "need_share",
    "cap", "threads", "arch", "triton",
)  # fmt: skip
"""``wish`` and ``need``: see ``Kernels``; ``_over``, ``_share``: against the cap."""


@dataclass(frozen=True, slots=True)
class Constants:
    """The fitted numbers that all families share; everything else is counted."""

    base: float
    """Registers that every kernel has beside its counted ones."""
    scalars_share: float
    """Part of the scalars that a kernel cannot do without."""
    spare_share: float
    """Part of what it might do without, and yet spills for."""
    collapse: float
    """Times the cap: a Triton kernel that needs more gets few registers and keeps all in memory."""


@dataclass(frozen=True, slots=True)
class Kernels:
    """Kernels of one family and architecture, counted in registers of 32 bits; one row a kernel."""

    needed: Array
    """Values that are alive at once whatever the assembler does."""
    scalars: Array
    spare: Array
    quantities: Array
    cap: Array
    chip: Array

    @property
    def triton(self) -> npt.NDArray[np.bool_]:
        """Whether Triton compiled a kernel."""
        return np.asarray(self.chip[:, -1] > 0)

    def wish(self, constants: Constants) -> Array:
        """Return the registers a thread would have without a cap."""
        return self.needed + self.scalars + self.spare + constants.base

    def need(self, constants: Constants) -> Array:
        """Return the registers without which values leave for memory."""
        shares = constants.scalars_share * self.scalars + constants.spare_share * self.spare
        return self.needed + shares + constants.base

    def features(self, constants: Constants) -> Array:
        """Return the table of ``FEATURES``."""
        wish, need = self.wish(constants), self.need(constants)
        against = [
            side for one in (wish, need) for side in (np.maximum(one - self.cap, 0), one / self.cap)
        ]
        return np.column_stack([self.quantities, wish, *against, self.cap, self.chip])


def counted(family: KernelFamily, arch: str, settings: Settings) -> Kernels:
    """Return the counts of kernels of one family; see ``demand.counts``.

    Operands with the scratch values follow what passes through registers, so the larger of the
    two counts. Sums in tensor memory come back as operands of the last step.
    """
    c, cap = counts(family, arch, settings), caps(settings)
    apart = c["units"] == 3
    second = np.maximum(c["operands"] + c["scratch"], c["passing"])
    second = np.where(apart, np.maximum(second, c["sums"]), second)
    chip = [
        np.asarray(settings["THREADS"], np.float64),
        np.full(len(cap), ARCHITECTURES.index(arch), np.float64),
        np.full(len(cap), float(family in TRITON)),
    ]
    return Kernels(
        np.where(apart, 0, c["sums"]) + c["held"] + second + c["waiting"],
        c["scalars"],
        np.asarray(sum(c[name] for name in SPARE)),
        np.column_stack([c[name] for name in QUANTITIES]),
        cap,
        np.column_stack(chip),
    )


def caps(settings: Settings) -> Array:
    """Return the most registers a thread may get under each kernel's launch bounds.

    The rule is ``plan.cap``'s, for columns.
    """
    threads = np.asarray(settings["THREADS"], np.int64)
    blocks = np.maximum(np.asarray(settings.get("MINIMUM", np.ones_like(threads)), np.int64), 1)
    warps = -(-threads // 32) * blocks
    share = REGISTERS_SM // 4 // (32 * -(-warps // 4))
    return np.minimum(MOST_REGISTERS, share // 8 * 8).astype(np.float64)
