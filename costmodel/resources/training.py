"""Fit the resource model on the label table, and score it on families it was not fitted on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned.trees import Forest, from_sklearn
from costmodel.resources.features import features
from costmodel.resources.labels import Labels
from costmodel.resources.model import ResourceModel
from costmodel.resources.plan import KernelFamily

CLOSE_REGISTERS = 8
"""A prediction this near counts as right: registers are given out in eights."""
KINDS = {
    "gemm": ("gemm_mma", "gemm_simt", "triton_gemm"),
    "convolution": ("conv_mma", "conv_simt", "conv_direct", "triton_conv"),
    "attention": ("attention_mma", "attention_simt", "triton_attention"),
    "reduction": ("reduction", "norm", "softmax", "triton_norm"),
    "elementwise": ("elementwise",),
}
"""Families that compute the same thing; leaving out a kind leaves no sibling to learn from."""
Array = npt.NDArray[Any]


def kind_of(family: KernelFamily) -> str:
    """Return the kind of computation of a family."""
    return next(kind for kind, members in KINDS.items() if family.value in members)


def fit(table: Sequence[Labels], trees: int = 250) -> ResourceModel:
    """Return a model of all kernels of the table; each family weighs the same."""
    rows, off, spills, weight = [], [], [], []
    for labels in table:
        seen, counted, _ = features(labels.family, labels.arch, labels.settings)
        rows.append(seen)
        off.append(labels.registers - counted)
        spills.append(labels.spills.astype(np.float64))
        family = sum(len(other) for other in table if other.family is labels.family)
        weight.append(np.full(len(labels), 1 / family**0.5))
    x, w = np.concatenate(rows), np.concatenate(weight)
    return ResourceModel(
        _grown(x, np.concatenate(off), w, trees, "absolute_error"),
        _grown(x, np.concatenate(spills), w, trees, "squared_error"),
        {
            "kernels": len(x),
            "families": sorted({labels.family.value for labels in table}),
            "compilers": sorted({labels.compiler for labels in table}),
        },
    )


def _grown(x: Array, y: Array, weight: Array, trees: int, loss: str) -> Forest:
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        loss=loss, max_iter=trees, learning_rate=0.05, max_leaf_nodes=15, min_samples_leaf=20,
        l2_regularization=5.0, random_state=0,
    )  # fmt: skip
    return from_sklearn(model.fit(x.astype(np.float32), y, sample_weight=weight))


@dataclass(frozen=True, slots=True)
class Score:
    """How predictions of one family compare with the assembler."""

    family: KernelFamily
    kernels: int
    close: float
    """Share of kernels whose registers are within 8."""
    close_counted: float
    """The same for the count alone, which nothing was fitted to."""
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


def held_out(
    table: Sequence[Labels], group: Callable[[KernelFamily], str], trees: int = 250
) -> Iterator[Score]:
    """Yield a score for every family, by models fitted without the whole of its group."""
    groups = {labels.family: group(labels.family) for labels in table}
    for left_out in dict.fromkeys(groups.values()):
        model = fit([labels for labels in table if groups[labels.family] != left_out], trees)
        for family in (family for family, name in groups.items() if name == left_out):
            yield score(model, [labels for labels in table if labels.family is family])


def score(model: ResourceModel, table: Sequence[Labels]) -> Score:
    """Return how a model does on labels of one family."""
    apart, counted_apart, spills, predicted = [], [], [], []
    for labels in table:
        usage = model.predict(labels.family, labels.arch, labels.settings)
        _, counted, _ = features(labels.family, labels.arch, labels.settings)
        apart.append(np.abs(usage.registers - labels.registers))
        counted_apart.append(np.abs(counted - labels.registers))
        spills.append(labels.spills)
        predicted.append(usage.spills)
    error, truth, told = np.concatenate(apart), np.concatenate(spills), np.concatenate(predicted)
    return Score(
        table[0].family,
        len(error),
        float((error <= CLOSE_REGISTERS).mean()),
        float((np.concatenate(counted_apart) <= CLOSE_REGISTERS).mean()),
        float(error.mean()),
        int(truth.sum()),
        int((truth & told).sum()),
        int((~truth & told).sum()),
    )
