"""The workloads of the papers: unfused against fused, each checked, each beside its baseline.

Notes carry ``workload`` (Z01 to Z32), ``variant``, ``baseline``, ``claimed``, the attainable
speed-up by bytes and the largest error in each number format, so that a report can print
claimed, attainable and measured side by side. A fused variant that is slower stays as measured.
"""

from __future__ import annotations

from microbench.benchmark import AxisValue, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.formats import NumberFormat
from microbench.suites.cpu_library import COMPUTE_BOUND
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Workload
from microbench.workloads.zoo import all_workloads, find

NAME = "cpu.workloads"
QUICK = ("gemm-bias-gelu", "attention-passes", "large-kernel-merge")
"""Product, attention and convolution: three pairs in about two seconds."""


def points(_device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Every variant of every workload at its preset, but the reference; in fp32."""
    chosen = all_workloads() if effort is not Effort.QUICK else tuple(map(find, QUICK))
    return tuple(
        Point(
            NAME,
            (("workload", workload.name), ("variant", variant), ("number_format", "fp32")),
        )
        for workload in chosen
        for variant in workload.variants
        if variant in ({UNFUSED, FUSED} if effort is Effort.QUICK else {*workload.variants})
        if variant != REFERENCE
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make a variant ready; it must agree with its reference in every format it claims."""
    import torch

    from microbench.protocol.sampling import host_sample
    from microbench.workloads import correctness

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    workload, variant = find(str(point["workload"])), str(point["variant"])
    number_format = NumberFormat(str(point["number_format"]))
    shape, call = workload.preset, workload.variants[variant]
    operands = correctness.operands(workload, shape, number_format, seed)

    def run(iterations: int) -> None:
        for _ in range(iterations):
            call(shape, operands)

    def check_result() -> str:
        problems = (correctness.problem(workload, variant, form) for form in workload.tolerance)
        return "; ".join(filter(None, problems))

    return Prepared(
        sample=host_sample(run),
        work_flop=workload.work_flop(variant, shape),
        bytes_moved=workload.bytes_moved(variant, shape, number_format.size_bytes),
        check_result=check_result,
        relative_half_width=0.01,
        cpu_time_valid=workload.work_flop(variant, shape)
        > COMPUTE_BOUND * workload.bytes_moved(variant, shape, number_format.size_bytes),
        notes=notes(workload, variant, number_format),
    )


def notes(workload: Workload, variant: str, number_format: NumberFormat) -> dict[str, AxisValue]:
    """Return what a report needs to judge the number."""
    from microbench.workloads import correctness

    shape = workload.preset
    found: dict[str, AxisValue] = {
        "workload": workload.key,
        "variant": variant,
        "baseline": workload.baseline,
        "claimed": workload.claimed,
        "papers": workload.papers,
        "attainable_speedup": workload.attainable_speedup(shape, number_format.size_bytes),
        **{f"shape_{name}": size for name, size in shape.items()},
    }
    for form in workload.tolerance:
        errors = (correctness.largest_error(workload, variant, s, form) for s in workload.sizes)
        found[f"error_{form.value}"] = max(errors)
    return found


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="What does fusing each workload of the papers save, and what could it save?",
        kind=DeviceKind.CPU,
        suite="workloads",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="closed-form FLOP and minimum bytes of each workload's module",
        seconds_per_point={Effort.QUICK: 0.75, Effort.DEFAULT: 1.2, Effort.THOROUGH: 11},
    ),
)
