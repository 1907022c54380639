"""Files and texts to modules; every fault is one line with file, line and column."""

from __future__ import annotations

from pathlib import Path

from costmodel.mlir.collector import without_collecting
from costmodel.mlir.ir import Module
from costmodel.mlir.lines import with_lines
from costmodel.mlir.patterns import BARE_OPS
from costmodel.mlir.scan import Scanner, SecondOpError
from costmodel.mlir.statements import ScanError
from microbench.errors import InputError

BYTECODE = b"ML\xefR"
MAX_BYTES = 2 * 1024**3


def read_file(path: Path | str) -> Module:
    """Read an MLIR text file; ``InputError`` says what is wrong with it, and where."""
    path = Path(path)
    try:
        size_bytes = path.stat().st_size
        if path.is_dir():
            raise InputError(f"{path}: a folder, not an MLIR file")
        if size_bytes > MAX_BYTES:
            raise InputError(
                f"{path}: {size_bytes / 2**30:.1f} GiB, more than the 2 GiB hwprof reads"
            )
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    return read_bytes(raw, str(path))


def read_bytes(raw: bytes, name: str) -> Module:
    """Read the bytes of an MLIR text; ``InputError`` says what is wrong with them, and where."""
    if len(raw) > MAX_BYTES:
        raise InputError(f"{name}: more than the 2 GiB hwprof reads")
    return read_text(_decode(raw, name), name)


def read_text(text: str, name: str = "<input>") -> Module:
    """Read MLIR text; ``InputError`` carries ``name:line:column`` and the offending text."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    module = Module(name, [], {}, text, len(text))
    try:
        with without_collecting():
            scanned = _scanned(text)
        module.ops, module.aliases = scanned.ops, scanned.aliases
        module.replaced = scanned.replaced
    except ScanError as error:
        near = text[error.offset : error.offset + 40].split("\n")[0].strip()
        shown = f" near {near!r}" if near else ""
        raise InputError(f"{module.location(error.offset)}: {error.message}{shown}") from None
    if not module.ops:
        raise InputError(f"{name}:1:1: no MLIR operation found: is this an MLIR text file?")
    first = module.ops[0]
    if "." not in first.name and first.name not in BARE_OPS:
        shown = first.name[:40]
        raise InputError(
            f"{module.location(first.offset)}: {shown!r} is no MLIR operation: "
            "is this an MLIR text file?"
        )
    return module


def _scanned(text: str) -> Scanner:
    """Scan a text; one with several ops on a line is given line ends first, offsets unchanged."""
    scanner = Scanner(text)
    try:
        scanner.run()
    except SecondOpError:
        scanner = Scanner(with_lines(text), one_line=True)
        scanner.run()
    return scanner


def _decode(raw: bytes, name: str) -> str:
    if raw.startswith(BYTECODE):
        raise InputError(
            f"{name}: MLIR bytecode, not text: convert it with `iree-opt {name} -o model.mlir`, a "
            "StableHLO artifact with `stablehlo-translate --deserialize` (docs/getting-mlir.md)"
        )
    if not raw.strip():
        raise InputError(f"{name}: the file is empty")
    if b"\0" in raw[:4096]:
        raise InputError(f"{name}: a binary file, not MLIR text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}:{line}:1: not UTF-8 text (byte {error.start})") from None
