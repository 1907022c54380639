"""The sweeps: where one way of computing a workload overtakes another.

They take three minutes and answer questions about algorithms, not about the device, so they run
only when asked for. ``benchmarks/paper_checks.py`` reads the run and judges it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microbench.benchmark import Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.suites.cpu_library import COMPUTE_BOUND

if TYPE_CHECKING:
    from microbench.workloads.sweeps import Sweep

NAME = "cpu.workloads.sweep"


def points(_device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Every arm at every value, arms of a value side by side; ends and middle when quick."""
    from microbench.workloads.sweeps import SWEEPS

    return tuple(
        Point(NAME, (("sweep", sweep.name), (sweep.axis, value), ("arm", arm.name)))
        for sweep in SWEEPS
        for value in (_few(sweep.values) if effort is Effort.QUICK else sweep.values)
        for arm in sweep.arms
    )


def _few(values: tuple[int, ...]) -> tuple[int, ...]:
    return (values[0], values[len(values) // 2], values[-1])


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make an arm ready at a value; it must agree with its workload's reference first."""
    import torch

    from microbench.protocol.sampling import host_sample
    from microbench.workloads import correctness
    from microbench.workloads.sweeps import find

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    sweep = find(str(point["sweep"]))
    arm, shape = sweep.arm(str(point["arm"])), _shape(sweep, point)
    call = arm.workload.variants[arm.variant]
    operands = correctness.operands(arm.workload, shape, arm.number_format, seed)

    def run(iterations: int) -> None:
        for _ in range(iterations):
            call(shape, operands)

    work_flop = arm.workload.work_flop(arm.variant, shape)
    bytes_moved = arm.workload.bytes_moved(arm.variant, shape, arm.number_format.size_bytes)
    return Prepared(
        sample=host_sample(run),
        work_flop=work_flop,
        bytes_moved=bytes_moved,
        check_result=lambda: correctness.problem(arm.workload, arm.variant, arm.number_format),
        relative_half_width=0.01,
        cpu_time_valid=work_flop > COMPUTE_BOUND * bytes_moved,
        notes={
            "workload": arm.workload.key,
            "variant": arm.variant,
            "number_format": arm.number_format.value,
            **{f"shape_{name}": size for name, size in shape.items()},
        },
    )


def _shape(sweep: Sweep, point: Point) -> dict[str, int]:
    return dict(sweep.arm(str(point["arm"])).shape(int(point[sweep.axis])))


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="Where does one way of computing a workload overtake another?",
        kind=DeviceKind.CPU,
        suite="sweeps",
        on_request=True,
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="closed-form FLOP and minimum bytes of each workload's module",
        seconds_per_point={Effort.QUICK: 0.4, Effort.DEFAULT: 0.8, Effort.THOROUGH: 6},
    ),
)
