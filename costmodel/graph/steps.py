"""What an op without control flow does to a walk: typed and costed, its results are bound."""

from __future__ import annotations

import math

from costmodel.graph.attention import causal
from costmodel.graph.binding import Binding
from costmodel.graph.cost import OpCost, Role, Update
from costmodel.graph.coverage import Coverage
from costmodel.graph.frames import Context, Frame, unknown_name
from costmodel.graph.in_place import copying
from costmodel.graph.signature import Signature
from costmodel.graph.signatures import Signatures
from costmodel.graph.updates import PARALLEL_INSERT
from costmodel.graph.values import Node, Value, Work
from costmodel.kernel import Family, Flag
from costmodel.mlir.ir import Module, Op

MOST_UNBOUND = 50
"""Unbound names looked for in the text; forms of other dialects may bind names unseen."""
_RETURNS = frozenset(["func.return", "return", "util.return"])


class Steps:
    """Takes the ops of a frame into its context, one after another, and tells ``coverage``."""

    def __init__(self, module: Module, signatures: Signatures, binding: Binding) -> None:
        self.module, self.signatures, self.binding = module, signatures, binding
        self.coverage = Coverage()
        self.held: dict[int, float] = {}
        """Bytes of an entry's arguments and results, by the identity of the value."""
        self.kept: set[int] = set()
        """Arguments of the entry whose memory no result may take."""
        self.donated = False
        """Whether results may take the place of arguments."""
        self.unbound: dict[str, int] = {}
        """Names used that no scope binds, and the offset of the first op that uses each."""

    def take_alike(self, frame: Frame) -> Op | None:
        """Walk ops written like earlier ones; return the first that is not: the heart of it.

        Most ops of any large module pass here, so nothing is made that is not kept.
        """
        values, constants, context = frame.values, frame.constants, frame.context
        nodes, flags = context.nodes, context.flags
        alike, new_key = self.signatures.alike, self.binding.new_key
        before, free = len(nodes), 0
        inputs: tuple[Value, ...]
        try:
            for op in frame.ops:
                lead, name = op.lead, op.name
                found = alike[name][op.rest]
                cost, given = found.cost, found.given
                if op.regions or cost is None:
                    break
                if found.bracketed:
                    lead = lead[1:]
                (result,) = op.results
                if found.free:
                    if found.shown:
                        shown = values[lead]
                        kind = found.kind or shown.kind
                        values[result] = Value(shown.key, shown.size_bytes, kind)
                    elif lead:
                        break
                    else:
                        values[result] = Value(new_key(), found.data_bytes, found.kind)
                        if found.number is not None:
                            constants[result] = found.number
                    free += 1
                    continue
                if given == 1:
                    inputs = (values[lead],)
                elif given == 2:
                    left, _, right = lead.partition(found.joint)
                    inputs = (values[left], values[right])
                else:
                    names = lead.split(", ")
                    if len(names) != given:
                        break
                    inputs = (*[values[name] for name in names],)
                values[result] = made = Value(new_key(), found.size_bytes, found.kind)
                work = found.work
                if work is None or work.flags is not flags:
                    work = found.does(name, cost, flags, found.out_size)
                nodes.append(Node(work, inputs, (made,), op.offset))
            else:
                op = None
        except (KeyError, ValueError):
            pass  # a text, a name or a number of results not seen before: `take` looks closer
        self.coverage.free += free
        self.coverage.costed += len(nodes) - before
        return op

    def take(self, op: Op, frame: Frame) -> None:
        """Type and cost one op, and bind its results."""
        values = frame.values
        found, names = self.signatures.stated(op)
        inputs = [values[name] for name in names if name in values]
        if found.free:
            self.coverage.free += 1
            self._free(op, found, inputs, frame)
            return
        if len(inputs) < len(names) and len(self.unbound) < MOST_UNBOUND:
            for name in names:
                if name not in values:
                    self.unbound.setdefault(name, op.offset)
        if found.cost is None:
            known = [values[name].kind if name in values else None for name in names]
            found = self.signatures.resolved(op, found, known)
        cost, role = found.cost, found.role
        assert cost is not None  # noqa: S101 - a resolved signature has a cost
        coverage = self.coverage
        if found.free or (
            found.scalar and all(v.kind is not None and not v.kind.shape for v in inputs)
        ):
            coverage.free += 1
            self._free(op, found, inputs, frame)
            return
        outputs = self.binding.outputs(op, found, values)
        context = frame.context
        flags = context.flags
        if role is Role.UNKNOWN:
            coverage.unknown[unknown_name(op)] += 1
            coverage.hidden_bytes += context.count * sum(v.size_bytes for v in outputs)
            coverage.hidden_flop += context.count * _as_product(inputs, outputs)
            flags = flags | {Flag.UNKNOWN_OP}
        elif cost.doubt:
            coverage.assumed += 1
            coverage.contradictions[f"{self.module.location(op.offset)}: {cost.doubt}"] += 1
            flags = flags | {Flag.ASSUMED_SHAPE}
        else:
            coverage.costed += 1
        if found.assumed:
            flags = flags | {Flag.ASSUMED_SHAPE}
        if cost.op == PARALLEL_INSERT and inputs:
            inputs = inputs[:1]
            outputs = [self.binding.of(inputs[0].kind)]
        size = cost.dims["elements"] if cost.op == PARALLEL_INSERT else found.out_size
        size = size if outputs else 0.0
        work = found.does(op.name, cost, flags, size)
        if cost.causal_at is not None and _holds(frame, names, cost.causal_at):
            work = causal(work)
        if cost.update is not None and not cost.update.mutates:
            work = self._updating(work, cost.update, inputs, context)
        context.nodes.append(Node(work, inputs, outputs, op.offset))

    def _updating(self, work: Work, update: Update, inputs: list[Value], context: Context) -> Work:
        """Note an op that writes part of an operand; one that must be kept is copied.

        So is one that stands nowhere yet, a broadcast: its result is written whole.
        """
        context.updates.append(len(context.nodes))
        for at in update.targets:
            if at < len(inputs):
                key, kind = inputs[at].key, inputs[at].kind
                nowhere = kind is not None and inputs[at].size_bytes < kind.size_bytes
                if nowhere or key in self.kept or key < context.since:
                    return copying(work)
        return work

    def _free(self, op: Op, found: Signature, inputs: list[Value], frame: Frame) -> None:
        """Bind results of ops that cost nothing: constants, views, broadcasts, returns."""
        if not op.results:
            if op.name.endswith("return"):
                frame.returned = inputs
                if frame.call is None:
                    if op.name in _RETURNS:
                        inputs = [self._stored(value, op, frame.context) for value in inputs]
                        if not self.donated:
                            self.held.update((value.key, value.size_bytes) for value in inputs)
                    frame.context.nodes.append(Node.keep(inputs))
            return
        self.binding.free(op, found, inputs, frame)

    def _stored(self, value: Value, op: Op, context: Context) -> Value:
        """Write out what a function returns and no op wrote: a broadcast, a constant, an iota."""
        kind = value.kind
        if kind is None or kind.size_bytes <= value.size_bytes:
            return value
        written = Value(self.binding.new_key(), kind.size_bytes, kind)
        dims = {"elements": kind.elements}
        cost = OpCost(Role.MOVEMENT, Family.DATA_MOVEMENT, "broadcast", 0.0, dims)
        work = Work("broadcast", cost, context.flags, kind.elements)
        context.nodes.append(Node(work, [value], [written], op.offset))
        return written


def _holds(frame: Frame, names: list[str], at: int) -> bool:
    """Say whether an operand is known to be true."""
    return at < len(names) and frame.constants.get(names[at], 0) != 0


def _as_product(inputs: list[Value], outputs: list[Value]) -> float:
    """Return the FLOP of an op, were it the product of its two largest operands (or of one)."""
    sizes = sorted((value.kind.elements for value in inputs if value.kind), reverse=True)
    made = sum(value.kind.elements for value in outputs if value.kind)
    if not sizes:
        return 0.0
    return 2.0 * math.sqrt(sizes[0] * sizes[min(1, len(sizes) - 1)] * made)
