"""Boosted trees as flat arrays, evaluated without the library that grew them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from costmodel.learned.tree_walk import Walk

_CHUNK = 4096
NATIVE_ROWS = 2000
"""Fewer rows are done in NumPy before native code is compiled, which takes a tenth of a second."""
NATIVE_CALLS = 100
"""After so many calls NumPy has taken as long as compiling would have: then it is compiled."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Regression trees in one array of nodes; leaves point at themselves and hold a value.

    A row goes left where its feature is at most the threshold, or where it is missing and
    ``missing_left`` says so. The sum of the leaves plus ``baseline`` is the prediction.
    """

    baseline: float
    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    missing_left: npt.NDArray[np.bool_]
    depth: int
    _calls: itertools.count[int] = field(default_factory=itertools.count, repr=False, compare=False)
    _walk: list[Walk] = field(default_factory=list, repr=False, compare=False)
    """The trees as native code sees them, once it was asked for."""

    def predict(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Return one prediction per row of features; many rows, or calls, use native code."""
        if len(rows) >= NATIVE_ROWS or next(self._calls) >= NATIVE_CALLS:
            return self.predict_native(rows)
        return self.predict_numpy(rows)

    def predict_numpy(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Return predictions with NumPy alone, in chunks that stay in cache."""
        out = np.empty(len(rows))
        for start in range(0, len(rows), _CHUNK):
            out[start : start + _CHUNK] = self._chunk(rows[start : start + _CHUNK])
        return out

    def predict_native(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Return the same predictions from compiled code, about twenty times as fast."""
        from costmodel.learned.tree_walk import Walk

        if not self._walk:
            self._walk.append(Walk(self))
        return np.asarray(self._walk[0].sums(rows) + self.baseline)

    def one(self, row: npt.NDArray[np.float32]) -> float:
        """Return the prediction of one row of features, whose numbers lie side by side."""
        if not self._walk:
            return float(self.predict(row[None])[0])
        return self._walk[0].sum(row) + self.baseline

    def _chunk(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        row = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            seen = rows[row, self.feature[at]]
            left = np.where(np.isnan(seen), self.missing_left[at], seen <= self.threshold[at])
            at = np.where(left, self.left[at], self.right[at])
        return np.asarray(self.value[at].sum(axis=1, dtype=np.float64) + self.baseline)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return what a model file stores."""
        return {
            "baseline": np.array([self.baseline]),
            "depth": np.array([self.depth], dtype=np.int32),
            "roots": self.roots,
            "feature": self.feature,
            "threshold": self.threshold,
            "left": self.left,
            "right": self.right,
            "value": self.value,
            "missing_left": self.missing_left,
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, npt.NDArray[Any]], features: int) -> Forest:
        """Rebuild a forest; ``ValueError`` for arrays that do not describe one."""
        nodes = len(arrays["feature"])
        same = all(len(arrays[n]) == nodes for n in ("threshold", "left", "right", "value"))
        if not nodes or not same or len(arrays["missing_left"]) != nodes:
            raise ValueError("tree arrays differ in length")
        for name in ("roots", "left", "right"):
            if arrays[name].size and not (0 <= arrays[name].min() <= arrays[name].max() < nodes):
                raise ValueError(f"{name} points outside the trees")
        own = np.arange(nodes)
        leaf = arrays["left"] == own
        children = np.concatenate([arrays[name][~leaf] for name in ("left", "right")])
        parents = np.bincount(np.concatenate([children, arrays["roots"]]), minlength=nodes)
        if parents.max() > 1 or (arrays["right"] == own)[~leaf].any():
            raise ValueError("a tree is no tree: a node has two parents")
        if not (arrays["feature"].min() >= 0 and arrays["feature"].max() < features):
            raise ValueError("a tree asks for a feature that does not exist")
        depth = int(arrays["depth"][0])
        if not 0 <= depth <= 64 or not np.isfinite(arrays["value"]).all():
            raise ValueError("tree depth or leaf values out of range")
        return cls(
            float(arrays["baseline"][0]),
            arrays["roots"].astype(np.int32),
            arrays["feature"].astype(np.int16),
            arrays["threshold"].astype(np.float32),
            arrays["left"].astype(np.int32),
            arrays["right"].astype(np.int32),
            arrays["value"].astype(np.float32),
            arrays["missing_left"].astype(bool),
            depth,
        )


def from_sklearn(model: Any) -> Forest:
    """Flatten a fitted ``HistGradientBoostingRegressor``."""
    trees = [predictor[0].nodes for predictor in model._predictors]
    sizes = [len(nodes) for nodes in trees]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
    nodes = np.concatenate(trees)
    offset = np.repeat(starts, sizes)
    own = np.arange(len(nodes), dtype=np.int32)
    leaf = nodes["is_leaf"].astype(bool)
    return Forest(
        baseline=float(np.ravel(model._baseline_prediction)[0]),
        roots=starts,
        feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16),
        threshold=np.where(leaf, np.inf, nodes["num_threshold"]).astype(np.float32),
        left=np.where(leaf, own, nodes["left"] + offset).astype(np.int32),
        right=np.where(leaf, own, nodes["right"] + offset).astype(np.int32),
        value=np.where(leaf, nodes["value"], 0.0).astype(np.float32),
        missing_left=nodes["missing_go_to_left"].astype(bool),
        depth=int(nodes["depth"].max()),
    )
