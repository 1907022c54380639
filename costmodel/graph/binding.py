"""What the names of a body stand for: values of stated types, bound to arguments and results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from costmodel.graph.frames import Frame
from costmodel.graph.signature import Signature
from costmodel.graph.signatures import Signatures
from costmodel.graph.values import Value
from costmodel.mlir.ir import Op
from costmodel.mlir.types import TensorType


class Binding:
    """Makes values; dimensions nobody states are taken from ``sizes``, else noted as guessed."""

    def __init__(self, signatures: Signatures, sizes: Mapping[tuple[int, int], int]) -> None:
        self.signatures, self.sizes = signatures, sizes
        self.new_key = count(1).__next__
        """A new identity for a tensor in memory."""
        self.dynamic: dict[str, str] = {}
        """Dynamic dimensions of an entry's arguments, each with the argument and its type."""
        self.guessed = False
        """Whether a dimension of an argument was taken as 1."""

    def of(self, kind: TensorType | None) -> Value:
        """Return a new tensor of a type."""
        return Value(self.new_key(), kind.size_bytes if kind else 0.0, kind)

    def argument(self, text: str, op: Op, index: int | None = None, name: str = "") -> Value:
        """Return a value of a type's text; ``index`` is an argument's place where users give it."""
        kind = self.signatures.kind(text, op)
        if kind is not None and kind.dynamic:
            shape = list(kind.shape)
            for d, size in enumerate(shape):
                if size is None and index is not None:
                    self.dynamic[f"arg{index}.{d}"] = f"{name}: {text}"
                    shape[d] = self.sizes.get((index, d))
            given = TensorType(tuple(shape), kind.number_format, kind.element_bytes, kind.kind)
            kind, assumed = self.signatures.filled(given)
            self.guessed = self.guessed or assumed
        return self.of(kind)

    def arguments(self, names: Sequence[tuple[str, str]], frame: Frame, op: Op) -> None:
        """Bind the arguments of a block."""
        for name, text in names:
            frame.values[name] = self.argument(text, op)

    def outputs(self, op: Op, found: Signature, values: dict[str, Value]) -> list[Value]:
        """Bind the results of a costed op."""
        outputs = []
        for name, kind in zip(op.results, found.results):  # noqa: B905 - strict=False is slower
            size_bytes = kind.size_bytes if kind else 0.0
            values[name] = value = Value(self.new_key(), size_bytes, kind)
            outputs.append(value)
        return outputs

    def results(self, op: Op, frame: Frame) -> None:
        """Bind the results of an op with a body to fresh values of their stated types."""
        if not op.results:
            return
        kinds = self.signatures.made(op)
        for at, name in enumerate(op.results):
            kind = kinds[min(at, len(kinds) - 1)] if kinds else None
            if kind is not None and kind.dynamic:
                kind = self.signatures.filled(kind)[0]
            frame.values[name] = self.of(kind)

    def carried(self, op: Op, frame: Frame) -> list[tuple[Value, Value]]:
        """Give values carried round a loop, ``%inner = %outer``, the type they enter with.

        Returns each with the value it enters as.
        """
        pieces, found = self.signatures.pieces(op), []
        for at in range(1, len(pieces) - 2, 2):
            if pieces[at + 1].strip() == "=" and pieces[at + 2] in frame.values:
                outer = frame.values[pieces[at + 2]]
                frame.values[pieces[at]] = inside = self.of(outer.kind)
                found.append((inside, outer))
        return found

    def free(self, op: Op, found: Signature, inputs: list[Value], frame: Frame) -> None:
        """Bind results of ops that cost nothing: constants, views, broadcasts."""
        values = frame.values
        if found.number is not None:
            frame.constants[op.results[0]] = found.number
        if found.shown and inputs:
            shown = inputs[0]
            for result, kind in zip(op.results, found.results):  # noqa: B905
                values[result] = Value(shown.key, shown.size_bytes, kind or shown.kind)
            return
        data = found.data
        for result, kind in zip(op.results, found.results):  # noqa: B905 - strict=False is slower
            values[result] = Value(self.new_key(), kind.size_bytes if data and kind else 0.0, kind)
