"""How many instructions XLA would generate for a CPU, asked of the token model that ships.

The only target on which it beat the feature model and a line on model families none of them had
seen (docs/token-model.md): run time is left to ``hwprof predict``.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from costmodel.mlir.ir import Module
from costmodel.tokens.sequence import tokenise

if TYPE_CHECKING:
    from costmodel.tokens.network import TokenNetwork

SHIPPED = Path(__file__).parent.parent / "fitted" / "tokens.safetensors"


@dataclass(frozen=True, slots=True)
class CodeSize:
    """Instructions of the code generated for a module, libraries' own left out."""

    instructions: float
    unknown_share: float
    """Share of ops whose names the network was not trained on: trust the number less."""
    cut: bool
    """Whether the text was longer than the network reads."""


def instructions(module: Module, path: Path = SHIPPED) -> CodeSize:
    """Predict the instructions XLA-CPU generates for a StableHLO module on x86-64 with AVX2.

    Raises ``InputError`` for a file of weights that is none. Needs ``hwprof[tokens]``.
    """
    import torch

    network, words = _loaded(path)
    sequence = tokenise(module)
    names = torch.tensor([[words.get(name, 1) for name in sequence.names]])
    with torch.no_grad():
        said = network(names, torch.from_numpy(sequence.numbers).unsqueeze(0))
    unknown = sum(name not in words for name in sequence.names) / len(sequence.names)
    cut = sequence.ops > len(sequence.names)
    return CodeSize(max(0.0, math.expm1(float(said[0, 1]))), unknown, cut)


@functools.lru_cache(maxsize=4)
def _loaded(path: Path) -> tuple[TokenNetwork, dict[str, int]]:
    from costmodel.tokens.weights import load

    network, words, _ = load(path)
    return network, words
