"""Costs of ``custom_call``: what is known of a library's routine, told by its name.

Source: the lowering rules of jax 0.10 (``jax/_src/lax/linalg.py``, ``random``, ``pallas``) and the
targets of XLA's GPU compiler (openxla/xla, ``cublas_cudnn.h``). A target nobody knows is unknown,
unless its author gave an estimate, as Pallas kernels carry one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from costmodel.graph import cudnn_attention
from costmodel.graph.configuration import configuration
from costmodel.graph.cost import CostRule, OpCost, Role, Typed, free, gemm, pointwise, view
from costmodel.graph.factorizations import factorization
from costmodel.kernel import Family

_TARGET = re.compile(r'call_target_name\s*=\s*"([^"]+)"')
_KERNEL = re.compile(r'(?<![\w.])(?:kernel_)?name = "([^"]+)"')
_VIEWS = """Sharding SPMDFullToShardShape SPMDShardToFullShape xla.sdy.FuncResultSharding
xla.sdy.GlobalToLocalShape xla.sdy.LocalToGlobalShape LayoutConstraint""".split()
_FREE = ("shape_assertion", "AllocateBuffer", "CreateBuffer")
_PRODUCTS = ("__cublas$gemm", "__cublas$lt$matmul", "__cublas$lt$matmul$f8")
_RANDOM = ("cu_threefry2x32", "cu_threefry2x32_ffi", "hip_threefry2x32", "hip_threefry2x32_ffi")
_LARGEST = ("mhlo.topk", "TopK", "__gpu$TopK", "ApproxTopK", "PartialReduce")
_PIVOTS = ("cu_lu_pivots_to_permutation", "hip_lu_pivots_to_permutation")


def target(header: str, symbol: str) -> str:
    """Return what a custom call calls: ``@name``, or an attribute in the generic form."""
    named = _TARGET.search(header)
    return named.group(1) if named else symbol


def called_name(header: str, symbol: str) -> str:
    """Return what a custom call calls, with the kernel's own name where a compiler runs it."""
    kernel = _KERNEL.search(header)
    name = target(header, symbol)
    return f"{name} {kernel.group(1)}" if kernel and kernel.group(1) != name else name


def rule(others: Mapping[str, CostRule]) -> CostRule:
    """Build the rule of ``custom_call``; ``others`` are those of ops that a target may name."""
    known: dict[str, CostRule] = dict.fromkeys(_VIEWS, view)
    known.update(dict.fromkeys(_FREE, free))
    known.update(dict.fromkeys(_PRODUCTS, product))
    known.update(dict.fromkeys(_RANDOM, others["rng"]))
    known.update(dict.fromkeys(_PIVOTS, pointwise("pivots")))
    known.update(dict.fromkeys(cudnn_attention.TARGETS, cudnn_attention.cudnn_attention))
    known["__op$block_scaled_dot"] = block_scaled_product
    known.update({f"mhlo.{name}": other for name, other in others.items()})
    known.update(dict.fromkeys(_LARGEST, others["top_k"]))

    def custom_call(typed: Typed) -> OpCost:
        name = target(typed.op.header, typed.op.symbol)
        found = known.get(name) or factorization(name)
        try:
            return found(typed) if found else estimated(typed)
        except (AttributeError, TypeError):  # a configuration of a form nobody knows
            return OpCost(Role.UNKNOWN)

    return custom_call


def product(typed: Typed) -> OpCost:
    """Return the cost of a cuBLAS product: its dimension numbers stand in the configuration.

    Operands beyond the first two are a bias, an addend and scales.
    """
    left, right = typed.operand(0), typed.operand(1)
    told = configuration(typed.op.header)
    told = told.get("gemm_backend_config", told)["dot_dimension_numbers"]
    if left is None or right is None:
        return OpCost(Role.UNKNOWN)
    batch = _sizes(left.shape, told.get("lhs_batch_dimensions", ()))
    depth = _sizes(left.shape, told["lhs_contracting_dimensions"])
    if depth != _sizes(right.shape, told["rhs_contracting_dimensions"]):
        return OpCost(Role.UNKNOWN)
    shared = batch * depth
    return gemm(batch, left.elements / shared, right.elements / shared, depth)


def block_scaled_product(typed: Typed) -> OpCost:
    """Return the cost of JAX's ``scaled_matmul``: [b, m, k] by [b, n, k], each with its scales."""
    left, right = typed.operand(0), typed.operand(1)
    if left is None or right is None or not len(left.shape) == len(right.shape) == 3:
        return OpCost(Role.UNKNOWN)
    (b, m, k), n = (float(size or 1) for size in left.shape), float(right.shape[1] or 1)
    return gemm(b, m, n, k)


def estimated(typed: Typed) -> OpCost:
    """Return the work a kernel's author estimates (Pallas' ``cost_estimate``), else unknown.

    Transcendental functions are one FLOP each, as everywhere; XLA schedules by the same figures.
    """
    told: Any = configuration(typed.op.header).get("custom_call_config")
    told = told.get("cost_estimate") if isinstance(told, dict) else None
    if not isinstance(told, dict):
        return OpCost(Role.UNKNOWN)
    work_flop = float(told.get("flops", 0)) + float(told.get("transcendentals", 0))
    if not 0 <= work_flop < math.inf:
        return OpCost(Role.UNKNOWN)
    name = called_name(typed.op.header, typed.op.symbol).rpartition(" ")[2]
    return OpCost(Role.HEAVY, Family.OTHER, name, work_flop)


def _sizes(shape: tuple[int | None, ...], axes: Sequence[str]) -> float:
    return float(math.prod(shape[int(axis)] or 1 for axis in axes))
