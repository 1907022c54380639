"""The token model's corpus as arrays: labels, token sequences, and the features it is held against.

    python benchmarks/token_labels.py FOLDER --table LABELS.csv.gz --arrays ARRAYS.npz

Reads what ``token_corpus.py`` wrote to FOLDER, says how much the timings spread, and marks those
that settled. The label table has a row for each program, without its text:
``token_corpus.label(family, index, source)`` makes the text again.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer

from costmodel.graph.build import build
from costmodel.graph.cost import Role
from costmodel.graph.functions import Survey
from costmodel.graph.signatures import Signatures
from costmodel.graph.walk import Walk
from costmodel.mlir.ir import Module
from costmodel.mlir.reader import read_text
from costmodel.tokens.sequence import MOST_TOKENS, WIDTH, tokenise

AGREE = 1.25
"""The quickest sample of a program stands if the second quickest is within this factor."""
COLUMNS = ("family", "source", "index", "digest", "run_s", "settled", "control", "instructions")
COLUMNS = (*COLUMNS, "vector_registers", "stack_bytes", "vector_spills", "functions")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--arrays", type=Path, required=True)
    given = parser.parse_args()
    rows = list(read(given.folder))
    quiet_s = float(np.quantile([control_s(row) for row in rows], 0.05))
    repeats(rows, quiet_s)
    distinct = list({row["digest"]: row for row in reversed(rows)}.values())
    labels = [labelled(row, quiet_s) for row in distinct]
    print(
        f"{len(labels):,} programs, {sum(row['settled'] for row in labels):,} with settled times; "
        f"control kernel {quiet_s * 1e6:.1f} us, "
        f"{np.median([row['control'] for row in labels]):.2f} times as long in the median, "
        f"{np.quantile([row['control'] for row in labels], 0.95):.2f} at the 95th percentile"
    )
    write_table(given.table, labels)
    write_arrays(given.arrays, distinct, labels)


def read(folders: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield rows, file by file."""
    for path in sorted(path for folder in folders for path in folder.glob("rows-*.jsonl.gz")):
        with gzip.open(path, "rt") as file:
            yield from map(json.loads, file)


def control_s(row: dict[str, Any]) -> float:
    """Return how long the control kernel took around a program: the mean of before and after."""
    return float(np.mean(row["control_s"]))


def settled(row: dict[str, Any]) -> bool:
    """Say whether two samples agree on the least time: nothing else disturbed both."""
    first, second = sorted(row["samples_s"])[:2]
    return bool(second <= AGREE * first)


def run_s(row: dict[str, Any], quiet_s: float) -> float:
    """Return the least CPU seconds of a call as on a core that nobody else slows.

    Divided by how much longer than ``quiet_s`` the control kernel took.
    """
    return float(min(row["samples_s"]) * quiet_s / control_s(row))


def repeats(rows: list[dict[str, Any]], quiet_s: float) -> None:
    """Print how far programs drawn twice lie apart: as timed, and divided by the control."""
    by_digest: dict[str, list[dict[str, Any]]] = {}
    for row in filter(settled, rows):
        by_digest.setdefault(row["digest"], []).append(row)
    pairs = [found[:2] for found in by_digest.values() if len(found) > 1]
    if pairs:
        timed = [abs(math.log(min(a["samples_s"]) / min(b["samples_s"]))) for a, b in pairs]
        divided = [abs(math.log(run_s(a, quiet_s) / run_s(b, quiet_s))) for a, b in pairs]
        print(
            f"{len(pairs)} programs timed twice: apart by {math.expm1(np.median(timed)):.0%} in "
            f"the median, {math.expm1(np.median(divided)):.0%} divided by the control"
        )


