"""How often a cascade of Einsums must traverse a rank, and the traffic that follows.

N. Nayak et al., "FuseMax: Leveraging Extended Einsums to Optimize Attention Accelerator Design",
arXiv 2406.10491: a pass traverses every element of a fiber; where an element is needed again after
every other one was visited there is one more pass, on any machine and under any mapping.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from microbench.errors import InputError

_TENSOR = re.compile(r"([A-Za-z_]\w*)\s*\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor by name with the ranks it is indexed by."""

    name: str
    ranks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Einsum:
    """One step: an output and the tensors it is computed from; ranks not kept are reduced."""

    output: Tensor
    inputs: tuple[Tensor, ...]


def parse_cascade(text: str) -> tuple[Einsum, ...]:
    """Read one Einsum a line or ``;``: ``SN[m,p] = exp(QK[m,p] - GM[p])``.

    Every tensor carries its ranks in brackets, ``[]`` for a scalar; the operators between tensors
    do not matter for passes. ``InputError`` names a line that is not such an assignment.
    """
    steps = []
    for line in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        left, mark, right = line.partition("=")
        outputs, inputs = _tensors(left), _tensors(right)
        if not mark or len(outputs) != 1 or not inputs:
            raise InputError(f"not an Einsum: {line!r}; expected Z[i] = A[i,k] * B[k]")
        steps.append(Einsum(outputs[0], inputs))
    if not steps:
        raise InputError("the cascade is empty")
    return tuple(steps)


def count_passes(cascade: tuple[Einsum, ...], rank: str) -> int:
    """Return passes over the fibers of ``rank``: 0 when no tensor has it.

    An Einsum that reads fibers runs in the first pass in which all it reads is there: fibers from
    the pass that makes them on, a result reduced over the rank only after that pass has ended.
    """
    made_in: dict[str, int] = {}
    ended: dict[str, int] = {}
    passes = 0
    for step in cascade:
        earliest = max((ended.get(one.name, 0) for one in step.inputs), default=0)
        fibers = [one for one in step.inputs if rank in one.ranks]
        if not fibers:
            ended[step.output.name] = earliest
            continue
        now = max(earliest + 1, *(made_in.get(one.name, 1) for one in fibers))
        passes = max(passes, now)
        if rank in step.output.ranks:
            made_in[step.output.name] = now
        else:
            ended[step.output.name] = now
    return passes


SOFTMAX_ATTENTION = """
QK[m,p] = Q[e,p] * K[e,m]
GM[p] = max(QK[m,p])
SN[m,p] = exp(QK[m,p] - GM[p])
SD[p] = sum(SN[m,p])
A[m,p] = SN[m,p] / SD[p]
AV[f,p] = A[m,p] * V[f,m]
"""
"""Three passes: softmax as frameworks write it."""

TILED_ATTENTION = """
QK[m1,m0,p] = Q[e,p] * K[e,m1,m0]
LM[m1,p] = max(QK[m1,m0,p])
SLN[m1,m0,p] = exp(QK[m1,m0,p] - LM[m1,p])
SLD[m1,p] = sum(SLN[m1,m0,p])
GM[p] = max(LM[m1,p])
PRM[m1,p] = exp(LM[m1,p] - GM[p])
SD[p] = SLD[m1,p] * PRM[m1,p]
SN[m1,m0,p] = SLN[m1,m0,p] * PRM[m1,p]
SNV[f,p] = SN[m1,m0,p] * V[f,m1,m0]
AV[f,p] = SNV[f,p] / SD[p]
"""
"""Two passes over the tiles ``m1`` of M: local softmax, then correction by the global maximum."""

RUNNING_ATTENTION = """
QK[m1,m0,p] = Q[e,p] * K[e,m1,m0]
LM[m1,p] = max(QK[m1,m0,p])
RM[m1,p] = max(RM[m1,p], LM[m1,p])
SLN[m1,m0,p] = exp(QK[m1,m0,p] - RM[m1,p])
SLD[m1,p] = sum(SLN[m1,m0,p])
SLNV[m1,f,p] = SLN[m1,m0,p] * V[f,m1,m0]
PRM[m1,p] = exp(RM[m1,p])
RD[m1,p] = RD[m1,p] * PRM[m1,p] + SLD[m1,p]
RNV[m1,f,p] = RNV[m1,f,p] * PRM[m1,p] + SLNV[m1,f,p]
AV[f,p] = RNV[m1,f,p] / RD[m1,p]
"""
"""One pass: running maximum, denominator, numerator (FlashAttention). A tensor on both sides is
what one tile hands to the next; the last line takes the final tile's."""


@dataclass(frozen=True, slots=True)
class AttentionTraffic:
    """DRAM bytes of one head: operands, what several passes or kernels add, FLOP done again."""

    base_bytes: float
    added_bytes: float
    added_flop: float = 0.0

    @property
    def total_bytes(self) -> float:
        """All bytes of the head."""
        return self.base_bytes + self.added_bytes


def attention_traffic(
    p: int,
    m: int,
    e: int,
    f: int,
    element_bytes: float,
    passes: int,
    *,
    fused: bool = True,
    row_fits: bool = True,
    recompute: bool = False,
) -> AttentionTraffic:
    """Return a head's traffic for P queries, M keys, E and F wide. hwprof's own model.

    Three kernels (not fused) write scores, read and write them in softmax, read them again: 4ePM.
    Fused, a row buffer that holds M scores adds nothing. Without it, N > 1 passes spill N e P M, or
    compute scores again: (N - 1)(2PME FLOP and K read once more for them).
    """
    if passes < 1:
        raise InputError("a cascade has at least one pass")
    base = element_bytes * (p * e + m * e + m * f + p * f)
    if not fused:
        return AttentionTraffic(base, 4 * element_bytes * p * m)
    if passes == 1 or row_fits:
        return AttentionTraffic(base, 0.0)
    if recompute:
        again = passes - 1
        return AttentionTraffic(base, again * element_bytes * m * e, again * 2.0 * p * m * e)
    return AttentionTraffic(base, passes * element_bytes * p * m)


def _tensors(text: str) -> tuple[Tensor, ...]:
    return tuple(
        Tensor(name, tuple(rank.strip() for rank in ranks.split(",") if rank.strip()))
        for name, ranks in _TENSOR.findall(text)
    )
