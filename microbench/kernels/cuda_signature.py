"""What a kernel's machine code must hold before its time means anything.

A kernel declares the instruction it measures and how many of them one trip of each loop runs. The
check reads them off the cubin that is about to be timed: merged, hoisted, unrolled, emulated or
spilled code does not pass, whatever the source said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from microbench.benchmark import CodeCheck
from microbench.kernels.architectures import ARCHITECTURES
from microbench.kernels.cuda_sass import Function, Instruction, Loop, Usage

SPILLS = (r"STL(\..*)?", r"LDL(\..*)?")
WAITS = (r"DEPBAR(\..*)?", r"LDGDEPBAR", r"WARPGROUP\.DEPBAR(\..*)?")
CONVERSIONS = (r"F2FP?(\..*)?", r"F2I(\..*)?", r"I2FP?(\..*)?", r"HADD2\.F32", r"PRMT(\..*)?")
MERGES = (r"FADD(\..*)?", r"IMMA\.U8.*")
"""Sums that stand in for matrix products the assembler folded together."""
IDLE = r"NOP.*|UIADD3 URZ, (U?PT, U?PT, )?URZ, URZ, URZ"
"""Fillers that the assembler puts where the hardware needs distance (between dependent HMMA)."""
CODE_LIMIT_BYTES = 8192
"""Longest loop body: well inside the first instruction cache level, which published probes of
Volta to Hopper put at 32 KiB and more per SM with a 12 KiB or larger level before it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The claim of one kernel. Regular expressions match a whole opcode with its modifiers.

    One with a space in it matches opcode, space and operands.
    """

    opcode: str
    loops: tuple[int, ...]
    """How often ``opcode`` stands in each loop that holds it, in code order."""
    overhead: int = 12
    """Most other instructions in such a loop: counter, branch and addresses."""
    also: Mapping[str, int] = field(default_factory=dict)
    """Further opcodes and their exact number in the last such loop."""
    forbidden: tuple[str, ...] = ()
    """Besides spills: opcodes that may not stand in such a loop."""
    outside: int | None = 0
    """``opcode``s outside of loops; ``None``: any number."""
    chained: bool = False
    """Each ``opcode`` must read what the one before it wrote (a latency chain)."""
    max_registers: int = 255
    stack_bytes: int = 0
    architectures: tuple[str, ...] = ARCHITECTURES
    emulated_on: Mapping[str, str] = field(default_factory=dict)
    """Architecture to the opcode that stands in for the missing instruction."""
    forbidden_notes: tuple[str, ...] = ("C7510", "C7517", "C7519")
    """Assembler notes: wgmma serialised (C7510), waits or arrivals injected (C7517, C7519)."""


USUAL_CHAINS = 4
"""Chains of the one throughput kernel kept where an instruction is emulated."""


def declared_on(
    architectures: tuple[str, ...], emulated_on: Mapping[str, str], chains: int, latency: bool
) -> tuple[str, ...]:
    """Return where a variant is declared: a sweep over chains of an emulation says nothing."""
    if latency or chains == USUAL_CHAINS:
        return architectures
    return tuple(arch for arch in architectures if arch not in emulated_on)


def check_function(
    function: Function,
    used: Usage | None,
    signature: Signature,
    arch: str,
    log: str = "",
    code_sha256: str = "",
) -> CodeCheck:
    """Return whether one kernel's instructions hold its claim; the text says what was found."""
    stand_in = signature.emulated_on.get(arch)
    if stand_in is not None:
        return _emulated(function, signature, arch, stand_in, code_sha256)
    problems = [*_resources(function, used, signature), *_notes(function, log, signature)]
    loops = hot_loops(function, signature.opcode)
    problems += _counts(function, loops, signature)
    problems += [text for loop in loops for text in _body(loop, signature)]
    summary = f"{_found(loops, signature.opcode)}, {used.registers if used else '?'} registers"
    return CodeCheck(not problems, "; ".join((summary, *problems)), code_sha256)


def _emulated(
    function: Function, signature: Signature, arch: str, stand_in: str, code_sha256: str
) -> CodeCheck:
    """Prove the emulation: the instruction is absent, its stand-in (or a call to it) runs instead.

    As often as claimed at least, in each loop: the assembler merges equal products of an emulation.
    """
    real = [i for i in function.instructions if holds(i, signature.opcode)]
    instead = [i for i in function.instructions if holds(i, stand_in)]
    problems = []
    if real:
        problems.append(f"{real[0].opcode} found where {arch} was said to emulate it")
    if not instead:
        problems.append(f"its stand-in {stand_in} was not found")
    loops = {id(loop): loop for loop in function.innermost().values()}.values()
    runs = sorted((_stand_ins(loop, stand_in) for loop in loops), reverse=True)
    wanted = sorted(signature.loops, reverse=True)
    if len(runs) < len(wanted) or any(run < want for run, want in zip(runs, wanted, strict=False)):
        problems.append(f"{runs[: len(wanted)]} of them or calls in loops, wanted {wanted} or more")
    found = f"{len(instead)} x {instead[0].opcode if instead else stand_in}"
    return CodeCheck(
        not problems, "; ".join((f"emulated by {found}", *problems)), code_sha256, emulated=True
    )


