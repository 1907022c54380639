"""What other devices' measurements say about a space on this device, as a prior for the search.

Each device of the history gives log slowdown over its own best; devices count by how much their
datasheets resemble this one's. A configuration that failed there counts as six times slower.
Before anything is measured, the choice is not the one expected to be fastest but the one whose
expected regret is smallest, where regret grows with the square of the slowdown: a configuration
that is good everywhere beats one that is best on most devices and poor on one like this.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from costmodel.blocks.expression import Column
from costmodel.blocks.results import Recording
from costmodel.blocks.search import Prior
from microbench.devices.driver_names import find_product
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

FAILED = math.log(6.0)
"""Log slowdown a failed configuration counts as; slower ones count no more than that."""
REACH = 1.0
"""Distance over which resemblance of two devices fades, in the units of ``features``."""
SHARED = 0.3
"""Share of the weight that all devices of the history get alike."""
AVERSION = 3.0
"""Regret of a log slowdown x is x + ``AVERSION`` x². Set with ``REACH`` and ``SHARED`` on the
recorded spaces (``benchmarks/tuning_quality.py``)."""
SMOOTHING = 0.3
"""Share of the neighbours in a configuration's mean."""
NARROW = 1 << 16
SMOOTHED_ROWS = 300_000
"""Larger spaces are left as they are, for time."""
GENERATIONS = {
    "kepler": 0.0,
    "maxwell": 1.0,
    "pascal": 1.6,
    "volta": 2.4,
    "turing": 2.6,
    "ampere": 3.4,
    "ada": 3.8,
    "hopper": 4.2,
    "blackwell": 4.6,
}
"""NVIDIA architectures on a line, near ones sharing multiprocessor design."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A prior and the devices behind it with their weights, largest first."""

    prior: Prior
    weights: Mapping[str, float]


def prior_from(
    columns: Mapping[str, Column], recordings: Sequence[Recording], spec: DeviceSpec | None
) -> Evidence:
    """Return the prior over the rows of ``columns``; every mean is 0 where there is no history."""
    count = len(next(iter(columns.values())))
    position = positions(columns)
    slow = [slowdown(recording, columns) for recording in recordings]
    used = [index for index, column in enumerate(slow) if np.isfinite(column).any()]
    if not used:
        none = np.zeros((count, 0))
        flat = np.zeros(count)
        return Evidence(Prior(flat, none, np.zeros(0), position, flat), {})
    table = np.stack([slow[index] for index in used], axis=1)
    known = np.isfinite(table)
    rest = np.sum(np.where(known, table, 0.0), axis=1) / np.maximum(known.sum(axis=1), 1)
    rest[~known.any(axis=1)] = FAILED
    table = np.where(known, table, rest[:, None])
    names = [recordings[index].device for index in used]
    weights = resemblance(spec, names)
    mean = smoothed(table @ weights, columns)
    return Evidence(
        Prior(mean, table, weights, position, cautious(table, weights)),
        dict(sorted(zip(names, weights.tolist(), strict=True), key=lambda pair: -pair[1])),
    )


def cautious(table: Column, weights: Column) -> Column:
    """Return the sure log slowdown that is as bad as each configuration's uncertain one."""
    regret = (table + AVERSION * table**2) @ weights
    return np.asarray((np.sqrt(1 + 4 * AVERSION * regret) - 1) / (2 * AVERSION))


def slowdown(recording: Recording, columns: Mapping[str, Column]) -> Column:
    """Return log time over the best, ``FAILED`` where it failed, ``nan`` where never tried."""
    time_s, present = recording.on(columns)
    if not np.isfinite(time_s).any():
        return np.full(len(time_s), np.nan)
    slow = np.minimum(np.log(time_s / np.nanmin(time_s)), FAILED)
    return np.asarray(np.where(present & ~np.isfinite(time_s), FAILED, slow))


