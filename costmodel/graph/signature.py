"""What the text of an op says of it: types, cost, and what follows from both."""

from __future__ import annotations

from collections.abc import Sequence

from costmodel.graph.cost import CostRule, OpCost, Role
from costmodel.graph.loops import constant_value
from costmodel.graph.values import Work
from costmodel.kernel import Flag
from costmodel.mlir.ir import Op
from costmodel.mlir.types import TensorType

Kinds = Sequence[TensorType | None]
_CONSTANTS = ("constant", "const", "Constant", "literal")


class Signature:
    """What the text of an op without its SSA names says."""

    __slots__ = (
        "assumed",
        "bracketed",
        "cost",
        "data",
        "data_bytes",
        "free",
        "given",
        "joint",
        "kind",
        "number",
        "operands",
        "out_size",
        "results",
        "role",
        "rule",
        "scalar",
        "shown",
        "size_bytes",
        "work",
    )

    def __init__(
        self, op: Op, rule: CostRule | None, operands: Kinds, results: Kinds, cost: OpCost | None
    ) -> None:
        self.rule, self.operands, self.results = rule, operands, results
        self.cost = cost
        """``None`` where the cost depends on operand types that the text does not state."""
        self.role = cost.role if cost else Role.UNKNOWN
        self.assumed = False
        """Whether a dimension nobody gave was taken as 1."""
        first = results[0] if results else None
        self.free = cost is not None and (self.role is Role.FREE or self.role is Role.VIEW)
        """Whether the op costs nothing, whatever its operands."""
        self.out_size = first.elements if first else 0.0
        """Elements of the first result."""
        self.scalar = self.role is Role.POINTWISE and first is not None and not first.shape
        """Whether one number is made: of single numbers alone (counters, scales) it is free."""
        self.shown = self.role is Role.VIEW or "broadcast" in op.name
        """Whether the result is another name for the first operand's bytes."""
        constant = op.name.endswith(_CONSTANTS)
        self.number = constant_value(op) if constant else None
        """The integer a constant op stands for; 1 for torch's ``true``."""
        if op.name == "torch.constant.bool":
            self.number = int("true" in op.body_text)
        self.data = constant and _holds_data(op.header)
        """Whether a constant is real data that has to be read from memory."""
        self.kind = first
        """Type of the first result."""
        self.size_bytes = first.size_bytes if first else 0.0
        """Bytes of the first result."""
        self.data_bytes = self.size_bytes if self.data else 0.0
        """Bytes that a reader loads of the first result of a free op."""
        self.given = 0
        """Operands of an op that is alike others (``Signatures.alike``)."""
        self.bracketed = False
        """Whether such an op's operands follow a bracket: the generic form."""
        self.joint = ", "
        """What stands between the operands of such an op, where there are two."""
        self.work: Work | None = None
        """What the last op of this signature did."""

    def does(self, name: str, cost: OpCost, flags: frozenset[Flag], out_size: float) -> Work:
        """Return what an op of this signature does: the same object as long as it is the same."""
        work = self.work
        if work is None or work.flags != flags or work.out_size != out_size:
            work = self.work = Work(name, cost, flags, out_size)
        return work


def _holds_data(header: str) -> bool:
    """Say whether a constant is real data (a list, a blob, a dropped literal), not one number."""
    inner = header.partition("dense")[2]
    return inner.startswith(("_resource", "<[", "<>", '<"')) or "dense<>" in header
