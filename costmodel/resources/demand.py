"""Registers a kernel's values need, counted from what its loops keep alive.

Every family states the same quantities, per thread and in registers of 32 bits, so that what was
learned on some families carries to others. They are counts from the kernels' text, not fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from costmodel.resources.plan import ELEMENT_BYTES, FLOAT, KernelFamily

Columns = Mapping[str, npt.NDArray[np.float64]]
Counts = dict[str, npt.NDArray[np.float64] | float]

COUNTS = (
    "sums", "held", "scratch", "operands", "flight", "hoistable", "addresses", "masks", "scalars",
)
"""What is counted.

``sums``: results that live through the main loop. ``held``: inputs that do. ``scratch``: a second
block of values that lives while the sums do. ``operands``: what one step of products reads.
``flight``: loads that wait in registers by the program's order. ``hoistable``: further loads
of the unrolled body that nothing keeps from being issued at once. ``addresses``: pointers and
coordinates worth keeping. ``masks``: bounds that guard single copies. ``scalars``: arguments and
counters.
"""
