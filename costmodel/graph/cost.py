"""What one op costs, before ops are grouped into kernels.

A multiply-add counts as 2 FLOP, one of complex numbers as 8. ``reads`` and ``writes`` are full
tensor sizes; grouping decides which of them reach memory.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from costmodel.kernel import Family
from costmodel.mlir.ir import Op
from costmodel.mlir.types import TensorType
from microbench.formats import NumberFormat


class Role(StrEnum):
    """How an op takes part in forming kernels."""

    HEAVY = "heavy"  # a kernel of its own: product, convolution, FFT, sort
    POINTWISE = "pointwise"  # fuses with neighbours of the same shape
    REDUCTION = "reduction"  # ends a group of pointwise producers
    MOVEMENT = "movement"  # rearranges bytes: fuses as a producer, costs traffic when alone
    VIEW = "view"  # another name for the same bytes
    FREE = "free"  # constants, returns, bookkeeping
    CONTROL = "control"  # loops and calls: multiplied out
    UNKNOWN = "unknown"


_RANKS = {Role.HEAVY: 3, Role.REDUCTION: 2, Role.POINTWISE: 1}


@dataclass(frozen=True, slots=True)
class Update:
    """A part of some operands that an op writes anew (``updates``)."""

    targets: tuple[int, ...]
    """Which operands."""
    size_bytes: float
    """Bytes written, of all of them together."""
    adds: bool = False
    """Whether what stands there is read too, to combine it with what is new."""
    mutates: bool = False
    """Whether the op means the operand itself to change: it is never kept."""
    copies: bool = False
    """Whether the operands must be kept, and are copied whole first."""


@dataclass(frozen=True, slots=True)
class OpCost:
    """Cost of one execution of an op."""

    role: Role
    family: Family = Family.OTHER
    op: str = ""
    work_flop: float = 0.0
    dims: Mapping[str, float] = field(default_factory=dict)
    padding_flop: float = 0.0
    """Work of convolution taps that fall on padding, not in ``work_flop``."""
    swaps_last: bool = False
    """Whether a movement swaps the last two axes and no others: products read that as it is."""
    doubt: str = ""
    """How the sizes the text states contradict each other; the left operand's were taken."""
    update: Update | None = None
    """What the op writes, where that is part of an operand."""
    causal_at: int | None = None
    """Which operand says whether attention is causal, if one does."""
    number_format: NumberFormat | None = None
    """The format that runs it, where that is not the operands' own."""
    axes: tuple[int, ...] = ()
    """Which axis of the operand each axis of a transpose is; of a library call, the order its
    results' axes have in memory, where that is not the order they are written in."""
    rank: int = field(init=False, compare=False, repr=False, default=0)
    """Which op of a kernel names it: products before reductions before pointwise work."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rank", _RANKS.get(self.role, 0))


@dataclass(frozen=True, slots=True)
class Typed:
    """An op with the types of its operands and results, as far as they are known."""

    op: Op
    operands: Sequence[TensorType | None]
    results: Sequence[TensorType | None]
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def result(self) -> TensorType | None:
        """The first result's type."""
        return self.results[0] if self.results else None

    def operand(self, index: int) -> TensorType | None:
        """Type of an operand, ``None`` when it is missing or unknown."""
        return self.operands[index] if index < len(self.operands) else None


COMPLEX = (NumberFormat.COMPLEX64, NumberFormat.COMPLEX128)
COMPLEX_FLOP: Mapping[str, float] = {
    **dict.fromkeys("add addf sub subf subtract negate neg".split(), 2.0),
    **dict.fromkeys("multiply mul mulf".split(), 6.0),
    **dict.fromkeys("divide div divf".split(), 11.0),
    **dict.fromkeys("exponential exp".split(), 5.0),
    **dict.fromkeys("cosine cos sine sin log".split(), 6.0),
    "abs": 4.0,
    "fma": 8.0,
}
"""Real FLOP of an op on complex numbers, by its name in any dialect, written out in parts: products
4 and 2, quotients 6, 3 and 2 by the conjugate, magnitudes 2, 1 and a root, exponentials e^a (cos b,
sin b), cosines cos a cosh b and sin a sinh b, logarithms of a magnitude and an angle. XLA's cost
analysis counts each of them 1 (``HloCostAnalysis::HandleElementwiseOp``), as ops not here do."""
MOST_TAPS = 65536
"""Taps of one axis that are checked for padding; a longer kernel counts every tap."""

