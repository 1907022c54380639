"""Write the corpus of the token model: real programs as StableHLO text, labelled on this CPU.

    python benchmarks/token_corpus.py FOLDER --programs 9000 --cpu-minutes 50 [--shard 0/4]
    python benchmarks/token_corpus.py FOLDER --programs 1000 --source torch

For each program of ``token_programs.py``, or with ``--source torch`` of ``token_torch.py``: its
text, the CPU seconds of one call on one thread (XLA-CPU as jax runs it, dispatch included), and of
every function of the machine code XLA generated for it the instructions, vector registers, stack
bytes and vector spills. Code of libraries that XLA calls (matrix products, FFTs, convolutions) is
in the time and not in the counts. A control kernel is timed before and after every program. Every
sample is kept; rows go to FOLDER/rows-SHARD.jsonl.gz as they come; run again to go on. Needs jax
and objdump; torch and torchax for programs exported from torch.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
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
from token_programs import FAMILIES, Program, Spec

LEAST_SAMPLES, MOST_SAMPLES = 3, 9
SAMPLE_S, TOGETHER_S = 1e-3, 12e-3
"""CPU seconds of a sample, at least, and of a program's samples: little beside compiling."""
SELDOM = ("transformer", "attention", "experts")
OFTEN = ("mlp", "convnet", "separable", "recurrent", "fourier", "pointwise", "movement")
OFTEN = (*OFTEN, "embedding", "products", "sorting")
"""Families that compile three times as long as the middle ones, or in half the time: their
programs are a half, or twice, as many."""
_FUNCTION = re.compile(r"^[0-9a-f]+ <", re.M)
_VECTOR = re.compile(r"%[xyz]mm(\d+)")
_FRAME = re.compile(r"\bsub\s+\$0x([0-9a-f]+),%rsp")
_SPILL = re.compile(r"\bv?mov[adu]p[sd]\s+%[xyz]mm\d+,(?:0x[0-9a-f]+)?\(%rsp\)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--programs", type=int, default=10_000, help="of all shards together")
    parser.add_argument("--cpu-minutes", type=float, default=50.0, help="of this shard")
    parser.add_argument("--shard", default="0/1", help="which of how many processes this one is")
    parser.add_argument("--source", choices=("jax", "torch"), default="jax")
    given = parser.parse_args()
    families = families_of(given.source)
    shard, shards = (int(number) for number in given.shard.split("/"))
    jax.config.update("jax_cpu_enable_async_dispatch", False)
    given.folder.mkdir(parents=True, exist_ok=True)
    named = shard if given.source == "jax" else f"{given.source}-{shard}"
    path = given.folder / f"rows-{named}.jsonl.gz"
    done = known(path)
    seen, count = {row["digest"] for row in done}, len(done)
    index = max((row["index"] + shards for row in done), default=shard)
    order = [*families, *(name for name in families if name not in SELDOM)]
    order += 2 * [name for name in OFTEN if name in families]
    lines: list[str] = []
    while count < given.programs / shards and time.process_time() < given.cpu_minutes * 60:
        row = label(order[index % len(order)], index, given.source)
        index += shards
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


def families_of(source: str) -> dict[str, Callable[[Random], Program]]:
    """Return the families written in jax, or those exported from torch."""
    if source == "jax":
        return FAMILIES
    import token_torch

    return token_torch.FAMILIES


def label(family: str, index: int, source: str = "jax") -> dict[str, Any]:
    """Build, compile, time and disassemble one program."""
    function, specs = families_of(source)[family](Random(index))
    values = [draw(spec) for spec in specs]
    jitted = jax.jit(function)
    lowered = jitted.lower(*values)
    text = lowered.as_text()
    compiled = lowered.compile()
    call = lambda: jitted(*values)  # noqa: E731 - one expression
    before_s = control_s()
    samples_s = seconds(call)
    return {
        "index": index,
        "family": family,
        "source": source,
        "digest": hashlib.sha256(text.encode()).hexdigest()[:16],
        "samples_s": samples_s,
        "control_s": [before_s, control_s()],
        "argument_bytes": sum(value.nbytes for value in values),
        "functions": generated(compiled),
        "text": text,
    }


_NORMAL = np.random.default_rng(0).standard_normal(1 << 22, dtype=np.float32)
_INDICES = np.random.default_rng(1).integers(0, 1 << 30, 1 << 22, dtype=np.int32)


def draw(spec: Spec) -> Any:
    """Take an argument from the stored numbers: standard normal ones, or indices."""
    shape, dtype = spec
    numbers = np.resize(_INDICES if dtype == "int32" else _NORMAL, shape)
    return jax.device_put(numbers)


def seconds(call: Callable[[], Any]) -> list[float]:
    """Return CPU seconds of a call, one sample each from as many calls as a sample must last."""
    call()
    count = 1
    while (once_s := mean_s(call, count)) * count < SAMPLE_S:
        count = max(2 * count, int(SAMPLE_S / max(once_s, 1e-6)))
    samples: list[float] = []
    while len(samples) < LEAST_SAMPLES or (
        sum(samples) * count < TOGETHER_S and len(samples) < MOST_SAMPLES
    ):
        samples.append(mean_s(call, count))
    return samples


def mean_s(call: Callable[[], Any], count: int) -> float:
    """Return the mean CPU seconds of a number of calls in a row."""
    start_s = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - start_s) / count


_CONTROL = np.random.default_rng(0).standard_normal((96, 96), dtype=np.float32)


def control_s() -> float:
    """Return the CPU seconds of a fixed small piece of work: how fast the core is just now."""
    return min(mean_s(lambda: np.tanh(_CONTROL), 5) for _ in range(3))


def generated(compiled: Any) -> list[list[int]] | None:
    """Measure the generated code; nothing where XLA cannot write the executable (sorting)."""
    try:
        return code(compiled.runtime_executable().serialize())
    except jax.errors.JaxRuntimeError:
        return None


def code(executable: bytes) -> list[list[int]]:
    """Return instructions, vector registers, stack bytes and vector spills of each function."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as at:
        paths = []
        for number, blob in enumerate(objects(executable)):
            paths.append(f"{at}/{number}.o")
            Path(paths[-1]).write_bytes(blob)
        listing = ""
        if paths:
            command = ["objdump", "-d", "--no-show-raw-insn", *paths]
            listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [measured(part.splitlines()[1:]) for part in _FUNCTION.split(listing)[1:]]


def measured(lines: list[str]) -> list[int]:
    """Return instructions, vector registers, stack bytes and vector spills of one function."""
    instructions = [line for line in lines if line.startswith(" ") and "\t" in line]
    text = "\n".join(instructions)
    return [
        len(instructions),
        len(set(_VECTOR.findall(text))),
        max((int(size, 16) for size in _FRAME.findall(text)), default=0),
        len(_SPILL.findall(text)),
    ]


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
