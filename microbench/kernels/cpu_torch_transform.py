"""Discrete Fourier transforms called through torch, checked against their definition."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from microbench.formats import NumberFormat
from microbench.kernels.cpu_torch_case import (
    CHECKED,
    TOLERANCE,
    Case,
    compare,
    generator,
    normal,
)

if TYPE_CHECKING:
    import torch


def transform(op: str, number_format: NumberFormat, dims: Mapping[str, int], seed: int) -> Case:
    """``r2c``, ``c2r`` or ``c2c``: a batch of transforms of ``n`` points along the last axis.

    5 n log2 n FLOP of complex points (Cooley and Tukey), half of real ones.
    """
    import numpy as np
    import torch

    batch, n = dims["batch"], dims["n"]
    real = normal((batch, n), number_format, seed)
    wave = torch.complex(real, normal((batch, n), number_format, seed + 1))
    half = torch.fft.rfft(real)
    calls: dict[str, Callable[[], torch.Tensor]] = {
        "r2c": lambda: torch.fft.rfft(real),
        "c2r": lambda: torch.fft.irfft(half, n),
        "c2c": lambda: torch.fft.fft(wave),
    }
    call = calls[op]
    sources = {"r2c": real, "c2r": torch.fft.fft(real.double()), "c2c": wave}
    rng, bins = generator(seed), n // 2 + 1 if op == "r2c" else n
    places = [(int(rng.integers(batch)), int(rng.integers(bins))) for _ in range(CHECKED)]

    def expected(at: tuple[int, ...]) -> tuple[float, float]:
        """Sum the definition in double precision: its real part, over the norm of its terms."""
        page, frequency = at
        terms = sources[op][page].to(torch.complex128).numpy()
        turn = np.exp((2j if op == "c2r" else -2j) * math.pi * frequency * np.arange(n) / n)
        scale = 1.0 / n if op == "c2r" else 1.0
        norm = float(np.linalg.norm(terms))
        return float((terms * turn).sum().real) * scale, norm * scale

    def found(out: torch.Tensor, at: tuple[int, ...]) -> float:
        return float(out[at].real)

    out_elements = batch * (n + 2 if op == "r2c" else n if op == "c2r" else 2 * n)
    in_elements = batch * (n if op == "r2c" else n + 2 if op == "c2r" else 2 * n)
    return Case(
        call=call,
        check=lambda: compare(call(), places, found, expected, TOLERANCE[number_format]),
        work_flop=(5.0 if op == "c2c" else 2.5) * batch * n * math.log2(max(n, 2)),
        bytes_moved=number_format.size_bytes * float(in_elements + out_elements),
    )