_PERMUTATION = re.compile(r"(?:dims|perms?|permutation)\s*=\s*(?:array<i\d+:|dense<)?([^\]>]*)")
FUSED = (".fma", ".fmuladd", ".Fma")
"""How names of ops end that multiply and add."""
_DIGITS, _INTEGER_TYPE = re.compile(r"\d+"), re.compile(r":\s*\w+")
CostRule = Callable[[Typed], OpCost]


def pointwise(op: str, flop_per_element: float = 1.0) -> CostRule:
    """Build the rule of an elementwise op: one FLOP an element unless said otherwise.

    Of complex numbers it is those of their parts, where ``COMPLEX_FLOP`` has them.
    """

    def rule(typed: Typed) -> OpCost:
        size = typed.result.elements if typed.result else 0.0
        dims = {"rows": 1.0, "cols": size, "inputs": float(len(typed.operands))}
        each = COMPLEX_FLOP.get(op, flop_per_element) if _is_complex(typed) else flop_per_element
        return OpCost(Role.POINTWISE, Family.ELEMENTWISE, op, each * size, dims)

    return rule


def _is_complex(typed: Typed) -> bool:
    """Say whether an op takes complex numbers, or makes them."""
    kinds = (typed.operand(0), typed.result)
    return any(kind is not None and kind.number_format in COMPLEX for kind in kinds)


def multiply_add(op: str) -> CostRule:
    """Build the rule of an op that multiplies and adds, in one instruction or two: 2 FLOP."""
    return pointwise(op, 2.0)


def movement(op: str) -> CostRule:
    """Build the rule of an op that only rearranges or selects bytes."""

    def rule(typed: Typed) -> OpCost:
        size = typed.result.elements if typed.result else 0.0
        return OpCost(Role.MOVEMENT, Family.DATA_MOVEMENT, op, 0.0, {"elements": size})

    return rule


def transpose(typed: Typed) -> OpCost:
    """Cost of a permutation of axes; one that leaves each in its place is a view."""
    found = _PERMUTATION.search(typed.op.header)
    text = _INTEGER_TYPE.sub("", found.group(1)) if found else ""
    axes = [int(axis) for axis in _DIGITS.findall(text)]
    last = len(axes) - 1
    if axes and axes == [*range(last + 1)]:
        return view(typed)
    swaps = last > 0 and axes == [*range(last - 1), last, last - 1]
    return replace(movement("transpose")(typed), swaps_last=swaps, axes=tuple(axes))


def view(_typed: Typed) -> OpCost:
    """Cost nothing: the same bytes under another shape."""
    return OpCost(Role.VIEW)


def free(_typed: Typed) -> OpCost:
    """Cost nothing: no work and no traffic of its own."""
    return OpCost(Role.FREE)


def reduction(op: str = "reduce") -> CostRule:
    """Build the rule of a reduction: one FLOP an input element, two of a complex one (a sum)."""

    def rule(typed: Typed) -> OpCost:
        source, result = typed.operand(0), typed.result
        size = source.elements if source else 0.0
        rows = max(result.elements, 1.0) if result else 1.0
        dims = {"rows": rows, "cols": size / rows}
        flop = COMPLEX_FLOP["add"] * size if _is_complex(typed) else size
        return OpCost(Role.REDUCTION, Family.ROWWISE, op, flop, dims)

    return rule


