"""Two small networks that read a token sequence: convolutions along it, or attention over it.

Both embed each op's name, add a projection of its numbers, and give every token a share of each
target. Seconds and instructions add up over a program's ops, so their logarithm is the log-sum-exp
of the tokens' shares; registers are a weighted mean of them, the weights chosen by the network.
"""

from __future__ import annotations

import math
from enum import StrEnum

import torch
from torch import Tensor, nn

from costmodel.tokens.sequence import WIDTH

TARGETS = ("run_s", "instructions", "vector_registers")
"""CPU seconds of a call (as a logarithm), instructions (logarithm of 1 + n) of the code generated,
vector registers its functions name, in the mean."""
_SCALE = 8.0
"""Base-2 logarithms of sizes come divided by it."""
_TOKENS, _REGISTERS = 64, 4.0
"""Tokens of a usual text and the spread of registers: an untrained network starts at the centre."""


class Variant(StrEnum):
    """How tokens see their neighbours."""

    CONVOLUTION = "convolution"
    TRANSFORMER = "transformer"


class TokenNetwork(nn.Module):
    """Predicts ``TARGETS`` from names (batch, tokens) and numbers (batch, tokens, WIDTH).

    Name 0 pads, 1 is a word not in the vocabulary. Returns (batch, 3).
    """

    def __init__(self, variant: Variant, words: int, width: int = 32, layers: int = 2) -> None:
        super().__init__()
        self.variant = variant
        self.words = nn.Embedding(words, width, padding_idx=0)
        self.numbers = nn.Sequential(nn.Linear(WIDTH, 2 * width), nn.GELU())
        self.joined = nn.Linear(2 * width, width)
        make = _Attention if variant is Variant.TRANSFORMER else _Convolution
        self.layers = nn.ModuleList(make(width) for _ in range(layers))
        self.shares = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, width), nn.GELU())
        self.out = nn.Linear(width, len(TARGETS) + 1)
        self.direct = nn.Linear(WIDTH, len(TARGETS) + 1, bias=False)
        self.register_buffer("centre", torch.zeros(len(TARGETS)))

    def forward(self, names: Tensor, numbers: Tensor) -> Tensor:
        """Return log seconds, log(1 + instructions) and vector registers."""
        valid = names > 0
        x = self.words(names) + self.joined(self.numbers(numbers / _SCALE))
        if self.variant is Variant.TRANSFORMER:
            x = x + _positions(x.shape[1], x.shape[2])
        x = x * valid.unsqueeze(-1)
        for layer in self.layers:
            x = layer(x, valid)
        shares = self.out(self.shares(x)) + self.direct(numbers / _SCALE)
        shares = shares.masked_fill(~valid.unsqueeze(-1), -1e4)
        sums = torch.logsumexp(shares[..., :2], 1) - math.log(_TOKENS)
        weights = torch.softmax(shares[..., 3], 1)
        mean = (weights * shares[..., 2]).sum(1, keepdim=True) * _REGISTERS
        centre: Tensor = self.get_buffer("centre")
        return torch.cat([sums, mean], 1) + centre


class _Convolution(nn.Module):
    """A residual layer: each token with the two on either side."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.near = nn.Conv1d(width, 2 * width, 5, padding=2)
        self.back = nn.Linear(2 * width, width)

    def forward(self, x: Tensor, valid: Tensor) -> Tensor:
        """Return tokens of the same shape; those that pad stay zero."""
        y = self.norm(x) * valid.unsqueeze(-1)
        y = torch.nn.functional.gelu(self.near(y.transpose(1, 2)).transpose(1, 2))
        out: Tensor = (x + self.back(y)) * valid.unsqueeze(-1)
        return out


class _Attention(nn.Module):
    """A residual layer: attention of four heads over all tokens, then two dense layers."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.projected = nn.Linear(width, 3 * width)
        self.mixed = nn.Linear(width, width)
        self.dense = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU())
        self.back = nn.Linear(2 * width, width)

    def forward(self, x: Tensor, valid: Tensor) -> Tensor:
        """Return tokens of the same shape; those that pad are seen by none."""
        batch, tokens, width = x.shape
        parts = self.projected(self.before(x)).view(batch, tokens, 3, 4, width // 4)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        seen = torch.nn.functional.scaled_dot_product_attention(
            q, k, v, attn_mask=valid[:, None, None, :]
        )
        x = x + self.mixed(seen.transpose(1, 2).reshape(batch, tokens, width))
        out: Tensor = x + self.back(self.dense(self.between(x)))
        return out


def _positions(tokens: int, width: int) -> Tensor:
    """Return sines and cosines of positions, shape (tokens, width) (arXiv 1706.03762)."""
    rates = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000.0) / width))
    angles = torch.arange(tokens).unsqueeze(1) * rates
    return torch.cat([angles.sin(), angles.cos()], 1)
