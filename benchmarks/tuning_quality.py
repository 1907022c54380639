"""How good the choice of a configuration is, with each GPU, or each kernel, left out in turn.

A folder of recorded spaces is needed: one folder a space, with ``space.json`` and one Parquet file
of results a GPU::

    python benchmarks/tuning_quality.py SPACES [--budget 50] [--unseen | --rules]

Best time over chosen time after 0, 5, 10, 20 and 50 measurements, and how many lite spaces of at
most 64 configurations hold one within 5% of the best. After 0 measurements is the choice before
anything is measured, which is also the first configuration measured. Two campaigns on one GPU
model are never each other's history. ``--unseen`` leaves all history away.

``--rules`` looks at the first choice only, for 36 settings of its three rules: the shipped ones,
the best ones, and for each kernel those that are best on the other kernels. The last is the honest
figure: no rule has seen what it is scored on. Standard errors are of 2,000 draws of the pairs.
Below stands what the best configuration of a GPU's own other campaign is worth.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from costmodel.blocks import history, results
from costmodel.blocks.enumerate import feasible
from costmodel.blocks.history import device_named
from costmodel.blocks.lite import LITE
from costmodel.blocks.space import Space, Value
from costmodel.blocks.space_files import read_space
from costmodel.blocks.tuning import Tuning, tune

AFTER = (0, 5, 10, 20, 50)
CAMPAIGN = "_bat"
"""Ending of a second campaign's file on the same GPU model."""
RULES = {"REACH": (0.7, 1.0, 1.5), "SHARED": (0.1, 0.3, 0.5), "AVERSION": (0.01, 1.0, 3.0, 8.0)}
"""Settings of ``costmodel.blocks.history`` tried by ``--rules``."""


def main() -> None:
    """Print one row a pair of kernel and GPU, then the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spaces", type=Path)
    parser.add_argument("--budget", type=int, default=50)
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--rules", action="store_true")
    given = parser.parse_args()
    if given.rules:
        rules(given.spaces)
        return
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
    known = [] if unseen else others(recordings, device)
    names = [key for key in left_out.configurations[0] if key in space.parameters]
    times = {
        tuple(row[key] for key in names): float(time)
        for row, time in zip(left_out.configurations, left_out.time_s, strict=True)
    }

    def measure(row: dict[str, Value]) -> float:
        return times[tuple(row[key] for key in names)]

    spec = device_named(device)
    outcome: Tuning = tune(space, device, spec, known, measure, budget, left_out)
    best = float(np.nanmin(left_out.time_s))
    curve = [best / outcome.curve_s[min(max(k, 1), len(outcome.curve_s)) - 1] for k in AFTER]
    lite = [measure(row) for row in outcome.lite[:LITE]]
    return curve, best / float(np.nanmin([*lite, np.inf]))


def others(recordings: dict[str, results.Recording], device: str) -> list[results.Recording]:
    """Return what other GPU models showed, second campaigns under the GPU's own name."""
    return [
        results.Recording(other.removesuffix(CAMPAIGN), r.configurations, r.time_s)
        for other, r in sorted(recordings.items())
        if other.removesuffix(CAMPAIGN) != device
    ]


def rules(folder: Path) -> None:
    """Print how good first choices are under the rules, shipped, best, and picked elsewhere."""
    settings = list(itertools.product(*RULES.values()))
    shipped = settings.index(tuple(getattr(history, name) for name in RULES))
    kernels, rows = [], []
    for space, recordings, left_out in pairs(folder, unseen=False):
        kernels.append(space.name)
        rows.append(first_choices(space, recordings, left_out, settings))
    table, kernel = np.asarray(rows), np.asarray(kernels)
    best = int(np.argmax(table.mean(axis=0)))
    nested = np.zeros(len(table))
    for name in np.unique(kernel):
        inside = kernel == name
        nested[inside] = table[inside, int(np.argmax(table[~inside].mean(axis=0)))]
    for what, found in (
        ("shipped rules", table[:, shipped]),
        ("best of all settings", table[:, best]),
        ("picked on the other kernels", nested),
    ):
        drawn = found[np.random.default_rng(0).integers(0, len(found), (2000, len(found)))]
        errors = (np.median(drawn, axis=1).std(), np.percentile(drawn, 10, axis=1).std())
        print(
            f"{what:28} median {np.median(found):.3f} ± {errors[0]:.3f} "
            f"10th {np.percentile(found, 10):.3f} ± {errors[1]:.3f} mean {found.mean():.3f}"
        )
    campaigns(folder)


def campaigns(folder: Path) -> None:
    """Print best over chosen of a GPU that takes the best of its own other campaign."""
    for space, recordings, name in pairs(folder, unseen=False):
        other = name.removesuffix(CAMPAIGN) if name.endswith(CAMPAIGN) else name + CAMPAIGN
        if other in recordings:
            columns = feasible(space)
            mine, theirs = recordings[name].on(columns)[0], recordings[other].on(columns)[0]
            chosen = int(np.nanargmin(np.where(np.isfinite(mine), theirs, np.nan)))
            print(f"{space.name:20} {name:16} {np.nanmin(mine) / mine[chosen]:.3f}")


def first_choices(
    space: Space,
    recordings: dict[str, results.Recording],
    name: str,
    settings: list[tuple[float, ...]],
) -> list[float]:
    """Return best over chosen of the choice before measuring, under each setting."""
    columns, device = feasible(space), name.removesuffix(CAMPAIGN)
    time_s, present = recordings[name].on(columns)
    quality = np.where(np.isfinite(time_s), np.nanmin(time_s) / time_s, 0.0)[present]
    known, spec, found = others(recordings, device), device_named(device), []
    prior = history.prior_of(history.told_by(columns, known), spec).prior
    names = [recording.device for recording in known]
    for values in settings:
        for rule, value in zip(RULES, values, strict=True):
            setattr(history, rule, value)
        first = history.cautious(prior.history, history.resemblance(spec, names))
        found.append(float(quality[np.argmin(first[present])]))
    return found


if __name__ == "__main__":
    main()