def _stand_ins(loop: Loop, stand_in: str) -> int:
    calls = sum(1 for i in loop.body if i.opcode.startswith("CALL"))
    return max(calls, len(_matches(loop, stand_in)))


def hot_loops(function: Function, opcode: str) -> tuple[Loop, ...]:
    """Return innermost loops that hold an opcode, in code order."""
    found: dict[int, Loop] = {}
    innermost = function.innermost()
    for instruction in function.instructions:
        if holds(instruction, opcode):
            loop = innermost.get(instruction.address)
            if loop is not None:
                found[loop.body[0].address] = loop
    return tuple(loop for _, loop in sorted(found.items()))


def holds(instruction: Instruction, pattern: str) -> bool:
    """Return whether a pattern matches: the opcode, or opcode and operands if it has a space."""
    text = instruction.opcode
    return bool(re.fullmatch(pattern, f"{text} {instruction.operands}" if " " in pattern else text))


def _matches(loop: Loop, pattern: str) -> list[Instruction]:
    return [i for i in loop.body if holds(i, pattern)]


def _found(loops: tuple[Loop, ...], pattern: str) -> str:
    names = sorted({i.opcode for loop in loops for i in _matches(loop, pattern)})
    counts = " + ".join(str(len(_matches(loop, pattern))) for loop in loops) or "0"
    return f"{counts} x {'/'.join(names) or pattern}"


def _counts(function: Function, loops: tuple[Loop, ...], signature: Signature) -> list[str]:
    problems = []
    counts = tuple(len(_matches(loop, signature.opcode)) for loop in loops)
    if counts != signature.loops:
        wanted = " + ".join(map(str, signature.loops))
        problems.append(f"wanted {wanted} x {signature.opcode} in loops")
    total = sum(1 for i in function.instructions if holds(i, signature.opcode))
    outside = total - sum(counts)
    if signature.outside is not None and outside != signature.outside:
        problems.append(f"{outside} outside of loops, wanted {signature.outside}")
    for pattern, count in signature.also.items():
        found = len(_matches(loops[-1], pattern)) if loops else 0
        if found != count:
            problems.append(f"{found} x {pattern}, wanted {count}")
    return problems


def _body(loop: Loop, signature: Signature) -> list[str]:
    problems = []
    for pattern in (*SPILLS, *signature.forbidden):
        found = _matches(loop, pattern)
        if found:
            problems.append(f"{len(found)} x forbidden {found[0].opcode}")
    wanted = len(_matches(loop, signature.opcode)) + sum(signature.also.values())
    others = len(loop.body) - wanted - len(_matches(loop, IDLE))
    if others > signature.overhead:
        problems.append(f"{others} other instructions in a loop, {signature.overhead} allowed")
    if loop.size_bytes > CODE_LIMIT_BYTES:
        problems.append(f"loop of {loop.size_bytes} bytes, {CODE_LIMIT_BYTES} allowed")
    if signature.chained and not chained(_matches(loop, signature.opcode)):
        problems.append("operations do not depend on each other")
    return problems


def chained(instructions: list[Instruction]) -> bool:
    """Return whether each instruction, around the loop, reads what the one before it wrote."""
    for before, after in zip(instructions, instructions[1:] + instructions[:1], strict=True):
        written = re.match(r"!?(?:P\d|PT|UP\d)?,?\s*(U?R\d+)", before.operands)
        if written is None:
            return False
        read = after.operands.split(",", 1)[-1]
        if not re.search(rf"\b{written[1]}\b", read):
            return False
    return True


def _resources(function: Function, used: Usage | None, signature: Signature) -> list[str]:
    problems = []
    if used is None:
        return [f"the assembler said nothing about {function.name}"]
    if used.spill_bytes or used.stack_bytes > signature.stack_bytes:
        problems.append(f"{used.spill_bytes} bytes spilled, {used.stack_bytes} bytes of stack")
    if used.registers > signature.max_registers:
        problems.append(f"{used.registers} registers, {signature.max_registers} allowed")
    return problems


def _notes(function: Function, log: str, signature: Signature) -> list[str]:
    said = [line for line in log.splitlines() if re.search(rf"\b{function.name}\b", line)]
    notes = signature.forbidden_notes
    return [f"assembler note {note}" for note in notes if any(note in line for line in said)]
