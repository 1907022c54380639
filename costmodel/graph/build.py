"""A module to its kernels: calls and loops multiplied out, ops costed and fused, coverage told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from costmodel.graph.cost import OpCost, Role, Typed
from costmodel.graph.fuse import Node, Value, fuse
from costmodel.graph.loops import constant_value, trip_count
from costmodel.graph.rules import UNKNOWN, role_of_control, rule_of
from costmodel.kernel import Flag, Kernel
from costmodel.mlir.ir import Block, Module, Op
from costmodel.mlir.scan import parse_arguments
from costmodel.mlir.types import TensorType, parse_type
from microbench.errors import InputError

MAX_INLINE_DEPTH = 64


@dataclass(slots=True)
class Coverage:
    """How many ops stand behind the numbers, counted once each as written."""

    costed: int = 0
    free: int = 0
    assumed: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    hidden_bytes: float = 0.0
    """Bytes the results of unknown ops would write: what they could hide at least."""

    @property
    def share(self) -> float:
        """Share of ops whose cost is known or known to be nothing."""
        known = self.costed + self.free + self.assumed
        total = known + sum(self.unknown.values())
        return known / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop in the file: where, how often it runs, and whether that was assumed."""

    location: str
    trips: int
    assumed: bool


@dataclass(slots=True)
class Graph:
    """What a module comes to."""

    name: str
    kernels: tuple[Kernel, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    ops: Counter[str] = field(default_factory=Counter)
    """Op name to count, as written."""
    loops: list[Loop] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    dynamic: dict[str, str] = field(default_factory=dict)
    """Arguments with dynamic dimensions, by the name ``--shape`` takes (``arg0.1``)."""

    @property
    def work_flop(self) -> float:
        """Work of the whole module, counts multiplied in."""
        return sum(kernel.work_flop * kernel.count for kernel in self.kernels)

    @property
    def bytes_moved(self) -> float:
        """Minimum traffic of the whole module, counts multiplied in."""
        return sum(kernel.bytes_moved * kernel.count for kernel in self.kernels)


def build(
    module: Module,
    shapes: Mapping[str, int] | None = None,
    batch: int | None = None,
    stack: str = "xla",
) -> Graph:
    """Form the kernels of a module's entry function, or of all functions nobody calls.

    ``shapes`` gives dynamic dimensions by ``argI.D`` (argument, dimension) or by ``D`` alone;
    ``batch`` is dimension 0. Raises ``InputError`` with a location for impossible types.
    """
    return _Builder(module, dict(shapes or {}), batch, stack).graph()


@dataclass(slots=True)
class _Context:
    """One straight run of ops that share a multiplier: a function or loop body."""

    count: float
    flags: frozenset[Flag]
    nodes: list[Node] = field(default_factory=list)


class _Builder:
    def __init__(
        self, module: Module, shapes: dict[str, int], batch: int | None, stack: str
    ) -> None:
        self.module, self.stack = module, stack
        self.by_dimension = {0: batch} if batch else {}
        for name, size in shapes.items():
            dimension = name.rpartition(".")[2]
            if not dimension.isdigit():
                raise InputError(f"--shape {name}={size}: name a dimension as argI.D, e.g. arg0.1")
            self.by_dimension[int(dimension)] = size
        self.found = Graph(module.name)
        self.contexts: list[_Context] = []
        self.functions: dict[str, Op] = {}
        self.serial = 0
        self.assumed_shapes = False

    def graph(self) -> Graph:
        for op in self.module.walk():
            self.found.ops[op.name] += 1
            if role_of_control(op) == "function" and op.regions:
                self.functions.setdefault(_function_name(op), op)
        for function in self._entries():
            self._function(function, 1.0, frozenset())
        if not self.functions:
            self._top_level()
        kernels: list[Kernel] = []
        for context in self.contexts:
            for kernel in fuse(context.nodes, self.stack):
                kernels.append(
                    replace(kernel, count=context.count, flags=kernel.flags | context.flags)
                )
        self.found.kernels = tuple(kernels)
        return self.found

    def _entries(self) -> list[Op]:
        for name in ("main", "forward"):
            if name in self.functions:
                return [self.functions[name]]
        called = {
            op.symbol for op in self.module.walk() if role_of_control(op) == "call" and op.symbol
        }
        roots = [op for name, op in self.functions.items() if name not in called]
        return roots or list(self.functions.values())[:1]

    def _top_level(self) -> None:
        context = self._context(1.0, frozenset())
        self._block(Block(ops=list(self.module.ops)), context, {}, {}, 0)

    def _function(self, op: Op, count: float, flags: frozenset[Flag]) -> None:
        context = self._context(count, flags)
        values: dict[str, Value] = {}
        for index, (name, text) in enumerate(_arguments(op)):
            kind = self._type(text, op)
            if kind is not None and "?" in text:
                for d, part in enumerate(_dimensions(text)):
                    if part == "?":
                        self.found.dynamic[f"arg{index}.{d}"] = f"{name}: {text}"
            values[name] = Value(self._key(), kind.size_bytes if kind else 0.0, kind)
        self._body(op, context, values, {}, 0)

    def _body(
        self,
        op: Op,
        context: _Context,
        values: dict[str, Value],
        constants: dict[str, int],
        depth: int,
    ) -> list[Value]:
        returned: list[Value] = []
        for block in op.regions[0].blocks:
            for name, text in block.arguments:
                if name not in values:
                    kind = self._type(text, op)
                    values[name] = Value(self._key(), kind.size_bytes if kind else 0.0, kind)
            returned = self._block(block, context, values, constants, depth)
        return returned

    def _block(
        self,
        block: Block,
        context: _Context,
        values: dict[str, Value],
        constants: dict[str, int],
        depth: int,
    ) -> list[Value]:
        """Walk a block; nested bodies go on an explicit stack, so depth costs no recursion."""
        returned: list[Value] = []
        work = [(iter(block.ops), context, values, constants, depth)]
        while work:
            ops, context, values, constants, depth = work[-1]
            op = next(ops, None)
            if op is None:
                work.pop()
                continue
            control = role_of_control(op)
            if control == "call":
                returned_by = self._call(op, context, values, constants, depth)
                for name, value in zip(op.results, returned_by, strict=False):
                    values[name] = value
            elif control == "loop":
                inner = self._loop(op, context, values, constants)
                if inner is not None and op.regions:
                    body = op.regions[-1] if op.name.endswith(".while") else op.regions[0]
                    for nested in body.blocks:
                        self._bind(nested, values, op)
                        work.append((iter(nested.ops), inner, values, constants, depth))
            elif control == "branch" and op.regions:
                self.found.coverage.assumed += 1
                self._results(op, values)
                heaviest = max(op.regions, key=lambda region: sum(1 for _ in region.ops))
                for nested in heaviest.blocks:
                    work.append((iter(nested.ops), context, values, constants, depth))
            elif control == "function":
                continue
            elif op.regions and rule_of(op.name) is None:
                self.found.coverage.free += 1
                self._results(op, values)
                for region in op.regions:
                    for nested in region.blocks:
                        self._bind(nested, values, op)
                        work.append((iter(nested.ops), context, values, constants, depth))
            else:
                self._op(op, context, values, constants)
                if op.name.rpartition(".")[2] == "return" and len(work) == 1:
                    returned = [values[name] for name in op.operands if name in values]
                    context.nodes.append(Node.keep(returned))
        return returned

    def _op(
        self, op: Op, context: _Context, values: dict[str, Value], constants: dict[str, int]
    ) -> None:
        constant = constant_value(op)
        if constant is not None and op.results:
            constants[op.results[0]] = constant
        typed = self._typed(op, values)
        rule = rule_of(op.name)
        cost = rule(typed) if rule else UNKNOWN
        self._count(op, cost, typed)
        inputs = [values[name] for name in op.operands if name in values]
        location = self.module.location(op.offset)
        outputs = []
        for name, kind in zip(op.results, typed.results, strict=False):
            outputs.append(self._result_value(op, cost, kind, inputs))
            values[name] = outputs[-1]
        if cost.role not in {Role.FREE, Role.VIEW}:
            context.nodes.append(
                Node(op.name, cost, tuple(inputs), tuple(outputs), location, typed)
            )

    def _result_value(
        self, op: Op, cost: OpCost, kind: TensorType | None, inputs: list[Value]
    ) -> Value:
        if cost.role is Role.VIEW and inputs:
            return replace(inputs[0], kind=kind or inputs[0].kind)
        short = op.name.rpartition(".")[2]
        if cost.role is Role.FREE:
            if "broadcast" in short and inputs:
                return replace(inputs[0], kind=kind or inputs[0].kind)
            stored = short in {"constant", "const"} and _holds_data(op.header)
            size = kind.size_bytes if kind and stored else 0.0
            return Value(self._key(), size, kind)
        return Value(self._key(), kind.size_bytes if kind else 0.0, kind)

    def _count(self, op: Op, cost: OpCost, typed: Typed) -> None:
        coverage = self.found.coverage
        if cost.role is Role.UNKNOWN:
            coverage.unknown[op.name] += 1
            coverage.hidden_bytes += sum(kind.size_bytes for kind in typed.results if kind)
        elif cost.role in {Role.FREE, Role.VIEW}:
            coverage.free += 1
        else:
            coverage.costed += 1

    def _call(
        self,
        op: Op,
        context: _Context,
        values: dict[str, Value],
        constants: dict[str, int],
        depth: int,
    ) -> list[Value]:
        self.found.calls[op.symbol] += 1
        callee = self.functions.get(op.symbol)
        if callee is None or depth >= MAX_INLINE_DEPTH:
            self.found.coverage.unknown[f"call @{op.symbol}"] += 1
            self._results(op, values)
            return []
        self.found.coverage.free += 1
        given = [name for name in op.operands if name in values]
        inner: dict[str, Value] = {}
        known: dict[str, int] = {}
        for (name, text), outer in zip(_arguments(callee), given, strict=False):
            inner[name] = values[outer] if values[outer].kind else self._argument(text, op)
            if outer in constants:
                known[name] = constants[outer]
        before = len(context.nodes)
        returned = self._body(callee, context, inner, known, depth + 1)
        context.nodes[before:] = [node for node in context.nodes[before:] if not node.kept]
        return returned

    def _argument(self, text: str, op: Op) -> Value:
        kind = self._type(text, op)
        return Value(self._key(), kind.size_bytes if kind else 0.0, kind)

    def _loop(
        self, op: Op, context: _Context, values: dict[str, Value], constants: dict[str, int]
    ) -> _Context | None:
        trips = trip_count(op, constants)
        assumed = trips is None
        self.found.loops.append(
            Loop(self.module.location(op.offset), 1 if trips is None else trips, assumed)
        )
        self.found.coverage.assumed += assumed
        self.found.coverage.free += not assumed
        self._results(op, values)
        for pair in op.header.split(",") if op.name.endswith(".while") else []:
            inner, _, outer = pair.strip(" (").partition("=")
            name = outer.strip().split(")")[0].strip()
            if name in values:
                values[inner.strip()] = replace(values[name], key=self._key())
        flags = context.flags | ({Flag.ASSUMED_TRIP_COUNT} if assumed else frozenset())
        count = context.count * (1 if trips is None else trips)
        return self._context(count, frozenset(flags)) if count else None

    def _bind(self, block: Block, values: dict[str, Value], op: Op) -> None:
        for name, text in block.arguments:
            values[name] = self._argument(text, op)

    def _results(self, op: Op, values: dict[str, Value]) -> None:
        for name, kind in zip(op.results, self._typed(op, values).results, strict=False):
            values[name] = Value(self._key(), kind.size_bytes if kind else 0.0, kind)

    def _context(self, count: float, flags: frozenset[Flag]) -> _Context:
        context = _Context(count, flags)
        self.contexts.append(context)
        return context

    def _typed(self, op: Op, values: dict[str, Value]) -> Typed:
        stated, results = op.type_lists
        known = [values[name].kind if name in values else None for name in op.operands]
        if len(stated) >= len(known) or not any(known):
            operands = [self._type(text, op) for text in stated]
            if known and len(stated) < len(known):
                operands += known[len(stated) :]
        else:
            operands = known
        if op.name.endswith(".while"):
            results = [text.split("\n")[0].strip() for text in stated]
        kinds = [self._type(text, op) for text in results]
        if op.results and not kinds and operands:
            kinds = [operands[0]]
        if len(kinds) < len(op.results):
            kinds += [kinds[-1] if kinds else None] * (len(op.results) - len(kinds))
        return Typed(op, operands, kinds, self.module.aliases)

    def _type(self, text: str, op: Op) -> TensorType | None:
        if text.startswith(("!", "#")):
            text = self.module.aliases.get(text, text)
        try:
            kind = parse_type(text)
        except InputError as error:
            raise InputError(f"{self.module.location(op.offset)}: {error}") from None
        if kind is None or not kind.dynamic:
            return kind
        shape = []
        for index, size in enumerate(kind.shape):
            if size is None and index not in self.by_dimension:
                self.assumed_shapes = True
            shape.append(self.by_dimension.get(index, 1) if size is None else size)
        return replace(kind, shape=tuple(shape))

    def _key(self) -> int:
        self.serial += 1
        return self.serial


def _function_name(op: Op) -> str:
    if op.symbol:
        return op.symbol
    named = op.header.partition('sym_name = "')[2]
    return named.partition('"')[0]


def _arguments(op: Op) -> list[tuple[str, str]]:
    """Return a function's arguments from its header, or from its first block's label."""
    blocks = op.regions[0].blocks if op.regions else []
    if blocks and blocks[0].arguments:
        return blocks[0].arguments
    start = op.header.find("(", op.header.find("@"))
    if start < 0:
        return []
    depth = 0
    for at in range(start, len(op.header)):
        depth += (op.header[at] in "([{") - (op.header[at] in ")]}")
        if depth == 0:
            return parse_arguments(op.header[start + 1 : at])
    return []


def _dimensions(text: str) -> list[str]:
    return text.partition("<")[2].split("x")[:-1]


def _holds_data(header: str) -> bool:
    """Say whether a constant is real data (a list, a blob, a dropped literal), not one number."""
    inner = header.partition("dense")[2]
    return inner.startswith(("_resource", "<[", "<>", '<"')) or "dense<>" in header
