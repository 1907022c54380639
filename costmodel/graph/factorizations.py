"""Costs of LAPACK's and cuSOLVER's routines, called by name; matrices are the last two axes.

FLOP of leading order, for an m by n matrix. Sources: LAPACK Working Note 41 (Blackford and
Dongarra), appendix C, for factors, reflectors and reductions; Golub and Van Loan, "Matrix
Computations", 4th edition, for what iterates (8.3.3, 7.5.6, 8.6.3: Golub and Reinsch) and for
tridiagonal systems (4.3.6). Routines that divide and conquer or rotate (``syevd``, ``gesdd``,
``gesvdj``) count as those do. Complex numbers take four times as many.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from costmodel.graph.cost import COMPLEX, CostRule, OpCost, Role, Typed
from costmodel.kernel import Family
from costmodel.mlir.types import TensorType

_NAME = re.compile(
    r"(?:lapack_[sdcz]|blas_[sdcz]|(?:cu|hip)(?:solver_|sparse_|blas_|hybrid_))"
    r"(?P<routine>[a-z]+\w*?)(?:_batched)?(?:_ffi)?"
)
_OF_ACCELERATORS = {
    "Cholesky": "potrf",
    "Eigh": "syevd",
    "LuDecomposition": "getrf",
    "ProductOfElementaryHouseholderReflectors": "orgqr",
    "Qr": "geqrf",
}
"""Targets of XLA for TPU, and the routine of LAPACK that computes the same."""
_SAME = {
    "ungqr": "orgqr",
    "unmqr": "ormqr",
    "heevd": "syevd",
    "syevj": "syevd",
    "hetrd": "sytrd",
    "gesvd": "gesdd",
    "gesvdj": "gesdd",
    "gesvdp": "gesdd",
    "geqp3": "geqrf",
    "eig_real": "geev",
    "eig_comp": "geev",
    "gtsv2": "gtsv",
}
_WANTED = re.compile(r"\b(?:mode|(?:compute_)?(?:left|right)|compute_uv)\s*=\s*(\w+)")
_UNWANTED = ("78", "false")
"""What says that vectors are not asked for: LAPACK's letter N as a number, or a boolean."""
_THIN = re.compile(r"\bmode\s*=\s*83\b|\bfull_matrices\s*=\s*false")
"""As many vectors as singular values: the letter S, or a boolean."""


@dataclass(frozen=True, slots=True)
class _Problem:
    """An m by n matrix, the columns of the second operand, and which vectors are asked for."""

    m: float
    n: float
    columns: float
    vectors: bool
    thin: bool

    @property
    def short(self) -> float:
        """The shorter side."""
        return min(self.m, self.n)

    @property
    def long(self) -> float:
        """The longer side."""
        return max(self.m, self.n)


def _lu(p: _Problem) -> float:
    return p.long * p.short**2 - p.short**3 / 3


def _reflectors(p: _Problem) -> float:
    """``orgqr``: an m by n matrix of orthogonal columns from as many reflectors as it has."""
    k = min(p.columns, p.short)
    return 4 * p.m * p.n * k - 2 * (p.m + p.n) * k**2 + 4 * k**3 / 3


def _singular(p: _Problem) -> float:
    long, short = p.long, p.short
    if not p.vectors:
        return 4 * long * short**2 - 4 * short**3 / 3
    if p.thin:
        return 14 * long * short**2 + 8 * short**3
    return 4 * long**2 * short + 8 * long * short**2 + 9 * short**3


_FLOP: dict[str, Callable[[_Problem], float]] = {
    "potrf": lambda p: p.n**3 / 3,
    "getrf": _lu,
    "geqrf": lambda p: 2 * p.long * p.short**2 - 2 * p.short**3 / 3,
    "orgqr": _reflectors,
    "gehrd": lambda p: 10 * p.n**3 / 3,
    "sytrd": lambda p: 4 * p.n**3 / 3,
    "syevd": lambda p: 9 * p.n**3 if p.vectors else 4 * p.n**3 / 3,
    "geev": lambda p: 25 * p.n**3 if p.vectors else 10 * p.n**3,
    "gees": lambda p: 25 * p.n**3 if p.vectors else 10 * p.n**3,
    "gesdd": _singular,
    "trsm": lambda p: p.n**2 * p.columns,
}


@functools.lru_cache(maxsize=1024)
def factorization(target: str) -> CostRule | None:
    """Return the rule of a routine by a custom call's target, ``None`` for any other name."""
    found = _NAME.fullmatch(target)
    routine = found.group("routine") if found else _OF_ACCELERATORS.get(target, "")
    routine = _SAME.get(routine, routine)
    if routine == "gtsv":
        return _tridiagonal
    return functools.partial(_cost, routine) if routine in _FLOP else None


def _cost(routine: str, typed: Typed) -> OpCost:
    matrix, other = typed.operand(0), typed.operand(1)
    if matrix is None or len(matrix.shape) < 2:
        return OpCost(Role.UNKNOWN)
    m, n = (float(size or 1) for size in matrix.shape[-2:])
    columns = float(other.shape[-1] or 1) if other is not None and other.shape else n
    if routine == "trsm" and other is not None:
        columns = other.elements / max(matrix.elements / m, 1.0)
    told = _WANTED.findall(typed.op.header)
    vectors = any(one not in _UNWANTED for one in told) or not told
    problem = _Problem(m, n, columns, vectors, _THIN.search(typed.op.header) is not None)
    return _heavy(routine, matrix, matrix.elements / (m * n) * _FLOP[routine](problem))


def _tridiagonal(typed: Typed) -> OpCost:
    """Return the cost of a tridiagonal system: 3 n FLOP, and 5 n a right-hand side."""
    diagonal, right = typed.operand(1), typed.operand(3)
    if diagonal is None or right is None:
        return OpCost(Role.UNKNOWN)
    return _heavy("gtsv", diagonal, 3 * diagonal.elements + 5 * right.elements)


def _heavy(routine: str, matrix: TensorType, work_flop: float) -> OpCost:
    times = 4.0 if matrix.number_format in COMPLEX else 1.0
    if not 0 <= work_flop < math.inf:
        return OpCost(Role.UNKNOWN)
    return OpCost(Role.HEAVY, Family.OTHER, routine, times * work_flop)
