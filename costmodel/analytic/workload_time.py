"""Predicted time of a workload on the local processor: the sum of its operators.

The variant runs once to see which operators it calls; each is predicted from the library calls of
a benchmark run. Whatever runs outside torch is not in the sum.
"""

from __future__ import annotations

from dataclasses import dataclass

from costmodel.analytic.cpu_model import CpuModel
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.workloads.workload import Shape, Workload


@dataclass(frozen=True, slots=True)
class WorkloadTime:
    """Seconds of one call; the interval's ends are sums of the operators' ends."""

    latency_s: float
    low_s: float
    high_s: float
    operators: int

    def holds(self, measured_s: float) -> bool:
        """Return whether a measured time lies inside the 90% interval."""
        return self.low_s <= measured_s <= self.high_s


def predicted(
    model: CpuModel,
    workload: Workload,
    variant: str,
    shape: Shape,
    number_format: NumberFormat = NumberFormat.FP32,
) -> WorkloadTime:
    """Predict one variant at one shape.

    ``InputError`` for a variant that works outside torch (NumPy, SciPy): no operator does its work.
    """
    from costmodel.graph.torch_calls import recorded
    from microbench.workloads import correctness

    operands = correctness.operands(workload, shape, number_format, 0)
    kernels = recorded(lambda: workload.variants[variant](shape, operands))
    least_bytes = workload.min_bytes(shape, number_format.size_bytes)
    seen = any(kernel.work_flop for kernel in kernels)
    if not seen and sum(kernel.bytes_moved for kernel in kernels) < least_bytes / 2:
        raise InputError(f"{workload.name}, {variant}: its work is not done by torch operators")
    found = model.predict(kernels)
    return WorkloadTime(
        latency_s=sum(one.latency_s for one in found),
        low_s=sum(one.low_s for one in found),
        high_s=sum(one.high_s for one in found),
        operators=len(kernels),
    )
