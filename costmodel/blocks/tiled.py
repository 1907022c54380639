"""Which tiled problem a kernel is, and the ready-made space its block sizes come from."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from costmodel.blocks.cutlass import cutlass_space
from costmodel.blocks.library import KEPT_BACK_BYTES, Limits, Operator, recurrent, space
from costmodel.blocks.space import Space
from costmodel.kernel import Family, Kernel

CLUSTERS = ("hopper", "blackwell")
"""Architectures whose CUTLASS kernels have warp groups and clusters; GB202's have neither."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What decides a kernel's block sizes, and nothing else: equal problems share one choice."""

    operator: Operator
    element_bytes: float
    sizes: tuple[float, ...]
    """GEMM: b, m, n, k. Attention: heads, kv_heads, seq, kv_len, head_dim, causal. Rows: rows,
    cols. Recurrent: batch, hidden, timesteps, gates."""
    tokens: float = 0.0
    """Tokens that a grouped product's experts share."""

    @property
    def has_work(self) -> bool:
        """Whether no size is zero; the causal flag does not count."""
        attends = self.operator in (Operator.ATTENTION, Operator.DECODE)
        return all(size > 0 for size in (self.sizes[:5] if attends else self.sizes))


def problem_of(kernel: Kernel) -> Problem | None:
    """Return the tiled problem a kernel is, or ``None``."""
    size = kernel.number_format.size_bytes
    d = {name: float(value) for name, value in kernel.dims.items()}
    try:
        if kernel.family is Family.GEMM and kernel.op == Operator.CUTLASS_GEMM:
            return Problem(Operator.CUTLASS_GEMM, size, (1.0, d["m"], d["n"], d["k"]))
        if kernel.family is Family.RECURRENT and kernel.op == FUSED_RECURRENT:
            sizes = (d["batch"], d["hidden"], d["timesteps"], d["gates"])
            return Problem(Operator.RECURRENT, size, sizes)
        if kernel.family is Family.GEMM:
            return Problem(Operator.GEMM, size, (d.get("b", 1.0), d["m"], d["n"], d["k"]))
        if kernel.family is Family.CONVOLUTION:
            return Problem(Operator.CONVOLUTION, size, _implicit_gemm(d))
        if kernel.family is Family.MIXTURE_OF_EXPERTS:
            experts = max(1.0, d["experts"] / max(d.get("ep", 1.0), 1.0))
            rows = max(1.0, d["tokens"] * d["topk"] / max(d["experts"], 1.0))
            width = 2 * d["inter"] / max(d.get("tp", 1.0), 1.0)
            sizes = (experts, rows, width, d["hidden"])
            return Problem(Operator.GROUPED_GEMM, size, sizes, d["tokens"])
        if kernel.family in _ATTENTION:
            return _attention(kernel, size)
        if kernel.family is Family.ROWWISE:
            return Problem(Operator.REDUCTION, size, (d["rows"], d["cols"]))
    except KeyError:
        return None
    return None


FUSED_RECURRENT = "fused_recurrent"
"""The one recurrent kernel whose matrix is divided over the device."""
_ATTENTION = {Family.ATTENTION_PREFILL, Family.ATTENTION_DECODE, Family.ATTENTION_ENCODER}


def _attention(kernel: Kernel, size: float) -> Problem:
    d = kernel.dims
    decode = kernel.family is Family.ATTENTION_DECODE
    kv_len = min(d["kv_len"], d.get("window", 0) or d["kv_len"])
    causal = float(kernel.family is Family.ATTENTION_PREFILL)
    heads, kv_heads = d["batch"] * d["heads"], d["batch"] * d.get("kv_heads", d["heads"])
    sizes = (heads, kv_heads, 1.0 if decode else d["seq"], kv_len, d["head_dim"], causal)
    return Problem(Operator.DECODE if decode else Operator.ATTENTION, size, sizes)


def _implicit_gemm(d: Mapping[str, float]) -> tuple[float, float, float, float]:
    groups = max(d.get("groups", 1.0), 1.0)
    return (
        groups,
        d["batch"] * d["h_out"] * d["w_out"],
        max(1.0, d["c_out"] / groups),
        max(1.0, d["c_in"] / groups) * d["kh"] * d["kw"],
    )


def space_for(problem: Problem, limits: Limits, sm_count: int, arch: str) -> Space:
    """Return the space of a problem on a device; the same object for the same arguments."""
    if problem.operator is Operator.RECURRENT:
        _, hidden, _, gates = problem.sizes
        return _recurrent(int(hidden), int(gates), sm_count, limits.shared_bytes)
    if problem.operator is Operator.CUTLASS_GEMM:
        return _cutlass(limits, problem.element_bytes, arch in CLUSTERS)
    attends = problem.operator in (Operator.ATTENTION, Operator.DECODE)
    head_dim = int(problem.sizes[4]) if attends else 64
    return space(problem.operator, limits, problem.element_bytes, head_dim)


@functools.lru_cache(maxsize=64)
def _cutlass(limits: Limits, element_bytes: float, clusters: bool) -> Space:
    return cutlass_space(limits, element_bytes, clusters)


@functools.lru_cache(maxsize=64)
def _recurrent(hidden: int, gates: int, sm_count: int, shared_bytes: int) -> Space:
    return recurrent(hidden, gates, sm_count, shared_bytes - KEPT_BACK_BYTES)