def gemm(b: float, m: float, n: float, k: float, op: str = "matmul") -> OpCost:
    """Cost of ``b`` products of (m, k) by (k, n): 2 b m n k FLOP."""
    dims = {"b": b, "m": m, "n": n, "k": k}
    return OpCost(Role.HEAVY, Family.GEMM, op, 2.0 * b * m * n * k, dims)


def in_real_numbers(cost: OpCost, typed: Typed) -> OpCost:
    """Return what multiply-adds of complex numbers take: 4 multiplications and 4 additions each.

    Half of them where one factor is real.
    """
    factors = [kind for kind in typed.operands if kind and kind.shape]
    times = 2.0 ** min(2, sum(kind.number_format in COMPLEX for kind in factors))
    if times == 1:
        return cost
    return replace(cost, work_flop=times * cost.work_flop, padding_flop=times * cost.padding_flop)


@dataclass(frozen=True, slots=True)
class Convolution:
    """Sizes of a 2-D convolution; 1-D has height 1, 3-D folds depth into ``depth_*``."""

    batch: float
    c_in: float
    c_out: float
    h_in: float
    w_in: float
    h_out: float
    w_out: float
    kh: float
    kw: float
    stride_h: float = 1.0
    stride_w: float = 1.0
    groups: float = 1.0
    valid_taps: float | None = None
    """Sum over output positions of taps inside the image; ``None`` counts padding as work."""
    depth_out: float = 1.0
    depth_kernel: float = 1.0

    @property
    def full_flop(self) -> float:
        """2 N P Q K R S C / groups: every tap counted, padding included."""
        taps = self.h_out * self.w_out * self.kh * self.kw * self.depth_out * self.depth_kernel
        return 2.0 * self.batch * self.c_out * (self.c_in / self.groups) * taps

    @property
    def valid_flop(self) -> float:
        """Work without taps that fall on padding: XLA's convention."""
        if self.valid_taps is None:
            return self.full_flop
        per_tap = 2.0 * self.batch * self.c_out * (self.c_in / self.groups)
        return per_tap * self.valid_taps

    def cost(self) -> OpCost:
        """Return the op's cost: taps on padding stand apart from the work."""
        dims = {
            "batch": self.batch,
            "c_in": self.c_in,
            "c_out": self.c_out,
            "h_in": self.h_in,
            "w_in": self.w_in,
            "h_out": self.h_out,
            "w_out": self.w_out,
            "kh": self.kh,
            "kw": self.kw,
            "stride_h": self.stride_h,
            "stride_w": self.stride_w,
            "groups": self.groups,
        }
        valid, full = self.valid_flop, self.full_flop
        padding = max(full - valid, 0.0)
        return OpCost(Role.HEAVY, Family.CONVOLUTION, "conv2d", valid, dims, padding)


def valid_taps(
    size_in: int,
    size_out: int,
    kernel: int,
    stride: int,
    low: int,
    dilation: int = 1,
    base: int = 1,
) -> int:
    """Count (output position, tap) pairs of one axis whose tap lies inside the input.

    ``low`` is the padding before the first element; ``dilation`` spreads the taps, ``base`` the
    input (a transposed convolution).
    """
    if kernel > MOST_TAPS or min(stride, dilation, base) < 1:
        return kernel * size_out
    inside = 0
    for tap in range(kernel):
        inside += _hits(size_in, size_out, stride, tap * dilation - low, base)
    return inside


def _hits(size_in: int, size_out: int, stride: int, shift: int, base: int) -> int:
    """Count outputs whose position ``out * stride + shift`` holds one of ``size_in`` elements."""
    first = max(0, -(shift // stride))
    last = min(size_out - 1, ((size_in - 1) * base - shift) // stride)
    common = math.gcd(stride, base)
    if last < first or shift % common:
        return 0
    period = base // common
    residue = -(shift // common) * pow(stride // common, -1, period) % period if period > 1 else 0
    first += (residue - first) % period
    return max(0, (last - first) // period + 1)
