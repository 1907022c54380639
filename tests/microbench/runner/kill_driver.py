"""Resume a fake run in a store, saying on stdout each point the store acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

import runner_fakes

from microbench.benchmark import Measurement, Point
from microbench.runner.sweep import Job, sweep
from microbench.store import open_store


class Teller:
    def point_started(self, point: Point) -> None:
        pass

    def point_done(self, measurement: Measurement) -> None:
        sys.stdout.write(f"{measurement.point.key}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with open_store(Path(sys.argv[1])) as store:
        run = store.runs()[0]
        sweep(Job(store, run, runner_fakes.BENCHMARKS, modules=("runner_fakes",)), Teller())
