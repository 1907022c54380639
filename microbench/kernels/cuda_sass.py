"""What a cubin's machine code does: instructions, loops and resources of each kernel.

nvdisasm prints the code; the control-flow graph and its natural loops are found here, so that work
is counted in what runs and never in the source.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from microbench.errors import DeviceError

_INSTRUCTION = re.compile(
    r"\s*/\*(?P<address>[0-9a-f]{4,})\*/\s+(?P<guard>@!?U?P[T\d]+\s+)?(?P<opcode>[A-Z][\w.]*)"
    r"\s*(?P<operands>[^;]*);"
)
_LABEL = re.compile(r"^(?P<label>\.L_[\w.$]+):")
_TARGET = re.compile(r"`\((?P<label>\.L_[\w.$]+)\)")
_SECTION = re.compile(r"\.section\s+\.text\.(?P<name>[\w$]+)")
_USAGE = re.compile(
    r"Compiling entry function '(?P<name>\w+)'.*?"
    r"(?P<stack>\d+) bytes stack frame, (?P<stores>\d+) bytes spill stores, "
    r"(?P<loads>\d+) bytes spill loads.*?Used (?P<registers>\d+) registers",
    re.DOTALL,
)
_JUMPS = ("BRA", "JMP", "UBRA")
_ENDS = ("EXIT", "RET", "BRX", "JMX", "KILL")
INSTRUCTION_BYTES = 16


@dataclass(frozen=True, slots=True)
class Instruction:
    """One machine instruction."""

    address: int
    guard: str
    opcode: str
    """With its modifiers: ``HMMA.16816.F32.BF16``."""
    operands: str
    target: str = ""
    """Label a branch goes to."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A natural loop: every instruction that can run between two visits of its head."""

    body: tuple[Instruction, ...]

    @property
    def size_bytes(self) -> int:
        """Code of one trip, to compare with the instruction cache."""
        return INSTRUCTION_BYTES * len(self.body)

    def opcodes(self) -> Counter[str]:
        """Return how often each opcode stands in the body."""
        return Counter(instruction.opcode for instruction in self.body)


@dataclass(frozen=True, slots=True)
class Function:
    """One kernel's machine code."""

    name: str
    instructions: tuple[Instruction, ...]
    loops: tuple[Loop, ...]

    def innermost(self) -> dict[int, Loop]:
        """Return the smallest loop around each instruction that is in one, by its address."""
        found: dict[int, Loop] = {}
        for loop in sorted(self.loops, key=lambda one: -len(one.body)):
            found.update(dict.fromkeys((i.address for i in loop.body), loop))
        return found


@dataclass(frozen=True, slots=True)
class Usage:
    """What the assembler said a kernel takes."""

    registers: int
    stack_bytes: int
    spill_bytes: int


@cache
def nvdisasm_path() -> str:
    """Return the disassembler: the one of the Python package, else of a toolkit on PATH."""
    package = find_spec("nvidia")
    for root in (package.submodule_search_locations or ()) if package else ():
        for found in sorted(Path(root).glob("cu*/bin/nvdisasm"), reverse=True):
            return str(found)
    found_on_path = shutil.which("nvdisasm")
    if found_on_path is None:
        raise DeviceError(
            'nvdisasm is missing, so machine code cannot be checked: pip install "hwprof[kernels]"'
        )
    return found_on_path


@cache
def disassembler_name() -> str:
    """Return which nvdisasm this is: its version and build."""
    done = subprocess.run(
        [nvdisasm_path(), "--version"], capture_output=True, text=True, check=False
    )
    return " ".join(done.stdout.split())


