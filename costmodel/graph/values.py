"""What flows between ops while kernels are formed: tensors in memory and the ops that make them.

Plain slotted classes, compared by identity: a module has millions of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from costmodel.graph.cost import OpCost, Role
from costmodel.kernel import Flag
from costmodel.mlir.types import TensorType

NO_FLAGS: frozenset[Flag] = frozenset()
_REDUCTION = Role.REDUCTION


class Value:
    """A tensor in memory: identity, bytes a reader loads (0: computed on the fly) and type."""

    __slots__ = ("key", "kind", "size_bytes")

    def __init__(self, key: int, size_bytes: float, kind: TensorType | None) -> None:
        self.key, self.size_bytes, self.kind = key, size_bytes, kind


class Work:
    """What an op does, whatever tensors it does it to: ops written alike share one."""

    __slots__ = ("cost", "flags", "name", "out_size", "variant")

    def __init__(
        self,
        name: str,
        cost: OpCost,
        flags: frozenset[Flag] = NO_FLAGS,
        out_size: float = 0.0,
    ) -> None:
        self.name, self.cost, self.flags = name, cost, flags
        self.out_size = out_size
        """Elements of the first result."""
        self.variant: Work | None = None
        """The same on operands that must be kept (``in_place``), or causal (``attention``), once
        asked for."""


class Node:
    """An op's work with the values it reads and writes, at a character offset of the file."""

    __slots__ = ("at", "home", "inputs", "mark", "offset", "outputs", "place", "reads", "work")
    place: int
    """Place among the nodes of its context."""
    at: int
    """Place among the values of its context; this and ``mark`` are known as kernels are formed."""
    mark: int
    """Equal for nodes alike (``alike.Shared``)."""

    def __init__(
        self, work: Work, inputs: Sequence[Value], outputs: Sequence[Value], offset: int = 0
    ) -> None:
        self.work, self.inputs, self.outputs, self.offset = work, inputs, outputs, offset
        self.home = -1
        """The kernel that counts the op's work, where several compute it."""
        self.reads: dict[int, float] | None = None
        """Bytes loaded of each value it reads, once asked for (``alike``)."""

    @classmethod
    def keep(cls, values: Sequence[Value]) -> Node:
        """Mark values as used after the last kernel: what a function returns."""
        return cls(KEPT, values, ())

    @property
    def kept(self) -> bool:
        """Whether this is no op but a mark of what is used after the last kernel."""
        return self.work is KEPT

    @property
    def size(self) -> float:
        """Elements of the loop nest: outputs, or a reduction's inputs."""
        if self.work.cost.role is _REDUCTION and self.inputs and self.inputs[0].kind:
            return self.inputs[0].kind.elements
        return self.work.out_size


KEPT = Work("return", OpCost(Role.FREE))
