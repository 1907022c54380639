"""CUDA source to cubin with NVRTC: no GPU, no driver and no toolkit needed.

Cubins are kept under a name that is the hash of everything that went in (source, headers, options,
compiler version), so a stale one cannot be picked up.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from microbench.errors import DeviceError

OPTIONS = ("--std=c++17", "--ptxas-options=-v")
INSTALL = 'pip install "hwprof[kernels]"'


class KernelCompileError(DeviceError):
    """The compiler refused a kernel: an instruction that the architecture does not have."""


@dataclass(frozen=True, slots=True)
class Cubin:
    """Machine code for one architecture and the log of the assembler that made it."""

    code: bytes
    arch: str
    log: str
    compiler: str
    """``NVRTC 13.5``; its own assembler made the code."""

    @property
    def sha256(self) -> str:
        """Hash of the machine code: the identity of what ran."""
        return hashlib.sha256(self.code).hexdigest()


def source_text(name: str) -> str:
    """Return a shipped ``.cu`` or ``.cuh`` file."""
    return resources.files("microbench.kernels.cuda").joinpath(name).read_text(encoding="utf-8")


def cache_folder() -> Path:
    """Return where cubins are kept: ``$HWPROF_CACHE``, else the user's cache folder."""
    override = os.environ.get("HWPROF_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return (Path(override) if override else Path(base) / "hwprof") / "cubin"


def compile_cubin(
    source: str,
    arch: str,
    headers: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Cubin:
    """Compile CUDA C++ text to machine code for ``arch``, or take it from the cache.

    ``headers`` maps include names to text; nothing is read from the file system. Raises
    ``KernelCompileError`` with the compiler's first error, ``DeviceError`` without NVRTC.
    """
    options = (f"--gpu-architecture={arch}", *OPTIONS)
    compiler = compiler_name()
    names = dict(headers or {})
    key = _key(source, options, names, compiler)
    folder = folder or cache_folder()
    kept = _read(folder, key)
    if kept is not None:
        return Cubin(kept[0], arch, kept[1], compiler)
    code, log = _compile(source, options, names)
    _write(folder, {f"{key}.log": log.encode(), f"{key}.cubin": code})
    return Cubin(code, arch, log, compiler)


def kept_text(key: str, make: Callable[[], str], folder: Path | None = None) -> str:
    """Return the text made from a cubin under ``key``, or what was kept of it before."""
    name, folder = f"{hashlib.sha256(key.encode()).hexdigest()}.sass", folder or cache_folder()
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError:
        text = make()
        _write(folder, {name: text.encode()})
        return text


@cache
def compiler_name() -> str:
    """Return NVRTC's version. ``DeviceError`` says what to install when it is absent."""
    major, minor = _succeed(_nvrtc().nvrtcVersion())
    return f"NVRTC {major}.{minor}"


@cache
def _nvrtc() -> Any:
    try:
        from cuda.bindings import nvrtc

        nvrtc.nvrtcVersion()
    except (ImportError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise DeviceError(f"cannot compile CUDA kernels ({reason}): {INSTALL}") from error
    return nvrtc


def _compile(source: str, options: tuple[str, ...], headers: dict[str, str]) -> tuple[bytes, str]:
    nvrtc = _nvrtc()
    program = _succeed(
        nvrtc.nvrtcCreateProgram(
            source.encode(),
            b"kernel.cu",
            len(headers),
            [text.encode() for text in headers.values()],
            [name.encode() for name in headers],
        )
    )[0]
    try:
        status = nvrtc.nvrtcCompileProgram(program, len(options), [o.encode() for o in options])[0]
        log = b" " * _succeed(nvrtc.nvrtcGetProgramLogSize(program))[0]
        _succeed(nvrtc.nvrtcGetProgramLog(program, log))
        text = log.decode(errors="replace").strip("\0 \n")
        if status != nvrtc.nvrtcResult.NVRTC_SUCCESS:
            raise KernelCompileError(f"{options[0]}: {_first_error(text)}")
        code = b" " * _succeed(nvrtc.nvrtcGetCUBINSize(program))[0]
        _succeed(nvrtc.nvrtcGetCUBIN(program, code))
        return code, text
    finally:
        nvrtc.nvrtcDestroyProgram(program)


def _succeed(answer: tuple[Any, ...]) -> tuple[Any, ...]:
    status, *values = answer
    if int(status) != 0:
        raise DeviceError(f"NVRTC answered {status.name}")
    return tuple(values)


def _first_error(log: str) -> str:
    marks = ("error", "fatal")
    lines = [line for line in log.splitlines() if any(mark in line.lower() for mark in marks)]
    return (lines or log.splitlines() or ["no message"])[0].strip()


def _key(source: str, options: tuple[str, ...], headers: dict[str, str], compiler: str) -> str:
    parts = (compiler, *options, source, *(f"{k}\n{v}" for k, v in sorted(headers.items())))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _read(folder: Path, key: str) -> tuple[bytes, str] | None:
    try:
        code = (folder / f"{key}.cubin").read_bytes()
        return code, (folder / f"{key}.log").read_text(encoding="utf-8")
    except OSError:
        return None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files in order, each by rename; a folder that cannot be written only costs time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(data)
            Path(file.name).replace(folder / name)
    except OSError:
        return
