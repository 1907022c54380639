"""Number formats: the names used everywhere and the bytes an element takes."""

from __future__ import annotations

from enum import StrEnum


class NumberFormat(StrEnum):
    """A number format of operands. Rates are always for products accumulated as hardware does."""

    FP64 = "fp64"
    FP32 = "fp32"
    TF32 = "tf32"
    BF16 = "bf16"
    FP16 = "fp16"
    FP8_E4M3 = "fp8_e4m3"
    FP8_E5M2 = "fp8_e5m2"
    FP6_E3M2 = "fp6_e3m2"
    FP6_E2M3 = "fp6_e2m3"
    FP4 = "fp4"
    INT64 = "int64"
    INT32 = "int32"
    INT16 = "int16"
    INT8 = "int8"
    INT4 = "int4"
    BOOL = "bool"
    COMPLEX64 = "complex64"
    COMPLEX128 = "complex128"

    @property
    def bits(self) -> int:
        """Bits one element takes in memory (TF32 is stored in 32, BOOL in 8)."""
        return _BITS[self]

    @property
    def size_bytes(self) -> float:
        """Bytes one element takes in memory; 0.5 for the 4-bit formats, 0.75 for the 6-bit ones."""
        return self.bits / 8


_BITS = {
    NumberFormat.FP64: 64,
    NumberFormat.FP32: 32,
    NumberFormat.TF32: 32,
    NumberFormat.BF16: 16,
    NumberFormat.FP16: 16,
    NumberFormat.FP8_E4M3: 8,
    NumberFormat.FP8_E5M2: 8,
    NumberFormat.FP6_E3M2: 6,
    NumberFormat.FP6_E2M3: 6,
    NumberFormat.FP4: 4,
    NumberFormat.INT64: 64,
    NumberFormat.INT32: 32,
    NumberFormat.INT16: 16,
    NumberFormat.INT8: 8,
    NumberFormat.INT4: 4,
    NumberFormat.BOOL: 8,
    NumberFormat.COMPLEX64: 64,
    NumberFormat.COMPLEX128: 128,
}