def labelled(row: dict[str, Any], quiet_s: float) -> dict[str, Any]:
    """Return a row of the label table."""
    code = row["functions"]
    parts = list(zip(*code, strict=True)) if code else [()] * 4
    return {
        "family": row["family"],
        "source": row.get("source", "jax"),
        "index": row["index"],
        "digest": row["digest"],
        "run_s": f"{run_s(row, quiet_s):.4g}",
        "settled": int(settled(row)),
        "control": round(control_s(row) / quiet_s, 3),
        "instructions": "" if code is None else sum(parts[0]),
        "vector_registers": round(float(np.mean(parts[1])), 2) if code else "",
        "stack_bytes": max(parts[2]) if code else "",
        "vector_spills": "" if code is None else sum(parts[3]),
        "functions": "" if code is None else len(code),
    }


def write_table(path: Path, labels: list[dict[str, Any]]) -> None:
    """Write the label table, the same bytes for the same rows."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(labels, key=lambda row: (row["family"], row["source"], row["index"])))
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def write_arrays(path: Path, rows: list[dict[str, Any]], labels: list[dict[str, Any]]) -> None:
    """Read every program and write tokens, features and labels for ``token_model.py``."""
    modules = [read_text(row["text"]) for row in rows]
    sequences = [tokenise(module) for module in modules]
    words = Counter(name for sequence in sequences for name in sequence.names)
    known = {name: at for at, name in enumerate(sorted(words))}
    lengths = np.array([len(sequence.names) for sequence in sequences])
    print(
        f"{len(known)} words, {np.median(lengths):.0f} tokens in the median, "
        f"{sum(sequence.ops > MOST_TOKENS for sequence in sequences)} texts cut at {MOST_TOKENS}"
    )
    vectorizer = DictVectorizer(sparse=False, dtype=np.float32)
    features = vectorizer.fit_transform([features_of(module) for module in modules])
    np.savez_compressed(
        path,
        words=np.array(sorted(words)),
        lengths=lengths,
        names=np.concatenate([[known[name] for name in one.names] for one in sequences]),
        numbers=np.concatenate([one.numbers for one in sequences]).reshape(-1, WIDTH),
        feature_names=np.array([str(name) for name in vectorizer.feature_names_]),
        features=features,
        family=np.array([row["family"] for row in labels]),
        digest=np.array([row["digest"] for row in labels]),
        **{name: _column(labels, name) for name in ("run_s", "settled", "control", "instructions")},
        vector_registers=_column(labels, "vector_registers"),
    )


def features_of(module: Module) -> dict[str, float]:
    """Return what the cost model says of a module, calls and loops multiplied out.

    Work, traffic, kernels by operator family, ops by name and the elements of their results,
    activations (elements of all results): the feature model's columns, logarithms of 1 + x.
    """
    graph = build(module)
    found: Counter[str] = Counter({"flop": graph.work_flop, "bytes": graph.bytes_moved})
    found["padding_flop"] = graph.padding_flop
    found["loops"] = len(graph.loops)
    found["trips"] = sum(loop.trips for loop in graph.loops)
    for kernel in graph.kernels:
        found["kernels"] += kernel.count
        found[f"{kernel.family.value} kernels"] += kernel.count
        found[f"{kernel.family.value} flop"] += kernel.count * kernel.work_flop
        found[f"{kernel.family.value} bytes"] += kernel.count * kernel.bytes_moved
    walk = Walk(module, Survey.of(module), Signatures(module, {}), {}, {})
    walk.run()
    for context in walk.contexts:
        for node in context.nodes:
            work = node.work
            if work.cost.role in (Role.FREE, Role.VIEW):
                continue
            found["activations"] += context.count * work.out_size
            found[f"{work.name} elements"] += context.count * work.out_size
    for name, count in graph.ops.items():
        found[f"{name} ops"] += count
    return {name: math.log1p(value) for name, value in found.items()}


def _column(labels: list[dict[str, Any]], name: str) -> np.ndarray[Any, Any]:
    return np.array([np.nan if row[name] == "" else float(row[name]) for row in labels])


if __name__ == "__main__":
    main()
