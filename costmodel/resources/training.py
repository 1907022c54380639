"""Fit the resource model on the label table, and score it on families it was not fitted on."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned.trees import Forest, from_sklearn
from costmodel.resources.features import Constants, Kernels, counted
from costmodel.resources.labels import Labels
from costmodel.resources.model import ResourceModel, Usage, by_counts, granted
from costmodel.resources.plan import KernelFamily

TREES = 150
CLOSE_REGISTERS = 8
"""A prediction this near counts as right: registers are given out in eights."""
BASES = tuple(np.arange(0.0, 20.5, 0.5).tolist())
SCALARS_SHARES = tuple(np.arange(0.0, 1.05, 0.1).round(3).tolist())
SPARE_SHARES = tuple(np.arange(0.0, 0.31, 0.025).round(3).tolist())
COLLAPSES = (1.25, 1.5, 1.75, 2.0, 3.0)
"""What the constants are chosen from."""
KINDS = {
    "gemm": ("gemm_mma", "gemm_simt", "triton_gemm", "triton_norm_gemm"),
    "convolution": ("conv_mma", "conv_simt", "conv_direct", "triton_conv"),
    "attention": ("attention_mma", "attention_simt", "triton_attention"),
    "reduction": ("reduction", "norm", "softmax", "triton_norm"),
    "elementwise": ("elementwise",),
    "scan": ("scan",),
    "matrix-vector": ("gemv",),
    "stencil": ("stencil",),
    "pooling": ("pool",),
    "embedding bag": ("bag",),
    "top-k": ("topk",),
}
"""Families that compute the same thing; leaving out a kind leaves no sibling to learn from."""
BLIND = ("pool", "bag", "topk", "triton_norm_gemm")
"""Families whose counts were written before any of their kernels was compiled, and not changed
since; nothing is fitted on them. They tell how well a kernel is predicted that nobody has looked
at (but for how warps divide a tile, which Triton's kernels share: read from its output, later).
Whoever changes their counts with labels in view takes them out, and adds others."""
Array = npt.NDArray[Any]


def kind_of(family: KernelFamily) -> str:
    """Return the kind of computation of a family."""
    return next(kind for kind, members in KINDS.items() if family.value in members)


@dataclass(frozen=True, slots=True)
class _Rows:
    """All kernels of a table, stacked."""

    kernels: Kernels
    registers: Array
    spills: Array
    weight: Array
    """Smaller for kernels of large families, so that no family rules."""


def looked_at(table: Sequence[Labels]) -> list[Labels]:
    """Return the part of a table that may be fitted on: all but ``BLIND``."""
    return [one for one in table if one.family.value not in BLIND]


def fit(table: Sequence[Labels]) -> ResourceModel:
    """Return a model of the table's kernels, but for ``BLIND``; the same for the same table."""
    table = looked_at(table)
    rows = _stacked(table)
    constants = _constants(rows)
    x = rows.kernels.features(constants)
    return ResourceModel(
        constants,
        _grown(x, rows.registers - granted(rows.kernels, constants), rows, "absolute_error"),
        _grown(x, rows.spills, rows, "squared_error"),
        {
            "kernels": len(x),
            "families": sorted({labels.family.value for labels in table}),
            "compilers": sorted({labels.compiler for labels in table}),
        },
    )


def _stacked(table: Sequence[Labels]) -> _Rows:
    of_family = Counter[KernelFamily]()
    for labels in table:
        of_family[labels.family] += len(labels)
    found = [counted(labels.family, labels.arch, labels.settings) for labels in table]
    names = [field.name for field in fields(Kernels)]
    return _Rows(
        Kernels(*(np.concatenate([getattr(one, name) for one in found]) for name in names)),
        np.concatenate([labels.registers for labels in table]).astype(np.float64),
        np.concatenate([labels.spills for labels in table]).astype(np.float64),
        np.concatenate([np.full(len(one), of_family[one.family] ** -0.5) for one in table]),
    )


def _constants(rows: _Rows) -> Constants:
    """Return the constants that serve the scores best, each from a short list.

    The base by registers within 8 of kernels that the cap did not touch, the shares by F1 of
    "spills", the collapse by registers within 8 of Triton's kernels.
    """
    kernels, cap = rows.kernels, rows.kernels.cap
    free = (rows.registers < cap - CLOSE_REGISTERS) & (rows.spills == 0)

    def close(base: float) -> float:
        registers = np.rint(kernels.wish(Constants(base, 0, 0, np.inf)))
        near = np.abs(registers - rows.registers) <= CLOSE_REGISTERS
        return float((rows.weight * near)[free].sum())

    base = max(BASES, key=close)

    def told(shares: tuple[float, float]) -> float:
        spills = kernels.need(Constants(base, *shares, np.inf)) > cap
        return f1(*_outcome(rows.spills > 0, spills))

    shares = max(itertools.product(SCALARS_SHARES, SPARE_SHARES), key=told)

    def kept(collapse: float) -> int:
        registers = granted(kernels, Constants(base, *shares, collapse))
        near = np.abs(np.rint(registers) - rows.registers) <= CLOSE_REGISTERS
        return int(near[kernels.triton].sum())

    return Constants(base, *shares, max(COLLAPSES, key=kept))


def _grown(x: Array, y: Array, rows: _Rows, loss: str) -> Forest:
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        loss=loss, max_iter=TREES, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=30,
        early_stopping=False, random_state=0,
    )  # fmt: skip
    return from_sklearn(model.fit(x.astype(np.float32), y, sample_weight=rows.weight))


