"""End-to-end time of an op graph that runs in parallel: the longest path, learnt from totals.

After R. Zhong et al., "PreRoutGNN for Timing Prediction with Order Preserving Partition",
AAAI 2024 (arXiv 2403.00012): messages pass in topological order with a residual delay per edge, so
that errors do not smear over the graph. Here the maximum over producers is kept exact and delays
are linear in features, fitted by alternating between critical paths and least squares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microbench.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ROUNDS = 50
CONVERGED = 1e-9


@dataclass(frozen=True, slots=True)
class OpGraph:
    """Features of each op, and edges (producer, consumer) in any order with features of their own.

    Ops stand in topological order: every edge leads from a lower to a higher number.
    """

    features: npt.NDArray[np.float64]
    edges: tuple[tuple[int, int], ...]
    edge_features: npt.NDArray[np.float64]

    def __post_init__(self) -> None:
        if len(self.edges) != len(self.edge_features):
            raise InputError("every edge needs a row of features")
        if any(not 0 <= before < after < len(self.features) for before, after in self.edges):
            raise InputError("edges must lead from a lower op number to a higher one")


@dataclass(frozen=True, slots=True)
class Path:
    """The longest path: its seconds, and the ops on it from first to last."""

    time_s: float
    ops: tuple[int, ...]


def longest_path(
    times_s: Sequence[float], edges: Sequence[tuple[int, int]], delays_s: Sequence[float]
) -> Path:
    """Return the critical path of ops in topological order with a delay on each edge."""
    path, _ = _longest(times_s, edges, delays_s)
    return path


def bag_of_ops_s(times_s: Sequence[float]) -> float:
    """Return the sum of all ops: the end-to-end time of one queue."""
    return float(sum(times_s))


@dataclass(frozen=True, slots=True)
class PathModel:
    """Delays of ops and edges, linear in their features and never negative."""

    op_weights: npt.NDArray[np.float64]
    edge_weights: npt.NDArray[np.float64]

    def predict(self, graph: OpGraph) -> Path:
        """Return the longest path of a graph under the fitted delays."""
        return _critical(graph, self.op_weights, self.edge_weights)[0]


def fit_paths(graphs: Sequence[OpGraph], times_s: Sequence[float]) -> PathModel:
    """Fit delays to end-to-end times alone: which ops are critical is found on the way.

    Each round takes the critical paths under the present weights and refits by non-negative least
    squares; the best weights of all rounds are kept. ``InputError`` without graphs.
    """
    import numpy as np
    from scipy.optimize import nnls

    if not graphs or len(graphs) != len(times_s):
        raise InputError("one end-to-end time a graph is needed")
    times = np.asarray(times_s, dtype=float)
    split = graphs[0].features.shape[1]
    width = split + graphs[0].edge_features.shape[1]
    weights, best, least = np.ones(width), np.ones(width), np.inf
    for _ in range(ROUNDS):
        found = [_critical(graph, weights[:split], weights[split:]) for graph in graphs]
        error = float(((np.array([path.time_s for path, _ in found]) - times) ** 2).sum())
        if error < least:
            best, least = weights, error
        refitted, _ = nnls(np.array([row for _, row in found]), times)
        if np.abs(refitted - weights).max() <= CONVERGED * max(1.0, float(np.abs(weights).max())):
            break
        weights = (weights + refitted) / 2
    return PathModel(best[:split], best[split:])


def _critical(
    graph: OpGraph, op_weights: npt.NDArray[np.float64], edge_weights: npt.NDArray[np.float64]
) -> tuple[Path, npt.NDArray[np.float64]]:
    """Return the longest path and the sums of op and edge features along it."""
    import numpy as np

    times, delays = graph.features @ op_weights, graph.edge_features @ edge_weights
    path, crossed = _longest(times.tolist(), graph.edges, delays.tolist())
    along_ops = graph.features[list(path.ops)].sum(axis=0)
    along_edges = graph.edge_features[crossed].sum(axis=0)
    return path, np.concatenate([along_ops, along_edges])


def _longest(
    times_s: Sequence[float], edges: Sequence[tuple[int, int]], delays_s: Sequence[float]
) -> tuple[Path, list[int]]:
    incoming: dict[int, list[tuple[int, int]]] = {}
    for index, (before, after) in enumerate(edges):
        incoming.setdefault(after, []).append((before, index))
    ends_s: list[float] = []
    via: list[tuple[int, int] | None] = []
    for op, time_s in enumerate(times_s):
        best_s, chosen = 0.0, None
        for before, index in incoming.get(op, ()):
            arrival_s = ends_s[before] + delays_s[index]
            if chosen is None or arrival_s > best_s:
                best_s, chosen = arrival_s, (before, index)
        ends_s.append(best_s + time_s)
        via.append(chosen)
    if not ends_s:
        return Path(0.0, ()), []
    op = max(range(len(ends_s)), key=ends_s.__getitem__)
    total_s, ops, crossed = ends_s[op], [op], list[int]()
    while (step := via[op]) is not None:
        op = step[0]
        ops.append(op)
        crossed.append(step[1])
    return Path(total_s, tuple(reversed(ops))), crossed
