"""Execution of a module on paper: calls inlined, loops multiplied out, every op typed and costed.

No recursion: bodies wait on an explicit stack. Calls are inlined, so that fusion sees through them,
until ``INLINE_OPS`` ops have been walked that way; after that each function is costed once and
multiplied by how often it is called, so that functions calling functions cannot explode.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from costmodel.graph.binding import Binding
from costmodel.graph.coverage import Loop
from costmodel.graph.domain import Dimension, dimensions, turns
from costmodel.graph.frames import Context, Frame, around, opaque, symbols
from costmodel.graph.functions import DEVICE_FUNCTIONS, Survey, arguments, donated
from costmodel.graph.integers import Integers, arithmetic_in, nothing
from costmodel.graph.loops import trip_count
from costmodel.graph.nest import NestReader
from costmodel.graph.outside import beside_functions, refuse_undefined
from costmodel.graph.rules import Control, control_of, rule_of
from costmodel.graph.signatures import Signatures
from costmodel.graph.steps import Steps
from costmodel.graph.values import NO_FLAGS, Node, Value, Work
from costmodel.kernel import Flag
from costmodel.mlir.ir import Module, Op
from costmodel.mlir.types import TensorType
from microbench.errors import InputError

INLINE_OPS = 300_000
_OPEN = ("module", "scf.reduce")
"""Ops with a rule whose bodies are walked nevertheless, where they have some."""
_ARGUMENTS = re.compile(r"\bargs\s*\((.*)\)", re.S)
_NAME = re.compile(r"%[\w$.\-]+(?:#\d+)?")


class Walk:
    """Walks a module from its entries; results are in ``contexts``, ``coverage`` and ``loops``."""

    def __init__(
        self,
        module: Module,
        survey: Survey,
        signatures: Signatures,
        scalars: Mapping[str, int],
        sizes: Mapping[tuple[int, int], int],
    ) -> None:
        self.module, self.survey, self.signatures = module, survey, signatures
        self.scalars = dict(scalars)
        self.binding = Binding(signatures, sizes)
        self.contexts: list[Context] = []
        self.steps = Steps(module, signatures, self.binding)
        self.coverage = self.steps.coverage
        self.loops: list[Loop] = []
        self.resident_bytes = 0.0
        """Arguments and results of the entry that takes most."""
        self.nests = NestReader(module, signatures)
        self.used: set[str] = set()
        """Given scalars that told a trip count, and ``grid``."""
        self._defined: dict[str, dict[str, Op | None]] = {}
        """Integer arithmetic by function and SSA name; ``None`` where two ops have one name."""
        self._signed: dict[Op, list[tuple[str, str]]] = {}
        self._plain: dict[str, tuple[bool, bool]] = {}
        """Whether ops of a name only compute: without regions, and with them."""
        self._inlined = 0
        self._waiting: dict[str, float] = {}

    def run(self, finished: Callable[[list[Context]], None] | None = None) -> None:
        """Walk every entry, then what was too much to inline, callers first.

        ``finished`` takes the contexts of each function as its walk ends, which then are in
        ``contexts`` no more: the nodes of a large module never stand in memory all at once.
        """
        order, self._cycles = self.survey.order()
        if self.survey.functions and not self.survey.callers_apart():
            first = next(iter(self.survey.functions.values()))
            raise InputError(
                f"{self.module.location(first.offset)}: every function is called by another, "
                "round and round: the text has no entry to cost"
            )
        for name in self.survey.entries():
            self._function(name, 1.0, entry=True)
            self._hand_over(finished)
        if not self.survey.functions:
            context = self._context(1.0, NO_FLAGS)
            self._run(Frame(iter(self.module.ops), context, {}, dict(self.scalars), ""))
        for name in order:
            if name in self._waiting:
                self._function(name, self._waiting[name], entry=False)
                self._hand_over(finished)
        self._hand_over(finished)
        if self.survey.functions:  # others are snippets, whose values come from elsewhere
            self.coverage.unknown.update(beside_functions(self.module))
            refuse_undefined(self.module, self.steps.unbound)

    def _hand_over(self, finished: Callable[[list[Context]], None] | None) -> None:
        if finished is not None:
            finished(self.contexts)
            self.contexts = []

    def _function(self, name: str, count: float, entry: bool) -> None:
        op = self.survey.functions[name]
        context = self._context(count, NO_FLAGS)
        if op.name in DEVICE_FUNCTIONS and self.nests.is_nest(op):
            grid = self.scalars.get("grid")
            self.used.add("grid")
            known = self._integers(self._known(), nothing)
            self._nest(op, context, float(grid or 1), known, grid is None)
            return
        values: dict[str, Value] = {}
        self.binding.guessed = False
        for index, (argument, text) in enumerate(arguments(op)):
            values[argument] = self.binding.argument(text, op, index if entry else None, argument)
        self.steps.held = {value.key: value.size_bytes for value in values.values()}
        given = donated(op)
        self.steps.donated = bool(given)
        self.steps.kept = {values[name].key for name in values.keys() - given} if entry else set()
        if self.binding.guessed:
            context.flags = NO_FLAGS | {Flag.ASSUMED_SHAPE}
        frame = Frame(iter(()), context, values, self._known(), name)
        self._enter(op, frame, values)
        self._run(frame)
        if entry:
            self.resident_bytes = max(self.resident_bytes, sum(self.steps.held.values()))

    def _known(self) -> dict[str, int]:
        return {f"%{name}": value for name, value in self.scalars.items()}

    def _integers(self, known: Mapping[str, int], define: Callable[[str], Op | None]) -> Integers:
        given = {f"%{name}": value for name, value in self.scalars.items()}
        return Integers(known, define, self.module.aliases, given, self.used)

    def _at(self, frame: Frame) -> Integers:
        """Return the whole numbers known in a body, those its function works out among them."""
        return self._integers(frame.constants, partial(self._definition, frame.function))

    def _definition(self, function: str, name: str) -> Op | None:
        found = self._defined.get(function)
        if found is None:
            op = self.survey.functions.get(function)
            found = self._defined[function] = arithmetic_in([op] if op else self.module.ops)
        return found.get(name)

    def _enter(self, op: Op, frame: Frame, values: dict[str, Value]) -> None:
        """Bind block arguments of a body and set the frame to walk its blocks in order."""
        blocks = op.regions[0].blocks
        if op.regions[0].turns_back:
            self.loops.append(Loop(self.module.location(op.offset), 1, True))
            self.coverage.assumed += 1
            frame.context.flags = frame.context.flags | {Flag.ASSUMED_TRIP_COUNT}
        for block in blocks:
            for name, text in block.arguments:
                if name not in values:
                    values[name] = self.binding.argument(text, op)
        frame.ops = op.regions[0].ops

    def _run(self, first: Frame) -> None:
        """Walk frames until none is left."""
        stack = [first]
        known = self._plain
        while stack:
            frame = stack[-1]
            op = self.steps.take_alike(frame)
            if op is None:
                stack.pop()
                if frame.call is not None:
                    for name, value in zip(frame.call.results, frame.returned, strict=False):
                        frame.outer[name] = value
                continue
            plain = known.get(op.name)
            if plain is None:
                flows = control_of(op.name) is Control.NONE
                closed = flows and rule_of(op.name) is not None and not op.name.endswith(_OPEN)
                plain = known[op.name] = (flows, closed)
            if plain[bool(op.regions)]:
                self.steps.take(op, frame)
            else:
                stack.extend(self._control(op, control_of(op.name), frame))

    def _control(self, op: Op, control: Control, frame: Frame) -> list[Frame]:
        """Return the frames to walk before the op after this one."""
        if control is Control.CALL:
            return self._call(op, frame)
        if control is Control.FUNCTION:
            return []
        if control is Control.LAUNCH:
            self._launch(op, frame)
            return []
        if control is Control.LOOP:
            return self._loop(op, frame)
        if control is Control.BRANCH and op.regions:
            self.coverage.assumed += 1
            self.binding.results(op, frame)
            longest = max(op.regions, key=lambda region: sum(1 for _ in region.ops))
            return [self._inside(longest.ops, frame, frame.context)]
        if rule_of(op.name) is None and opaque(op):
            self.steps.take(op, frame)
        else:
            self.coverage.free += 1
            self.binding.results(op, frame)
        for region in op.regions:
            for block in region.blocks:
                self.binding.arguments(block.arguments, frame, op)
        return [self._inside(region.ops, frame, frame.context) for region in op.regions[::-1]]

    def _inside(self, ops: Iterator[Op], frame: Frame, context: Context) -> Frame:
        return Frame(ops, context, frame.values, frame.constants, frame.function)

    def _arguments_of(self, callee: Op) -> list[tuple[str, str]]:
        found = self._signed.get(callee)
        if found is None:
            found = self._signed[callee] = arguments(callee)
        return found

    def _call(self, op: Op, frame: Frame) -> list[Frame]:
        name = self.signatures.called(op)
        callee = self.survey.functions.get(name)
        if callee is None or (frame.function, name) in self._cycles:
            self.coverage.unknown[f"call @{name}"] += 1
            self.binding.results(op, frame)
            return []
        self.coverage.free += 1
        if self._inlined > INLINE_OPS:
            self._waiting[name] = self._waiting.get(name, 0.0) + frame.context.count
            self.binding.results(op, frame)
            return []
        self._inlined += sum(len(block.ops) for block in callee.regions[0].blocks) + 1
        names = self.signatures.names(op)
        given = [frame.values.get(name) for name in names]
        inner: dict[str, Value] = {}
        known: dict[str, int] = {}
        for (argument, text), value, outer in zip(
            self._arguments_of(callee), given, names, strict=False
        ):
            inner[argument] = value if value and value.kind else self.binding.argument(text, op)
            if outer in frame.constants:
                known[argument] = frame.constants[outer]
                if self.scalars and outer[1:] in self.scalars:
                    self.used.add(outer)
            elif self.scalars and value is not None and value.kind and not value.kind.shape:
                number = self._at(frame).get(outer)
                if number is not None:
                    known[argument] = number
        self.binding.results(op, frame)
        called = Frame(iter(()), frame.context, inner, known, name)
        called.call, called.outer = op, frame.values
        self._enter(callee, called, inner)
        return [called]

    def _loop(self, op: Op, frame: Frame) -> list[Frame]:
        if not op.regions:
            return []
        integers = self._at(frame)
        if self.nests.is_nest(op):
            enclosing = around(frame.context, frame.function)
            self._nest(op, frame.context, 1.0, integers, False, enclosing)
            self.binding.results(op, frame)
            return []
        own = dimensions(op, self.module.aliases)
        trips, assumed = turns(op, own, around(frame.context, frame.function), integers)
        count = int(trips) if trips == int(trips) else trips
        self.loops.append(Loop(self.module.location(op.offset), count, assumed))
        self.coverage.assumed += assumed
        self.coverage.free += not assumed
        self.binding.results(op, frame)
        since = self.binding.new_key()
        carried: list[tuple[Value, Value | None]] = [*self.binding.carried(op, frame)]
        if count == 0:
            return []
        flags = frame.context.flags | ({Flag.ASSUMED_TRIP_COUNT} if assumed else NO_FLAGS)
        inner = self._context(_whole(frame.context.count * count), flags, since)
        inner.outer, inner.offset = frame.context, op.offset
        inner.dimensions, inner.function = own, frame.function
        body = op.regions[-1] if op.name.endswith((".while", ".while_loop")) else op.regions[0]
        outer = [frame.values.get(name) for name in self.signatures.names(op)]
        for block in body.blocks:
            self.binding.arguments(block.arguments, frame, op)
        names = [name for name, _ in body.blocks[0].arguments] if body.blocks else []
        carried += zip([frame.values[name] for name in names[::-1]], outer[::-1], strict=False)
        inner.entered = self._entered(carried, frame.context)
        return [self._inside(body.ops, frame, inner)]

    def _entered(
        self, carried: Sequence[tuple[Value, Value | None]], context: Context
    ) -> dict[int, Value]:
        """Return the values that a loop enters as arguments of the entry that must be kept."""
        found = {}
        for inside, outer in carried:
            if outer is not None:
                outer = context.entered.get(outer.key, outer)
                if outer.key in self.steps.kept:
                    found[inside.key] = outer
        return found

    def _launch(self, op: Op, frame: Frame) -> None:
        named = [name for name in symbols(op.header) if name in self.survey.functions]
        if not named:
            self.coverage.unknown["gpu.launch_func"] += 1
            return
        callee = self.survey.functions[named[-1]]
        integers = self._at(frame)
        trips = trip_count(op, integers, self.module.aliases)
        passed = _ARGUMENTS.search(op.header)
        names = _NAME.findall(passed.group(1)) if passed else []
        known = self._known()
        for (argument, _), name in zip(self._arguments_of(callee), names, strict=False):
            value = integers.get(name)
            if value is not None:
                known[argument] = value
        inside = self._integers(known, nothing)
        self._nest(callee, frame.context, float(trips or 1), inside, trips is None)

    def _nest(
        self,
        op: Op,
        context: Context,
        trips: float,
        known: Integers,
        assumed: bool,
        enclosing: Sequence[Dimension] = (),
    ) -> None:
        """Cost a nest of loops over scalars, or a device function, as one kernel."""
        found = self.nests.read(op, trips, known, enclosing)
        self.loops.extend(found.loops)
        self.coverage.costed += found.costed
        self.coverage.free += found.free
        self.coverage.unknown.update(found.unknown)
        flags = context.flags
        if assumed or any(loop.assumed for loop in found.loops):
            self.coverage.assumed += sum(loop.assumed for loop in found.loops)
            flags = flags | {Flag.ASSUMED_TRIP_COUNT}
        if found.guessed:
            flags = flags | {Flag.ASSUMED_SHAPE}
        kind = found.kind
        if found.number_format is not None:
            kind = TensorType((), found.number_format, found.number_format.size_bytes)
        outputs = []
        for size in (found.bytes_read, found.bytes_written):
            outputs.append(Value(self.binding.new_key(), size, kind))
        size = found.kind.elements if found.kind else 0.0
        work = Work("loop nest", found.cost, flags, size)
        context.nodes.append(Node(work, outputs[:1], outputs[1:], op.offset))
        context.nodes.append(Node.keep(outputs[1:]))

    def _context(self, count: float, flags: frozenset[Flag], since: int = 0) -> Context:
        context = Context(count, flags, since=since)
        self.contexts.append(context)
        return context


def _whole(count: float) -> float:
    """Return a count that mean trips left a rounding beside a whole number as that number."""
    near = float(round(count)) if count < 2**53 else count
    return near if abs(near - count) <= 1e-9 * count else count
