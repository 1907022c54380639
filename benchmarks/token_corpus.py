"""Write the corpus of the token model: real programs as StableHLO text, labelled on this CPU.

    python benchmarks/token_corpus.py FOLDER --programs 10000 --cpu-minutes 50

For each program of ``token_programs.py``: its text, the CPU seconds of one call on one thread
(XLA-CPU as jax runs it, dispatch included), and of the machine code XLA generated for it the number
of instructions, the most vector registers any function names, and the largest stack frame. Code of
libraries that XLA calls (matrix products, FFTs, convolutions) is in the time and not in the counts.
A control kernel is timed beside every program. Rows go to FOLDER/rows.jsonl.gz as they come; run
again to go on. Needs jax and objdump.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import statistics
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + " --xla_cpu_multi_thread_eigen=false"

import jax
import numpy as np
from token_programs import FAMILIES, Spec

SAMPLES, SAMPLE_S = 5, 2e-3
"""Samples of a program and the least seconds of each: set so that 10,000 take half an hour."""
_FUNCTION = re.compile(r"^[0-9a-f]+ <")
_VECTOR = re.compile(r"%[xyz]mm(\d+)")
_FRAME = re.compile(r"\bsub\s+\$0x([0-9a-f]+),%rsp")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--programs", type=int, default=10_000)
    parser.add_argument("--cpu-minutes", type=float, default=50.0)
    given = parser.parse_args()
    jax.config.update("jax_cpu_enable_async_dispatch", False)
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / "rows.jsonl.gz"
    done = known(path)
    index = max((row["index"] for row in done), default=-1) + 1
    seen, count = {row["digest"] for row in done}, len(done)
    names, lines = list(FAMILIES), []
    while count < given.programs and time.process_time() < given.cpu_minutes * 60:
        row = label(names[index % len(names)], index)
        index += 1
        if row["digest"] in seen:
            continue
        seen.add(row["digest"])
        lines.append(json.dumps(row))
        count += 1
        if len(lines) == 50:
            append(path, lines)
            lines = []
            jax.clear_caches()
            print(f"{count} programs, {time.process_time():.0f} s of CPU time", flush=True)
    append(path, lines)


def known(path: Path) -> list[dict[str, Any]]:
    """Read the rows of an earlier run."""
    if not path.exists():
        return []
    with gzip.open(path, "rt") as file:
        return [json.loads(line) for line in file]


def append(path: Path, lines: list[str]) -> None:
    """Add rows as one more gzip member: a run that is killed loses at most what was pending."""
    if lines:
        with gzip.open(path, "at") as file:
            file.write("\n".join(lines) + "\n")


def label(family: str, index: int) -> dict[str, Any]:
    """Build, compile, time and disassemble one program."""
    function, specs = FAMILIES[family](Random(index))
    values = [draw(spec, index) for spec in specs]
    jitted = jax.jit(function)
    lowered = jitted.lower(*values)
    text = lowered.as_text()
    compiled = lowered.compile()
    call = lambda: jitted(*values)  # noqa: E731 - one expression
    run_s = seconds(call)
    cost = lowered.cost_analysis() or {}
    return {
        "index": index,
        "family": family,
        "digest": hashlib.sha256(text.encode()).hexdigest()[:16],
        "run_s": run_s,
        "control_s": control_s(),
        "xla_flop": cost.get("flops", 0.0) + cost.get("transcendentals", 0.0),
        "argument_bytes": sum(value.nbytes for value in values),
        **generated(compiled),
        "text": text,
    }


def draw(spec: Spec, seed: int) -> Any:
    """Draw an argument: standard normal numbers, or indices."""
    generator = np.random.default_rng(seed)
    shape, dtype = spec
    if dtype == "int32":
        return jax.numpy.asarray(generator.integers(0, 1 << 30, shape, dtype=np.int32))
    return jax.numpy.asarray(generator.standard_normal(shape, dtype=np.float32))


def seconds(call: Callable[[], Any]) -> float:
    """Return the median CPU seconds of a call over the samples, several calls to each."""
    call()
    start_s = time.process_time()
    call()
    count = max(1, int(SAMPLE_S / max(time.process_time() - start_s, 1e-6)))
    samples = []
    for _ in range(SAMPLES):
        start_s = time.process_time()
        for _ in range(count):
            call()
        samples.append((time.process_time() - start_s) / count)
    return statistics.median(samples)


_CONTROL = np.random.default_rng(0).standard_normal((96, 96), dtype=np.float32)


def control_s() -> float:
    """Return the CPU seconds of a fixed small piece of work: how fast the core is just now."""
    start_s = time.process_time()
    for _ in range(10):
        np.tanh(_CONTROL)
    return (time.process_time() - start_s) / 10


def generated(compiled: Any) -> dict[str, int | None]:
    """Measure the generated code; nothing where XLA cannot write the executable (sorting)."""
    try:
        return code(compiled.runtime_executable().serialize())
    except jax.errors.JaxRuntimeError:
        return dict.fromkeys(("instructions", "functions", "vector_registers", "frame_bytes"))


def code(executable: bytes) -> dict[str, int | None]:
    """Count instructions, vector registers and stack in the object files of an executable."""
    instructions = functions = registers = frame = 0
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as at:
        paths = []
        for number, blob in enumerate(objects(executable)):
            paths.append(f"{at}/{number}.o")
            Path(paths[-1]).write_bytes(blob)
        listing = ""
        if paths:
            command = ["objdump", "-d", "--no-show-raw-insn", *paths]
            listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    named: set[str] = set()
    for line in listing.splitlines():
        if _FUNCTION.match(line):
            functions += 1
            named = set()
        elif line.startswith(" "):
            instructions += 1
            named.update(_VECTOR.findall(line))
            registers = max(registers, len(named))
            reserved = _FRAME.search(line)
            frame = max(frame, int(reserved.group(1), 16) if reserved else 0)
    return {
        "instructions": instructions,
        "functions": functions,
        "vector_registers": registers,
        "frame_bytes": frame,
    }


def objects(executable: bytes) -> list[bytes]:
    """Cut the 64-bit ELF files out of a serialised executable: each ends with its section table."""
    found, at = [], executable.find(b"\x7fELF\x02")
    while at >= 0:
        (table,) = struct.unpack_from("<Q", executable, at + 40)
        each, count = struct.unpack_from("<HH", executable, at + 58)
        end = at + table + each * count
        found.append(executable[at:end])
        at = executable.find(b"\x7fELF\x02", end)
    return found


if __name__ == "__main__":
    main()
