"""Which ops share a kernel: our fusion against XLA's and IREE's, as agreement over pairs of ops.

    python benchmarks/fusion_boundaries.py --jax-python PY --iree-python PY [EXAMPLE ...]

Each module is written out flat (calls inlined), so that a line stands for one op. XLA for CPU
compiles it, and the source lines of every instruction inside a kernel of the optimised module say
which ops it holds; IREE compiles it up to its dispatch regions, whose ops carry the same lines.
Then the pairs of ops that share a kernel are compared with those of ``--stack xla`` and ``iree``.
Ops a compiler has rewritten beyond recognition are left out of both sides. The interpreters
default to HWPROF_JAX_PYTHON and HWPROF_STRICT_PYTHON.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tempfile
from pathlib import Path

from costmodel.graph.boundaries import Agreement, agreement, kernel_lines
from costmodel.mlir.reader import read_text

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TIME_LIMIT_S = 300.0
_XLA = """
import sys
from jax._src import xla_bridge
from jax._src.interpreters import mlir
from jaxlib import xla_client
from jaxlib.mlir import ir
from jaxlib.mlir.passmanager import PassManager

def nested(operation):
    found = [operation]
    for one in found:
        found += [o.operation for region in one.regions for block in region for o in block]
    return found

def inline(module):
    functions = {op.name.value: op for op in module.body.operations}
    calls = [op for op in nested(module.operation) if op.name == "func.call"]
    while calls:
        call = calls.pop()
        block = functions[ir.FlatSymbolRefAttr(call.attributes["callee"]).value].entry_block
        values = dict(zip(block.arguments, call.operands))
        for op in block.operations:
            if op.operation.name == "func.return":
                for old, new in zip(call.results, op.operands):
                    old.replace_all_uses_with(values.get(new, new))
                continue
            copy = op.operation.clone(ir.InsertionPoint(call))
            values.update(zip(op.operation.results, copy.results))
            for inner in nested(copy):
                for at, operand in enumerate(inner.operands):
                    if operand in values:
                        inner.operands[at] = values[operand]
                if inner.name == "func.call":
                    calls.append(inner)
        call.erase()

with mlir.make_ir_context():
    module = ir.Module.parse(open(sys.argv[1]).read())
    inline(module)
    PassManager.parse("builtin.module(symbol-dce)").run(module.operation)
    flat = str(module)
    open(sys.argv[2], "w").write(flat)
    flat = ir.Module.parse(flat)
    cpu = xla_bridge.get_backend("cpu")
    devices = xla_client._xla.DeviceList(tuple(cpu.local_devices()[:1]))
    code = mlir.module_to_bytecode(flat)
    done = cpu.compile_and_load(code, devices, xla_client.CompileOptions())
