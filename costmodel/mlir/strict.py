"""A second opinion: the same file through iree-base-compiler's parser, in a child process.

The child is another interpreter, so that a crash of the compiler (deep nesting ends it) is a
reported fact and not the end of this process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

TIME_LIMIT_S = 120.0
_CHILD = """
import collections, json, sys
from iree.compiler import ir
context = ir.Context()
context.allow_unregistered_dialects = True
module = ir.Module.parse(open(sys.argv[1], encoding="utf-8").read(), context)
counts = collections.Counter()
EXPLICIT = {"linalg.generic", "linalg.map", "linalg.reduce"}
stack = [module.operation]
while stack:
    operation = stack.pop()
    counts[operation.name] += 1
    if operation.name.startswith("linalg.") and operation.name not in EXPLICIT:
        continue  # the body of a named op is implied by its name and never printed
    for region in operation.regions:
        for block in region:
            stack.extend(nested.operation for nested in block)
counts[module.operation.name] -= 1
print(json.dumps(counts))
"""
_TERMINATORS = ("return", "yield", "terminator", "_end", ".end", "in_parallel")


@dataclass(frozen=True, slots=True)
class StrictResult:
    """Op counts by the compiler, the outermost module left out; or why there are none."""

    ops: dict[str, int] = field(default_factory=dict)
    problem: str = ""

    @staticmethod
    def is_terminator(name: str) -> bool:
        """Say whether printers may leave an op of this name out."""
        return name.endswith(_TERMINATORS)


def parse_strictly(path: Path, python: str | None = None) -> StrictResult:
    """Parse a file with iree-base-compiler under ``python`` (``HWPROF_STRICT_PYTHON``, or this).

    The compiler may live in another environment than hwprof: it needs only its own package there.
    """
    python = python or os.environ.get("HWPROF_STRICT_PYTHON") or sys.executable
    try:
        done = subprocess.run(
            [python, "-c", _CHILD, str(path)],
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return StrictResult(problem=f"no answer within {TIME_LIMIT_S:g} s")
    except OSError as error:
        return StrictResult(problem=f"{python} cannot be started ({error.strerror})")
    if done.returncode < 0:
        return StrictResult(problem=f"the compiler crashed (signal {-done.returncode})")
    if "No module named 'iree" in done.stderr:
        return StrictResult(
            problem="iree-base-compiler is not installed: pip install iree-base-compiler, or set "
            "HWPROF_STRICT_PYTHON to an interpreter that has it"
        )
    if done.returncode:
        return StrictResult(problem=_first_error(done.stderr))
    counts = {name: count for name, count in json.loads(done.stdout).items() if count}
    return StrictResult({n: c for n, c in counts.items() if not StrictResult.is_terminator(n)})


def _first_error(text: str) -> str:
    for line in text.splitlines():
        if "error:" in line:
            return line.strip()
    return text.strip().splitlines()[-1] if text.strip() else "no reason given"
