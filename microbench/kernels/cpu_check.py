"""Read machine code back: the hot loop must hold what a benchmark claims, exactly as often.

Works on assembly text of x86-64 (AT&T) and aarch64, so one processor's code is checked on another.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from microbench.benchmark import CodeCheck

COMMENT = re.compile(r"(//|#+ ).*")
"""Comments of x86-64 (``# text``) and aarch64 (``// text``), whose immediates are ``#8``."""
JUMP = re.compile(r"(?:j\w+|b\.\w+|cbn?z\s+\w+,|tbn?z\s+\w+,\s*#\d+,)\s+(\S+)$")
MEMORY = r"-?\d*\(%r\w+"


@dataclass(frozen=True, slots=True)
class Opcode:
    """An instruction to count: a name for people, and patterns each worth some of it.

    An aarch64 ``ldp`` of two vector registers counts as two loads.
    """

    name: str
    patterns: tuple[tuple[str, int], ...]

    def count(self, body: list[str]) -> int:
        """Return how many of it a loop body holds."""
        return sum(
            weight for line in body for pattern, weight in self.patterns if re.search(pattern, line)
        )


def one(name: str, pattern: str) -> Opcode:
    """Return an opcode with a single pattern."""
    return Opcode(name, ((pattern, 1),))


STACK = one("stack access", r"\(%rsp[,)]|\[sp\b")
"""Loops keep their values in registers: a spill would turn a rate of arithmetic into one of L1."""


@dataclass(frozen=True, slots=True)
class LoopClaim:
    """What the hot loop must hold, exactly or at least as often, and what it must not hold."""

    exactly: Mapping[Opcode, int]
    at_least: Mapping[Opcode, int] = field(default_factory=dict)
    forbidden: tuple[Opcode, ...] = (STACK,)


def vector_load(x86: bool) -> Opcode:
    """Return vector loads, alone or folded into an arithmetic instruction."""
    if x86:
        return one("vector load", rf"^v\w+\s+{MEMORY}")
    return Opcode("vector load", ((r"^ldu?r\s+q", 1), (r"^ldn?p\s+q", 2)))


def vector_store(x86: bool) -> Opcode:
    """Return vector stores of any kind."""
    if x86:
        return one("vector store", rf"^vmov(nt|a|u)p[sd]\s+%[xyz]mm\d+, {MEMORY}")
    return Opcode("vector store", ((r"^stu?r\s+q", 1), (r"^stp\s+q", 2), (r"^stnp\s+d", 1)))


def nontemporal_store(x86: bool) -> Opcode:
    """Return stores that bypass the caches."""
    return one("non-temporal store", r"^vmovntp[sd]" if x86 else r"^stnp\s")


def scalar_load(x86: bool) -> Opcode:
    """Return 64-bit loads through a register."""
    return one("64-bit load", r"^movq\s+\(%r\w+\), %r\w+" if x86 else r"^ldr\s+x\d+, \[x\d+\]")


def scalar_multiply(x86: bool) -> Opcode:
    """Return 32-bit integer multiplies between registers."""
    return one("32-bit multiply", r"^imull\s+%\w+, %\w+$" if x86 else r"^mul\s+w")


def hot_loop(assembly: str) -> list[str]:
    """Return the instructions of the longest innermost loop: label to the jump back to it."""
    lines = [COMMENT.sub("", line).strip() for line in assembly.splitlines()]
    labels = {line[:-1]: at for at, line in enumerate(lines) if line.endswith(":")}
    best: list[str] = []
    edge = 0
    for at, line in enumerate(lines):
        jump = JUMP.match(line)
        start = labels.get(jump.group(1)) if jump else None
        if start is not None and edge <= start < at:
            body = [text for text in lines[start + 1 : at] if text and not text.endswith(":")]
            best = max(best, [text for text in body if not text.startswith(".")], key=len)
            edge = at
    return best


def check_loop(assembly: str, claim: LoopClaim) -> CodeCheck:
    """Count the claimed instructions in the hot loop; ``ok`` only if every count holds."""
    body = hot_loop(assembly)
    wanted = {**claim.exactly, **dict.fromkeys(claim.forbidden, 0)}
    found = {opcode: opcode.count(body) for opcode in (*wanted, *claim.at_least)}
    wrong = [
        f"{found[opcode]} x {opcode.name}, wanted {count or 'none'}"
        for opcode, count in wanted.items()
        if found[opcode] != count
    ]
    wrong += [
        f"{found[opcode]} x {opcode.name}, wanted at least {count}"
        for opcode, count in claim.at_least.items()
        if found[opcode] < count
    ]
    held = ", ".join(f"{count} x {opcode.name}" for opcode, count in found.items())
    digest = hashlib.sha256(assembly.encode()).hexdigest()
    return CodeCheck(bool(body) and not wrong, "; ".join(wrong) or held or "no loop found", digest)
