"""The tables of docs/accuracy.md as Markdown, from results by name of piece."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

Results = Mapping[str, Mapping[str, Any]]
DRAW, OTHER_DRAW = "20", "900"
"""Seeds of the points: those the correction's rule was chosen on, and those that chose nothing."""
COUNTS = ("0", "5", "20", "100")
PAIRS = {
    "gemm": "gemm",
    "attn_prefill": "attention_prefill",
    "attn_decode": "attention_decode",
    "attn_encoder": "attention_encoder",
    "moe": "mixture_of_experts",
    "mla": "latent_attention",
    "matmul": "matmul_fp32",
    "rowwise": "rowwise",
}
"""Data packs of repeated rows, and the family each belongs to."""


def shapes(results: Results) -> list[str]:
    """Return errors on unseen shapes, a family a line."""
    head = ("family", "rows", "mean error", "median error", "in the 90% interval", "bound alone")
    lines = [
        (
            f"{one['family']}: {one['split']}",
            f"{one['rows']:,}",
            *(f"{one[name]:.1%}" for name in ("mape", "median", "coverage")),
            f"{one['bound_mape']:.0%}",
        )
        for one in _of(results, "shapes.")
        if one
    ]
    return table(head, lines, texts=1)


def repeats(results: Results) -> list[str]:
    """Return how far rows measured twice differ, a kind of pair a line."""
    lines = []
    for title, found in results["repeatability"].items():
        pack, _, pair = title.partition(": ")
        means, medians = ([one[at] for one in found.values()] for at in (0, 1))
        count = sum(one[2] for one in found.values())
        lines.append((PAIRS[pack], pair, f"{count:,}", _range(means), _range(medians)))
    return table(("family", "pair", "pairs", "mean", "median"), lines, texts=2)


def falls(results: Results) -> list[str]:
    """Return how often twice the work takes less time, predicted and measured."""
    lines = [
        (name, f"{one['pairs']:,}", f"{one['predicted']:.1%}", f"{one['measured']:.1%}")
        for name, one in _named(results, "monotone.")
        if one["pairs"]
    ]
    return table(("family", "pairs", "predicted", "measured"), lines, texts=1)


def devices(results: Results) -> list[str]:
    """Return errors on each device left out alone; a star marks a measured sibling."""
    return _left_out(results, "gpu.", lambda one: f"{one['device']}{' *' if one['near'] else ''}")


def architectures(results: Results) -> list[str]:
    """Return errors on each device left out with all of its architecture."""
    return _left_out(results, "arch.", lambda one: f"{one['device']} with all of {one['left_out']}")


def covered(results: Results) -> list[str]:
    """Return the share of rows in the 90% interval without a point, a family a line."""
    lines = []
    for name, found in _named(results, "gpu."):
        alone = [_score(one, "0")["coverage"] for one in found["devices"]]
        whole = [_score(one, "0")["coverage"] for one in results[f"arch.{name}"]["devices"]]
        if alone:
            lines.append((name, *_shares(alone), *_shares(whole)))
    head = ("family", "GPU left out", "least", "held by", "architecture left out", "least")
    return table((*head, "held by"), lines, texts=1)


def models(results: Results) -> list[str]:
    """Return errors on whole models and the kernels inside them, a GPU a line."""
    lines = []
    for gpu, known in _named(results, "models.measured."):
        left = results[f"models.left-out.{gpu}"]
        held = f"{sum(known['inside'])} of {len(known['inside'])}"
        lines.append(
            (
                *(gpu, f"{len(known['whole'])}", _errors(known["whole"]), held),
                *(_errors(left["whole"]), _errors(_one_factor(left["whole"]))),
                f"{len(known['kernels'])}",
                *(_errors(known["kernels"]), _errors(left["kernels"])),
            )
        )
    head = ("GPU", "models", "whole, measured GPU", "in the interval", "whole, left out")
    head = (*head, "the same, one factor a GPU taken out")
    return table((*head, "kernels", "inside, measured GPU", "inside, left out"), lines, texts=1)


