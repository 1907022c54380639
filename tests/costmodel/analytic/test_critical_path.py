"""The longest path against brute force, and delays learnt from totals against two baselines."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.critical_path import OpGraph, bag_of_ops_s, fit_paths, longest_path
from microbench.errors import InputError

OP_WEIGHTS, EDGE_WEIGHTS = np.array([1.0, 0.3, 2.0]), np.array([0.5])


def random_graph(rng: np.random.Generator, ops: int) -> OpGraph:
    """Layers of one to six ops: some graphs are chains, some are wide."""
    layers, at = [], 0
    while at < ops:
        width = int(rng.integers(1, 7))
        layers.append(list(range(at, min(at + width, ops))))
        at += width
    pairs = [
        (int(rng.choice(before)), op)
        for before, after in itertools.pairwise(layers)
        for op in after
        for _ in range(2)
    ]
    edges = tuple(dict.fromkeys(pairs))
    kinds = np.eye(3)[rng.integers(0, 3, ops)] * rng.lognormal(0, 1, (ops, 1))
    return OpGraph(kinds, edges, rng.lognormal(0, 0.5, (len(edges), 1)))


def true_s(graph: OpGraph) -> float:
    times, delays = graph.features @ OP_WEIGHTS, graph.edge_features @ EDGE_WEIGHTS
    return longest_path(times.tolist(), graph.edges, delays.tolist()).time_s


def r2(predicted: np.ndarray, actual: np.ndarray) -> float:
    return 1 - float(((predicted - actual) ** 2).sum() / ((actual - actual.mean()) ** 2).sum())


@pytest.fixture(scope="module")
def data() -> tuple[list[OpGraph], np.ndarray, list[OpGraph], np.ndarray]:
    rng = np.random.default_rng(5)
    graphs = [random_graph(rng, int(rng.integers(10, 60))) for _ in range(160)]
    times = np.array([true_s(g) * float(np.exp(rng.normal(0, 0.03))) for g in graphs])
    return graphs[:80], times[:80], graphs[80:], times[80:]


def test_delays_are_learnt_from_totals_alone(
    data: tuple[list[OpGraph], np.ndarray, list[OpGraph], np.ndarray],
) -> None:
    graphs, times, unseen, truth = data
    model = fit_paths(graphs, times.tolist())
    predicted = np.array([model.predict(graph).time_s for graph in unseen])
    assert r2(predicted, truth) > 0.97
    assert model.op_weights == pytest.approx(OP_WEIGHTS, rel=0.2)


def test_it_beats_the_bag_of_ops_even_when_that_is_fitted(
    data: tuple[list[OpGraph], np.ndarray, list[OpGraph], np.ndarray],
) -> None:
    graphs, times, unseen, truth = data

    def sums(some: list[OpGraph]) -> np.ndarray:
        return np.array([[*g.features.sum(0), *g.edge_features.sum(0), 1.0] for g in some])

    fitted, *_ = np.linalg.lstsq(sums(graphs), times, rcond=None)
    model = fit_paths(graphs, times.tolist())
    predicted = np.array([model.predict(graph).time_s for graph in unseen])
    assert r2(predicted, truth) > r2(sums(unseen) @ fitted, truth) + 0.1


@pytest.mark.torch
def test_it_beats_a_graph_convolution_network(
    data: tuple[list[OpGraph], np.ndarray, list[OpGraph], np.ndarray],
) -> None:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    torch.set_num_threads(1)
    graphs, times, unseen, truth = data

    def operands(some: list[OpGraph]) -> tuple[object, object, object]:
        """All graphs as one, block by block: mean over producers, features, graph of each op."""
        sizes = [len(graph.features) for graph in some]
        mixing, start = np.eye(sum(sizes)), 0
        for graph, size in zip(some, sizes, strict=True):
            for before, after in graph.edges:
                mixing[start + after, start + before] = 1
            start += size
        mixing /= mixing.sum(1, keepdims=True)
        owner = np.repeat(np.arange(len(some)), sizes)
        features = np.concatenate([graph.features for graph in some])
        sparse = torch.tensor(mixing).float().to_sparse()
        return sparse, torch.tensor(features).float(), torch.tensor(owner)

    first, second, last = (torch.nn.Linear(*s) for s in ((3, 16), (16, 16), (16, 1)))
    parameters = [*first.parameters(), *second.parameters(), *last.parameters()]
    optimiser = torch.optim.Adam(parameters, lr=1e-2)

    def run(some: tuple[object, object, object], count: int) -> object:
        mixing, x, owner = some
        x = torch.relu(second(mixing @ torch.relu(first(mixing @ x))))
        return torch.zeros(count).index_add(0, owner, last(x)[:, 0])

    inputs, target = operands(graphs), torch.tensor(times).float()
    for _ in range(300):
        optimiser.zero_grad()
        ((run(inputs, len(graphs)) - target) ** 2).mean().backward()
        optimiser.step()
    with torch.no_grad():
        network = run(operands(unseen), len(unseen)).numpy()
    model = fit_paths(graphs, times.tolist())
    predicted = np.array([model.predict(graph).time_s for graph in unseen])
    assert r2(predicted, truth) > r2(network, truth)


@given(st.integers(1, 7), st.data())
def test_the_longest_path_is_the_longest_of_all(count: int, data: st.DataObject) -> None:
    seconds = st.floats(0, 10)
    times = [data.draw(seconds) for _ in range(count)]
    pairs = [(i, j) for j in range(count) for i in range(j)]
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    delays = [data.draw(seconds) for _ in edges]
    delay = dict(zip(edges, delays, strict=True))
    best = 0.0
    for size in range(1, count + 1):
        for ops in itertools.combinations(range(count), size):
            steps = list(itertools.pairwise(ops))
            if all(step in delay for step in steps):
                best = max(best, sum(times[op] for op in ops) + sum(delay[s] for s in steps))
    found = longest_path(times, edges, delays)
    assert found.time_s == pytest.approx(best)
    assert found.time_s <= bag_of_ops_s(times) + sum(delays) + 1e-9


def test_an_empty_graph_takes_no_time() -> None:
    assert longest_path([], [], []).time_s == 0


def test_edges_against_the_order_are_refused() -> None:
    with pytest.raises(InputError):
        OpGraph(np.zeros((2, 1)), ((1, 0),), np.zeros((1, 1)))
    with pytest.raises(InputError):
        OpGraph(np.zeros((2, 1)), ((0, 1),), np.zeros((0, 1)))
    with pytest.raises(InputError):
        fit_paths([], [])
