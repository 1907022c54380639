"""Peak multiply-add rate per number format and vector width, from chains held in registers."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from microbench.benchmark import AxisValue, Benchmark, CodeCheck, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import UnsupportedError
from microbench.formats import NumberFormat

if TYPE_CHECKING:
    import numpy.typing as npt

    from microbench.kernels.cpu_check import Opcode
    from microbench.kernels.cpu_ir import Dot
    from microbench.kernels.cpu_memory import Block

NAME = "cpu.compute.fma"
FORMATS = (
    *(NumberFormat.FP64, NumberFormat.FP32, NumberFormat.BF16, NumberFormat.FP16),
    NumberFormat.INT8,
)
X86_ONLY = frozenset([NumberFormat.BF16, NumberFormat.INT8])
CHAINS = {512: 20, 256: 12, 128: 12}
"""Accumulators: at least latency (4 to 5 cycles) x 2 units, at most the registers there are."""
ARM_CHAINS = 24
"""Up to 4 cycles x 4 units on Neoverse V1, of 32 registers (Arm Software Optimization Guides)."""
WIDEST = "widest"
"""The widest vectors the processor computes in, known only where it runs."""
CHECKED_TRIPS = 3
OPERANDS_AT, SCALES_AT = 8192, 12288
"""Offsets in a core's block of the two operands; the accumulators are stored at its start."""


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Each format at each width on one core; the widest also on all cores."""
    widths: tuple[AxisValue, ...] = (WIDEST,) if effort is Effort.QUICK else (WIDEST, 512, 256, 128)
    formats = _formats(device.arch)
    found = [(f.value, bits, 1) for f in formats for bits in widths]
    if device.sm_count > 1:
        found += [(f.value, WIDEST, device.sm_count) for f in formats]
    names = ("number_format", "vector_bits", "cores")
    return tuple(Point(NAME, tuple(zip(names, axes, strict=True))) for axes in found)


def _formats(arch: str) -> tuple[NumberFormat, ...]:
    """Return the formats whose multiply-add is written for an architecture (archspec's name).

    Where none is, the processor may well have one: no point says that it has not.
    """
    import archspec.cpu

    known = archspec.cpu.TARGETS.get(arch)
    elsewhere = known is not None and known.family.name != "x86_64"
    return tuple(f for f in FORMATS if not (elsewhere and f in X86_ONLY))


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Build the chains; ``UnsupportedError`` says which instruction this processor lacks."""
    from microbench.kernels import cpu_check, cpu_ir, cpu_jit, cpu_memory
    from microbench.protocol.sampling import host_sample
    from microbench.protocol.threads import Job, Team

    number_format, cores = NumberFormat(str(point["number_format"])), int(point["cores"])
    widest, x86 = cpu_jit.vector_bits(), cpu_jit.is_x86()
    bits = widest if point["vector_bits"] == WIDEST else int(point["vector_bits"])
    if bits > widest:
        raise UnsupportedError(f"this processor computes in {widest}-bit vectors, not {bits}")
    dot, opcode = instruction(number_format, bits, cpu_jit.host_features(), x86)
    chains = CHAINS[bits] if x86 else ARM_CHAINS
    compiled = cpu_jit.compile_ir(cpu_ir.multiply_add(dot, chains))
    kernel = compiled.stream()
    blocks = [cpu_memory.allocate(16384) for _ in range(cores)]

    def job(block: cpu_memory.Block) -> Job:
        at = block.address
        operands, scales = at + OPERANDS_AT, at + SCALES_AT
        return Job(compiled.address, lambda trips: (at, operands, scales, 0, trips, 1))

    jobs = [job(block) for block in blocks]
    expected = [fill(block, number_format, bits, seed) for block in blocks]

    def run(trips: int) -> None:
        kernel(*jobs[0].arguments(trips))

    def check_code() -> CodeCheck:
        return cpu_check.check_loop(compiled.assembly, cpu_check.LoopClaim({opcode: chains}))

    def check_result() -> str:
        run(CHECKED_TRIPS)
        count = chains * len(expected[0])
        found = blocks[0].view(expected[0].dtype.str)[:count].reshape(chains, -1)
        wrong = int((found != CHECKED_TRIPS * expected[0]).sum())
        return f"{wrong} of {count} accumulators are not {CHECKED_TRIPS} x y" if wrong else ""

    return Prepared(
        sample=host_sample(run) if cores == 1 else Team(jobs).sample,
        work_flop=float(dot.flop * chains * cores),
        check_code=check_code,
        check_result=check_result,
        cpu_time_valid=True,
        notes={"chains": chains, "flop_per_instruction": dot.flop, "vector_bits": bits},
    )


def fill(block: Block, number_format: NumberFormat, bits: int, seed: int) -> npt.NDArray[Any]:
    """Write random operands that multiply exactly; return what one instruction adds to each lane.

    Quarters up to 2 (int8: integers up to 7): sums of a few products need no rounding.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    lanes = bits // number_format.bits
    x, y = rng.integers(1, 8, (2, lanes))
    accumulator, divisor = {
        NumberFormat.FP64: ("f8", 16),
        NumberFormat.FP32: ("f4", 16),
        NumberFormat.BF16: ("f4", 16),
        NumberFormat.FP16: ("f2", 16),
        NumberFormat.INT8: ("i4", 1),
    }[number_format]
    for values, offset in ((x, OPERANDS_AT), (y, SCALES_AT)):
        if number_format is NumberFormat.INT8:
            block.view("u1")[offset : offset + lanes] = values
        elif number_format is NumberFormat.BF16:
            high = (values / 4).astype("f4").view("u4") >> 16
            block.view("u2")[offset // 2 : offset // 2 + lanes] = high
        else:
            first = offset // np.dtype(accumulator).itemsize
            block.view(accumulator)[first : first + lanes] = values / 4
    group = np.dtype(accumulator).itemsize * 8 // number_format.bits
    sums = (x * y).reshape(-1, group).sum(axis=1) / divisor
    return np.asarray(sums, accumulator)


def instruction(
    number_format: NumberFormat, bits: int, features: Collection[str], x86: bool
) -> tuple[Dot, Opcode]:
    """Return the IR of a format's multiply-add at a width, and the opcode it must become.

    ``UnsupportedError`` where the processor has none: a rate is never derived from another's.
    """
    from microbench.kernels import cpu_check, cpu_ir

    register = {512: "zmm", 256: "ymm", 128: "xmm"}[bits]
    if number_format in {NumberFormat.FP32, NumberFormat.FP64}:
        element, suffix = (
            ("float", "ps") if number_format is NumberFormat.FP32 else ("double", "pd")
        )
        if x86 and "fma" not in features:
            raise UnsupportedError("this processor has no fused multiply-add")
        shape = {"ps": "4s", "pd": "2d"}[suffix]
        pattern = rf"^vfmadd\d+{suffix}\s+.*%{register}" if x86 else rf"^fmla\s+v\d+\.{shape}"
        dot = cpu_ir.fma(element, bits // number_format.bits)
        return dot, cpu_check.one(f"{bits}-bit {number_format} multiply-add", pattern)
    if number_format is NumberFormat.FP16:
        return _half(bits, features, x86, register)
    needed = {NumberFormat.BF16: "avx512bf16", NumberFormat.INT8: "avx512vnni"}[number_format]
    if not x86 or needed not in features or (bits < 512 and "avx512vl" not in features):
        raise UnsupportedError(
            f"no {bits}-bit {number_format} dot product: needs {needed} on x86-64"
        )
    if number_format is NumberFormat.BF16:
        return cpu_ir.bf16_dot(bits), cpu_check.one("vdpbf16ps", rf"^vdpbf16ps\s+.*%{register}")
    return cpu_ir.int8_dot(bits), cpu_check.one("vpdpbusd", rf"^vpdpbusd\s+.*%{register}")


def _half(bits: int, features: Collection[str], x86: bool, register: str) -> tuple[Dot, Opcode]:
    """Return the multiply-add of fp16 that adds in fp16 (AVX512-FP16; FEAT_FP16 of Armv8.2)."""
    from microbench.kernels import cpu_check, cpu_ir

    needed = "avx512fp16" if x86 else "fullfp16"
    if needed not in features or (x86 and bits < 512 and "avx512vl" not in features):
        raise UnsupportedError(f"no {bits}-bit fp16 multiply-add: needs {needed}")
    pattern = rf"^vfmadd\d+ph\s+.*%{register}" if x86 else r"^fmla\s+v\d+\.8h"
    dot = cpu_ir.fma("half", bits // NumberFormat.FP16.bits)
    return dot, cpu_check.one(f"{bits}-bit fp16 multiply-add", pattern)


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="How many multiply-adds a second does a core reach in each number format?",
        kind=DeviceKind.CPU,
        suite="compute",
        quantity=Quantity.THROUGHPUT,
        points=points,
        prepare=prepare,
        source="independent accumulator chains in registers; a multiply-add counts 2",
        seconds_per_point={Effort.QUICK: 0.3, Effort.DEFAULT: 0.9, Effort.THOROUGH: 10},
    ),
)