def rises(results: Results) -> list[str]:
    """Return where more points raise the error, on the rule's own draws and on others."""
    lines = []
    for seed, title in ((DRAW, "the draws of the tables above"), (OTHER_DRAW, "other draws")):
        steps = list(_steps(results, seed))
        risen = sorted((step for step in steps if step[2] > 5e-4), key=lambda step: -step[2])
        worst = "; ".join(f"{name}, {count} points: +{rise:.1%}" for name, count, rise in risen[:3])
        cases = len({name for name, *_ in steps})
        total = sum(rise for *_, rise in risen)
        lines.append((title, f"{cases}", f"{len(steps)}", f"{len(risen)}", f"{total:.1%}", worst))
    head = ("draws", "devices and families", "steps", "steps that rise", "together", "largest")
    return table(head, lines, texts=1)


def table(head: Sequence[str], lines: Iterable[Sequence[str]], texts: int) -> list[str]:
    """Return a Markdown table whose first ``texts`` columns are text and the rest numbers."""
    rule = ["---"] * texts + ["--:"] * (len(head) - texts)
    return [f"| {' | '.join(line)} |" for line in (head, rule, *lines)]


def _left_out(results: Results, prefix: str, name: Callable[[Any], str]) -> list[str]:
    head = ("family", "device", "bound alone", "no point", "in 90%", "5 points")
    lines = [
        (family, name(one), f"{_score(one, '0')['bound_mape']:.0%}", *_columns(one))
        for family, found in _named(results, prefix)
        for one in found["devices"]
    ]
    return table((*head, "20 points", "in 90%", "100 points", "in 90%"), lines, texts=2)


def _columns(one: Mapping[str, Any]) -> list[str]:
    cells = []
    for count in COUNTS:
        score = _score(one, count)
        cells.append(f"{score['mape']:.1%} / {score['median']:.1%}" if score else "–")
        if count != "5":
            cells.append(f"{score['coverage']:.0%}" if score else "–")
    return cells


def _steps(results: Results, seed: str) -> Iterable[tuple[str, str, float]]:
    """Yield each step to more points: whose, how many, and by how much the error rises."""
    for prefix in ("gpu.", "arch."):
        for family, found in _named(results, prefix):
            for one in found["devices"]:
                scores = one["scores"][seed]
                counts = [count for count in COUNTS if count in scores]
                name = f"{family} on {one['device']}"
                name += "" if prefix == "gpu." else f" with all of {one['left_out']}"
                for fewer, more in itertools.pairwise(counts):
                    yield name, more, scores[more]["mape"] - scores[fewer]["mape"]


def _score(one: Mapping[str, Any], count: str) -> Mapping[str, Any]:
    return one["scores"][DRAW].get(count, {})


def _shares(values: Sequence[float]) -> tuple[str, str, str]:
    """Return the mean, the least, and how many are at least 85%."""
    if not values:
        return "–", "–", "–"
    enough = sum(value >= 0.85 for value in values)
    return f"{np.mean(values):.0%}", f"{min(values):.0%}", f"{enough} of {len(values)}"


def _errors(values: Sequence[float]) -> str:
    size = np.abs(values)
    return f"{size.mean():.1%} / {np.median(size):.1%}"


def _one_factor(errors: Sequence[float]) -> Sequence[float]:
    """Return relative errors as they would be if their geometric mean were right."""
    logs = np.log1p(errors)
    return list(np.expm1(logs - logs.mean()))


def _range(values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    return f"{low:.1%}" if len(values) == 1 else f"{low:.1%} to {high:.1%}"


def _named(results: Results, prefix: str) -> list[tuple[str, Any]]:
    return [
        (name.removeprefix(prefix), found)
        for name, found in results.items()
        if name.startswith(prefix)
    ]


def _of(results: Results, prefix: str) -> list[Any]:
    return [found for _, found in _named(results, prefix)]
