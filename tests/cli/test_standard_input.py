"""``-`` is standard input for the commands that read a model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MLP = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
ON_L4 = ("--device", "l4", "--json")


def hwprof(*arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", *arguments], input=given, capture_output=True
    )


def test_a_piped_model_is_the_file_under_another_name() -> None:
    piped = json.loads(hwprof("predict", "-", *ON_L4, given=MLP.read_bytes()).stdout)
    read = json.loads(hwprof("predict", str(MLP), *ON_L4).stdout)
    assert (piped.pop("model"), read.pop("model")) == ("<stdin>", str(MLP))
    for document in (piped, read):
        for kernel in document["devices"][0]["kernels"]:
            kernel["location"] = kernel["location"].rpartition("mlir:")[2].removeprefix("<stdin>:")
    assert piped == read


def test_inspect_reads_it_too() -> None:
    done = hwprof("inspect", "-", given=MLP.read_bytes())
    assert done.stdout.startswith(b"<stdin>: ")
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (("predict", "-", *ON_L4), b"", b"<stdin>: the file is empty"),
        (("predict", "-", *ON_L4), b"\0\0", b"<stdin>: a binary file"),
        (("inspect", "-"), b"func.func @main( {", b"<stdin>:1:"),
        (("inspect", "-", "--strict"), MLP.read_bytes(), b"--strict needs a file"),
        (
            ("bench", "--device", "cpu", "-q", "-v"),
            b"",
            b"--quiet and --verbose exclude each other",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: tuple[str, ...], given: bytes, told: bytes
) -> None:
    done = hwprof(*arguments, given=given)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr
    assert done.stderr.count(b"\n") == 1
