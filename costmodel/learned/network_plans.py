"""How large each family's network is and how long it trains, chosen on a fold kept for choosing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Widths of the layers, passes over the rows, and how AdamW steps."""

    widths: tuple[int, ...]
    epochs: int
    batch: int = 1024
    learning_rate: float = 6e-3
    decay: float = 1e-4
    trees: float = 0.0
    """Share of the trees in the mean of both answers."""


PLANS = {
    "gemm": Plan((256, 192, 128), 15),
    "matmul_fp32": Plan((256, 192, 128), 20, 512, 4e-3),
    "attention_prefill": Plan((256, 192, 128), 9),
    "attention_decode": Plan((256, 192, 128), 15),
    "attention_encoder": Plan((256, 192, 128), 26, 512, 4e-3),
    "latent_attention": Plan((256, 192, 128), 20, 256, 4e-3),
    "latent_product": Plan((128, 128, 64), 50, 256, 4e-3, 1e-2),
    "mixture_of_experts": Plan((256, 192, 128), 14),
    "quantise": Plan((128, 128, 64), 30, 256, 4e-3),
    "rowwise": Plan((256, 192, 128), 44, 512, 4e-3),
    "convolution": Plan((256, 192, 128), 25, 256, 4e-3, 1e-2, trees=0.5),
    "collective": Plan((128, 128, 64), 25, 256, 4e-3),
    "recurrent": Plan((128, 128, 64), 100, 64, 4e-3),
}
"""By family; more rows take fewer passes. The table of what was tried is in docs/decisions/0013."""
