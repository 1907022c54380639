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

PREDICATES = 7
"""Predicate registers of a thread (``P0`` to ``P6`` in machine code)."""
PREDICATED = 33
"""Longest guarded block, in instructions, that is predicated and not jumped over."""
WAITING_ADDRESSES = 4
"""Addresses, of 64 bits each, that wait at once for a second load through them: the loads through
one come together, and free it. Read off matrix-vector products, as the next."""
ADDRESSES_AHEAD = 8
"""Addresses made before the first load of many."""


class Columns(dict[str, Array]):
    """Settings by name, and ``EB``, the bytes of an element; one entry a kernel."""

    @property
    def length(self) -> int:
        """How many kernels."""
        return len(self["THREADS"])


def words_of(s: Columns) -> Array:
    """Return the registers that a vector takes as it is loaded, before it is widened."""
    return np.asarray(np.maximum(s["VECTOR"] * s["EB"] / 4, 1))


def loaded(loads: Array, words: Array) -> Array:
    """Return the registers of ``loads`` loads of ``words`` that come together, addresses included.

    Each has an address of its own, made anew, which lies where its load will: one of 64 bits is
    more than a load of one word leaves room for.
    """
    beside = np.minimum(loads, ADDRESSES_AHEAD) * np.maximum(2 - words, 0)
    return np.asarray(loads * words + beside)
