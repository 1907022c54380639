"""The clock a core runs at while it measures."""

from __future__ import annotations

from microbench.benchmark import Benchmark, CodeCheck, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec

MULTIPLY_CYCLES = {"x86": 3, "aarch64": 3}
"""Latency of a 64-bit multiply: 3 cycles on every Intel core since Nehalem and AMD core since Zen
(uops.info, IMUL r64), 3 on Arm Neoverse N1 and later (Arm Software Optimization Guides, MADD)."""


def points(_device: DeviceSpec, _effort: Effort) -> tuple[Point, ...]:
    """One point: the clock of one core."""
    return (Point("cpu.clock"),)


def prepare(_point: Point, _device: DeviceSpec, _seed: int) -> Prepared:
    """Build a chain of dependent multiplies; a cycle count per multiply turns time into a clock."""
    from microbench.kernels import cpu_ir, cpu_jit
    from microbench.kernels.cpu_memory import allocate
    from microbench.protocol.sampling import host_sample

    compiled = cpu_jit.compile_ir(cpu_ir.multiply_chain())
    run, memory = compiled.stream(), allocate(4096)
    memory.view("u8")[8] = 3
    opcode = r"^imulq" if cpu_jit.is_x86() else r"^mul\b"
    claim = cpu_jit.LoopClaim({opcode: cpu_ir.MULTIPLY_UNROLL})

    def check() -> CodeCheck:
        return cpu_jit.check_loop(compiled, claim)

    return Prepared(
        sample=host_sample(lambda trips: run(memory.address, memory.address + 64, 0, 0, trips)),
        operations=cpu_ir.MULTIPLY_UNROLL,
        check_code=check,
        notes={"cycles": MULTIPLY_CYCLES["x86"] * cpu_ir.MULTIPLY_UNROLL, "assumed_cycles": 3},
    )


BENCHMARKS = (
    Benchmark(
        name="cpu.clock",
        question="At what clock does a core run under load?",
        kind=DeviceKind.CPU,
        suite="compute",
        quantity=Quantity.FREQUENCY,
        points=points,
        prepare=prepare,
        source="64-bit multiply latency: uops.info; Arm Software Optimization Guides",
        seconds_per_point={Effort.QUICK: 0.4, Effort.DEFAULT: 1.2, Effort.THOROUGH: 10},
    ),
)
