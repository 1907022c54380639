"""A model's time from its kernels' times: launches overlap with work where a stack lets them.

Kernels timed one by one in eager mode hold the launch gap, the time from one event to the next
that an empty kernel needs. In a model the host launches ahead while the GPU works: the gap is
hidden behind the work, unless the host is slower than the GPU all the way. Held against the whole
models of ``benchmarks/whole_models.py``, which PyTorch ran in eager mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Launch, Prediction

Array = npt.NDArray[np.float64]
KERNEL_S = 3e-6
"""What stays of an empty kernel when kernels queue: start and end of a grid, 2 to 4 us."""
HOST_LAUNCH_S = 5e-6
"""Time the host needs to launch one kernel through torch, 3 to 8 us (microbench.kernels)."""
HOST_RANGE_S = (3e-6, 8e-6)
STACKS = frozenset({"torch-eager"})
"""Stacks that launch kernel by kernel from a host that runs ahead: those this was held against."""
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
    works = [
        float((np.maximum(queued_s(end, gaps), np.minimum(end, attainable)) * count).sum())
        for end in (middle, low, high)
    ]
    launches = float(count.sum())
    hosts = [launches * launch_s for launch_s in (HOST_LAUNCH_S, *HOST_RANGE_S)]
    latency_s, low_s, high_s = map(max, works, hosts)
    kernels_s = float((middle * count).sum())
    return Total(latency_s, low_s, high_s, kernels_s, kernels_s - works[0], hosts[0], gap_s)
