"""A model's time from its kernels' times: launches overlap with work where a stack lets them.

Kernels timed one by one in eager mode hold the launch gap, the time from one event to the next
that an empty kernel needs. In a model the host launches ahead while the GPU works: the gap is
hidden behind the work, unless the host is slower than the GPU all the way. Held against the whole
models of ``benchmarks/whole_models.py``, which PyTorch ran in eager mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Flag, Launch, Prediction

Array = npt.NDArray[np.float64]
KERNEL_S = 3e-6
"""What stays of an empty kernel when kernels queue: start and end of a grid, 2 to 4 us."""
ALONE_S = 2e-6
"""What a kernel takes beyond its bound without a host. Of fp16 kernels of 2 to 8 MB that a profiler
timed on A100 and H100 (Vidur), in the median: adds 1.2 to 1.6 us, gated activations 2.7 to 3.9,
norms 4.5 to 5.8."""
HOST_LAUNCH_S = 5e-6
"""Time the host needs to launch one kernel through torch, 3 to 8 us (microbench.kernels)."""
HOST_RANGE_S = (3e-6, 8e-6)
STACKS = frozenset({"torch-eager"})
"""Stacks that launch kernel by kernel from a host that runs ahead: those this was held against."""
COMPILED = frozenset({"inductor", "xla", "iree"})
"""Stacks whose kernels are launched by a program they made, not by a call of a library each."""
EMPTY = {"op": "addu", "dtype": "fp32", "rows": 1.0, "cols": 32.0, "flops": 32.0, "bytes": 256.0}
"""The smallest elementwise kernel of the data packs: what it takes alone is the gap."""


@dataclass(frozen=True, slots=True)
class Total:
    """A whole model's seconds with their interval, and what they are made of."""

    latency_s: float
    low_s: float
    high_s: float
    kernels_s: float
    """Sum of the kernels as each is predicted alone."""
    hidden_s: float
    """Launch gaps in that sum that run behind the work of earlier kernels."""
    host_s: float
    """The host's time to launch every kernel: the total where the work takes less."""
    gap_s: float
    """Launch gap of one kernel that was timed alone as an eager call."""


def queued_s(latency_s: Array, gap_s: Array | float) -> Array:
    """Return kernels' seconds without the launch gap ``gap_s`` they were timed with."""
    hidden = np.maximum(gap_s - KERNEL_S, 0.0)
    return np.maximum(latency_s - hidden, np.minimum(latency_s, KERNEL_S))


def compiled(answer: Prediction, gap_s: float) -> Prediction:
    """Return a kernel that was timed as an eager call as a compiled program would queue it.

    Time and low end lose the launch as they do in ``total``, which was held against whole models
    in eager mode; nobody measured a compiled program, so the high end stays the eager call's. The
    time keeps ``ALONE_S`` above the bound where it held as much, the low end may reach the bound.
    """
    if answer.launch is not Launch.EAGER:
        return answer
    ends = np.array([answer.latency_s, answer.low_s])
    least_s = answer.attainable_s + np.array([ALONE_S, 0.0])
    latency_s, low_s = _launched(ends, np.array(gap_s), least_s).tolist()
    flags = answer.flags | {Flag.LAUNCH_TAKEN_OUT}
    return replace(answer, latency_s=latency_s, low_s=low_s, flags=flags, launch=Launch.TAKEN_OUT)


def _launched(end_s: Array, gap_s: Array, least_s: Array) -> Array:
    """Return seconds without the launch, not below ``least_s`` unless they were."""
    return np.asarray(np.maximum(queued_s(end_s, gap_s), np.minimum(end_s, least_s)))


def eager_s(latency_s: Array, count: Array, gap_s: float) -> float:
    """Return a model's seconds: its kernels back to back, or its launches if those take longer.

    ``latency_s`` holds each kernel alone in eager mode, ``count`` how often it runs, ``gap_s`` what
    an empty kernel takes that way.
    """
    work_s = float((queued_s(latency_s, gap_s) * count).sum())
    return max(work_s, float(count.sum()) * HOST_LAUNCH_S)


def total(predictions: Sequence[Prediction], gap_s: float) -> Total:
    """Return the time of kernels that a host queues one after the other.

    Only kernels whose data were timed as eager calls hold the gap; without it none is faster than
    its attainable time, unless it was predicted to be. The ends of the interval are
    sums of the kernels' own ends, which holds even if all errors go the same way.
    """
    count = np.array([one.kernel.count for one in predictions], dtype=float)
    eager = np.array([one.launch is Launch.EAGER for one in predictions], dtype=bool)
    gaps = np.where(eager, gap_s, 0.0)
    columns = ("latency_s", "low_s", "high_s", "attainable_s")
    middle, low, high, attainable = (
        np.array([getattr(one, name) for one in predictions], dtype=float) for name in columns
    )
    works = [float((_launched(end, gaps, attainable) * count).sum()) for end in (middle, low, high)]
    launches = float(count.sum())
    hosts = [launches * launch_s for launch_s in (HOST_LAUNCH_S, *HOST_RANGE_S)]
    latency_s, low_s, high_s = map(max, works, hosts)
    kernels_s = float((middle * count).sum())
    return Total(latency_s, low_s, high_s, kernels_s, kernels_s - works[0], hosts[0], gap_s)
