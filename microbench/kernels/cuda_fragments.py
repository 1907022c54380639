"""Which element of a matrix sits in which register of which thread, and number formats as bits.

Source: PTX ISA, the figures on matrix fragments of ``mma`` and ``wgmma``. Every rule is a closed
formula; tests assert that each element has exactly one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microbench.formats import NumberFormat

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

WARP = 32
SPARSE_INDICES = 0x44444444
"""Metadata that keeps the first two of every four elements (the first of every two for tf32)."""


def a_places(parts: int, per_part: int, depth: int) -> tuple[Array, Array]:
    """Return row and column of A for each (lane, part, element) of a warp."""
    lane, part, element = _axes(parts, per_part)
    row = lane // 4 + 8 * (part % 2)
    column = lane % 4 * per_part + element
    if parts > 1:
        column = column + depth * 2 // parts * (part // 2)
    return _whole(row, column, parts, per_part)


def b_places(parts: int, per_part: int, depth: int) -> tuple[Array, Array]:
    """Return row (of K) and column (of N) of B for each (lane, part, element)."""
    lane, part, element = _axes(parts, per_part)
    return _whole(lane % 4 * per_part + element + depth // parts * part, lane // 4, parts, per_part)


def c_places(parts: int, per_part: int) -> tuple[Array, Array]:
    """Return row and column of a 16 x 8 (or 8 x 8) sum for each (lane, part, element)."""
    lane, part, element = _axes(parts, per_part)
    index = part * per_part + element
    return _whole(lane // 4 + 8 * (index // 2), lane % 4 * 2 + index % 2, parts, per_part)


def group_places(parts: int, per_part: int) -> tuple[Array, Array]:
    """Return row and column of a 64 x N sum for each (thread of 128, part, element) of wgmma."""
    import numpy as np

    thread = np.arange(4 * WARP)[:, None, None]
    index = (np.arange(parts)[:, None] * per_part + np.arange(per_part))[None]
    row = 16 * (thread // WARP) + thread % WARP // 4 + 8 * (index // 2 % 2)
    column = 8 * (index // 4) + thread % 4 * 2 + index % 2
    shape = (4 * WARP, parts, per_part)
    return np.broadcast_to(row, shape), np.broadcast_to(column, shape)


def core_matrices(codes: Array, bits: int) -> Array:
    """Return a matrix as bytes in the layout of ``core_offset`` (descriptor.cuh)."""
    return core_bytes(pack_bytes(codes, bits))


def core_bytes(packed: Array) -> Array:
    """Return rows of bytes in the layout of ``core_offset``."""
    import numpy as np

    rows, row_bytes = packed.shape
    pieces = packed.reshape(rows // 8, 8, row_bytes // 16, 16)
    return np.ascontiguousarray(pieces.transpose(2, 0, 1, 3)).reshape(-1)


def pack_sixteens(codes: Array, bits: int) -> Array:
    """Return codes of 4 or 6 bits as bytes: 16 elements close together, then room up to 16 bytes.

    Source: PTX ISA, packing formats of tcgen05 for kind::f8f6f4 (``b4x16_p64``, ``b6x16_p32``).
    """
    import numpy as np

    ones = (codes[..., None].astype(np.uint8) >> np.arange(bits, dtype=np.uint8)) & 1
    sixteens = ones.reshape(*codes.shape[:-1], -1, 16 * bits)
    packed = np.packbits(sixteens, axis=-1, bitorder="little")
    room = np.zeros((*packed.shape[:-1], 16), np.uint8)
    room[..., : packed.shape[-1]] = packed
    return room.reshape(*codes.shape[:-1], -1)


def pack_bytes(codes: Array, bits: int) -> Array:
    """Return element codes along the last axis as bytes, low bits first."""
    import numpy as np

    if bits >= 8:
        words = np.ascontiguousarray(codes).astype(f"<u{bits // 8}")
        return words.view(np.uint8).reshape(*codes.shape[:-1], -1)
    per_byte = 8 // bits
    groups = codes.reshape(*codes.shape[:-1], -1, per_byte).astype(np.uint8)
    shifts = (np.arange(per_byte) * bits).astype(np.uint8)
    packed: Array = np.bitwise_or.reduce(groups << shifts, axis=-1).astype(np.uint8)
    return packed


def expand_sparse(kept: Array, number_format: NumberFormat) -> Array:
    """Return the full A whose kept elements ``SPARSE_INDICES`` names, zeros elsewhere."""
    import numpy as np

    rows, columns = kept.shape
    whole = np.zeros((rows, 2 * columns), kept.dtype)
    index = np.arange(columns)
    places = 2 * index if number_format is NumberFormat.TF32 else 4 * (index // 2) + index % 2
    whole[:, places] = kept
    return whole


def in_bytes(codes: Array, number_format: NumberFormat) -> Array:
    """Return codes as bytes that hold one element each, as ``kind::f8f6f4`` wants them.

    Four bits lie in the middle of their byte, six at its low end (PTX ISA, packing formats of
    mma for kind::f8f6f4).
    """
    return codes << 2 if number_format is NumberFormat.FP4 else codes


def bits_of(number_format: NumberFormat) -> int:
    """Return the bits an operand element takes in a register (one for ``BOOL``)."""
    return 1 if number_format is NumberFormat.BOOL else number_format.bits


def encode(values: Array, number_format: NumberFormat) -> Array:
    """Return the nearest codes of a format as unsigned integers (saturating for integers)."""
    import numpy as np

    form = NumberFormat
    if number_format is form.FP64:
        return values.astype(np.float64).view(np.uint64)
    if number_format is form.FP16:
        return values.astype(np.float16).view(np.uint16).astype(np.uint64)
    if number_format in {form.BF16, form.TF32}:
        kept = 16 if number_format is form.BF16 else 19
        words = values.astype(np.float32).view(np.uint32).astype(np.uint64)
        rounded = (words + (1 << (31 - kept)) - 1 + (words >> (32 - kept) & 1)) >> (32 - kept)
        return rounded if number_format is form.BF16 else (rounded << 13)
    if number_format in {form.INT8, form.INT4}:
        limit = 1 << (number_format.bits - 1)
        codes = np.clip(np.rint(values), -limit, limit - 1).astype(np.int64)
        return (codes & (2 * limit - 1)).astype(np.uint64)
    if number_format is form.BOOL:
        return (np.asarray(values) > 0).astype(np.uint64)
    table = small_values(number_format)
    finite = np.flatnonzero(np.isfinite(table))
    ordered = finite[np.argsort(table[finite], kind="stable")]
    middles = (table[ordered][1:] + table[ordered][:-1]) / 2
    return ordered[np.searchsorted(middles, values)].astype(np.uint64)


def decode(codes: Array, number_format: NumberFormat) -> Array:
    """Return what codes stand for, in float64."""
    import numpy as np

    form = NumberFormat
    if number_format is form.FP64:
        return codes.astype(np.uint64).view(np.float64)
    if number_format is form.FP16:
        return codes.astype(np.uint16).view(np.float16).astype(np.float64)
    if number_format is form.BF16:
        return (codes.astype(np.uint32) << 16).view(np.float32).astype(np.float64)
    if number_format is form.TF32:
        return codes.astype(np.uint32).view(np.float32).astype(np.float64)
    if number_format in {form.INT8, form.INT4}:
        limit = 1 << (number_format.bits - 1)
        signed = codes.astype(np.int64)
        return np.where(signed >= limit, signed - 2 * limit, signed).astype(np.float64)
    if number_format is form.BOOL:
        return codes.astype(np.float64)
    return small_values(number_format)[codes.astype(np.int64)]


_SMALL = {
    NumberFormat.FP8_E4M3: (4, 3),
    NumberFormat.FP8_E5M2: (5, 2),
    NumberFormat.FP6_E3M2: (3, 2),
    NumberFormat.FP6_E2M3: (2, 3),
    NumberFormat.FP4: (2, 1),
}
"""Exponent and mantissa bits."""


def small_values(number_format: NumberFormat) -> Array:
    """Return the value of each code of a format of 8 bits or fewer.

    Sources: OCP 8-bit floating point 1.0; OCP microscaling formats (MX) 1.0, where 6- and 4-bit
    formats have neither infinities nor NaN.
    """
    import numpy as np

    exponent_bits, mantissa_bits = _SMALL[number_format]
    e4m3 = number_format is NumberFormat.FP8_E4M3
    sign = 1 << (exponent_bits + mantissa_bits)
    bias = (1 << (exponent_bits - 1)) - 1
    codes = np.arange(2 * sign)
    exponent = codes >> mantissa_bits & ((1 << exponent_bits) - 1)
    mantissa = (codes & ((1 << mantissa_bits) - 1)) / (1 << mantissa_bits)
    normal = (1 + mantissa) * 2.0 ** (exponent - bias)
    value = np.where(exponent == 0, mantissa * 2.0 ** (1 - bias), normal)
    if sign < 0x80:
        return np.where(codes & sign, -value, value)
    last = (1 << exponent_bits) - 1
    special = (codes & 0x7F) == 0x7F if e4m3 else (exponent == last)
    infinite = ~np.bool_(e4m3) & special & (mantissa == 0)
    value = np.where(special, np.where(infinite, np.inf, np.nan), value)
    return np.where(codes & 0x80, -value, value)


def simple_values(shape: tuple[int, ...], number_format: NumberFormat, seed: int) -> Array:
    """Return random values that every format holds exactly and whose sums of products stay exact.

    Multiples of 1/4 up to 2 for floating point, of 1 up to 7 for integers, 0 and 1 for bits. For
    8-bit floats and smaller -1, 0 and 1: Hopper keeps some 14 bits of their sums.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    if number_format is NumberFormat.BOOL:
        return generator.integers(0, 2, shape).astype(np.float64)
    if number_format in {NumberFormat.INT8, NumberFormat.INT4}:
        return generator.integers(-7, 8, shape).astype(np.float64)
    if number_format in _SMALL:
        return generator.integers(-1, 2, shape).astype(np.float64)
    return generator.integers(-8, 9, shape) / 4.0


def unit_values(shape: tuple[int, ...], seed: int) -> Array:
    """Return random -1, 0 and 1: sums of their products stay exact in fp16 up to 2048."""
    import numpy as np

    return np.random.default_rng(seed).integers(-1, 2, shape).astype(np.float64)


def normal_values(shape: tuple[int, ...], number_format: NumberFormat, seed: int) -> Array:
    """Return standard normal values, scaled to a third of the range for integers."""
    import numpy as np

    values = np.random.default_rng(seed).standard_normal(shape)
    if number_format in {NumberFormat.INT8, NumberFormat.INT4}:
        return values * ((1 << (number_format.bits - 1)) / 3)
    return values


def _axes(parts: int, per_part: int) -> tuple[Array, Array, Array]:
    import numpy as np

    return (
        np.arange(WARP)[:, None, None],
        np.arange(parts)[None, :, None],
        np.arange(per_part)[None, None, :],
    )


def _whole(row: Array, column: Array, parts: int, per_part: int) -> tuple[Array, Array]:
    import numpy as np

    shape = (WARP, parts, per_part)
    return np.broadcast_to(row, shape), np.broadcast_to(column, shape)
