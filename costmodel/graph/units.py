"""The programs of one file: each top-level module, and each part that ``// -----`` sets apart."""

from __future__ import annotations

import re

from costmodel.graph.functions import function_name
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
    if len(module.ops) < 2:
        return [module]
    if any(op.symbol and f"@{op.symbol}::" in module.text for op in module.ops):
        return [module]
    parts = _parts(module)
    for ops in parts:
        _refuse_twice(ops, module)
    return [
        Module(module.name, ops, _aliases(module, ops), module.text, module.size_bytes)
        for ops in parts
    ]


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
        if control_of(op.name) is not Control.FUNCTION or not op.regions:
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