def disassemble(code: bytes) -> str:
    """Return nvdisasm's text for a cubin."""
    with tempfile.NamedTemporaryFile(suffix=".cubin") as file:
        file.write(code)
        file.flush()
        done = subprocess.run(
            [nvdisasm_path(), "-c", file.name],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise DeviceError(f"nvdisasm: {done.stderr.strip() or 'no message'}")
    return done.stdout


def parse(text: str) -> dict[str, Function]:
    """Return the kernels in nvdisasm's text by name."""
    functions: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        section = _SECTION.search(line) if ".section" in line else None
        if section:
            lines = functions.setdefault(section["name"], [])
        lines.append(line)
    return {name: _function(name, body) for name, body in functions.items()}


def usage(log: str) -> dict[str, Usage]:
    """Return registers, stack and spills of each kernel from the assembler's ``-v`` log."""
    return {
        match["name"]: Usage(
            int(match["registers"]),
            int(match["stack"]),
            int(match["stores"]) + int(match["loads"]),
        )
        for match in _USAGE.finditer(log)
    }


def _function(name: str, lines: Iterable[str]) -> Function:
    instructions: list[Instruction] = []
    labels: dict[str, int] = {}
    for line in lines:
        if line.startswith(".L_"):
            label = _LABEL.match(line)
            if label:
                labels[label["label"]] = len(instructions)
            continue
        found = _INSTRUCTION.match(line)
        if found:
            target = _TARGET.search(found["operands"]) if "`" in found["operands"] else None
            instructions.append(
                Instruction(
                    int(found["address"], 16),
                    (found["guard"] or "").strip(),
                    found["opcode"],
                    found["operands"].strip(),
                    target["label"] if target else "",
                )
            )
    successors = [_successors(i, instructions, labels) for i in range(len(instructions))]
    return Function(name, tuple(instructions), _loops(instructions, successors))


def _successors(
    index: int, instructions: list[Instruction], labels: dict[str, int]
) -> tuple[int, ...]:
    """Return where control can go after an instruction (calls are taken to come back)."""
    instruction = instructions[index]
    kind = instruction.opcode.split(".")[0]
    after = (index + 1,) if index + 1 < len(instructions) else ()
    if kind in _JUMPS and instruction.target in labels:
        always = not instruction.guard and instruction.operands.startswith("`(")
        return (labels[instruction.target], *(() if always else after))
    if kind in _ENDS and not instruction.guard:
        return ()
    return after


def _loops(instructions: list[Instruction], successors: list[tuple[int, ...]]) -> tuple[Loop, ...]:
    """Return natural loops: an edge back to a dominator, and all that reaches its tail."""
    if not instructions:
        return ()
    dominators = _dominators(successors)
    before = _predecessors(successors)
    bodies: dict[int, set[int]] = {}
    for tail, targets in enumerate(successors):
        for head in targets:
            if tail != head and _dominates(head, tail, dominators):
                bodies.setdefault(head, {head}).update(_reach(tail, head, before))
    return tuple(
        Loop(tuple(instructions[i] for i in sorted(body))) for _, body in sorted(bodies.items())
    )


def _predecessors(successors: list[tuple[int, ...]]) -> list[list[int]]:
    before: list[list[int]] = [[] for _ in successors]
    for index, targets in enumerate(successors):
        for target in targets:
            before[target].append(index)
    return before


def _dominators(successors: list[tuple[int, ...]]) -> dict[int, int]:
    """Return each reachable instruction's immediate dominator.

    Source: Cooper, Harvey, Kennedy, A Simple, Fast Dominance Algorithm (2001), figure 3.
    """
    order = _postorder(successors)
    number = {node: index for index, node in enumerate(order)}
    before = _predecessors(successors)
    found = {0: 0}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            ready = [p for p in before[node] if p in found]
            best = ready[0]
            for other in ready[1:]:
                best = _meet(best, other, found, number)
            if found.get(node) != best:
                found[node], changed = best, True
    return found


def _meet(one: int, other: int, found: dict[int, int], number: dict[int, int]) -> int:
    while one != other:
        while number[one] < number[other]:
            one = found[one]
        while number[other] < number[one]:
            other = found[other]
    return one


def _postorder(successors: list[tuple[int, ...]]) -> list[int]:
    order: list[int] = []
    seen = {0}
    waiting = [(0, iter(successors[0]))]
    while waiting:
        node, targets = waiting[-1]
        following = next((t for t in targets if t not in seen), None)
        if following is None:
            order.append(node)
            waiting.pop()
        else:
            seen.add(following)
            waiting.append((following, iter(successors[following])))
    return order


def _dominates(head: int, tail: int, dominators: dict[int, int]) -> bool:
    if tail not in dominators:
        return False
    while tail not in (head, 0):
        tail = dominators[tail]
    return tail == head


def _reach(tail: int, head: int, before: list[list[int]]) -> set[int]:
    body, waiting = {head}, [tail]
    while waiting:
        index = waiting.pop()
        if index not in body:
            body.add(index)
            waiting.extend(before[index])
    return body
