"""Requests that arrive one after another: decoded one by one, or joined step by step.

After J. Yao et al., "Flover: A Temporal Fusion Framework for Efficient Autoregressive Model
Parallel Inference", arXiv 2305.13484. The law of a step's time is hwprof's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from costmodel.analytic.serving import Server, Transformer
from microbench.errors import InputError


@dataclass(frozen=True, slots=True)
class Batching:
    """Seconds until the last of n requests is done, in both ways."""

    separate_s: float
    fused_s: float

    @property
    def speed_up(self) -> float:
        """Separate over fused."""
        return self.separate_s / self.fused_s


def step_s(model: Transformer, server: Server, context_tokens: int) -> Callable[[int], float]:
    """Return t(b): the greater of (weights + b caches) / B and 2 N b / P, in seconds."""
    active = model.active_parameters or model.parameters
    cache_bytes = context_tokens * model.kv_bytes_per_token

    def time_s(batch: int) -> float:
        read_s = (model.active_weight_bytes + batch * cache_bytes) / server.bandwidth_bytes_per_s
        return max(read_s, 2 * active * batch / server.peak_flop_per_s)

    return time_s


def law(requests: int, interval_s: float, tokens: int, step: Callable[[int], float]) -> Batching:
    """Return the closed form: n T t(1) against (n - 1) tau + T t(b).

    b is how many requests overlap: as many as arrive while one decodes at its own pace, n at most.
    The fused form is a bound that assumes the full b from the first step of the last request on.
    """
    if requests < 1 or tokens < 1 or interval_s < 0:
        raise InputError("requests and tokens must be positive, the interval not negative")
    alone_s = tokens * step(1)
    meeting = alone_s >= (requests - 1) * interval_s
    overlap = requests if meeting else 1 + int(alone_s / interval_s)
    return Batching(requests * alone_s, (requests - 1) * interval_s + tokens * step(overlap))


def simulate(arrivals_s: Sequence[float], tokens: int, step: Callable[[int], float]) -> Batching:
    """Return both totals by simulating every step; arrivals in any order, seconds from start.

    Separate: one after the other in order of arrival. Fused: at every step all that have arrived
    and are not done decode one token together.
    """
    waiting = sorted(arrivals_s)
    if not waiting or tokens < 1:
        raise InputError("at least one request of at least one token is needed")
    separate_s = 0.0
    for arrival_s in waiting:
        separate_s = max(separate_s, arrival_s) + tokens * step(1)
    now_s, left = 0.0, list[int]()
    while waiting or left:
        if not left:
            now_s = max(now_s, waiting[0])
        while waiting and waiting[0] <= now_s:
            waiting.pop(0)
            left.append(tokens)
        now_s += step(len(left))
        left = [count - 1 for count in left if count > 1]
    return Batching(separate_s, now_s)
