"""What the assembler gave each kernel of a cubin, read from the ELF file itself.

No tool runs: ``.nv.info`` holds registers and stack frame as attribute records, section sizes give
code and static shared memory. Checked in the tests against the assembler's own log.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from microbench.errors import InputError

INSTRUCTION_BYTES = 16
"""From Volta on (CUDA Binary Utilities: 128-bit encodings)."""
FRAME_SIZE, REGISTER_COUNT = 0x11, 0x2F
"""Attribute numbers of ``.nv.info``; found by comparing with the assembler's ``-v`` log."""
SIZED = 0x04
"""Attribute format: a 16-bit length follows, then the value."""
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")


@dataclass(frozen=True, slots=True)
class Usage:
    """What one kernel takes."""

    registers: int
    """A thread's registers of 32 bits."""
    stack_bytes: int
    """A thread's local memory: spilled registers, and arrays indexed at run time."""
    shared_bytes: int
    """Static shared memory of a block."""
    instructions: int
    """Machine instructions, the padding to 128 bytes included."""


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    kind: int
    start: int
    size: int
    link: int


def usages(code: bytes) -> dict[str, Usage]:
    """Return what each kernel in a cubin takes, by name; ``InputError`` for what is no cubin."""
    try:
        return _usages(code)
    except (struct.error, IndexError, ValueError) as error:
        raise InputError("not a cubin, or a damaged one") from error


def _usages(code: bytes) -> dict[str, Usage]:
    sections = list(_sections(code))
    names = _symbols(code, sections)
    size = {section.name: section.size for section in sections}
    registers, frames = {}, {}
    for section in sections:
        if section.name == ".nv.info":
            for attribute, symbol, value in _attributes(code, section):
                if attribute == REGISTER_COUNT:
                    registers[names[symbol]] = value
                elif attribute == FRAME_SIZE:
                    frames[names[symbol]] = value
    return {
        name: Usage(
            count,
            frames.get(name, 0),
            size.get(f".nv.shared.{name}", 0),
            size[f".text.{name}"] // INSTRUCTION_BYTES,
        )
        for name, count in registers.items()
        if f".text.{name}" in size
    }


def _sections(code: bytes) -> Iterator[_Section]:
    head = _HEADER.unpack_from(code)
    if head[0][:4] != b"\x7fELF":
        raise InputError("not a cubin: no ELF header")
    table, width, count, strings = head[6], head[11], head[12], head[13]
    rows = [_SECTION.unpack_from(code, table + i * width) for i in range(count)]
    for row in rows:
        name = _text(code, rows[strings][4] + row[0])
        yield _Section(name, row[1], row[4], row[5], row[6])


def _symbols(code: bytes, sections: list[_Section]) -> list[str]:
    table = next((s for s in sections if s.name == ".symtab"), None)
    if table is None:
        return []
    strings = sections[table.link].start
    return [
        _text(code, strings + _SYMBOL.unpack_from(code, table.start + at)[0])
        for at in range(0, table.size, _SYMBOL.size)
    ]


def _attributes(code: bytes, section: _Section) -> Iterator[tuple[int, int, int]]:
    """Yield (attribute, symbol, value) of every record that holds a symbol and a number."""
    at, end = section.start, section.start + section.size
    while at < end:
        form, attribute, length = struct.unpack_from("<BBH", code, at)
        at += 4
        if form == SIZED:
            if length == 8:
                yield attribute, *struct.unpack_from("<II", code, at)
            at += length


def _text(code: bytes, start: int) -> str:
    return code[start : code.index(b"\0", start)].decode("ascii")
