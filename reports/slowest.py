"""Kernels as tables list them: equal ones in one row with their executions summed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reports.data import KernelRecord


def slowest_first(kernels: Iterable[KernelRecord]) -> list[KernelRecord]:
    """Return the kernels that differ in anything but place and count, most total time first."""
    counts: dict[KernelRecord, float] = {}
    for kernel in kernels:
        alike = replace(kernel, count=0.0, location="")
        counts[alike] = counts.get(alike, 0.0) + kernel.count
    found = [replace(kernel, count=count) for kernel, count in counts.items()]
    return sorted(found, key=lambda kernel: -kernel.total_s)
