"""Whole models from their kernels: how far the sum is from what was measured.

Run: OMP_NUM_THREADS=1 python benchmarks/whole_models.py DATA_FOLDER [--known] [--markdown]

Op graphs and end-to-end times are NeuSight's (fp32, PyTorch eager, MIT licence); a graph lists the
first transformer layer, which is repeated. Every GPU is left out in turn (``--known``: none), and
kernels inside the models (``inmodel_ops``) are scored the same way.
"""

from __future__ import annotations

import argparse
import ast
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from costmodel.learned import dataset, left_out, training
from costmodel.learned.families import BY_NAME
from costmodel.learned.predictor import Predictor
from costmodel.learned.whole_model import EMPTY, eager_s

FAMILIES = ("matmul_fp32", "rowwise")
TWO_INPUTS = ("add", "mul", "div", "pow")
FIRST_LAYER = {
    "bert_large": ("bert_encoder_layer_0_attention_self_query", "getitem_10"),
    "gpt2_large": ("transformer_h_0_ln_1", "transformer_ln_f"),
    "gpt3_27": ("transformer_h_0_ln_1", "transformer_ln_f"),
    "gpt3_xl": ("transformer_h_0_ln_1", "transformer_ln_f"),
    "opt_13": ("model_decoder_layers_0_self_attn_layer_norm", "model_decoder_final_layer_norm"),
}
"""First node of the repeated layer, and the first after it."""
UNRECORDED = ("opt_13",)
"""Models whose graphs lack an op that runs: transformers' OPTAttention.forward takes
``torch.max(attn_weights, torch.tensor(finfo.min))`` between the mask and the softmax. Its traffic
is that of an elementwise kernel with one input; what it adds to the backward pass is not known."""
THROTTLED = "P4"
"""Its end-to-end times are up to 1.9 times the sum of its own kernels' times: a 75 W card that does
not hold its clock through a model. Shown, not in the means."""
Columns = dict[str, npt.NDArray[Any]]
Predict = Callable[[Columns], npt.NDArray[np.float64]]
"""Seconds of each row; with the ends of its interval as second and third row where it has one."""


@dataclass(frozen=True, slots=True)
class Op:
    """One kernel of a graph: a row of the models' tables, how often it runs, and its group."""

    row: Mapping[str, Any]
    count: float
    node: float
    """Ops of one node in a fused graph are one kernel."""


def main() -> None:
    """Print errors of whole models and of kernels inside them, by GPU."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--each", action="store_true", help="Print every model.")
    arguments = parser.parse_args()
    print("| GPU | whole models | mean error | median | in interval | kernels | mean | median |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    for gpu in gpus(arguments.data):
        found = errors(arguments.data, gpu, arguments.known, print if arguments.each else None)
        print(_line(gpu, found))


@dataclass(frozen=True, slots=True)
class Errors:
    """Relative errors of one GPU's whole models, and of the kernels timed inside them."""

    whole: list[float]
    inside: list[bool]
    """Whether a model's time lay in its interval; empty where there is none."""
    kernels: list[float]


def gpus(data: Path) -> list[str]:
    """Return the GPUs with whole models."""
    return sorted({one["gpu"] for one in _labels(data / "neusight")})


def errors(data: Path, gpu: str, known: bool, say: Callable[[str], None] | None = None) -> Errors:
    """Predict a GPU's models and kernels, left out or ``known``."""
    folder = data / "neusight"
    graphs, predict = _graphs(folder), _system(data, gpu, known)
    gap_s = float(predict(_table([Op(EMPTY, 1, 0)], gpu))[0, 0])
    whole, inside = [], []
    for label in (one for one in _labels(folder) if one["gpu"] == gpu):
        found, *ends = _model_s(graphs[_key(label)], label, predict, gap_s)
        whole.append(float(found / label["latency_s"] - 1))
        inside += [bool(ends[0] <= label["latency_s"] <= ends[1])] if ends else []
        if say:
            say(f"{gpu} {_key(label)} {found:.4f} s, measured {label['latency_s']:.4f} s")
    own = [one for one in _read(folder, "inmodel_ops") if one["gpu"] == gpu]
    predicted = predict(_table([Op(_measured_row(one), 1, 0) for one in own], gpu))[0]
    return Errors(whole, inside, list(predicted / [one["latency_s"] for one in own] - 1))


def _labels(folder: Path) -> list[dict[str, Any]]:
    graphs = _graphs(folder)
    return [one for one in _read(folder, "e2e_labels") if _key(one) in graphs and _one_gpu(one)]


def _line(gpu: str, found: Errors) -> str:
    whole, alone = (
        [f"{len(one)}", f"{np.mean(np.abs(one)):.1%}", f"{np.median(np.abs(one)):.1%}"]
        for one in (found.whole, found.kernels)
    )
    held = f"{sum(found.inside)}" if found.inside else "–"
    return f"| {gpu} | {' | '.join([*whole, held, *alone])} |"


