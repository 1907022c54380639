"""What a walk from the entries does not see by itself: ops beside functions, names nobody binds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from costmodel.graph.frames import unknown_name
from costmodel.graph.rules import Control, control_of, is_read, rule_of
from costmodel.mlir.ir import Module
from microbench.errors import InputError


def beside_functions(module: Module) -> Iterator[str]:
    """Yield the names of ops of dialects nobody reads that stand beside functions."""
    waiting = list(module.ops)
    while waiting:
        op = waiting.pop()
        if control_of(op.name) is Control.FUNCTION:
            continue
        if rule_of(op.name) is None and not is_read(op.name):
            yield unknown_name(op)
        waiting.extend(inner for region in op.regions for inner in region.ops)


def refuse_undefined(module: Module, unbound: Mapping[str, int]) -> None:
    """Raise ``InputError`` for a value that an op uses and nothing else in the text names.

    ``unbound`` has names that no scope bound, each with the offset of an op that uses it.
    """
    text = module.text
    for name, offset in unbound.items():
        pattern = re.compile(re.escape(name.partition("#")[0]) + r"(?![\w$.\-])")
        if len(list(islice(pattern.finditer(text), 2))) == 1:
            at = text.find(name, offset)
            raise InputError(f"{module.location(at)}: {name} is used, but nothing defines it")
