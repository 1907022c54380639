"""The clock a core runs at while it measures."""

from __future__ import annotations

from collections.abc import Callable

from microbench.benchmark import Benchmark, CodeCheck, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import UnsupportedError

SEED = 3
"""First value of the chain: odd, so that no square becomes zero."""

PROBE_TRIPS = 1000
"""Trips of a probe of the clock: 96,000 cycles on x86, long against the timer's resolution."""
CALLS = 100
"""Calls timed for what a call itself takes, which is 2% of a probe."""

X86_MULTIPLY_CYCLES = 3
"""Latency of a 32-bit register multiply on every Intel core since Nehalem and every AMD Zen core
(uops.info, IMUL_R32_R32; A. Fog, Instruction tables)."""
ARM_MULTIPLY_CYCLES = {
    "neoverse_n1": 2,
    "neoverse_v1": 2,
    "neoverse_n2": 2,
    "neoverse_v2": 2,
    "neoverse_v3": 2,
}
"""Latency of MUL, W form (Arm Software Optimization Guide of each core), by archspec's name."""


def points(_device: DeviceSpec, _effort: Effort) -> tuple[Point, ...]:
    """One point: the clock of one core."""
    return (Point("cpu.clock"),)


def multiply_cycles(arch: str, x86: bool) -> int:
    """Return the cycles assumed for a multiply; ``UnsupportedError`` where no source has them."""
    if x86:
        return X86_MULTIPLY_CYCLES
    if arch not in ARM_MULTIPLY_CYCLES:
        raise UnsupportedError(
            f"no source states the multiply latency of {arch}: clock not derived"
        )
    return ARM_MULTIPLY_CYCLES[arch]


def probe(device: DeviceSpec) -> Callable[[], float] | None:
    """Return what reads the clock in Hz within about 30 us; ``None`` where no source allows it."""
    import time

    from microbench.kernels import cpu_ir, cpu_jit
    from microbench.kernels.cpu_memory import allocate

    x86 = cpu_jit.is_x86()
    if not x86 and device.arch not in ARM_MULTIPLY_CYCLES:
        return None
    run, memory = cpu_jit.compile_ir(cpu_ir.multiply_chain()).stream(), allocate(4096)
    memory.view("u4")[16] = SEED
    cycles = PROBE_TRIPS * cpu_ir.MULTIPLY_UNROLL * multiply_cycles(device.arch, x86)

    def chain_s(trips: int) -> float:
        start = time.perf_counter()
        run(memory.address, memory.address + 64, 0, 0, trips, 1)
        return time.perf_counter() - start

    call_s = min(chain_s(1) for _ in range(CALLS))

    def clock_hz() -> float:
        return cycles / (chain_s(PROBE_TRIPS) - call_s)

    return clock_hz


def prepare(_point: Point, device: DeviceSpec, _seed: int) -> Prepared:
    """Build a chain of dependent multiplies; a cycle count per multiply turns time into a clock."""
    from microbench.kernels import cpu_check, cpu_ir, cpu_jit
    from microbench.kernels.cpu_memory import allocate
    from microbench.protocol.sampling import host_sample

    compiled = cpu_jit.compile_ir(cpu_ir.multiply_chain())
    run, memory = compiled.stream(), allocate(4096)
    memory.view("u4")[16] = SEED
    cycles = multiply_cycles(device.arch, cpu_jit.is_x86())
    multiply = cpu_check.scalar_multiply(cpu_jit.is_x86())
    claim = cpu_check.LoopClaim({multiply: cpu_ir.MULTIPLY_UNROLL})

    def check() -> CodeCheck:
        return cpu_check.check_loop(compiled.assembly, claim)

    def check_result() -> str:
        run(memory.address, memory.address + 64, 0, 0, 1, 1)
        expected = pow(SEED, 2**cpu_ir.MULTIPLY_UNROLL, 2**32)
        found = int(memory.view("u4")[0])
        return "" if found == expected else f"the chain ends in {found}, expected {expected}"

    return Prepared(
        sample=host_sample(lambda trips: run(memory.address, memory.address + 64, 0, 0, trips, 1)),
        operations=cpu_ir.MULTIPLY_UNROLL,
        check_code=check,
        check_result=check_result,
        cpu_time_valid=True,
        notes={
            "cycles": cycles * cpu_ir.MULTIPLY_UNROLL,
            "assumed_multiply_cycles": cycles,
            "arch": device.arch,
        },
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
        source="32-bit multiply latency: uops.info; Arm Software Optimization Guides",
        seconds_per_point={Effort.QUICK: 0.3, Effort.DEFAULT: 0.9, Effort.THOROUGH: 10},
    ),
)
