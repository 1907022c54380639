"""A library call made ready, its operands, and the check of a few of its outputs.

Checks compute a few outputs again in double precision with NumPy: they cost the same at any size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from microbench.formats import NumberFormat

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import torch

CHECKED = 8
"""Outputs checked a case."""
TOLERANCE = {
    NumberFormat.FP32: 1e-4,
    NumberFormat.BF16: 2e-2,
    NumberFormat.FP16: 4e-3,
    NumberFormat.INT8: 0.0,
}
"""Largest error over the largest magnitude summed: a few units in the last place of the format
(2^-24, 2^-8, 2^-11) times the growth of a sum in random order."""


@dataclass(frozen=True, slots=True)
class Case:
    """One library call made ready: ``call`` returns its output, ``check`` "" or what is wrong."""

    call: Callable[[], Any]
    check: Callable[[], str]
    work_flop: float
    bytes_moved: float


def normal(shape: tuple[int, ...], number_format: NumberFormat, seed: int) -> torch.Tensor:
    """Return random normal operands (int8: uniform over its range) in a number format."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    if number_format is NumberFormat.INT8:
        return torch.randint(-128, 128, shape, generator=generator, dtype=torch.int8)
    return torch.randn(shape, generator=generator).to(_dtype(number_format))


def magnitudes(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return magnitudes."""
    return abs(values)


def compare(
    out: torch.Tensor,
    places: Sequence[tuple[int, ...]],
    found: Callable[[torch.Tensor, tuple[int, ...]], float],
    expected: Callable[[tuple[int, ...]], tuple[float, float]],
    tolerance: float,
) -> str:
    """Return "" if the outputs at some places are right, else the first that is not.

    ``expected`` gives a value and the magnitude its error is measured against.
    """
    for at in places:
        right, scale = expected(at)
        got = found(out, at)
        if not abs(got - right) <= tolerance * scale:
            return f"output {at} is {got:.6g}, expected {right:.6g}"
    return ""


def entry(out: torch.Tensor, at: tuple[int, ...]) -> float:
    """Return one output."""
    return float(out[at])


def double(tensor: torch.Tensor) -> npt.NDArray[np.float64]:
    """Return a tensor in double precision."""
    import torch

    return tensor.to(torch.float64).numpy()


def generator(seed: int) -> np.random.Generator:
    """Return NumPy's generator for the places to check."""
    import numpy as np

    return np.random.default_rng(seed)


def _dtype(number_format: NumberFormat) -> torch.dtype:
    import torch

    return {
        NumberFormat.FP64: torch.float64,
        NumberFormat.FP32: torch.float32,
        NumberFormat.BF16: torch.bfloat16,
        NumberFormat.FP16: torch.float16,
    }[number_format]
