"""Z10: the convolution kernel of a diagonal state-space model, 2 Re sum_n C_n exp(A_n t).

``h`` channels of ``states`` complex states, ``n`` steps. Materialised: a complex Vandermonde array
of h x states x n. Chunked: exp(A (chunk start + offset)) splits into a product of two small arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Shape, Workload, widened

if TYPE_CHECKING:
    import torch

CHUNK = 64
"""Steps a chunk: both factors of an h x states x 64 array stay in cache."""


def _operands(shape: Shape, random: Callable[..., torch.Tensor]) -> tuple[torch.Tensor, ...]:
    """Draw decays between 0.001 and 0.1 a step, frequencies below pi / 2 and weights."""
    h, states = shape["h"], shape["states"]
    decay = -0.001 - 0.1 * random(h, states).abs().clamp(max=1)
    return decay, random(h, states).clamp(-1.5, 1.5), random(h, states), random(h, states)


def _complex(operands: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    import torch

    decay, frequency, real, imaginary = operands
    return torch.complex(decay, frequency), torch.complex(real, imaginary)


def _vandermonde(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    a, c = _complex(operands)
    steps = torch.arange(shape["n"])
    return 2 * torch.einsum("hs,hsn->hn", c, torch.exp(a[..., None] * steps)).real


def _chunked(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    import torch

    a, c = _complex(operands)
    n = shape["n"]
    starts = torch.arange(0, n, CHUNK)
    offsets = torch.arange(min(CHUNK, n))
    heads = c[:, None] * torch.exp(a[:, None] * starts[:, None])
    tails = torch.exp(a[..., None] * offsets)
    return 2 * torch.bmm(heads, tails).real.reshape(shape["h"], -1)[:, :n]


def flop(shape: Shape) -> float:
    """8 a state and step: a complex multiply-add."""
    return 8.0 * shape["h"] * shape["states"] * shape["n"]


def min_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the kernel written and four real numbers a state read."""
    return element_bytes * shape["h"] * (shape["n"] + 4.0 * shape["states"])


def added_bytes(shape: Shape, element_bytes: float) -> float:
    """Count the complex Vandermonde array, written and read: 4 e h states n."""
    return 4.0 * element_bytes * shape["h"] * shape["states"] * shape["n"]


WORKLOAD = Workload(
    key="Z10",
    name="s4d-kernel",
    question="What does materialising the Vandermonde array of a state-space kernel cost?",
    papers="Gu et al., On the Parameterization and Initialization of Diagonal SSMs (2022)",
    baseline="torch eager: exp of the whole array, then a contraction",
    claimed="none on speed",
    preset={"h": 16, "states": 32, "n": 2048},
    sizes=(
        {"h": 1, "states": 2, "n": 5},
        {"h": 3, "states": 4, "n": 100},
        {"h": 4, "states": 16, "n": 256},
    ),
    operands=_operands,
    variants=widened({REFERENCE: _vandermonde, UNFUSED: _vandermonde, FUSED: _chunked}),
    flop=flop,
    min_bytes=min_bytes,
    added_bytes=added_bytes,
)
