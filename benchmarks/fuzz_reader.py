"""Coverage-guided fuzzing of the MLIR reader and the cost builder with atheris.

    python benchmarks/fuzz_reader.py FOLDER [--seconds 1800] [MODULE.mlir ...]

Seeds are pieces of the examples, of any modules named and of what FOLDER holds from earlier runs.
Anything but a graph or one ``InputError`` of one line is a crash, and an input that takes more
than 30 s a hang: libFuzzer then writes the input beside FOLDER and ends with an error. Needs
atheris.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["costmodel.mlir", "costmodel.graph"]):
    from costmodel.graph.build import build
    from costmodel.mlir.reader import read_text
from microbench.errors import InputError

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
HANG_S, LONGEST = 30, 6000
STACKS = ("xla", "inductor", "torch-eager", "iree", "vendor")
_WORDS = """module { func.func @main( ) -> ^bb0( : = , [ ] < > ({ }) return call tensor< memref<
vector< ?x4xf32> !torch.vtensor<[ !tt.ptr<f32> dense< loc( affine_map<(d0)->(d0)> "a.b"( // {-# #-}
stablehlo.dot_general stablehlo.convolution stablehlo.while stablehlo.reduce linalg.generic
contracting_dims=[1]x[0] iterator_types= scf.for affine.for gpu.launch tt.dot torch.aten.mm
onnx.Conv tosa.conv2d %0 %1:2 #map !alias step to iter_args attributes"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("modules", nargs="*", type=Path)
    parser.add_argument("--seconds", type=int, default=1800)
    given = parser.parse_intermixed_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    seed(given.folder, [*EXAMPLES.glob("*.mlir"), *given.modules])
    words = given.folder.with_suffix(".words")
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in _WORDS.split())
    words.write_text("".join(f'"{word}"\n' for word in quoted))
    options = [f"-max_total_time={given.seconds}", f"-timeout={HANG_S}", f"-max_len={LONGEST}"]
    options += [f"-dict={words}", f"-artifact_prefix={given.folder.parent}/", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], *options, str(given.folder)], one)
    atheris.Fuzz()


def seed(folder: Path, paths: list[Path]) -> None:
    """Write pieces of modules as the first inputs: each starts at a line."""
    draw = random.Random(0)
    for number, path in enumerate(paths):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for piece in range(4):
            start = draw.randrange(len(lines)) if piece else 0
            text = "\n".join(line[:1000] for line in lines[start : start + 25])
            (folder / f"seed-{number}-{piece}").write_text(text[:LONGEST])


def one(data: bytes) -> None:
    """Read, form kernels for a stack the input chooses, and hold errors to one line."""
    text = data.decode("utf-8", errors="replace")
    try:
        graph = build(read_text(text, "m.mlir"), stack=STACKS[len(data) % len(STACKS)])
    except InputError as error:
        if "\n" in str(error) or not str(error).startswith(("m.mlir", "--")):
            raise AssertionError(f"not one line with its place: {error!r}") from error
        return
    if not 0 <= graph.coverage.share <= 1:
        raise AssertionError(f"share {graph.coverage.share}")


if __name__ == "__main__":
    main()
