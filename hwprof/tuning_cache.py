"""Measurements of a tuning kept by content: the same space, device and results go on from there."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from costmodel.blocks.results import Recording
from costmodel.blocks.space import Space
from costmodel.blocks.space_files import write_t1
from costmodel.blocks.tuning import Row
from microbench.store.files import replacing, translated


@dataclass(slots=True)
class Cache:
    """One file of measurements, written whole after each of them."""

    path: Path
    measured: list[tuple[Row, float]] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        space: Space,
        device: str,
        history: Sequence[Recording],
        recorded: Recording | None,
        also: Sequence[str] = (),
    ) -> Cache:
        """Return the cache whose name is the content of everything the tuning depends on."""
        digest = hashlib.sha256(json.dumps([write_t1(space), device, *also]).encode())
        for recording in (*history, *((recorded,) if recorded else ())):
            digest.update(recording.device.encode())
            digest.update(json.dumps(recording.configurations[:1]).encode())
            digest.update(recording.time_s.tobytes())
        home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        return cls(Path(home) / "hwprof" / "tune" / f"{digest.hexdigest()[:32]}.json")

    def load(self) -> list[tuple[Row, float]]:
        """Return earlier measurements in order; none where the file is missing or torn."""
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))["measured"]
            self.measured = [(row, math.nan if t is None else float(t)) for row, t in rows]
        except (OSError, ValueError, KeyError, TypeError):
            self.measured = []
        return list(self.measured)

    def remembering(self, measure: Callable[[Row], float]) -> Callable[[Row], float]:
        """Return ``measure`` with every result written down before it is used."""

        def timed(row: Row) -> float:
            time_s = measure(row)
            self.measured.append((row, time_s))
            self._write()
            return time_s

        return timed

    def _write(self) -> None:
        with translated(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        rows = [(row, t if math.isfinite(t) else None) for row, t in self.measured]
        with replacing(self.path) as part:
            part.write_text(json.dumps({"schema": "hwprof.tune-cache/1", "measured": rows}))
