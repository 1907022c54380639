"""The programs of one file: modules with entries of their own, and parts between ``// -----``."""

from __future__ import annotations

import re
from collections import Counter

from costmodel.graph.functions import ENTRY_NAMES, function_name
from costmodel.graph.rules import Control, control_of
from costmodel.mlir.ir import Module, Op
from microbench.errors import InputError

_SPLIT = re.compile(r"^[ \t]*// -----", re.M)
_MODULES = ("builtin.module", "module")


def units(module: Module) -> list[Module]:
    """Return a file's programs in order, each with the aliases that stand before it.

    Functions of one program do not see those of another, so two may be called ``@main``. Modules
    that another names (``@kernels::@add``) stay together: they are one program.

    Raises
    ------
    InputError
        For two functions of one name side by side outside every module.
    """
    nested = [op for op in module.ops if op.name in _MODULES]
    if len(module.ops) < 2 and not any(_inner(op) for op in nested):
        return [module]
    if any(op.symbol and f"@{op.symbol}::" in module.text for op in module.ops):
        return [module]
    parts = [one for ops in _parts(module) for one in _nested(ops, module)]
    for ops in parts:
        _refuse_twice(ops, module)
    return [
        Module(module.name, ops, _aliases(module, ops), module.text, module.size_bytes)
        for ops in parts
    ]


def _nested(ops: list[Op], module: Module) -> list[list[Op]]:
    """Part a program from the modules in it that are programs themselves, however deep.

    Such a module has an entry of its own, or a function of a name that stands elsewhere in the
    program too, and nothing in the text names it.
    """
    parts: list[list[Op]] = []
    waiting = [ops]
    while waiting:
        ops = waiting.pop()
        inner = _inner(ops[0]) if len(ops) == 1 and ops[0].name in _MODULES else []
        apart = _programs(ops[0], inner, module.text) if inner else []
        if not apart:
            parts.append(ops)
            continue
        taken = {id(op) for op in apart}
        rest = [op for op in ops[0].regions[0].ops if id(op) not in taken]
        if any(_functions(op) for op in rest):
            parts.append(rest)
        waiting += [[op] for op in reversed(apart)]
    return parts


def _inner(op: Op) -> list[Op]:
    """Return the modules that stand directly in a module."""
    return [one for region in op.regions for one in region.ops if one.name in _MODULES]


def _programs(outer: Op, inner: list[Op], text: str) -> list[Op]:
    """Return the inner modules that are programs themselves."""
    names = {id(op): _functions(op) for op in inner}
    beside = [function_name(op) for op in outer.regions[0].ops if _is_function(op)]
    defined = Counter([name for found in names.values() for name in found] + beside)
    return [
        op
        for op in inner
        if not (op.symbol and f"@{op.symbol}::" in text)
        and any(name in ENTRY_NAMES or defined[name] > 1 for name in names[id(op)])
    ]


def _functions(op: Op) -> set[str]:
    """Return the names of an op's functions with bodies: its own, and those in it if a module."""
    found: set[str] = set()
    waiting = [op]
    while waiting:
        one = waiting.pop()
        if _is_function(one):
            found.add(function_name(one))
        elif one.name in _MODULES:
            waiting.extend(inner for region in one.regions for inner in region.ops)
    return found


def _is_function(op: Op) -> bool:
    return control_of(op.name) is Control.FUNCTION and bool(op.regions)


def _parts(module: Module) -> list[list[Op]]:
    """Cut the top-level ops where one program ends and the next begins."""
    marks = [found.start() for found in _SPLIT.finditer(module.text)]
    parts: list[list[Op]] = [module.ops[:1]]
    for before, op in zip(module.ops, module.ops[1:], strict=False):
        apart = before.name in _MODULES or op.name in _MODULES
        if apart or any(before.offset < mark < op.offset for mark in marks):
            parts.append([])
        parts[-1].append(op)
    return parts


def _refuse_twice(ops: list[Op], module: Module) -> None:
    seen: set[str] = set()
    for op in ops:
        if not _is_function(op):
            continue
        name = function_name(op)
        if name in seen:
            raise InputError(
                f"{module.location(op.offset)}: @{name} is defined a second time: put a line "
                "'// -----' between programs that share a file"
            )
        seen.add(name)


def _aliases(module: Module, ops: list[Op]) -> dict[str, str]:
    """Return the aliases as they were behind the last of these ops."""
    later = reversed(module.replaced)
    return module.aliases | {name: text for at, name, text in later if at > ops[-1].offset}
