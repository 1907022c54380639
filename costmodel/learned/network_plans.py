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


PLANS = {
    "gemm": Plan((256, 192, 128), 15),
    "matmul_fp32": Plan((256, 192, 128), 40, 512, 4e-3),
    "attention_prefill": Plan((256, 192, 128), 12),
    "attention_decode": Plan((256, 192, 128), 15),
    "attention_encoder": Plan((256, 192, 128), 40, 512, 4e-3),
    "latent_attention": Plan((256, 192, 128), 40, 512, 4e-3),
    "latent_product": Plan((128, 128, 64), 80, 256, 4e-3),
    "mixture_of_experts": Plan((256, 192, 128), 14),
    "quantise": Plan((128, 128, 64), 60, 512, 4e-3),
    "rowwise": Plan((256, 192, 128), 40, 512, 4e-3),
    "convolution": Plan((256, 192, 128), 80, 256, 4e-3),
    "collective": Plan((128, 128, 64), 60, 512, 4e-3),
    "recurrent": Plan((64, 64), 200, 64, 4e-3),
}
"""By family; more rows take fewer passes. The table of what was tried is in docs/accuracy.md."""