@dataclass(frozen=True, slots=True)
class Score:
    """How predictions of one family compare with the assembler."""

    family: KernelFamily
    kernels: int
    close: float
    """Share of kernels whose registers are within 8."""
    error_registers: float
    """Mean absolute error."""
    spilling: int
    """Kernels that spill."""
    right: int
    """Spilling kernels that were predicted to."""
    wrong: int
    """Sound kernels that were predicted to spill."""

    @property
    def f1(self) -> float:
        """F1 of "spills"; 1 where nothing spills and nothing was predicted to."""
        return f1(self.spilling, self.right, self.wrong)


def f1(spilling: int, right: int, wrong: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (spilling + right + wrong) if spilling + right + wrong else 1.0


def held_out(table: Sequence[Labels], group: Callable[[KernelFamily], str]) -> Iterator[Score]:
    """Yield a score for every family, with constants fitted without the whole of its group."""
    groups = {labels.family: group(labels.family) for labels in table}
    for left_out in dict.fromkeys(groups.values()):
        rest = [one for one in looked_at(table) if groups[one.family] != left_out]
        constants = _constants(_stacked(rest))
        for family in (family for family, name in groups.items() if name == left_out):
            parts = [one for one in table if one.family is family]
            yield score(parts, [by_counts(_counted(one), constants) for one in parts])


def unseen_settings(table: Sequence[Labels], folds: int = 3) -> list[Score]:
    """Return a score for every family but ``BLIND`` by models of the same families' other kernels.

    Every ``folds``-th kernel is held back in turn.
    """
    table = looked_at(table)
    parts: dict[KernelFamily, list[tuple[Labels, Usage]]] = {}
    for fold in range(folds):
        kept = [one.take(np.arange(len(one)) % folds != fold) for one in table]
        model = fit(kept)
        for one in table:
            back = one.take(np.arange(len(one)) % folds == fold)
            usage = model.predict(back.family, back.arch, back.settings)
            parts.setdefault(one.family, []).append((back, usage))
    return [score(*map(list, zip(*found, strict=True))) for found in parts.values()]


def _counted(labels: Labels) -> Kernels:
    return counted(labels.family, labels.arch, labels.settings)


def score(parts: Sequence[Labels], usages: Sequence[Usage]) -> Score:
    """Return how predictions do on labels of one family."""
    error = np.concatenate(
        [np.abs(u.registers - one.registers) for one, u in zip(parts, usages, strict=True)]
    )
    truth = np.concatenate([one.spills for one in parts])
    told = np.concatenate([usage.spills for usage in usages])
    return Score(
        parts[0].family,
        len(error),
        float((error <= CLOSE_REGISTERS).mean()),
        float(error.mean()),
        *_outcome(truth, told),
    )


def _outcome(truth: Array, told: Array) -> tuple[int, int, int]:
    """Return how many spill, how many of them were told, and how many were told wrongly."""
    return int(truth.sum()), int((truth & told).sum()), int((~truth & told).sum())
