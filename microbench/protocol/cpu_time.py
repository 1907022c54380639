"""A latency by processor seconds, for machines on which nothing long goes undisturbed.

Wall time of a call longer than a time slice holds the turns of other programs; processor seconds do
not. They still hold what others do to caches and memory, so such a number is a bit too long, and
never the one a quiet machine gives.
"""

from __future__ import annotations

from dataclasses import replace

from microbench.benchmark import Measurement, Quantity
from microbench.protocol.statistics import summarise


def in_cpu_time(one: Measurement) -> Measurement:
    """Return a one-thread latency as the median of its samples' processor seconds.

    Rates, measurements on several threads and those without samples stay as they are.
    """
    times = [sample.cpu_time_s for sample in one.samples if sample.cpu_time_s]
    alone = one.notes.get("threads", 1) == 1 and one.point.axes and one.operations == 1
    if one.quantity is not Quantity.LATENCY or not alone or not times or not one.value:
        return one
    found = summarise(times)
    return replace(
        one,
        value=found.median,
        low=found.low,
        high=found.high,
        time_s=found.median,
        basis="cpu-time",
    )
