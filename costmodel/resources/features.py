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
TERMS = ("sums", "held", "second", "waiting", "base", "hoistable", "early", "addresses", "masks", "scalars")
NEEDED = 5
"""The first terms are alive whatever the assembler does; the others it may give up."""
"""What adds up to a kernel's registers. ``second`` is the larger of the operands with the scratch
values and of what passes through registers before them; ``base`` counts every kernel once."""
FEATURES = (
    *QUANTITIES, "wish", "wish_over", "wish_share", "need_over", "need_share",
    "cap", "threads", "arch", "triton",
)  # fmt: skip
"""``wish``: the weighted terms; ``need``: those that are needed; ``_over``, ``_share``: against the
cap."""


@dataclass(frozen=True, slots=True)
class Kernels:
    """Kernels of one family and architecture, counted; one row a kernel."""

    terms: Array
    """Columns as ``TERMS``."""
    quantities: Array
    cap: Array
    chip: Array

    def wish(self, weights: Array) -> Array:
        """Return the registers a thread would have without a cap, by a weight for each term."""
        return np.asarray(self.terms @ weights)

    def need(self, weights: Array) -> Array:
        """Return the registers that are alive at once whatever the assembler does."""
        return np.asarray(self.terms[:, :NEEDED] @ weights[:NEEDED])

    def features(self, weights: Array) -> Array:
        """Return the table of ``FEATURES``."""
        wish, need = self.wish(weights), self.need(weights)
        against = [
            side for one in (wish, need) for side in (np.maximum(one - self.cap, 0), one / self.cap)
        ]
        return np.column_stack([self.quantities, wish, *against, self.cap, self.chip])


def counted(family: KernelFamily, arch: str, settings: Settings) -> Kernels:
    """Return the counts of kernels of one family; see ``demand.counts``."""
    c, cap = counts(family, arch, settings), caps(settings)
    second = np.maximum(c["operands"] + c["scratch"], c["passing"])
    sums, apart = c["sums"], c["units"] == 3
    terms = {
        **c,
        "sums": np.where(apart, 0, sums),
        "second": np.where(apart, np.maximum(second, sums), second),
        "base": np.ones(len(cap)),
    }
    chip = [
        np.asarray(settings["THREADS"], np.float64),
        np.full(len(cap), ARCHITECTURES.index(arch), np.float64),
        np.full(len(cap), float(family in TRITON)),
    ]
    return Kernels(
        np.column_stack([terms[name] for name in TERMS]),
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