def smoothed(mean: Column, columns: Mapping[str, Column]) -> Column:
    """Return the mean mixed with its neighbours', one step along one parameter each.

    The best of many noisy means is often a lucky one; good neighbours vouch for it.
    """
    if len(mean) > SMOOTHED_ROWS:
        return mean
    ranks = [np.unique(column, return_inverse=True) for column in columns.values()]
    strides = np.cumprod([1, *(len(values) + 2 for values, _ in ranks)]).tolist()
    if strides[-1] > 2**62:
        return mean
    code = sum(place.astype(np.int64) * s for (_, place), s in zip(ranks, strides, strict=False))
    order = np.argsort(code)
    ordered = np.asarray(code)[order]
    total, neighbours = np.zeros(len(mean)), np.zeros(len(mean))
    for (values, place), stride in zip(ranks, strides, strict=False):
        for step in (-1, 1):
            inside = (place + step >= 0) & (place + step < len(values))
            wanted = np.asarray(code)[inside] + step * stride
            at = np.minimum(np.searchsorted(ordered, wanted), len(mean) - 1)
            hit = ordered[at] == wanted
            rows = np.flatnonzero(inside)[hit]
            total[rows] += mean[order[at[hit]]]
            neighbours[rows] += 1
    around = np.where(neighbours > 0, total / np.maximum(neighbours, 1), mean)
    return np.asarray((1 - SMOOTHING) * mean + SMOOTHING * around)


def positions(columns: Mapping[str, Column]) -> Column:
    """Return each parameter's rank among its values, scaled to 0..1; constants left out."""
    ranks = []
    for column in columns.values():
        place, count_of = ranks_of(column)
        if count_of > 1:
            ranks.append(place / np.float32(count_of - 1))
    count = len(next(iter(columns.values())))
    return np.stack(ranks, axis=1) if ranks else np.zeros((count, 0))


def ranks_of(column: Column) -> tuple[Column, int]:
    """Return each value's rank among the distinct ones, and how many those are.

    Whole numbers of a narrow range are looked up, not sorted: 20 times faster on a million rows.
    """
    least = int(column.min()) if column.dtype.kind in "iu" else 0
    if column.dtype.kind in "iu" and int(column.max()) - least < NARROW:
        moved = column.astype(np.int32) - least
        there = np.zeros(int(moved.max()) + 1, bool)
        there[moved] = True
        return np.asarray((np.cumsum(there, dtype=np.int32) - 1)[moved]), int(there.sum())
    values, place = np.unique(column, return_inverse=True)
    return place, len(values)


def resemblance(spec: DeviceSpec | None, names: Sequence[str]) -> Column:
    """Return one weight a device name, summing to 1; unknown devices weigh as the average."""
    equal = np.full(len(names), 1 / len(names))
    if spec is None:
        return equal
    mine = features(spec)
    gaps = np.full(len(names), np.nan)
    for index, name in enumerate(names):
        other = device_named(name)
        if other is not None:
            gaps[index] = float(np.sum((features(other) - mine) ** 2))
    if not np.isfinite(gaps).any():
        return equal
    weights = np.exp(-(gaps - np.nanmin(gaps)) / (2 * REACH**2))
    weights = np.where(np.isfinite(weights), weights, np.nanmean(weights))
    return np.asarray((1 - SHARED) * weights / weights.sum() + SHARED * equal)


def device_named(name: str) -> DeviceSpec | None:
    """Return the catalogue's device of that name or product name, or ``None``."""
    return find_product(name)


def features(spec: DeviceSpec) -> Column:
    """Return a device as a point: generation, vendor, size, balance, caches, occupancy limits."""

    def log(value: float | None, typical: float) -> float:
        return math.log2((value or typical) / typical)

    nvidia = spec.vendor == "nvidia"
    warps = (spec.max_warps_per_sm or 64) * (spec.warp_size or 32)
    flop = spec.peak_flop_per_s.get(NumberFormat.FP32, 1e13)
    balance = flop / (spec.dram_bandwidth_bytes_per_s or 1e12)
    return np.asarray(
        [
            GENERATIONS.get(spec.arch, 3.0),
            0.0 if nvidia else 3.0,
            1.0 if spec.arch.startswith("rdna") else 0.0,
            log(spec.sm_count, 64) / 2,
            log(balance, 16) / 2,
            log(spec.l2_bytes, 4 << 20) / 3,
            log(spec.shared_bytes_per_sm, 64 << 10) / 1.5,
            log(warps, 2048),
            log(spec.dram_bandwidth_bytes_per_s, 1e12) / 3,
        ]
    )
