"""The tables of ``token_model.py``: errors on held-back families, of every model and target."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest, spearmanr

Floats = npt.NDArray[np.float64]
_HEAD = """\
| model | time: mean | median | Spearman | instructions: mean | median | Spearman \
| registers: mean off | within 2 | Spearman |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
"""


def tables(data: dict[str, Any], said: dict[str, Floats | None], folds: list[list[str]]) -> str:
    """Return both tables as Markdown: all held-back programs, then each family."""
    done = {name: found for name, found in said.items() if found is not None}
    lines = [
        f"| {name} | {' | '.join(row(data['targets'], found))} |" for name, found in done.items()
    ]
    names = " | ".join(done)
    each = [f"| fold | family | programs | {names} |\n| --- | --- | --: |" + " --: |" * len(done)]
    for fold, families in enumerate(folds):
        for family in families:
            inside = data["family"] == family
            figures = [cell(data["targets"][inside], one[inside]) for one in done.values()]
            each.append(f"| {fold} | {family} | {inside.sum():,} | {' | '.join(figures)} |")
    return "\n\n".join([_HEAD + "\n".join(lines), "\n".join(each), *wins(data, done)])


def wins(data: dict[str, Any], said: dict[str, Floats]) -> list[str]:
    """Say in how many families a network's median error is below that of the trees."""
    found = []
    for network in ("convolution", "transformer"):
        for at, target in enumerate(("time", "instructions")):
            if network not in said or "features" not in said:
                continue
            ours, theirs = (medians(data, said[name], at) for name in (network, "features"))
            won = sum(one < other for one, other in zip(ours, theirs, strict=True))
            chance = binomtest(won, len(ours), alternative="greater").pvalue
            found.append(
                f"{network} below features in {won} of {len(ours)} families for {target} "
                f"(one-sided sign test: p = {chance:.2g})"
            )
    return found


def medians(data: dict[str, Any], said: Floats, at: int) -> list[float]:
    """Return the median relative error of each family that has one."""
    inside = [data["family"] == family for family in np.unique(data["family"])]
    errors = [relative(data["targets"][one, at], said[one, at], at) for one in inside]
    return [float(np.median(one)) for one in errors if len(one)]


def row(targets: Floats, said: Floats) -> list[str]:
    """Return the figures of a model over all programs."""
    figures = []
    for at in (0, 1):
        errors = relative(targets[:, at], said[:, at], at)
        figures += [f"{errors.mean():.1%}", f"{np.median(errors):.1%}"]
        figures.append(f"{rank(targets[:, at], said[:, at]):.3f}")
    off = np.abs(said[:, 2] - targets[:, 2])
    off = off[np.isfinite(off)]
    figures += [f"{off.mean():.2f}", f"{(off <= 2).mean():.0%}"]
    return [*figures, f"{rank(targets[:, 2], said[:, 2]):.3f}"]


def cell(targets: Floats, said: Floats) -> str:
    """Return a model's median errors on one family: time, instructions, registers."""
    found = [
        f"{np.median(errors):.0%}"
        if len(errors := relative(targets[:, at], said[:, at], at))
        else "–"
        for at in (0, 1)
    ]
    off = np.abs(said[:, 2] - targets[:, 2])
    found.append(f"{np.nanmedian(off):.1f}" if np.isfinite(off).any() else "–")
    return ", ".join(found)


def relative(target: Floats, said: Floats, at: int) -> Floats:
    """Return |said / measured - 1|; programs without an instruction of their own have none."""
    known = np.isfinite(target) & (target > 0 if at == 1 else True)
    if at == 1:
        return np.abs(np.expm1(said[known]) / np.expm1(target[known]) - 1)
    return np.abs(np.exp(said[known] - target[known]) - 1)


def rank(target: Floats, said: Floats) -> float:
    """Return Spearman's rank correlation where a label is known."""
    known = np.isfinite(target)
    if np.ptp(said[known]) == 0:
        return math.nan
    return float(spearmanr(target[known], said[known]).statistic)