open(sys.argv[3], "w").write(done.get_hlo_text())
"""
_COMPUTATION = re.compile(r"^(?:ENTRY )?%?([\w.\-]+) \(.*\{$")
_CALLED = re.compile(r"(?:calls|to_apply)=%?([\w.\-]+)")
_NESTED = re.compile(r"(?:body|condition)=%?([\w.\-]+)")
_LINE = re.compile(r"source_line=(\d+)")
_OPCODE = re.compile(r"= \S+(?: \S+?)*? ([a-z][\w\-]*)\(")
_NAMES = frozenset("parameter constant bitcast broadcast reshape tuple copy iota".split())
"""Opcodes that compute nothing: their lines are those of the values they show."""
_NO_KERNEL = frozenset(["parameter", "constant", "tuple", "get-tuple-element", "bitcast", "while"])
_DISPATCH = ("flow.dispatch.workgroups", "flow.dispatch.region")
_WORK = ("linalg.", "arith.", "math.", "iree_linalg_ext.")
_FILLS = ("arith.constant", "linalg.fill", "linalg.yield", "linalg.index")
_PLACE = re.compile(r'loc\((?:callsite\()?(?:fused\[)?"[^"]*":(\d+):')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("examples", nargs="*", help="names under examples/; default: all of jax")
    parser.add_argument("--jax-python", default=os.environ.get("HWPROF_JAX_PYTHON", "python"))
    parser.add_argument("--iree-python", default=os.environ.get("HWPROF_STRICT_PYTHON", "python"))
    given = parser.parse_args()
    names = given.examples or sorted(
        path.name.partition(".")[0] for path in EXAMPLES.glob("*.stablehlo.mlir")
    )
    totals: dict[str, Agreement] = {}
    for name in names:
        found = compare(name, given.jax_python, given.iree_python)
        for stack, (result, ours, theirs) in found.items():
            totals[stack] = totals.get(stack, Agreement(0, 0, 0, 0)) + result
            print(
                f"{name:20} {stack:5} {result.ops:4} ops, kernels {ours:4} and {theirs:4}: "
                f"F1 {result.f1:.3f} (precision {result.precision:.3f}, "
                f"recall {result.recall:.3f}), Rand {result.rand:.4f}",
                flush=True,
            )
    for stack, result in totals.items():
        print(f"{'all pairs':20} {stack:5} {result.ops:4} ops: F1 {result.f1:.3f}")


def compare(
    name: str, jax_python: str, iree_python: str = ""
) -> dict[str, tuple[Agreement, int, int]]:
    """Return by stack the agreement on one example, and the kernels of ours and theirs."""
    with tempfile.TemporaryDirectory() as folder:
        flat, hlo = Path(folder, "flat.mlir"), Path(folder, "hlo.txt")
        source = EXAMPLES / f"{name}.stablehlo.mlir"
        _run([jax_python, "-c", _XLA, str(source), str(flat), str(hlo)])
        theirs = {"xla": xla_kernels(hlo.read_text())}
        if iree_python:
            theirs["iree"] = iree_kernels(_dispatches(flat, iree_python))
        module = read_text(flat.read_text(), "flat.mlir")
    found = {}
    for stack, kernels in theirs.items():
        ours = kernel_lines(module, stack)
        found[stack] = agreement(ours, kernels), len(ours), len(kernels)
    return found


def xla_kernels(text: str) -> list[set[int]]:
    """Return the source lines in each kernel of an optimised HLO module for CPU."""
    bodies: dict[str, list[str]] = {}
    name = entry = ""
    for line in text.splitlines():
        opened = _COMPUTATION.match(line)
        if opened:
            name = opened.group(1)
            bodies[name] = []
            entry = name if line.startswith("ENTRY") else entry
        elif name and line.startswith("  "):
            bodies[name].append(line)
    kernels, waiting, done = [], [entry], {entry}
    while waiting:
        for line in bodies[waiting.pop()]:
            nested = [body for body in _NESTED.findall(line) if body not in done]
            done.update(nested)
            waiting += nested
            opcode = _OPCODE.search(line)
            if opcode and opcode.group(1) == "call":
                waiting += _CALLED.findall(line)
            elif opcode and opcode.group(1) not in _NO_KERNEL:
                lines = _lines(line, bodies)
                kernels += [lines] if lines else []
    return kernels


def _lines(instruction: str, bodies: dict[str, list[str]]) -> set[int]:
    """Collect the source lines of what a kernel computes, names of other values left out."""
    found: set[int] = set()
    waiting, seen = [instruction], set()
    while waiting:
        line = waiting.pop()
        opcode = _OPCODE.search(line)
        inner = [name for name in _CALLED.findall(line) if name in bodies]
        for called in inner:
            if called not in seen:
                seen.add(called)
                waiting += bodies[called]
        if opcode and opcode.group(1) not in _NAMES and not (inner and " fusion(" in line):
            found.update(int(number) for number in _LINE.findall(line))
    return found


def iree_kernels(text: str) -> list[set[int]]:
    """Return the source lines of the ops in each dispatch region that IREE forms."""
    kernels = []
    for op in read_text(text, "dispatches.mlir").walk():
        if not op.name.startswith(_DISPATCH):
            continue
        found, waiting = set(), [op]
        while waiting:
            for region in waiting.pop().regions:
                for nested in region.ops:
                    waiting.append(nested)
                    if nested.name.startswith(_WORK) and nested.name not in _FILLS:
                        found.update(int(number) for number in _PLACE.findall(nested.header))
        kernels += [found] if found else []
    return kernels


def _dispatches(flat: Path, python: str) -> str:
    compiler = Path(python).parent / "iree-compile"
    options = ["--iree-input-type=stablehlo", "--iree-hal-target-backends=llvm-cpu"]
    options += ["--iree-llvmcpu-target-cpu=generic", "--compile-to=dispatch-creation"]
    return _run([str(compiler), str(flat), *options, "--mlir-print-debuginfo", "-o", "-"])


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr.strip()[-400:]}")
    return done.stdout


if __name__ == "__main__":
    main()
