"""A processor's model as a file: the measurements it predicts from, and nothing that can run.

The model is a function of a run's library calls and rates, so the file keeps those (samples apart)
as JSON in the header of the same archive GPU models use: a laptop can predict for a server.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from costmodel.analytic.cpu_model import CpuModel
from costmodel.learned import model_file
from microbench.benchmark import Measurement, Verdict
from microbench.errors import InputError
from microbench.store.records import measurement_of, measurement_row
from microbench.units import plural

KIND = "cpu"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a processor's model rests on."""

    title: str
    """The processor's name."""
    points: int
    noisy: int
    """Points whose interval stayed wider than was asked for."""

    def __str__(self) -> str:
        """Say it in one phrase."""
        return f"{self.title}, {self.points} {plural('point', self.points)}, {self.noisy} noisy"


def write(path: Path, title: str, run_id: str, measurements: Sequence[Measurement]) -> Basis:
    """Write a run's usable measurements, say what they are; ``InputError`` if too few."""
    CpuModel.from_measurements(measurements)
    usable = [one for one in measurements if one.value is not None]
    basis = _basis(title, usable)
    header = {
        "kind": KIND,
        "title": title,
        "run": run_id,
        "points": basis.points,
        "noisy": basis.noisy,
        "measurements": [measurement_row(one) for one in measurements if _kept(one)],
    }
    model_file.write(path, header, {})
    return basis


def _kept(one: Measurement) -> bool:
    """Say whether a point tells something: a rate, or that the processor has no such thing."""
    return one.value is not None or one.verdict is Verdict.UNSUPPORTED


def _basis(title: str, measurements: Sequence[Measurement]) -> Basis:
    valued = [one for one in measurements if one.value is not None]
    noisy = sum(one.verdict is Verdict.NOISY for one in valued)
    return Basis(title, len(valued), noisy)


def read(path: Path) -> tuple[CpuModel, Basis]:
    """Return the model and what it rests on; ``InputError`` for any other file."""
    header = model_file.ModelFile(path).header
    if header.get("kind") != KIND:
        raise InputError(f"{path}: a model of GPUs; predict with it on a GPU of the catalogue")
    rows: Any = header.get("measurements")
    try:
        measurements = [measurement_of(row) for row in rows]
        model = CpuModel.from_measurements(measurements)
    except (TypeError, json.JSONDecodeError) as error:
        raise InputError(f"{path}: a damaged model of a processor") from error
    return model, _basis(str(header.get("title", "cpu")), measurements)
