"""What a multiprocessor does in a cycle at most: instructions, products, bytes.

Tensor rates follow from the datasheet's: what an SM does in a cycle is a power of two, so that a
rate, stated at some clock between base and boost, gives it exactly. ``None``: no source states it.
"""

from __future__ import annotations

import math

from microbench.devices.checks import TENSOR_FLOP_PER_CLOCK
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

ISSUE_LANES = 128
"""Four schedulers of an SM start one instruction of 32 lanes each in a cycle, on every chip from
Volta on (CUDA C++ Programming Guide, compute capabilities 7.x to 12.0)."""
SM_BYTES = 128
"""Bytes a cycle between an SM's registers and its L1 or shared memory: 32 banks of 4 bytes (CUDA
C++ Programming Guide, shared memory). What lies beyond comes through the same port."""

_EVERYWHERE = ("8.0", "8.6", "8.9", "9.0", "10.0", "12.0")
_TO_HOPPER = ("8.0", "8.6", "8.9", "9.0")
_NARROW: tuple[tuple[str, dict[str, int]], ...] = (
    ("fp32_", {"8.0": 64}),
    ("fp64_", {"8.0": 32, "8.6": 2, "8.9": 2, "9.0": 64, "10.0": 64, "12.0": 2}),
    ("fp16x2_", {"8.6": 64, "8.9": 64, "12.0": 64}),
    ("bf16x2_", {"8.0": 64, "8.6": 64, "8.9": 64, "12.0": 64}),
    ("int32_mad", dict.fromkeys(_EVERYWHERE, 64)),
    ("int32_mulhi", dict.fromkeys(_EVERYWHERE, 64)),
    ("int32_add3", dict.fromkeys(_TO_HOPPER, 64)),
    ("int32_lop3", dict.fromkeys((*_TO_HOPPER, "12.0"), 64)),
    ("int32_shf", dict.fromkeys(_EVERYWHERE, 64)),
    ("int32_popc", dict.fromkeys(_EVERYWHERE, 16)),
    ("special_", dict.fromkeys(_EVERYWHERE, 16)),
    ("warp_shfl", dict.fromkeys(_EVERYWHERE, 32)),
    ("dpx_", dict.fromkeys(_TO_HOPPER, 64)),
)
"""Pipes narrower than ``ISSUE_LANES``, by beginning of the operation's name: lanes of an SM.

CUDA C++ Best Practices Guide 13, table "Throughput of Native Arithmetic Instructions" (up to CUDA
12.9 in the Programming Guide). fp64 of 8.6, 8.9 and 12.0 is 1/64 of fp32: GA102, AD102 and RTX
Blackwell whitepapers ("two FP64 units per SM"). Packed halves from rates of the whitepapers: four
times fp32 on GA100 (78 TFLOP/s), twice on GH100 (134), as fast as fp32 on GA102, AD102 and GB202
(35.6, 82.6, 104.8); packed bf16 twice fp32 on GA100 (39)."""

FP64_TENSOR = {"8.0": 128, "8.6": 4, "8.9": 4, "9.0": 256, "10.0": 128}
"""fp64 FLOP in a cycle: datasheets of A100 (19.5 TFLOP/s), H100 (67) and HGX B200 (37 a GPU); on
8.6 and 8.9 no more than the two fp64 units do (GA102 and AD102 whitepapers)."""
INT4_OVER_INT8 = {"8.0": 2, "8.6": 2, "8.9": 2, "9.0": 1, "10.0": 1, "12.0": 1}
"""A100 (1248 over 624 TOP/s), GA102 (568 over 284) and AD102 (1321 over 661) whitepapers; from
Hopper on each is built of 8-bit products (our check of the machine code)."""
OVER_FP16 = {
    NumberFormat.TF32: 0.5,
    NumberFormat.BF16: 1.0,
    NumberFormat.FP16: 1.0,
    NumberFormat.INT8: 2.0,
}
"""Rates over that of fp16 at full sums, for chips whose tensor rates no document states."""
BOOL_OVER_INT8 = {"8.0": 8, "10.0": 1, "12.0": 1}
"""A100 datasheet: 4992 TOP/s of one-bit products; on Blackwell each is built of 8-bit ones (our
check of the machine code). No document states the rate of GA10x, Ada and Hopper."""


def operation_flop_per_cycle(name: str, spec: DeviceSpec) -> float | None:
    """Return the most FLOP (integer operations) of one instruction an SM does in a cycle."""
    from microbench.kernels.cuda import alu

    capability = spec.compute_capability or ""
    operation = next((one for one in alu.OPERATIONS if one.name == name), None)
    if operation is None or capability not in _EVERYWHERE:
        return None
    lanes = next((by.get(capability) for start, by in _NARROW if name.startswith(start)), None)
    return operation.flop * (lanes or ISSUE_LANES)


