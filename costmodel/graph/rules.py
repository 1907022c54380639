"""Which rule costs an op: by dialect, then by name."""

from __future__ import annotations

import functools
import re
from enum import Enum

from costmodel.graph import attention, gpu, linalg, onnx, scalar, stablehlo, torch_onnx, tosa
from costmodel.graph.cost import CostRule, OpCost, Role, free, view
from costmodel.mlir.ir import Op


class Control(Enum):
    """What an op does to the flow of execution."""

    NONE = "none"
    FUNCTION = "function"
    CALL = "call"
    LOOP = "loop"
    BRANCH = "branch"
    LAUNCH = "launch"
    """Starts a device function over a grid."""


_LOOPS = """scf.for scf.while scf.parallel scf.forall affine.for affine.parallel stablehlo.while
mhlo.while tosa.while_loop for gpu.launch onnx.Loop onnx.Scan torch.prim.Loop""".split()
_BRANCHES = """scf.if scf.index_switch affine.if stablehlo.if mhlo.if stablehlo.case mhlo.case if
tosa.cond_if onnx.If torch.prim.If""".split()
_CALLS = """func.call call tt.call util.call llvm.call func.call_indirect stablehlo.composite
mhlo.composite torch.func.call flow.dispatch util.call stream.async.call""".split()
_CONTROL = {
    **dict.fromkeys(_LOOPS, Control.LOOP),
    **dict.fromkeys(_BRANCHES, Control.BRANCH),
    **dict.fromkeys(_CALLS, Control.CALL),
    "gpu.launch_func": Control.LAUNCH,
    "func": Control.FUNCTION,
}
_TERMINATORS = ("return", "yield", "terminator", "unreachable", "condition")
_VERSION = re.compile(r"V\d+$")
_HOST_SIDE = ("hal.", "util.", "iree_tensor_ext.", "vm.", "stream.timepoint.")
"""IREE's host-side bookkeeping: commands, buffers and fences around the work."""
_STRUCTURE = frozenset(
    """acc affine async builtin cf emitc flow func gpu hal iree_linalg_ext ml_program nvgpu omp
    pdl pdl_interp scf shape sdy sparse_tensor spirv stream torch torch_c transform tt util vm xegpu
    """.split()
)
"""Dialects whose ops with regions and no results hold functions, loops or blocks of others."""
_OLD_STANDARD = {"return", "br", "cond_br", "assert", "constant", "dim", "alloc", "dealloc"}


@functools.cache
def tables() -> dict[str, dict[str, CostRule]]:
    """Return every dialect's rules; built once, when the first op is costed."""
    hlo = stablehlo.rules()
    found = scalar.rules()
    found["builtin"] = {"module": free, "unrealized_conversion_cast": view}
    found.update({"stablehlo": hlo, "mhlo": hlo, "chlo": hlo, "vhlo": hlo})
    found.update({"torch": torch_onnx.torch_rules(), "onnx": onnx.onnx_rules()})
    found.update({"linalg": linalg.rules(), "tosa": tosa.rules()})
    found.update(gpu.rules())
    found.update(attention.rules())
    return found


@functools.lru_cache(maxsize=4096)
def rule_of(name: str) -> CostRule | None:
    """Return the rule of an op name, or ``None`` for a name nobody has costed."""
    if name.startswith("torch"):
        return _torch(name)
    if name.startswith(_HOST_SIDE):
        return view if name.startswith("hal.tensor.") else free
    dialect, _, short = name.rpartition(".")
    if not dialect:
        return free if short in _OLD_STANDARD else tables()["arith"].get(short)
    rule = tables().get(dialect, {}).get(short)
    if rule is None and dialect == "onnx":
        return tables()["onnx"].get(_VERSION.sub("", short))
    if rule is None and short in _TERMINATORS:
        return free
    return rule


def _torch(name: str) -> CostRule | None:
    """Find ``torch.aten.NAME.overload``; constants, lists and conversions are bookkeeping."""
    dialect, _, rest = name.partition(".")
    space, _, short = rest.partition(".")
    if dialect == "torch_c" or space in {"constant", "prim", "vtensor", "tensor_static_info_cast"}:
        return free
    if name.endswith(_TERMINATORS) or space in {"copy", "global_slot", "class_type", "nn_module"}:
        return free
    if space == "onnx":
        return tables()["onnx"].get(short)
    if space == "hop_flex_attention":
        return attention.attention()
    if space in {"aten", "prims"}:
        return tables()["torch"].get(short.partition(".")[0])
    return None


def costed_name(op: Op) -> str:
    """Return the name an op is costed by: ``torch.operator "onnx.Conv"(...)`` is a convolution."""
    if op.name != "torch.operator":
        return op.name
    return op.header.lstrip(' "').partition('"')[0]


@functools.lru_cache(maxsize=4096)
def control_of(name: str) -> Control:
    """Return what an op of this name does to the flow of execution."""
    if name.endswith((".func", ".entry_func")):
        return Control.FUNCTION
    return _CONTROL.get(name, Control.NONE)


@functools.lru_cache(maxsize=4096)
def is_read(name: str) -> bool:
    """Say whether an op is of a dialect with rules, or of one whose ops hold other ops."""
    dialect = name.partition(".")[0]
    return (
        dialect == name
        or dialect in _STRUCTURE
        or any(one.partition(".")[0] == dialect for one in tables())
    )


UNKNOWN = OpCost(Role.UNKNOWN)
