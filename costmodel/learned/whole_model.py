"""A model's time from its kernels' times: launches overlap with work where a stack lets them.

Kernels timed one by one in eager mode hold the launch gap, the time from one event to the next
that an empty kernel needs. In a model the host launches ahead while the GPU works: the gap is
hidden behind the work, unless the host is slower than the GPU all the way.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
KERNEL_S = 3e-6
"""What stays of an empty kernel when kernels queue: start and end of a grid, 2 to 4 us."""
HOST_LAUNCH_S = 5e-6
"""Time the host needs to launch one kernel through torch, 3 to 8 us (microbench.kernels)."""


def queued_s(latency_s: Array, gap_s: float) -> Array:
    """Return kernels' seconds without the launch gap ``gap_s`` they were timed with."""
    hidden = max(gap_s - KERNEL_S, 0.0)
    return np.maximum(latency_s - hidden, np.minimum(latency_s, KERNEL_S))


def eager_s(latency_s: Array, count: Array, gap_s: float) -> float:
    """Return a model's seconds: its kernels back to back, or its launches if those take longer.

    ``latency_s`` holds each kernel alone in eager mode, ``count`` how often it runs, ``gap_s`` what
    an empty kernel takes that way.
    """
    work_s = float((queued_s(latency_s, gap_s) * count).sum())
    return max(work_s, float(count.sum()) * HOST_LAUNCH_S)