def _system(data: Path, gpu: str, known: bool) -> Predict:
    """Return what predicts fp32 kernels on ``gpu``, without its own measurements."""
    predictor = Predictor.load()
    if known:
        return lambda table: _ends(predictor.predict_checked(table))
    systems = {}
    for name in FAMILIES:
        model = predictor.model(name)
        assert model is not None
        rows = dataset.load(data, BY_NAME[name])
        hidden = frozenset({gpu})
        systems[name] = left_out.without(rows, model, hidden, training.Settings(), lambda _: None)

    def predict(table: Columns) -> npt.NDArray[np.float64]:
        out = np.empty(len(table["op"]))
        for name, chosen in predictor.families_of(table).items():
            part = {column: values[chosen] for column, values in table.items()}
            out[chosen] = systems[name].latency_s(part)
        return out[None]

    return predict


def _ends(found: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.float64]:
    return np.array([found[name] for name in ("latency_s", "low_s", "high_s")])


def _model_s(
    graph: Sequence[Mapping[str, Any]], label: Mapping[str, Any], predict: Predict, gap_s: float
) -> list[float]:
    """Return a model's seconds, and where its kernels have intervals the ends of the total's."""
    ops = list(_ops(graph, label))
    found = predict(_table(ops, label["gpu"]))
    count = np.array([one.count for one in ops])
    if label["option"] == "fusion":
        nodes = np.array([one.node for one in ops])
        groups = [np.flatnonzero(nodes == node) for node in np.unique(nodes)]
        found = np.array([found[:, group].max(axis=1) for group in groups]).T
        count = np.array([count[group[0]] for group in groups])
    return [eager_s(end, count, gap_s) for end in found]


def _ops(graph: Sequence[Mapping[str, Any]], label: Mapping[str, Any]) -> Iterator[Op]:
    layers = int(label["num_layer"] or 0)
    first, after = math.inf, math.inf
    if layers and not label["option"]:
        begin, end = FIRST_LAYER[label["model"]]
        first = min(one["node"] for one in graph if one["name"] == begin)
        after = min(one["node"] for one in graph if one["name"] == end)
    softmaxed = {one["args"] for one in graph if one["op"] == "VECsoftmax"}
    for one in graph:
        row = _row(one)
        count = layers if first <= one["node"] < after else 1
        if row is not None:
            yield Op(row, count, one["node"])
        if label["model"] in UNRECORDED and one["op"] == "VECadd" and one["args"] in softmaxed:
            rows, cols = json.loads(one["args"])
            yield Op(_elementwise("relu", rows, cols), count, one["node"] + 0.5)


def _row(one: Mapping[str, Any]) -> Mapping[str, Any] | None:
    args, op = json.loads(one["args"]), str(one["op"])
    if op in {"Linear", "BMM"}:
        b, (m, k, n) = (1, args) if op == "Linear" else (args[0], args[1:])
        return _product("linear" if op == "Linear" else "bmm", b, m, n, k)
    if op == "MEM":  # a copy, timed as the cheapest elementwise kernel over its bytes
        elements = sum(math.prod(shape) for shape in args) / 2
        return _elementwise("relu", elements / 1024, 1024) if elements > 2 else None
    if op.startswith("VEC"):
        name = op.removeprefix("VEC")
        broadcast = name in TWO_INPUTS and _second_is_small(one)
        return _elementwise(f"{name}u" if broadcast else name, *args)
    return None


def _second_is_small(one: Mapping[str, Any]) -> bool:
    """Return whether one operand is broadcast: its traffic is that of a one-input kernel."""
    shapes = one["input_shapes"]
    shapes = ast.literal_eval(shapes) if isinstance(shapes, str) else shapes
    sizes = [math.prod(shape) for shape in shapes]
    return len(sizes) == 2 and min(sizes) < max(sizes) / 2


def _product(op: str, b: float, m: float, n: float, k: float) -> Mapping[str, Any]:
    moved = 4.0 * b * (m * k + k * n + m * n)
    sizes = {"b": b, "m": m, "n": n, "k": k}
    return {"op": op, **sizes, "flops": 2.0 * b * m * n * k, "bytes": moved}


def _elementwise(op: str, rows: float, cols: float) -> Mapping[str, Any]:
    moved = 4.0 * rows * cols * (3 if op in TWO_INPUTS else 2)
    return {"op": op, "rows": rows, "cols": cols, "flops": rows * cols, "bytes": moved}


def _measured_row(one: Mapping[str, Any]) -> Mapping[str, Any]:
    names = ("op", "b", "m", "n", "k", "rows", "cols", "flops", "bytes")
    return {name: one[name] for name in names if one[name] is not None}


def _table(ops: Sequence[Op], gpu: str) -> Columns:
    names = ("b", "m", "n", "k", "rows", "cols", "flops", "bytes")
    table: Columns = {
        name: np.array([one.row.get(name, math.nan) for one in ops], dtype=float) for name in names
    }
    table["op"] = np.array([one.row["op"] for one in ops], dtype=object)
    table["dtype"] = np.full(len(ops), "fp32", dtype=object)
    table["gpu"] = np.full(len(ops), gpu, dtype=object)
    return table


def _graphs(folder: Path) -> dict[tuple[Any, ...], list[Mapping[str, Any]]]:
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in _read(folder, "opgraphs"):
        found[_key(row)].append(row)
    return found


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("model", "mode", "seq", "batch", "option"))


def _one_gpu(label: Mapping[str, Any]) -> bool:
    return label["option"] in {"", "fusion"}


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    return list(pq.read_table(folder / f"{name}.parquet").to_pylist())


if __name__ == "__main__":
    main()
