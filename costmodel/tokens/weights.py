"""Weights of a token network as a safetensors file: arrays and text. Nothing in it can run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microbench.errors import DeviceError, InputError
from microbench.store.files import replacing

if TYPE_CHECKING:
    from costmodel.tokens.network import TokenNetwork

SCHEMA = "hwprof.tokens/1"
KEY = "hwprof"
"""The one entry of the metadata: several would be written in an order of chance."""
MAX_BYTES = 16 * 1024**2
MOST_WORDS = 4096


def save(path: Path, network: TokenNetwork, words: list[str], provenance: str) -> None:
    """Write weights as half precision, the vocabulary, and where they come from."""
    import torch
    from safetensors.torch import save_file

    header = {"schema": SCHEMA, "variant": network.variant.value, "provenance": provenance}
    text = json.dumps({**header, "words": words})
    arrays = {
        name: tensor.to(torch.float16).contiguous() for name, tensor in network.state_dict().items()
    }
    with replacing(path) as temporary:
        save_file(arrays, temporary, {KEY: text})


def load(path: Path) -> tuple[TokenNetwork, dict[str, int], str]:
    """Return a network, the number of each word, and the provenance.

    Raises ``InputError`` for anything that is not a whole file of this schema, and ``DeviceError``
    without safetensors.
    """
    try:
        from safetensors import SafetensorError, safe_open
    except ImportError as error:
        raise DeviceError(
            "the token model needs safetensors: pip install 'hwprof[tokens]'"
        ) from error
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than any token model of hwprof")
        with safe_open(path, framework="pt") as file:
            text = (file.metadata() or {}).get(KEY, "")
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such model file") from error
    except (OSError, SafetensorError) as error:
        raise InputError(f"{path}: not a safetensors file, or a damaged one") from error
    if f'"{SCHEMA}"' not in text:
        raise InputError(f"{path}: not a token model of this hwprof (schema {SCHEMA})")
    try:
        return _rebuilt(json.loads(text), arrays)
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise InputError(f"{path}: does not describe a token network") from error


def _rebuilt(
    header: Mapping[str, Any], arrays: Mapping[str, Any]
) -> tuple[TokenNetwork, dict[str, int], str]:
    """Build the network and fill it; ``KeyError``, ``TypeError``... for what is not one."""
    import torch

    from costmodel.tokens.network import TokenNetwork, Variant

    words = header["words"]
    if not isinstance(words, list) or len(words) > MOST_WORDS:
        raise ValueError("no vocabulary")
    if not all(isinstance(word, str) for word in words):
        raise ValueError("words that are not text")
    network = TokenNetwork(Variant(header["variant"]), len(words) + 2)
    network.load_state_dict({name: array.float() for name, array in arrays.items()}, strict=True)
    if not all(bool(torch.isfinite(array).all()) for array in network.state_dict().values()):
        raise ValueError("weights out of range")
    known = {word: at + 2 for at, word in enumerate(words)}
    return network.eval(), known, str(header["provenance"])
