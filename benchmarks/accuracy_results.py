"""What the tables of docs/accuracy.md are made from, computed piece by piece and kept.

A piece is a family on unseen shapes, one device or architecture left out of a family, a GPU's
whole models or the repeated rows. Each is a JSON file of its own under the results folder, named
after all it depends on (model file, data, code), so that a run that was stopped goes on where it
was and a piece made by another code or from other data is made again.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import monotone
import row_repeatability
import whole_models

from costmodel.learned import dataset, evaluate, left_out, score_left_out, whole_model
from costmodel.learned.families import BY_NAME, FAMILIES
from costmodel.learned.predictor import Predictor, shipped_path
from costmodel.learned.training import Settings
from microbench.devices import catalogue
from microbench.store.files import replacing

SEEDS = (20, 900)
"""Draws of points: those the correction's rule was chosen on, and others."""
APART = (
    "single",
    "single_features",
    "single_foreign",
    "single_kernel",
    "single_layers",
    "straight",
    "straight_kernel",
    "explain",
    "asked_rows",
    "run_rows",
    "calibration",
    "whole_model",
)
"""Modules whose answers are those of tables, or that no table asks: results outlive changes."""
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """One result: its name, and what makes it."""

    name: str
    make: Callable[[], Result]
    code: tuple[ModuleType, ...] = ()
    """Modules it depends on beside those that all do."""


def pieces(data: Path) -> Iterator[Piece]:
    """Return every piece of the page, cheap ones first."""
    yield Piece("repeatability", lambda: _repeatability(data), (row_repeatability,))
    for family in FAMILIES:
        yield Piece(f"shapes.{family.name}", lambda name=family.name: _shapes(data, name))
    for name in monotone.AXES:
        make = functools.partial(monotone.falls, data, name)
        yield Piece(f"monotone.{name}", make, (monotone,))
    for known in (True, False):
        for gpu in whole_models.gpus(data):
            kind = "measured" if known else "left-out"
            yield Piece(
                f"models.{kind}.{gpu}",
                lambda g=gpu, k=known: _models(data, g, k),
                (whole_models, whole_model),
            )
    for column in ("gpu", "arch"):
        for family in FAMILIES:
            name = f"{column}.{family.name}"
            yield Piece(name, lambda n=family.name, c=column: _left_out(data, n, c))


class Kept:
    """Results in a folder."""

    def __init__(self, folder: Path, data: Path) -> None:
        """Use ``folder``; its files are good for this model, data and code alone."""
        self._folder = folder
        code = sorted(Path(left_out.__file__).parent.glob("*.py"))
        common = [path for path in code if path.stem not in APART]
        packs = sorted(data.glob("*/*.parquet"))
        self._common = _digest([shipped_path(), *common, *packs])

    def get(self, piece: Piece) -> Result | None:
        """Return a piece's result if it was made before."""
        path = self._path(piece)
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def make(self, piece: Piece) -> Result:
        """Make a piece and keep it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(piece.make())
        with replacing(self._path(piece)) as temporary:
            Path(temporary).write_text(text, encoding="utf-8")
        found: Result = json.loads(text)
        return found

    def _path(self, piece: Piece) -> Path:
        own = _digest([Path(str(module.__file__)) for module in piece.code])
        key = hashlib.sha256((self._common + own).encode()).hexdigest()[:12]
        return self._folder / f"{piece.name}.{key}.json"


def _digest(paths: Iterable[Path]) -> str:
    """Return what names the files' contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _shapes(data: Path, name: str) -> Result:
    scores = list(evaluate.unseen_shapes(Predictor.load(), data, [BY_NAME[name]]))
    return asdict(scores[0]) if scores else {}


def _models(data: Path, gpu: str, known: bool) -> Result:
    return asdict(whole_models.errors(data, gpu, known))


def _left_out(data: Path, name: str, column: str) -> Result:
    """Return every left-out device's scores by count of points; draws of each seed."""
    model = Predictor.load().model(name)
    if model is None:
        return {"devices": []}
    rows = dataset.load(data, BY_NAME[name])
    everything = list(left_out.outsiders(rows, model, column, Settings(), lambda _line: None))
    groups = [one.left_out for one in everything]
    shown = [one for one in everything if column == "gpu" or groups.count(one.left_out) > 1]
    return {"devices": [_device(one, everything, model) for one in shown]}


def _device(one: left_out.Outsider, everything: list[left_out.Outsider], model: Any) -> Result:
    arch = catalogue.find(one.device).arch
    others = sorted(model.gpus - {one.device})
    draws = {
        str(seed): score_left_out.by_count(one, everything, model, seed=seed) for seed in SEEDS
    }
    return {
        "device": one.device,
        "left_out": one.left_out,
        "near": one.relatives.near,
        "arch_known": any(catalogue.find(other).arch == arch for other in others),
        "scores": {
            seed: {str(count): asdict(score) for count, score in found.items()}
            for seed, found in draws.items()
        },
    }


def _repeatability(data: Path) -> Result:
    return {
        title: {device: [float(v.mean()), float(_median(v)), len(v)] for device, v in found.items()}
        for title, found in row_repeatability.everything(data)
    }


def _median(values: Any) -> float:
    import numpy as np

    return float(np.median(values))
