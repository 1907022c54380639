"""A sweep over fake benchmarks, in real child processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import runner_fakes
from runner_support import Heard, Swept, fake_run

from microbench.runner.sweep import Job, sweep
from microbench.store import open_store


@pytest.fixture
def run_fakes(tmp_path: Path) -> Callable[..., Swept]:
    """Sweep the fake benchmarks of these names and return what became of them."""

    def run_them(*names: str, processes: int = 1, deadline: float = float("inf")) -> Swept:
        chosen = tuple(one for one in runner_fakes.BENCHMARKS if one.name in names)
        run, points = fake_run(chosen, processes)
        store = open_store(tmp_path / "store.sqlite")
        store.start_run(run, points)
        heard = Heard()
        job = Job(store, run, chosen, modules=("runner_fakes",), deadline=deadline)
        state = sweep(job, heard)
        return Swept(state, store, run, heard)

    return run_them
