"""How good the choice of a configuration is, with each GPU, or each kernel, left out in turn.

A folder of recorded spaces is needed: one folder a space, with ``space.json`` and one Parquet file
of results a GPU::

    python benchmarks/tuning_quality.py SPACES [--budget 50] [--unseen]

Best time over chosen time after 0, 5, 10, 20 and 50 measurements, and how many lite spaces of at
most 64 configurations hold one within 5% of the best. After 0 measurements is the choice before
anything is measured, which is also the first configuration measured. Two campaigns on one GPU
model are never each other's history. ``--unseen`` leaves all history away.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from costmodel.blocks import results
from costmodel.blocks.history import device_named
from costmodel.blocks.lite import LITE
from costmodel.blocks.space import Space, Value, read_space
from costmodel.blocks.tuning import Tuning, tune

AFTER = (0, 5, 10, 20, 50)
CAMPAIGN = "_bat"
"""Ending of a second campaign's file on the same GPU model."""


def main() -> None:
    """Print one row a pair of kernel and GPU, then the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spaces", type=Path)
    parser.add_argument("--budget", type=int, default=50)
    parser.add_argument("--unseen", action="store_true")
    given = parser.parse_args()
    found, covered = [], []
    for space, recordings, left_out in pairs(given.spaces, given.unseen):
        curve, near = quality(space, recordings, left_out, given.budget, given.unseen)
        found.append(curve)
        covered.append(near)
        shown = " ".join(f"{value:.3f}" for value in curve)
        print(f"{space.name:20} {left_out:16} {shown} lite {near:.3f}", flush=True)
    table = np.asarray(found)
    print("measurements", AFTER)
    print("median      ", np.round(np.median(table, axis=0), 3))
    print("10th pct    ", np.round(np.percentile(table, 10, axis=0), 3))
    print(f"lite         {sum(near >= 1 / 1.05 for near in covered)} of {len(covered)} within 5%")


def pairs(folder: Path, unseen: bool) -> Iterator[tuple[Space, dict[str, results.Recording], str]]:
    """Yield each space with its recordings and the GPU left out; ``unseen`` one GPU as well."""
    for path in sorted(folder.glob("*/space.json")):
        recordings = {file.stem: results.read(file) for file in path.parent.glob("*.parquet")}
        if len(recordings) > 1 or unseen:
            space = read_space(path)
            yield from ((space, recordings, name) for name in sorted(recordings))


def quality(
    space: Space, recordings: dict[str, results.Recording], name: str, budget: int, unseen: bool
) -> tuple[list[float], float]:
    """Return best over chosen after each of ``AFTER``, and best over the lite space's best."""
    left_out, device = recordings[name], name.removesuffix(CAMPAIGN)
    history = [
        results.Recording(other.removesuffix(CAMPAIGN), r.configurations, r.time_s)
        for other, r in sorted(recordings.items())
        if other.removesuffix(CAMPAIGN) != device and not unseen
    ]
    names = [key for key in left_out.configurations[0] if key in space.parameters]
    times = {
        tuple(row[key] for key in names): float(time)
        for row, time in zip(left_out.configurations, left_out.time_s, strict=True)
    }

    def measure(row: dict[str, Value]) -> float:
        return times[tuple(row[key] for key in names)]

    spec = device_named(device)
    outcome: Tuning = tune(space, device, spec, history, measure, budget, left_out)
    best = float(np.nanmin(left_out.time_s))
    curve = [best / outcome.curve_s[min(max(k, 1), len(outcome.curve_s)) - 1] for k in AFTER]
    lite = [measure(row) for row in outcome.lite[:LITE]]
    return curve, best / float(np.nanmin([*lite, np.inf]))


if __name__ == "__main__":
    main()
