"""Op histograms of our reader against strict parsers, on files their own worlds write.

    python benchmarks/histogram_corpus.py FOLDER --jax-python PY --iree-python PY
        [--triton-python PY]

Writes a corpus: jax programs (``token_programs.py``) as StableHLO in pretty, generic and located
form; torch exports in the torch dialect (where this interpreter has torch); both through IREE, its
IR at every phase; Triton kernels as ttir and ttgir. Then each file is parsed by IREE's parser, or
Triton's own, and by ours, and the counts of ops are compared without terminators, which printers
may leave out. A file the strict parser refuses is only read. Prints the agreement by source and the
files that differ.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from costmodel.graph.build import build
from costmodel.graph.functions import Survey
from costmodel.mlir.reader import read_file
from costmodel.mlir.strict import StrictResult
from microbench.errors import InputError

HERE = Path(__file__).resolve().parent
_JAX = """
import sys
from pathlib import Path
from random import Random
import jax
sys.path.insert(0, sys.argv[1])
from token_programs import FAMILIES
for index in range(int(sys.argv[3])):
    family = list(FAMILIES)[index % len(FAMILIES)]
    function, specs = FAMILIES[family](Random(10**6 + index))
    lowered = jax.jit(function).lower(*(jax.ShapeDtypeStruct(*spec) for spec in specs))
    operation = lowered.compiler_ir("stablehlo").operation
    stem = f"{sys.argv[2]}/jax.{index:04}_{family}"
    Path(stem + ".pretty.mlir").write_text(operation.get_asm())
    Path(stem + ".generic.mlir").write_text(operation.get_asm(print_generic_op_form=True))
    Path(stem + ".located.mlir").write_text(operation.get_asm(enable_debug_info=True))
    pretty = operation.get_asm(enable_debug_info=True, pretty_debug_info=True)
    Path(stem + ".bare.mlir").write_text(pretty)
