"""What the resource model sees of a kernel: counted registers, their sum against the cap, the chip."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from costmodel.resources.demand import QUANTITIES, Settings, counts
from costmodel.resources.plan import ARCHITECTURES, MOST_REGISTERS, REGISTERS_SM, TRITON, KernelFamily

Array = npt.NDArray[np.float64]
BASE_REGISTERS = 12
"""What the shortest kernels take: thread and block numbers, one address, one value."""
FEATURES = (*QUANTITIES, "need", "wish", "need_over", "wish_over", "cap", "threads", "arch", "triton")
"""``need``: registers alive at once, whatever the order; ``wish``: with everything worth keeping;
``_over``: what of them the cap leaves without a register."""


def caps(settings: Settings) -> Array:
    """Return the most registers a thread may get under each kernel's launch bounds.

    The rule is ``plan.cap``'s, for columns.
    """
    threads = np.asarray(settings["THREADS"], np.int64)
    blocks = np.maximum(np.asarray(settings.get("MINIMUM", np.ones_like(threads)), np.int64), 1)
    warps = -(-threads // 32) * blocks
    share = REGISTERS_SM // 4 // (32 * -(-warps // 4))
    return np.minimum(MOST_REGISTERS, share // 8 * 8).astype(np.float64)


def features(family: KernelFamily, arch: str, settings: Settings) -> tuple[Array, Array, Array]:
    """Return the table of ``FEATURES``, the closed-form registers and the caps, a row a kernel."""
    c, cap = counts(family, arch, settings), caps(settings)
    in_tensor_memory = c["units"] == 3
    second = np.maximum(c["operands"] + c["scratch"], c["passing"]) + c["waiting"]
    live = np.where(in_tensor_memory, np.maximum(c["sums"], second), c["sums"] + second)
    need = BASE_REGISTERS + c["held"] + live
    wish = need + c["hoistable"] + c["addresses"] + c["masks"] + c["scalars"]
    columns = [
        *(c[name] for name in QUANTITIES),
        need, wish, np.maximum(need - cap, 0), np.maximum(wish - cap, 0), cap,
        np.asarray(settings["THREADS"], np.float64),
        np.full(len(cap), ARCHITECTURES.index(arch), np.float64),
        np.full(len(cap), float(family in TRITON)),
    ]  # fmt: skip
    return np.stack(columns, axis=1), np.minimum(wish, cap), cap
