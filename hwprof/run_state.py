"""How far a run came, as told: one whose process is gone was interrupted."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence

from microbench.devices.spec import DeviceKind
from microbench.store.run import Run, RunState


def told_states(runs: Sequence[Run]) -> dict[str, RunState]:
    """Return each run's state by id; ``runs`` are all of a store, oldest first.

    A kill, a power cut or a full disk leaves a run as ``running``. On this machine that is believed
    of the newest such run of a device alone, and only while the process that locked it lives. A run
    of another machine is told as it stands.
    """
    here = hashlib.sha256(platform.node().encode()).hexdigest()[:16]
    newest: dict[str, str] = {}
    for run in runs:
        if run.state is RunState.RUNNING:
            newest[_lock(run)] = run.id
    return {run.id: _state(run, here, newest) for run in runs}


def _state(run: Run, here: str, newest: dict[str, str]) -> RunState:
    from microbench.runner.lock import measuring

    if run.state is not RunState.RUNNING or run.environment.get("host_sha256") != here:
        return run.state
    lives = newest[_lock(run)] == run.id and measuring(_lock(run))
    return RunState.RUNNING if lives else RunState.INTERRUPTED


def _lock(run: Run) -> str:
    """Return what the lock of a run's device is called."""
    if run.device_spec.kind is DeviceKind.CPU:
        return "cpu"
    return str(run.environment.get("gpu_uuid_sha256", run.device))
