"""Weights of token networks are data: they round-trip; damaged or hostile files are refused."""

from __future__ import annotations

import json
import pickle
import struct
from pathlib import Path

import pytest

from microbench.errors import InputError

torch = pytest.importorskip("torch")
safetensors = pytest.importorskip("safetensors")

from costmodel.tokens.network import TokenNetwork, Variant  # noqa: E402 - needs torch
from costmodel.tokens.weights import KEY, SCHEMA, load, save  # noqa: E402

pytestmark = pytest.mark.torch
WORDS = ["builtin.module", "stablehlo.add"]


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("this ran",))


def written(path: Path) -> Path:
    torch.manual_seed(1)
    save(path, TokenNetwork(Variant.CONVOLUTION, len(WORDS) + 2), WORDS, "a test")
    return path


def forged(path: Path, **header: object) -> Path:
    """Write the arrays of a real network under another header."""
    from safetensors.torch import load_file, save_file

    arrays = load_file(written(path))
    whole = {"schema": SCHEMA, "variant": "convolution", "words": WORDS, "provenance": ""}
    save_file(arrays, path, {KEY: json.dumps({**whole, **header})})
    return path


def test_weights_round_trip(tmp_path: Path) -> None:
    network, words, provenance = load(written(tmp_path / "w.safetensors"))
    assert words == {"builtin.module": 2, "stablehlo.add": 3}
    assert (network.variant, provenance) == (Variant.CONVOLUTION, "a test")
    torch.manual_seed(1)
    fresh = TokenNetwork(Variant.CONVOLUTION, len(WORDS) + 2)
    for name, array in fresh.state_dict().items():
        assert torch.equal(network.state_dict()[name], array.half().float()), name


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = written(tmp_path / "a"), written(tmp_path / "b")
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


HUGE = struct.pack("<Q", 1 << 62)
NEGATIVE = b'{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        HUGE + b"{}",
        struct.pack("<Q", 2) + b"{}",
        b"PK\x03\x04" + b"\0" * 99,
        struct.pack("<Q", len(NEGATIVE)) + NEGATIVE + b"\0" * 16,
        pickle.dumps(Evil()),
    ],
)
def test_other_files_are_refused(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not a"):
        load(path)
    assert not capsys.readouterr().out


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such model file"):
        load(tmp_path / "none.safetensors")


def test_a_torn_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "w.safetensors")
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(InputError, match="damaged"):
        load(path)


@pytest.mark.parametrize(
    "header",
    [
        {"words": {}},
        {"words": [1, 2]},
        {"words": ["one word too few"]},
        {"words": ["x"] * 5000},
        {"variant": "transformer"},
        {"variant": "recurrent"},
        {"variant": []},
    ],
)
def test_a_header_that_does_not_fit_is_refused(tmp_path: Path, header: dict[str, object]) -> None:
    with pytest.raises(InputError, match="does not describe a token network"):
        load(forged(tmp_path / "w.safetensors", **header))


@pytest.mark.parametrize("text", ["[" * 100_000, "[]", '"'])
def test_a_header_that_is_no_object_is_refused(tmp_path: Path, text: str) -> None:
    from safetensors.torch import save_file

    save_file({}, tmp_path / "w", {KEY: f'{text}"{SCHEMA}"'})
    with pytest.raises(InputError, match="does not describe a token network"):
        load(tmp_path / "w")


def test_another_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="schema"):
        load(forged(tmp_path / "w.safetensors", schema="hwprof.tokens/2"))


def test_weights_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    network = TokenNetwork(Variant.CONVOLUTION, len(WORDS) + 2)
    with torch.no_grad():
        network.out.bias[0] = float("nan")
    save(tmp_path / "w", network, WORDS, "")
    with pytest.raises(InputError, match="does not describe"):
        load(tmp_path / "w")
