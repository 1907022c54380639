"""Registers a kernel's values need, counted from what its program keeps alive.

Every family states the same quantities, a thread's and in registers of 32 bits, so that what holds
for some families holds for others. They are counted in the kernels' text (``cuda/*.cuh``,
``microbench/workloads/triton_*.py``) and in what compilers are seen to make of it. Plain numbers in
them (``scalars``, how many copies keep an address) were chosen with the labels of their own family
in view, other than those of ``training.BLIND``; no fit touches them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.resources import demand_products, demand_rows, demand_streams, demand_triton
from costmodel.resources.columns import Array, Columns
from costmodel.resources.plan import ELEMENT_BYTES, FLOAT, KernelFamily

Settings = Mapping[str, npt.NDArray[Any]]
QUANTITIES = (
    "sums", "held", "scratch", "operands", "passing", "waiting", "hoistable", "early", "addresses",
    "masks", "scalars", "body", "units",
)  # fmt: skip
"""What is counted.

Needed at once, whatever the assembler does: ``sums``, results that live through the main loop;
``held``, inputs and moving pointers that do; ``scratch``, a second block of values beside the sums;
``operands``, the fewest inputs that a step can do with; ``passing``, loaded values on their way to
shared memory, before the operands are read; ``waiting``, loaded values that stay while products
run. Taken where there is room: ``hoistable``, reads of shared memory that are issued a step early;
``early``, loads and values that are ready before they have to be; ``addresses``, coordinates worth
keeping; ``masks``, bounds that guard single copies. In between: ``scalars``, coordinates and
counters beyond those of the shortest kernels. Beside them: ``body``, the products or operations of
the unrolled body; ``units``, who multiplies (0 lanes, 1 matrix instructions of a warp, 2 of a group
of warps, 3 with sums in tensor memory).
"""
_BYTES = np.array(list(ELEMENT_BYTES.values()), dtype=np.float64)
_COUNTS = {
    **demand_products.COUNTS,
    **demand_rows.COUNTS,
    **demand_streams.COUNTS,
    **demand_triton.COUNTS,
}


def counts(family: KernelFamily, arch: str, settings: Settings) -> dict[str, Array]:
    """Return every quantity of ``QUANTITIES`` for kernels of one family, one entry a kernel.

    ``settings`` has an array of one length for each setting of the family's space.
    """
    s = Columns({name: np.asarray(column, np.float64) for name, column in settings.items()})
    s["EB"] = _BYTES[np.asarray(settings.get("ELEMENT", np.full(s.length, FLOAT)), np.int64)]
    found = _COUNTS[family](s, arch)
    zero = np.zeros(s.length)
    return {name: np.asarray(found.get(name, 0.0) + zero) for name in QUANTITIES}
