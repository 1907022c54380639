"""Read machine code back: the hot loop must hold what a benchmark claims, exactly as often.

Works on assembly text of x86-64 (AT&T) and aarch64, so one processor's code is checked on another.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
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


def counter_read() -> Opcode:
    """Return reads of the x86 time-stamp counter that wait for the instructions before them."""
    return one("counter read", r"^rdtscp$")


def _lines(assembly: str) -> list[str]:
    return [COMMENT.sub("", line).strip() for line in assembly.splitlines()]


def _innermost(lines: list[str]) -> list[tuple[int, int]]:
    """Return where innermost loops lie, in order: the label's line and that of the jump to it."""
    labels = {line[:-1]: at for at, line in enumerate(lines) if line.endswith(":")}
    found: list[tuple[int, int]] = []
    edge = 0
    for at, line in enumerate(lines):
        jump = JUMP.match(line)
        start = labels.get(jump.group(1)) if jump else None
        if start is not None and edge <= start < at:
            found.append((start, at))
            edge = at
    return found


def _instructions(lines: list[str]) -> list[str]:
    return [text for text in lines if text and not text.endswith(":") and not text.startswith(".")]


def hot_loop(assembly: str) -> list[str]:
    """Return the instructions of the longest innermost loop: label to the jump back to it."""
    lines = _lines(assembly)
    bodies = [_instructions(lines[start + 1 : at]) for start, at in _innermost(lines)]
    return max(bodies, key=len, default=[])


def check_loop(assembly: str, claim: LoopClaim) -> CodeCheck:
    """Count the claimed instructions in the hot loop; ``ok`` only if every count holds."""
    body = hot_loop(assembly)
    wrong, held = _compare(body, claim)
    return _verdict(assembly, wrong, [held or "no loop found"], bool(body))


def check_timed_loops(assembly: str, counter: Opcode, claims: Sequence[LoopClaim]) -> CodeCheck:
    """Check loops that the code itself times: each claim is of the next innermost loop.

    No loop stands there beside those claimed, and the counter is read exactly once before each of
    them and once after the last, never inside.
    """
    lines = _lines(assembly)
    places = _innermost(lines)
    if len(places) != len(claims):
        return _verdict(assembly, [f"{len(places)} loops, wanted {len(claims)}"], [], False)
    wrong: list[str] = []
    held: list[str] = []
    edge = 0
    for (start, at), claim in zip(places, claims, strict=True):
        body = _instructions(lines[start + 1 : at])
        outside = _instructions(lines[edge:start])
        reads = counter.count(outside), counter.count(body)
        if reads != (1, 0):
            wrong.append(f"{reads[0]} x {counter.name} before a loop and {reads[1]} inside")
        problems, counts = _compare(body, claim)
        wrong, held, edge = [*wrong, *problems], [*held, counts], at
    if counter.count(_instructions(lines[edge:])) != 1:
        wrong.append(f"no single {counter.name} after the last loop")
    return _verdict(assembly, wrong, [*held, f"{len(claims) + 1} x {counter.name}"], True)


def _compare(body: list[str], claim: LoopClaim) -> tuple[list[str], str]:
    """Return what a loop body holds too often or too seldom, and all counts in words."""
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
    return wrong, ", ".join(f"{count} x {opcode.name}" for opcode, count in found.items())


def _verdict(assembly: str, wrong: list[str], held: list[str], found: bool) -> CodeCheck:
    digest = hashlib.sha256(assembly.encode()).hexdigest()
    return CodeCheck(found and not wrong, "; ".join(wrong or held), digest)