def shape_flop_per_cycle(name: str, spec: DeviceSpec) -> float | None:
    """Return the most FLOP of an ``mma.sync`` shape an SM does in a cycle, by the datasheet."""
    from microbench.kernels.cuda import mma

    shape = next((one for one in mma.SHAPES if one.name == name), None)
    if shape is None:
        return None
    form = _rated_as(shape.number_format, shape.in_bytes)
    scaled_bytes = bool(shape.scales) and shape.in_bytes
    full = scaled_bytes or shape.instruction.endswith(".f16")
    return tensor_flop_per_cycle(spec, form, shape.sparse, full)


def group_flop_per_cycle(name: str, sparse: bool, spec: DeviceSpec) -> float | None:
    """Return the most FLOP of a ``wgmma`` format an SM does in a cycle."""
    from microbench.kernels.cuda import wgmma

    form = next((one for one in wgmma.FORMATS if one.name == name), None)
    return None if form is None else tensor_flop_per_cycle(spec, form.number_format, sparse)


def fifth_flop_per_cycle(name: str, sparse: bool, spec: DeviceSpec) -> float | None:
    """Return the most FLOP of a ``tcgen05.mma`` format an SM does in a cycle."""
    from microbench.kernels.cuda import tcgen05

    form = next((one for one in tcgen05.FORMATS if one.name == name), None)
    if form is None:
        return None
    return tensor_flop_per_cycle(spec, _rated_as(form.number_format, form.in_bytes), sparse)


def tensor_flop_per_cycle(
    spec: DeviceSpec, number_format: NumberFormat, sparse: bool = False, full_sums: bool = False
) -> float | None:
    """Return the most FLOP of matrix products an SM does in a cycle; 2:4 sparse ones count twice.

    ``full_sums``: sums of halves, or block-scaled operands of 8 or 6 bits, which the chips that sum
    fp32 at half rate (GeForce, L40) do at the full one (GA102, AD102 and RTX Blackwell
    whitepapers); the stated FP4 rate is full.
    """
    dense = _dense(spec, number_format)
    if dense is None:
        return None
    if full_sums:
        dense *= full_over_stated(spec)
    return dense * (2 if sparse else 1)


def tensor_flop_per_s(
    spec: DeviceSpec, number_format: NumberFormat, per_cycle: float | None
) -> float | None:
    """Return a rate a cycle and SM at the clock the datasheet states tensor rates at.

    That clock follows from the fp16 rate; fp64 products run at the chip's own (67 TFLOP/s on H100).
    """
    stated, fp16 = _stated(spec, NumberFormat.FP16), spec.peak(NumberFormat.FP16)
    if per_cycle is None:
        return None
    if number_format is NumberFormat.FP64:
        return per_cycle * spec.sm_count * spec.clock_hz if spec.clock_hz else None
    return per_cycle * fp16 / stated if fp16 and stated else None


def _dense(spec: DeviceSpec, number_format: NumberFormat) -> float | None:
    capability = spec.compute_capability or ""
    if number_format is NumberFormat.FP64:
        return FP64_TENSOR.get(capability)
    shares = {NumberFormat.INT4: INT4_OVER_INT8, NumberFormat.BOOL: BOOL_OVER_INT8}
    if number_format in shares:
        share, whole = shares[number_format].get(capability), _stated(spec, NumberFormat.INT8)
        return None if share is None or whole is None else share * whole
    return _stated(spec, number_format)


def _stated(spec: DeviceSpec, number_format: NumberFormat) -> float | None:
    """Return the power of two behind a datasheet rate; 1% of it may be rounding.

    A chip whose datasheet gives no tensor rates at all has the full one of its architecture.
    """
    peak = spec.peak(number_format)
    if peak is None or not spec.clock_hz:
        full, share = _full(spec), OVER_FP16.get(number_format)
        return full * share if full and share and not spec.peak(NumberFormat.FP16) else None
    return float(2.0 ** math.ceil(math.log2(0.99 * peak / (spec.sm_count * spec.clock_hz))))


def _full(spec: DeviceSpec) -> float:
    """Return the full fp16 rate of an architecture, 0 where it is unknown."""
    return float(TENSOR_FLOP_PER_CLOCK.get(spec.compute_capability or "", (0,))[0])


def full_over_stated(spec: DeviceSpec) -> float:
    """Return how much faster halves are summed than the rate a datasheet states: 1 or 2."""
    rates = TENSOR_FLOP_PER_CLOCK.get(spec.compute_capability or "", ())
    halved = len(rates) == 2 and _stated(spec, NumberFormat.FP16) == rates[1]
    return rates[0] / rates[1] if halved else 1.0


def _rated_as(number_format: NumberFormat, in_bytes: bool) -> NumberFormat:
    """Return the format whose rate an instruction has.

    Operands of a byte each (kinds f8f6f4 and mxf8f6f4) run at the 8-bit rate whatever their bits:
    the datasheet of HGX B200 has one row "FP8/FP6", and K of an instruction is the same.
    """
    return NumberFormat.FP8_E4M3 if in_bytes else number_format
