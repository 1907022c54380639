"""Samples as columns: little-endian doubles, exact, 8 bytes a number, readable by numpy and R.

A point keeps up to some ten thousand samples. As JSON text one takes about 60 bytes and a slow
parse; as columns 17 to 25 bytes and one copy, with the standard library alone.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from microbench.benchmark import Sample
from microbench.errors import InputError, plainly


@dataclass(frozen=True, slots=True)
class SampleColumns:
    """Samples in drawing order. ``reasons`` is a JSON list; ``discarded`` holds indices into it.

    ``cpu_time_s`` and ``clock_hz`` are ``None`` when no sample has one; else NaN is a missing one.
    """

    time_s: bytes
    cpu_time_s: bytes | None
    clock_hz: bytes | None
    discarded: bytes
    reasons: str


def pack(samples: Sequence[Sample]) -> SampleColumns:
    """Turn samples into columns; ``InputError`` for a time that is not finite."""
    reasons = list(dict.fromkeys(["", *(sample.discarded for sample in samples)]))
    if len(reasons) > 256:
        raise InputError(f"{len(reasons)} different reasons to discard samples: more than 256")
    if not all(math.isfinite(sample.time_s) for sample in samples):
        raise InputError("a sample's time is not a finite number")
    return SampleColumns(
        time_s=_doubles(sample.time_s for sample in samples),
        cpu_time_s=_optional([sample.cpu_time_s for sample in samples]),
        clock_hz=_optional([sample.clock_hz for sample in samples]),
        discarded=bytes(reasons.index(sample.discarded) for sample in samples),
        reasons=json.dumps(reasons),
    )


def unpack(columns: SampleColumns) -> tuple[Sample, ...]:
    """Read back what ``pack`` wrote; ``InputError`` when the columns do not fit together."""
    try:
        times = _numbers(columns.time_s)
        count = len(times)
        reasons = [str(reason) for reason in json.loads(columns.reasons)]
        cpu = _filled(columns.cpu_time_s, count)
        clock = _filled(columns.clock_hz, count)
        words = [reasons[index] for index in columns.discarded]
        return tuple(
            Sample(time_s, cpu_time_s, clock_hz, word)
            for time_s, cpu_time_s, clock_hz, word in zip(times, cpu, clock, words, strict=True)
        )
    except (IndexError, TypeError, ValueError) as error:
        raise InputError(f"the samples are damaged: {plainly(error)}") from error


def _doubles(values: Iterable[float]) -> bytes:
    packed = array("d", values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _numbers(blob: bytes) -> list[float]:
    packed = array("d")
    packed.frombytes(blob)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tolist()


def _optional(values: list[float | None]) -> bytes | None:
    if all(value is None for value in values):
        return None
    return _doubles(math.nan if value is None else value for value in values)


def _filled(blob: bytes | None, count: int) -> list[float | None]:
    if blob is None:
        return [None] * count
    return [None if math.isnan(value) else value for value in _numbers(blob)]
