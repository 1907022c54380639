"""Which rule costs an op: by dialect, then by name."""

from __future__ import annotations

import functools

from costmodel.graph import linalg, scalar, stablehlo, tosa
from costmodel.graph.cost import CostRule, OpCost, Role, free
from costmodel.mlir.ir import Op

_LOOPS = frozenset(
    """scf.for scf.while scf.parallel scf.forall affine.for affine.parallel stablehlo.while
    mhlo.while
    for""".split()
)
_BRANCHES = frozenset(
    "scf.if scf.index_switch affine.if stablehlo.if mhlo.if stablehlo.case mhlo.case if".split()
)
_CALLS = frozenset("func.call call tt.call util.call llvm.call func.call_indirect".split())
_TERMINATORS = ("return", "yield", "terminator", "unreachable", "condition")
_OLD_STANDARD = {"return", "br", "cond_br", "assert", "constant", "dim", "alloc", "dealloc"}


@functools.cache
def tables() -> dict[str, dict[str, CostRule]]:
    """Return every dialect's rules; built once, when the first op is costed."""
    hlo = stablehlo.rules()
    found = scalar.rules()
    found.update({"stablehlo": hlo, "mhlo": hlo, "chlo": hlo, "vhlo": hlo})
    found.update({"linalg": linalg.rules(), "tosa": tosa.rules()})
    return found


@functools.lru_cache(maxsize=4096)
def rule_of(name: str) -> CostRule | None:
    """Return the rule of an op name, or ``None`` for a name nobody has costed."""
    dialect, _, short = name.rpartition(".")
    if not dialect:
        return free if short in _OLD_STANDARD else tables()["arith"].get(short)
    rule = tables().get(dialect, {}).get(short)
    if rule is None and short in _TERMINATORS:
        return free
    return rule


def role_of_control(op: Op) -> str:
    """Return ``loop``, ``branch``, ``call``, ``function`` or "" for any other op."""
    if op.name in _LOOPS:
        return "loop"
    if op.name in _BRANCHES:
        return "branch"
    if op.name in _CALLS:
        return "call"
    if op.name == "func" or op.name.endswith((".func", ".entry_func")):
        return "function"
    return ""


UNKNOWN = OpCost(Role.UNKNOWN)
