"""A processor's model as a file: the measurements it predicts from, and nothing that can run.

The model is a function of a run's library calls and rates, so the file keeps those (samples apart)
as JSON in the header of the same archive GPU models use: a laptop can predict for a server.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from costmodel.analytic.cpu_model import CpuModel
from costmodel.learned import model_file
from microbench.benchmark import Measurement
from microbench.errors import InputError
from microbench.store.records import measurement_of, measurement_row

KIND = "cpu"


def write(path: Path, title: str, run_id: str, measurements: Sequence[Measurement]) -> int:
    """Write a run's usable measurements and return how many; ``InputError`` if too few."""
    CpuModel.from_measurements(measurements)
    usable = [measurement_row(one) for one in measurements if one.value is not None]
    header = {"kind": KIND, "title": title, "run": run_id, "measurements": usable}
    model_file.write(path, header, {})
    return len(usable)


def read(path: Path) -> tuple[CpuModel, str]:
    """Return the model and the processor's name; ``InputError`` for any other file."""
    header = model_file.ModelFile(path).header
    if header.get("kind") != KIND:
        raise InputError(f"{path}: a model of GPUs; predict with it on a GPU of the catalogue")
    rows: Any = header.get("measurements")
    try:
        model = CpuModel.from_measurements([measurement_of(row) for row in rows])
    except (TypeError, json.JSONDecodeError) as error:
        raise InputError(f"{path}: a damaged model of a processor") from error
    return model, str(header.get("title", "cpu"))
