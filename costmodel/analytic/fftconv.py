"""Cost of a long convolution by FFT as p chained matrix products, and the best p.

After D. Fu et al., "FlashFFTConv", arXiv 2311.05908, equation 2. The coefficients 16 and 4 and the
A100 constants are recalled, not confirmed against the paper's table: fit your own from times with
``fit_machine``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from microbench.errors import InputError

FLOP_PER_FACTOR, BYTES_PER_STAGE = 16, 4
MATRIX_UNIT = 16
"""mu: the smallest matrix side that runs on the matrix units."""
ORDERS = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class Machine:
    """The four constants of the model and how long a sequence stays on chip."""

    matrix_flop_per_s: float
    general_flop_per_s: float
    onchip_bytes_per_s: float
    dram_bytes_per_s: float
    onchip_tokens: int = 32 * 1024
    """Longest sequence of half-precision complex values that fits in shared memory."""


A100_40GB = Machine(234e12, 17.6e12, 9.5e12, 1.35e12)
"""After FlashFFTConv; recalled. ``hwprof bench`` measures these for a device."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Per token: FLOP on matrix and on general units, bytes on chip and in DRAM."""

    matrix_flop: float
    general_flop: float
    onchip_bytes: float
    dram_bytes: float


def factors(length: int, order: int) -> tuple[int, ...]:
    """Split a power of two into ``order`` near-equal powers of two, largest first.

    ``InputError`` when the length is no power of two or too short for the order.
    """
    bits = length.bit_length() - 1
    if length < 2 or length != 1 << bits or not 1 <= order <= bits:
        raise InputError(f"length {length} is not a power of two of at least {order} factors")
    small, larger = divmod(bits, order)
    return tuple(1 << (small + (index < larger)) for index in range(order))


def parts(length: int, order: int, onchip_tokens: int = A100_40GB.onchip_tokens) -> Parts:
    """Return what one token costs: sum over factors of 16 N_i FLOP and 4 bytes.

    Factors below 16 run on general units. A sequence longer than fits on chip passes through DRAM
    once, at its outermost stage.
    """
    sides = factors(length, order)
    outer = 1 if length > onchip_tokens else 0
    return Parts(
        matrix_flop=FLOP_PER_FACTOR * float(sum(n for n in sides if n >= MATRIX_UNIT)),
        general_flop=FLOP_PER_FACTOR * float(sum(n for n in sides if n < MATRIX_UNIT)),
        onchip_bytes=float(BYTES_PER_STAGE * (order - outer)),
        dram_bytes=float(BYTES_PER_STAGE * outer),
    )


def cost_per_token_s(length: int, order: int, machine: Machine = A100_40GB) -> float:
    """Return seconds per token and channel of an order-p convolution."""
    part = parts(length, order, machine.onchip_tokens)
    return (
        part.matrix_flop / machine.matrix_flop_per_s
        + part.general_flop / machine.general_flop_per_s
        + part.onchip_bytes / machine.onchip_bytes_per_s
        + part.dram_bytes / machine.dram_bytes_per_s
    )


def cost_s(
    batch: int, channels: int, length: int, order: int, machine: Machine = A100_40GB
) -> float:
    """Return C(N, p) = B H N x cost per token, in seconds."""
    return batch * channels * length * cost_per_token_s(length, order, machine)


def best_order(length: int, machine: Machine = A100_40GB) -> int:
    """Return the order of least cost among 2, 3 and 4 that the length allows."""
    allowed = [order for order in ORDERS if order < length.bit_length()]
    if not allowed:
        raise InputError(f"length {length} is too short for an order-2 convolution")
    return min(allowed, key=lambda order: cost_per_token_s(length, order, machine))


def crossings(
    machine: Machine = A100_40GB, shortest: int = 256, longest: int = 2**22
) -> dict[int, int]:
    """Return, for each order, the first power of two from which it is best."""
    found: dict[int, int] = {}
    bits = range(int(math.log2(shortest)), int(math.log2(longest)) + 1)
    for length in (1 << power for power in bits):
        found.setdefault(best_order(length, machine), length)
    return found


def fit_machine(
    samples: Sequence[tuple[int, int, float]], onchip_tokens: int = A100_40GB.onchip_tokens
) -> Machine:
    """Fit the four constants to (length, order, seconds per token), by relative error.

    ``InputError`` when the samples do not determine one of them, e.g. no sequence leaves the chip.
    """
    import numpy as np
    from scipy.optimize import nnls

    counted = [parts(length, order, onchip_tokens) for length, order, _ in samples]
    rows = np.array(
        [[one.matrix_flop, one.general_flop, one.onchip_bytes, one.dram_bytes] for one in counted]
    )
    times = np.array([time_s for _, _, time_s in samples])
    scale = rows.max(axis=0, initial=0.0)
    if len(samples) < 4 or not scale.all():
        raise InputError("samples must cover matrix and general units, on-chip and DRAM stages")
    inverse, _ = nnls(rows / scale / times[:, None], np.ones(len(times)))
    if not inverse.all():
        raise InputError("the samples do not determine all four constants: measure more orders")
    rates = scale / inverse
    matrix, general, onchip, dram = (float(rate) for rate in rates)
    return Machine(matrix, general, onchip, dram, onchip_tokens)
