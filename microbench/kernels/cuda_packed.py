"""Packed and byte-wise instructions step by step in numpy, rounded exactly as the GPU rounds.

Words are unsigned 32-bit; a pair holds two 16-bit values, low half first. Source: PTX ISA, the
sections of ``fma``, ``add``, ``shf``, ``dp4a`` and ``shfl``; CUDA math API, ``__vimax3_s16x2``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Step = Callable[[Array, Array, Array], Array]

BF16_MANTISSA_BITS = 8
"""With the bit that is not stored."""
BF16_LARGEST = (2 - 2.0**-7) * 2.0**127


def packed_steps() -> dict[str, Step]:
    """Return one step of each instruction as a function of the chain's words and two constants."""
    import numpy as np

    def pairs(function: Step, kind: Any) -> Step:
        return lambda x, a, b: function(x.view(kind), a.view(kind), b.view(kind)).view(np.uint32)

    def halves(function: Step) -> Step:
        def step(x: Array, a: Array, b: Array) -> Array:
            wide = (one.view(np.float16).astype(np.float64) for one in (x, a, b))
            with np.errstate(over="ignore"):
                return function(*wide).astype(np.float16).view(np.uint32)

        return step

    def brains(function: Step) -> Step:
        return lambda x, a, b: from_bf16(function(*(to_float64(one) for one in (x, a, b))))

    def bytes_of(words: Array) -> Array:
        return words.view(np.uint8).reshape(-1, 4).astype(np.uint64)

    def shifted(x: Array, a: Array, b: Array) -> Array:
        both = a.astype(np.uint64) << np.uint64(32) | x.astype(np.uint64)
        moved = both << (b & np.uint32(31)).astype(np.uint64)
        return (moved >> np.uint64(32)).astype(np.uint32)

    return {
        # Products of halves are exact in float64 and so is their sum: one rounding, as in fma.
        "fp16x2_fma": halves(lambda x, a, b: x * a + b),
        "fp16x2_add": halves(lambda x, a, _b: x + a),
        "bf16x2_fma": brains(lambda x, a, b: x * a + b),
        "int32_shf": shifted,
        "int8_dp4a": lambda x, a, b: (
            (bytes_of(x) * bytes_of(a)).sum(1) + b.astype(np.uint64) & 0xFFFFFFFF
        ).astype(np.uint32),
        "warp_shfl": lambda x, _a, _b: np.ascontiguousarray(x.reshape(-1, 2)[:, ::-1]).reshape(-1),
        "dpx_vimax3_s16x2": pairs(lambda x, a, b: np.maximum(np.maximum(x, a), b), np.int16),
    }


def to_float64(words: Array) -> Array:
    """Return the bf16 values of packed words."""
    import numpy as np

    return (words.view(np.uint16).astype(np.uint32) << 16).view(np.float32).astype(np.float64)


def from_bf16(values: Array) -> Array:
    """Return float64 values of at least 2**-126 rounded to bf16, ties to even, as packed words."""
    import numpy as np

    mantissa, exponent = np.frexp(values)
    scaled = np.rint(np.ldexp(mantissa, BF16_MANTISSA_BITS))
    rounded = np.ldexp(scaled, exponent - BF16_MANTISSA_BITS)
    rounded = np.where(np.abs(rounded) > BF16_LARGEST, np.copysign(np.inf, values), rounded)
    whole = np.ascontiguousarray(rounded.astype(np.float32)).view(np.uint32)
    return np.ascontiguousarray((whole >> np.uint32(16)).astype(np.uint16)).view(np.uint32)
