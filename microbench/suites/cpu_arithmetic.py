"""Peak multiply-add rate per number format and vector width, from chains held in registers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.benchmark import Benchmark, CodeCheck, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import DeviceError
from microbench.formats import NumberFormat

if TYPE_CHECKING:
    from microbench.kernels.cpu_ir import Dot

NAME = "cpu.compute.fma"
FORMATS = (NumberFormat.FP64, NumberFormat.FP32, NumberFormat.BF16, NumberFormat.INT8)
CHAINS = {512: 20, 256: 12, 128: 12}
"""Accumulators: at least latency (4 to 5 cycles) x 2 units, at most the registers there are."""


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Each format at each width on one core; the widest also on all cores."""
    widths = (512, 256) if effort is Effort.QUICK else (512, 256, 128)
    found = [(f.value, bits, 1) for f in FORMATS for bits in widths]
    if device.sm_count > 1:
        found += [(f.value, 512, device.sm_count) for f in FORMATS]
    names = ("number_format", "vector_bits", "cores")
    return tuple(Point(NAME, tuple(zip(names, axes, strict=True))) for axes in found)


def prepare(point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Build the chains; ``DeviceError`` says which instruction this processor lacks."""
    from microbench.kernels import cpu_ir, cpu_jit, cpu_memory
    from microbench.protocol.sampling import host_sample
    from microbench.protocol.threads import Team

    number_format, bits = NumberFormat(str(point["number_format"])), int(point["vector_bits"])
    cores = int(point["cores"])
    widest = cpu_jit.vector_bits()
    if cores > 1 and widest < bits:
        bits = widest
    dot, opcode = instruction(number_format, bits)
    chains = CHAINS[bits]
    compiled = cpu_jit.compile_ir(cpu_ir.multiply_add(dot, chains))
    kernel = compiled.stream()
    blocks = [cpu_memory.allocate(16384) for _ in range(cores)]

    def worker(block: cpu_memory.Block) -> Callable[[int], None]:
        def run(trips: int) -> None:
            kernel(block.address, block.address + 8192, block.address + 12288, 0, trips)

        return run

    runs = [worker(block) for block in blocks]

    def check_code() -> CodeCheck:
        return cpu_jit.check_loop(compiled, cpu_jit.LoopClaim({opcode: chains}))

    return Prepared(
        sample=host_sample(runs[0] if cores == 1 else Team(runs), threads=cores),
        work_flop=float(dot.flop * chains * cores),
        check_code=check_code,
        cpu_time_valid=True,
        notes={"chains": chains, "flop_per_instruction": dot.flop, "vector_bits": bits},
    )


def instruction(number_format: NumberFormat, bits: int) -> tuple[Dot, str]:
    """Return the IR and opcode pattern of a format's multiply-add at a width.

    Raises ``DeviceError`` where the processor has none: a rate is never derived from another's.
    """
    from microbench.kernels import cpu_ir, cpu_jit

    features, x86 = cpu_jit.host_features(), cpu_jit.is_x86()
    register = {512: "zmm", 256: "ymm", 128: "xmm"}[bits]
    if bits > cpu_jit.vector_bits():
        raise DeviceError(f"this processor has no {bits}-bit vectors")
    if number_format in {NumberFormat.FP32, NumberFormat.FP64}:
        element, size = ("float", 32) if number_format is NumberFormat.FP32 else ("double", 64)
        suffix = "ps" if size == 32 else "pd"
        if x86 and "fma" not in features:
            raise DeviceError("this processor has no fused multiply-add")
        opcode = rf"^vfmadd\d+{suffix}\s+.*%{register}" if x86 else r"^fmla\s+v"
        return cpu_ir.fma(element, bits // size), opcode
    needed = {NumberFormat.BF16: "avx512bf16", NumberFormat.INT8: "avx512vnni"}[number_format]
    if not x86 or needed not in features or (bits < 512 and "avx512vl" not in features):
        raise DeviceError(f"this processor has no {bits}-bit {number_format} dot product")
    if number_format is NumberFormat.BF16:
        return cpu_ir.bf16_dot(bits), rf"^vdpbf16ps\s+.*%{register}"
    return cpu_ir.int8_dot(bits), rf"^vpdpbusd\s+.*%{register}"


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
        seconds_per_point={Effort.QUICK: 0.4, Effort.DEFAULT: 1.2, Effort.THOROUGH: 10},
    ),
)
