"""Intervals for devices nobody measured, added to a fitted model file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from costmodel.learned import dataset, left_out, model_file, training
from costmodel.learned.device_intervals import DeviceIntervals
from costmodel.learned.families import FAMILIES, ModelFamily
from costmodel.learned.predictor import Predictor


def add(
    path: Path,
    folder: Path,
    settings: training.Settings,
    say: Callable[[str], None],
    families: Sequence[ModelFamily] = FAMILIES,
) -> None:
    """Leave every device and architecture out of each family and write what that says of errors."""
    predictor = Predictor.load(path)
    arrays = predictor.everything()
    devices = dict(predictor.header.get("unmeasured", {}))
    for family in families:
        model = predictor.model(family.name)
        if model is None:
            continue
        found = left_out.errors(dataset.load(folder, family), model, settings, lambda _line: None)
        if found:
            say(f"{family.name}: {len(found)} devices left out in turn")
            devices[family.name] = sorted({one.device for one in found})
            made = DeviceIntervals.fit(found).arrays()
            arrays.update({f"unseen.{family.name}/{name}": one for name, one in made.items()})
    header = {key: one for key, one in predictor.header.items() if key not in {"schema", "sha256"}}
    model_file.write(path, {**header, "unmeasured": devices}, arrays)
