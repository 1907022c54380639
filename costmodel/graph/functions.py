"""Functions of a module: names, arguments, who calls whom, and where execution starts."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass, field

from costmodel.graph.rules import Control, control_of
from costmodel.mlir.ir import Module, Op, split_top
from costmodel.mlir.statements import parenthesised, parse_arguments

_COMBINER = re.compile(r"(?:\bapplies\s+|^\s*\{\s*)([a-z_]\w*\.\w+)")
_HIDDEN = re.compile(r'^\s*(?:private|nested)\b|sym_visibility = "(?:private|nested)"')
DEVICE_FUNCTIONS = frozenset(["gpu.func", "tt.func", "llvm.func", "spirv.func"])
_SHORTENED = frozenset(["stablehlo.reduce", "mhlo.reduce", "linalg.map", "linalg.reduce"])
"""Ops whose one-op body printers write as that op's name alone."""
_NESTED = re.compile(r"@[\w$.\-]+::(?:@[\w$.\-]+::)*@([\w$.\-]+)")
_DONATION = ("tf.aliasing_output", "jax.buffer_donor")
"""Attributes by which JAX lets a result take an argument's memory (lowering of donate_argnums)."""
ENTRY_NAMES = ("main", "forward", "main_graph")


@dataclass(slots=True)
class Survey:
    """One look over a whole module: op counts, functions and calls, as written."""

    ops: Counter[str] = field(default_factory=Counter)
    functions: dict[str, Op] = field(default_factory=dict)
    callees: dict[str, list[str]] = field(default_factory=dict)
    """Function name to the names it calls, once for each call."""

    @classmethod
    def of(cls, module: Module) -> Survey:
        """Walk a module once, without recursion."""
        survey = cls()
        plain: set[str] = set()
        stack: list[tuple[list[Op], str]] = [(module.ops, "")]
        while stack:
            listed, inside = stack.pop()
            names = [op.name for op in listed]
            survey.ops.update(names)
            distinct = set(names)
            plain.update([name for name in distinct - plain if _is_plain(name)])
            special = distinct - plain
            for op in [op for op in listed if op.regions or op.name in special]:
                within = survey._take(op, inside)
                stack.extend(
                    (block.ops, within) for region in op.regions for block in region.blocks
                )
        return survey

    def _take(self, op: Op, inside: str) -> str:
        """Note a function, a call or a body written short; return the function its body is in."""
        if op.name in _SHORTENED:
            self.ops.update(_combiners(op.rest if op.lead else op.header))
            if not op.regions:
                return inside
        control = control_of(op.name)
        if control is Control.FUNCTION and op.regions:
            inside = function_name(op)
            self.functions.setdefault(inside, op)
        elif control is Control.CALL:
            self.callees.setdefault(inside, []).append(call_target(op))
        return inside

    def entries(self) -> list[str]:
        """Return where execution starts: a usual name, else all functions nobody calls."""
        for name in ENTRY_NAMES:
            if name in self.functions:
                return [name]
        called = {name for names in self.callees.values() for name in names}
        roots = [name for name in self.functions if name not in called]
        return roots or list(self.functions)[:1]

    def reached(self) -> set[str]:
        """Return the functions that the entries call, directly or not, with the entries."""
        found: set[str] = set()
        waiting = self.entries()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.callees.get(name, ())
        return found

    def left_out(self) -> list[str]:
        """Return the public functions, device functions apart, that no entry reaches."""
        reached = self.reached()
        return [
            name
            for name, op in self.functions.items()
            if name not in reached and op.name not in DEVICE_FUNCTIONS and not _is_hidden(op)
        ]

    def calls(self) -> Counter[str]:
        """Return how often each function is called, by callers that are costed."""
        reached = self.reached()
        found: Counter[str] = Counter()
        for caller, names in self.callees.items():
            function = self.functions.get(caller)
            if function is None or caller in reached or function.name in DEVICE_FUNCTIONS:
                found.update(names)
        return found

    def callers_apart(self) -> bool:
        """Say whether some function is called by nobody but, at most, has a usual entry's name."""
        called = {name for names in self.callees.values() for name in names}
        return any(name in ENTRY_NAMES or name not in called for name in self.functions)

    def order(self) -> tuple[list[str], set[tuple[str, str]]]:
        """Return functions with callers before callees, and the calls that close a cycle."""
        done: list[str] = []
        state: dict[str, int] = {}
        back: set[tuple[str, str]] = set()
        for root in (*self.entries(), *self.functions):
            if root in state:
                continue
            state[root] = 1
            stack = [(root, iter(dict.fromkeys(self.callees.get(root, ()))))]
            while stack:
                name, rest = stack[-1]
                callee = next(rest, None)
                if callee is None:
                    state[name] = 2
                    done.append(name)
                    stack.pop()
                elif state.get(callee) == 1:
                    back.add((name, callee))
                elif callee in self.functions and callee not in state:
                    state[callee] = 1
                    stack.append((callee, iter(dict.fromkeys(self.callees.get(callee, ())))))
        return done[::-1], back


@functools.lru_cache(maxsize=4096)
def _combiners(text: str) -> list[str]:
    """Return the ops a body written short consists of, as a header says behind its operands."""
    return _COMBINER.findall(text)


def function_name(op: Op) -> str:
    """Return a function's symbol, from the pretty or the generic form."""
    named = op.header.partition('sym_name = "')[2]
    return named.partition('"')[0] if named else op.symbol


def call_target(op: Op) -> str:
    """Return the function a call names; ``@module::@function`` names the function."""
    nested = _NESTED.search(op.header)
    return nested.group(1) if nested else op.symbol


def arguments(op: Op) -> list[tuple[str, str]]:
    """Return a function's arguments from its first block's label, or from its header."""
    blocks = op.regions[0].blocks if op.regions else []
    if blocks and blocks[0].arguments:
        return blocks[0].arguments
    text = op.header
    start = text.find("(", text.find("@"))
    return parse_arguments(parenthesised(text, start)) if start >= 0 else []


def donated(op: Op) -> set[str]:
    """Return the names of a function's arguments whose memory results may take."""
    text = op.header
    if not any(word in text for word in _DONATION):
        return set()
    generic = text.find("arg_attrs")
    start = text.find("[", generic) if generic >= 0 else text.find("(", text.find("@"))
    said = split_top(parenthesised(text, start), ",")
    return {
        name
        for (name, _), part in zip(arguments(op), said, strict=False)
        if any(word in part for word in _DONATION)
    }


def _is_hidden(op: Op) -> bool:
    """Say whether a function is for callers in the same file alone."""
    return _HIDDEN.search(op.header) is not None


def _is_plain(name: str) -> bool:
    """Say whether an op of this name is neither function, call nor written short."""
    return name not in _SHORTENED and control_of(name) not in {Control.FUNCTION, Control.CALL}
