"""Settings of many kernels as columns, and what counts of them are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Counts = dict[str, Any]
"""Quantities (``demand.QUANTITIES``) that are not 0: arrays, or one number for all kernels."""
DIVISION = 5
"""Registers of an exact division of floats beside its operands: it calls a routine for odd cases.
Read off softmax, whose kernels hold their values, the sums' few registers and this."""


class Columns(dict[str, Array]):
    """Settings by name, and ``EB``, the bytes of an element; one entry a kernel."""

    @property
    def length(self) -> int:
        """How many kernels."""
        return len(self["THREADS"])
