"""Which run of a store the CPU's predictions come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sample_runs import a_run

from hwprof.prediction import cpu_run
from microbench.devices.detect import local_cpu
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError
from microbench.store import open_store
from microbench.store.run import Run, RunState


def add(store: Path, name: str, count: int, spec: DeviceSpec) -> None:
    measurements = a_run()[:count]
    with open_store(store) as opened:
        run = Run(name, "", spec, datetime.now(UTC), RunState.COMPLETE, {})
        opened.start_run(run, [one.point for one in measurements])
        for one in measurements:
            opened.acknowledge(run, one)


def test_a_later_partial_or_foreign_run_hides_nothing(tmp_path: Path) -> None:
    store, here = tmp_path / "s.sqlite", local_cpu()
    add(store, "20260101-000000-aaaaaa", 99, here)
    add(store, "20260102-000000-bbbbbb", 1, here)
    add(store, "20260103-000000-cccccc", 99, replace(here, title="Another CPU"))
    run, measurements, _ = cpu_run(store)
    assert run.id == "20260101-000000-aaaaaa"
    assert len(measurements) == len(a_run())


def test_without_a_usable_run_the_next_step_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run `hwprof bench` first"):
        cpu_run(tmp_path / "none.sqlite")
    add(tmp_path / "s.sqlite", "20260101-000000-aaaaaa", 1, local_cpu())
    with pytest.raises(InputError, match="library calls"):
        cpu_run(tmp_path / "s.sqlite")