"""
_TORCH = """
import sys
from pathlib import Path
import torch
from iree.compiler.extras.fx_importer import FxImporter
n = torch.nn
class Residual(n.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def forward(self, x):
        return x + self.inner(x)
models = {}
for width in (8, 24, 64):
    for act in (n.ReLU, n.GELU, n.SiLU, n.Tanh):
        layers = n.Sequential(n.Linear(width, 2 * width), act(), n.Linear(2 * width, width))
        models[f"mlp{width}{act.__name__}"] = Residual(layers), (3, width)
        layers = [n.Conv2d(3, width, 3, 2), n.BatchNorm2d(width), act(), n.MaxPool2d(2)]
        layers += [n.AdaptiveAvgPool2d(1), n.Flatten(), n.Linear(width, 5), n.Softmax(-1)]
        models[f"conv{width}{act.__name__}"] = n.Sequential(*layers), (2, 3, 20, 20)
    block = n.TransformerEncoderLayer(width, 4, 2 * width, batch_first=True)
    models[f"encoder{width}"] = block, (2, 7, width)
    models[f"norm{width}"] = n.Sequential(n.LayerNorm(width), n.Dropout()), (2, 7, width)
for name, (model, shape) in models.items():
    program = torch.export.export(model.eval(), (torch.zeros(shape),))
    importer = FxImporter()
    importer.import_frozen_program(program)
    operation = importer.module.operation
    stem = f"{sys.argv[1]}/torch.{name}"
    Path(stem + ".pretty.mlir").write_text(operation.get_asm())
    Path(stem + ".generic.mlir").write_text(operation.get_asm(print_generic_op_form=True))
    Path(stem + ".located.mlir").write_text(operation.get_asm(enable_debug_info=True))
"""
_COUNT = """
import collections, json, sys
from iree.compiler import ir
EXPLICIT = {"linalg.generic", "linalg.map", "linalg.reduce"}
for line in sys.stdin:
    path = line.strip()
    context = ir.Context()
    context.allow_unregistered_dialects = True
    try:
        module = ir.Module.parse(open(path, encoding="utf-8").read(), context)
    except Exception as error:
        print(json.dumps([path, None, str(error).strip()[:200]]), flush=True)
        continue
    counts, stack = collections.Counter(), [module.operation]
    while stack:
        operation = stack.pop()
        counts[operation.name] += 1
        if operation.name.startswith("linalg.") and operation.name not in EXPLICIT:
            continue  # the body of a named op is implied by its name and never printed
        for region in operation.regions:
            for block in region:
                stack.extend(nested.operation for nested in block)
    print(json.dumps([path, counts, ""]), flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jax-python", default=os.environ.get("HWPROF_JAX_PYTHON", ""))
    parser.add_argument("--iree-python", default=os.environ.get("HWPROF_STRICT_PYTHON", ""))
    parser.add_argument("--triton-python", default="")
    parser.add_argument("--programs", type=int, default=170)
    parser.add_argument("--phased", type=int, default=40, help="modules taken through IREE")
    given = parser.parse_args()
    given.folder = given.folder.resolve()
    given.folder.mkdir(parents=True, exist_ok=True)
    make(given)
    compare(sorted(given.folder.glob("*.mlir")), given)


def make(given: argparse.Namespace) -> None:
    """Write what the corpus does not hold yet: what cannot be made is said, not hidden."""
    folder = given.folder
    if given.jax_python and not list(folder.glob("jax.*")):
        _run("jax", [given.jax_python, "-c", _JAX, str(HERE), str(folder), str(given.programs)])
    if given.iree_python and not list(folder.glob("torch.*")):
        packages = Path(given.iree_python).parent.parent.glob("lib/python3*/site-packages")
        path = os.pathsep.join(map(str, packages))
        _run("torch", [sys.executable, "-c", _TORCH, str(folder)], PYTHONPATH=path)
    if given.triton_python and not list(folder.glob("triton.*")):
        _run("triton", [given.triton_python, str(HERE / "triton_kernels_ir.py"), str(folder)])
    if given.iree_python and not list(folder.glob("iree.*")):
        modules = sorted(folder.glob("*.pretty.mlir"))
        for module in modules[:: max(1, len(modules) // given.phased)]:
            phases(module, Path(given.iree_python).parent / "iree-compile")


def phases(module: Path, compiler: Path) -> None:
    """Compile one module with IREE for CPU and keep its IR after every phase."""
    kind = "torch" if module.name.startswith("torch") else "stablehlo"
    options = [f"--iree-input-type={kind}", "--iree-hal-target-backends=llvm-cpu"]
    options += ["--iree-llvmcpu-target-cpu=generic", "--mlir-elide-elementsattrs-if-larger=16"]
    with tempfile.TemporaryDirectory() as dumped:
        options += [f"--dump-compilation-phases-to={dumped}", "--compile-to=vm"]
        _run(module.name, [str(compiler), str(module), *options, "-o", os.devnull])
        for path in Path(dumped).glob("*.mlir"):
            phase = path.name.split(".")[-2]
            shutil.move(path, module.parent / f"iree.{phase}.{module.name.partition('.')[2]}")


def compare(files: list[Path], given: argparse.Namespace) -> None:
    """Count ops both ways; print agreement by source, and what differs."""
    same: Counter[str] = Counter()
    differ: dict[str, list[str]] = defaultdict(list)
    refused: Counter[str] = Counter()
    for path, strict in strict_counts(files, given):
        source = ".".join(path.name.split(".")[:2]) if path.name[:4] == "iree" else path.name
        source = source.partition(".")[0] if path.name[:4] != "iree" else source
        try:
            module = read_file(path)
            ours = _kept(Survey.of(module).ops)
            build(module)
        except InputError as error:
            differ[source].append(f"{path.name}: {error}")
            continue
        if strict is None:
            refused[source] += 1
        elif ours == _kept(strict):
            same[source] += 1
        else:
            names = {n for n in {**ours, **_kept(strict)} if ours.get(n) != strict.get(n)}
            some = ", ".join(f"{n} {ours.get(n, 0)}/{strict.get(n, 0)}" for n in sorted(names)[:4])
            differ[source].append(f"{path.name}: ours/theirs {some}")
    for source in sorted({*same, *differ, *refused}):
        print(
            f"{source:32} {same[source]:5} agree, {len(differ[source]):3} differ, "
            f"{refused[source]:4} refused by the strict parser and read here"
        )
        for line in differ[source][:5]:
            print(f"    {line[:300]}")
    total, wrong = sum(same.values()), sum(map(len, differ.values()))
    share = total / max(total + wrong, 1)
    print(f"{total} of {total + wrong} agree: {share:.2%}; {sum(refused.values())} refused")


def strict_counts(
    files: list[Path], given: argparse.Namespace
) -> list[tuple[Path, dict[str, int] | None]]:
    """Return each file's counts by its world's own parser, ``None`` where that refuses it."""
    found = []
    triton = [path for path in files if path.name.startswith("triton.")]
    for python, code, part in (
        (given.iree_python, ["-c", _COUNT], [path for path in files if path not in triton]),
        (given.triton_python, [str(HERE / "triton_kernels_ir.py"), "--count"], triton),
    ):
        if not part or not python:
            continue
        done = subprocess.run(
            [python, *code],
            input="\n".join(map(str, part)),
            capture_output=True,
            text=True,
            check=False,
        )
        for line in done.stdout.splitlines():
            path, counts, _ = json.loads(line)
            found.append((Path(path), counts))
        if done.returncode:
            print(f"{python}: {done.stderr.strip()[-300:]}")
    return found


def _kept(counts: dict[str, int]) -> dict[str, int]:
    return {
        name: count
        for name, count in counts.items()
        if count and not StrictResult.is_terminator(name) and name != "builtin.module"
    }


def _run(what: str, command: list[str], **environment: str) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        cwd="/",
        check=False,
    )
    if done.returncode and what:
        print(f"no {what}: {done.stderr.strip()[-300:]}")


if __name__ == "__main__":
    main()
