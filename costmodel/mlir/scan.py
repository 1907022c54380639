"""The structure of MLIR text: which op stands where, in any dialect and any version.

MLIR has no statement terminator and every dialect prints as it likes, so the scanner relies on
what all printers share: balanced brackets, ops that start a line (or follow a brace), results
before ``=``, quoted names before ``(``. One regular expression finds brackets, strings and line
ends; everything between them is never looked at. There is no recursion: nesting costs memory only.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field

from costmodel.mlir.ir import Block, Op, Region
from costmodel.mlir.lines import SECOND_OP
from costmodel.mlir.patterns import (
    ASCII_LINE,
    BARE_OPS,
    BLANK,
    CALLER,
    LINE,
    PAIRS,
    START,
    SUGAR,
    TOKEN,
)
from costmodel.mlir.statements import (
    ScanError,
    balanced,
    is_dictionary,
    parse_arguments,
    result_names,
    starts_statement,
)


class SecondOpError(Exception):
    """Two ops stand on one line: the text needs ``lines.with_lines`` first."""


LOOK_AHEAD = 1024
"""Characters of a line searched for a second op: a statement each must not read the whole line."""
LONG_LITERAL = 512
"""Literals of more characters than this are dropped from headers: weights are not stored."""
LONG_CONFIGURATION = 65536
"""Characters up to which the configuration of a library call stays in its header."""


@dataclass(slots=True)
class _Frame:
    """An op under construction and the region its children go to."""

    op: Op | None
    start: int
    pieces: list[str]
    open: list[tuple[str, int]]
    region: Region


@dataclass(slots=True)
class Scanner:
    """One pass over a text. ``run`` leaves top-level ops in ``ops`` and aliases in ``aliases``."""

    text: str
    ops: list[Op] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    replaced: list[tuple[int, str, str]] = field(default_factory=list)
    """Aliases defined anew, as ``Module.replaced`` keeps them."""
    frames: list[_Frame] = field(default_factory=list)
    one_line: bool = False
    """Whether lines were made by ``lines.with_lines``: two ops on a line are then no surprise."""
    _rests: tuple[dict[str, str], dict[str, str]] = field(default_factory=lambda: ({}, {}))
    """Ends of lines already looked at, behind no bracket and behind one."""
    _names: dict[str, str] = field(default_factory=dict)
    """Bare op names in full: ops of one name share its text."""

    def run(self) -> None:
        """Scan the whole text; ``ScanError`` where brackets or strings do not match."""
        text, end = self.text, len(self.text)
        self.frames = [_Frame(None, 0, [], [], Region([Block(ops=self.ops)]))]
        at = 0
        while at < end:
            at = self._lines(at)
            if at < end:
                at = self._statement(at)
        frame = self.frames[-1]
        if frame.open:
            kind, opened = frame.open[-1]
            raise ScanError(opened, f"'{kind}' is never closed: is the file cut short?")
        if len(self.frames) > 1:
            raise ScanError(len(text.rstrip()), "the file ends inside a region: is it cut short?")
        self._finish(frame, end)

    def _lines(self, at: int) -> int:
        """Take ops that fill one line each, as long as they come; return where they end."""
        text, frames = self.text, self.frames
        plain, bracketed = self._rests
        spelt, longest = self._names, LONG_LITERAL
        take = frames[-1].region.blocks[-1].ops.append
        names: tuple[str, ...]
        for match in (ASCII_LINE if text.isascii() else LINE).finditer(text, at):
            results, quoted, bare, lead, rest, brace, closing = match.groups()
            if rest is None:
                if closing is None or len(frames) == 1 or frames[-2].open:
                    return match.start()
                frames.pop()
                frame = frames[-1]
                frame.start = match.end()
                self._finish(frame, frame.start)
                take = frame.region.blocks[-1].ops.append
                continue
            kept = bracketed.get(rest) if lead and lead[0] == "(" else plain.get(rest)
            if kept is None:
                kept = self._checked(lead, rest)
                if kept is None:
                    return match.start()
            if len(lead) > longest or (brace and is_dictionary(text, match.start(6))):
                return match.start()
            name = spelt.get(bare) or (quoted and sys.intern(quoted))
            if name is None:
                name = spelt[bare] = SUGAR.get(bare, bare)
            if results:
                start = match.start(1)
                names = result_names(results) if ":" in results or "," in results else (results,)
            else:
                start, names = match.start(3) if bare else match.start(2) - 1, ()
            op = Op(name, names, start, lead, kept)
            if brace:
                region = Region([Block()])
                op.regions = [region]
                frame = frames[-1]
                frame.op, frame.start, frame.pieces = op, match.end(), [op.header]
                frames.append(_Frame(None, frame.start, [], [], region))
                take = region.blocks[-1].ops.append
            else:
                take(op)
        return len(text)

    def _checked(self, lead: str, rest: str) -> str | None:
        """Return the end of a line's header, trimmed, or ``None`` if it is no op by itself.

        Lines that end alike are looked at once, and share one text.
        """
        bracket = lead[:1] == "("
        if (
            rest.count("(") + bracket != rest.count(")")
            or rest.count("[") != rest.count("]")
            or len(rest) > LONG_LITERAL
        ):
            return None
        if " = " in rest and not self.one_line and SECOND_OP.search(rest):
            raise SecondOpError
        trimmed = rest.rstrip()
        self._rests[bracket][rest] = trimmed
        return trimmed

    def _statement(self, begin: int) -> int:
        """Follow brackets from ``begin`` to the next place where a line may start an op."""
        text, frames = self.text, self.frames
        if not self.one_line:
            most = begin + LOOK_AHEAD
            line_end = text.find("\n", begin, most)
            line_end = line_end if line_end >= 0 else most
            first = text.find(" %", begin, line_end)
            if first >= 0 and SECOND_OP.search(text, first, line_end):
                raise SecondOpError
        frame = frames[-1]
        ops = frame.region.blocks[-1].ops
        if ops and not starts_statement(text, begin):
            frame.op = ops.pop()
            frame.pieces, frame.start = [frame.op.header, "\n"], begin
            skip = begin
        else:
            skip = self._begin(frame, begin)
        for token in TOKEN.finditer(text, skip):
            at = token.start()
            if at < skip:
                continue
            kind = text[at]
            if kind == "\n":
                if frame.open:
                    continue
                blank = BLANK.match(text, at)
                after = blank.end() if blank else at + 1
                if frame.op is None or starts_statement(text, after):
                    self._finish(frame, at)
                    return after
                frame.pieces.append(text[frame.start : at])
                frame.pieces.append("\n")
                frame.start = skip = after
            elif kind in "([":
                frame.open.append((kind, at))
            elif kind in ")]":
                self._match(frame, kind, at)
            elif kind == "<":
                if token.end() - at == 1:
                    frame.open.append((kind, at))
            elif kind == ">":
                if token.end() - at == 1 and frame.open and frame.open[-1][0] == "<":
                    self._close_angle(frame, at)
            elif kind == "{":
                loose = frame.op is None and len(frames) > 1
                if loose or _inside_dictionary(frame) or is_dictionary(text, at):
                    frame.open.append((kind, at))
                elif frame.op is None:
                    raise ScanError(at, "a brace that belongs to no op")
                else:
                    region = Region([Block()])
                    frame.op.regions = [*frame.op.regions, region]
                    frame.pieces.append(text[frame.start : at])
                    frames.append(_Frame(None, at + 1, [], [], region))
                    return at + 1
            elif kind == "}":
                if frame.open:
                    self._match(frame, kind, at)
                elif len(frames) == 1:
                    raise ScanError(at, "'}' closes nothing")
                else:
                    self._finish(frame, at)
                    frames.pop()
                    frame = frames[-1]
                    frame.start = at + 1
                    if not frame.open and starts_statement(text, at + 1):
                        self._finish(frame, at + 1)
                        return at + 1
            elif kind == '"':
                skip = self._string(frame, token)
            elif kind == "/" and frame.op is not None:
                frame.pieces.append(text[frame.start : at])
                frame.start = token.end()
        return len(text)

    def _begin(self, frame: _Frame, at: int) -> int:
        """Start the statement after ``at``; return the offset scanning goes on from."""
        text = self.text
        while True:
            match = START.match(text, at)
            if match is None:
                return at
            kind = match.lastgroup
            if kind == "close":
                return match.start("close")
            if kind == "resources":
                end = text.find("#-}", match.end())
                if end < 0:
                    raise ScanError(match.start("resources"), "resources '{-#' are never closed")
                at = end + 3
                continue
            if kind == "label":
                at = self._label(frame, match)
                continue
            if kind == "alias":
                at = self._alias(match)
                continue
            name = match.group(kind) if kind else ""
            if kind == "bare" and len(self.frames) > 1 and not self._opens(name, match.end()):
                return match.end()
            name = SUGAR.get(name, name)
            results = match.group("results")
            start = match.start("results") if results else match.start(kind or 0)
            frame.op = Op(name, result_names(results) if results else (), start)
            frame.pieces = []
            frame.start = match.end()
            return match.end()

    def _opens(self, name: str, at: int) -> bool:
        """Say whether a bare word starts an op, and is no line of an op's own syntax."""
        if "." in name or name in BARE_OPS:
            return True
        end = self.text.find("\n", at)
        return self.text[at : end if end >= 0 else len(self.text)].rstrip().endswith("{")

    def _finish(self, frame: _Frame, at: int) -> None:
        if frame.op is not None:
            frame.pieces.append(self.text[frame.start : at])
            frame.op.header = "".join(frame.pieces).strip()
            frame.region.blocks[-1].ops.append(frame.op)
            frame.op = None

    def _match(self, frame: _Frame, kind: str, at: int) -> None:
        while frame.open and frame.open[-1][0] == "<" and kind != ">":
            frame.open.pop()
        if not frame.open or frame.open[-1][0] != PAIRS[kind]:
            raise ScanError(at, f"'{kind}' closes nothing")
        frame.open.pop()

    def _close_angle(self, frame: _Frame, at: int) -> None:
        _, opened = frame.open.pop()
        if at - opened > LONG_LITERAL and frame.op is not None and opened >= frame.start:
            frame.pieces.append(self.text[frame.start : opened + 1])
            frame.start = at

    def _string(self, frame: _Frame, token: re.Match[str]) -> int:
        at, end = token.start(), token.end()
        if token.group("closing") is None:
            raise ScanError(at, "a string that is never closed")
        if (
            end - at > LONG_LITERAL
            and frame.op is not None
            and not self._configures(frame.op, at, end)
        ):
            frame.pieces.append(self.text[frame.start : at])
            frame.start = end
        if frame.op is not None and not frame.open:
            again = START.match(self.text, at)
            if again and again.lastgroup == "quoted" and "." in self.text[at:end]:
                self._finish(frame, at)
                return self._begin(frame, at)
        return end

    def _configures(self, op: Op, at: int, end: int) -> bool:
        """Say whether a string is the JSON that tells what a library call computes."""
        if not op.name.endswith("custom_call") or end - at > LONG_CONFIGURATION:
            return False
        return self.text.startswith('"{\\22', at) and self.text.find("%", at, end) < 0

    def _label(self, frame: _Frame, match: re.Match[str]) -> int:
        """Open a block at ``^name(args):`` and return the offset after its colon."""
        text, at = self.text, match.end("label")
        arguments: list[tuple[str, str]] = []
        if text.startswith("(", at):
            close = balanced(text, at)
            arguments = parse_arguments(text[at + 1 : close])
            at = close + 1
        colon = text.find(":", at)
        if colon < 0 or text[at:colon].strip():
            raise ScanError(match.start("label"), "a block label without ':'")
        block = Block(arguments, label=match.group("label"))
        last = frame.region.blocks[-1]
        if last.ops or last.arguments:
            frame.region.blocks.append(block)
        else:
            frame.region.blocks[-1] = block
            if frame.region.blocks[0].ops is self.ops:
                frame.region.blocks[-1].ops = self.ops
        return colon + 1

    def _alias(self, match: re.Match[str]) -> int:
        """Record ``#name = ...`` up to the end of its line, brackets balanced."""
        text, at = self.text, match.end()
        depth, end = 0, len(text)
        for token in TOKEN.finditer(text, at):
            kind = token.group()
            if kind in {"(", "[", "{", "<"}:
                depth += 1
            elif kind in {")", "]", "}", ">"}:
                depth -= 1
            elif kind == "\n" and depth <= 0 and not CALLER.match(text, token.end()):
                end = token.start()
                break
        if end - at <= LONG_LITERAL * 8:
            name, value = match.group("alias"), text[at:end].strip()
            if self.aliases.get(name, value) != value:
                self.replaced.append((match.start(), name, self.aliases[name]))
            self.aliases[name] = value
        return end


def _inside_dictionary(frame: _Frame) -> bool:
    return any(kind in "{[<" for kind, _ in frame.open)
