"""What other devices' measurements say about a space on this device, as a prior for the search.

Each device of the history gives log slowdown over its own best; devices count by how much their
datasheets resemble this one's. A configuration that failed there counts as six times slower.
Before anything is measured, the choice is not the one expected to be fastest but the one whose
expected regret is smallest, where regret grows with the square of the slowdown: a configuration
that is good everywhere beats one that is best on most devices and poor on one like this.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Told:
    """What the history says whatever device is asked about; one row a device, one column a row."""

    names: tuple[str, ...]
    slow: Column
    """Log slowdown."""
    smooth: Column
    """The same, mixed with that of neighbours."""
    regret: Column
    position: Places
    count: int
    """Rows."""


def told_by(columns: Mapping[str, Column], recordings: Sequence[Recording]) -> Told:
    """Return what the history says of the rows of ``columns``."""
    slow = [slowdown(recording, columns) for recording in recordings]
    used = [index for index, column in enumerate(slow) if np.isfinite(column).any()]
    names = tuple(recordings[index].device for index in used)
    position, count = positions(columns), len(next(iter(columns.values())))
    if not used:
        none = np.zeros((0, count))
        return Told((), none, none, none, position, count)
    table = np.stack([slow[index] for index in used])
    known = np.isfinite(table)
    rest = np.sum(np.where(known, table, 0.0), axis=0) / np.maximum(known.sum(axis=0), 1)
    rest[~known.any(axis=0)] = FAILED
    table = np.where(known, table, rest)
    smooth = smoothed(table.T, columns).T.copy()
    return Told(names, table, smooth, regret(table), position, count)


def prior_of(told: Told, spec: DeviceSpec | None) -> Evidence:
    """Return the prior for a device; every mean is 0 where there is no history."""
    if not told.names:
        flat = np.zeros(told.count)
        return Evidence(Prior(flat, told.slow.T, np.zeros(0), told.position, flat), {})
    weights = resemblance(spec, told.names)
    shares = zip(told.names, weights.tolist(), strict=True)
    first = as_bad_as(weights @ told.regret)
    return Evidence(
        Prior(weights @ told.smooth, told.slow.T, weights, told.position, first),
        dict(sorted(shares, key=lambda pair: -pair[1])),
    )


def regret(slow: Column) -> Column:
    """Return the regret of log slowdowns: 3% slower is little, twice as slow is much more."""
    return np.asarray(slow + AVERSION * slow**2)


def as_bad_as(expected: Column) -> Column:
    """Return the sure log slowdown whose regret is as large as the expected one."""
    return np.asarray((np.sqrt(1 + 4 * AVERSION * expected) - 1) / (2 * AVERSION))


def cautious(table: Column, weights: Column) -> Column:
    """Return the sure log slowdown that is as bad as each configuration's uncertain one."""
    return as_bad_as(regret(table) @ weights)


def slowdown(recording: Recording, columns: Mapping[str, Column]) -> Column:
    """Return log time over the best, ``FAILED`` where it failed, ``nan`` where never tried."""
    time_s, present = recording.on(columns)
    if not np.isfinite(time_s).any():
        return np.full(len(time_s), np.nan)
    slow = np.minimum(np.log(time_s / np.nanmin(time_s)), FAILED)
    return np.asarray(np.where(present & ~np.isfinite(time_s), FAILED, slow))


def smoothed(mean: Column, columns: Mapping[str, Column]) -> Column:
    """Return the mean mixed with its neighbours', one step along one parameter each.

    The best of many noisy means is often a lucky one; good neighbours vouch for it. Of several
    means, one a column, each is mixed.
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
    total, neighbours = np.zeros(mean.shape), np.zeros((len(mean), *(1,) * (mean.ndim - 1)))
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


@dataclass(frozen=True, slots=True)
class Places:
    """Rows as points: each parameter's rank among its values, scaled to 0..1; constants left out.

    Worked out for the rows that are asked for: a choice asks for few of a million.
    """

    columns: tuple[Column, ...]
    values: tuple[Column, ...]
    """The distinct values of each column, in order."""
    more: Callable[[], Sequence[Column]] = list
    """Makes further coordinates of all rows."""

    def __getitem__(self, rows: Column) -> Column:
        """Return rows x coordinates."""
        found = [
            np.searchsorted(values, column[rows]) / (len(values) - 1)
            for column, values in zip(self.columns, self.values, strict=True)
        ]
        found += [column[rows] for column in self.more()]
        return np.stack(found, axis=1) if found else np.zeros((len(rows), 0))


def positions(columns: Mapping[str, Column]) -> Places:
    """Return the rows of ``columns`` as points."""
    kept = [(column, distinct(column)) for column in columns.values()]
    kept = [(column, values) for column, values in kept if len(values) > 1]
    return Places(tuple(column for column, _ in kept), tuple(values for _, values in kept))


def distinct(column: Column) -> Column:
    """Return the distinct values in order.

    Whole numbers of a narrow range are looked up, not sorted: 20 times faster on a million rows.
    """
    least = int(column.min()) if column.dtype.kind in "iu" else 0
    if column.dtype.kind not in "iu" or int(column.max()) - least >= NARROW:
        return np.asarray(np.unique(column))
    there = np.zeros(int(column.max()) - least + 1, bool)
    there[column.astype(np.int64) - least] = True
    return np.asarray(np.flatnonzero(there) + least)


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
