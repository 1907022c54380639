"""One device of a machine, held and measured for a run that is kept elsewhere: lines in, lines out.

The far side of ``cluster.py``, and free of Ray: it does here what the runner does for a device of
its own machine (lock, telemetry, a child process a benchmark), and returns what it saw.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import replace

from microbench.benchmark import Measurement, Verdict
from microbench.devices.telemetry import Telemetry
from microbench.errors import HwprofError, InputError
from microbench.runner.environment import record
from microbench.runner.lock import device_lock
from microbench.runner.messages import answer_of, measured_line, request_of, task_of
from microbench.runner.observe import closing_facts, observed, readings_of, telemetry_of
from microbench.runner.process import Child, Fault
from microbench.runner.target import Target, targets
from microbench.store.records import device_of, device_text

FAULT, DEVICE, FACTS = "fault", "device", "facts"


class Station:
    """A device of this machine; its lock is held from the first request until ``leave``."""

    def __init__(self, device: str) -> None:
        """``device`` is ``cpu`` or a GPU's number."""
        self._device, self._held = device, ExitStack()
        self._target: Target | None = None
        self._telemetry: Telemetry | None = None
        self._child: Child | None = None

    def describe(self) -> bytes:
        """Return the device and its machine's environment record, or a fault."""
        try:
            target = self._hold()
        except HwprofError as error:
            return fault_line(Fault(Verdict.FAILED, str(error)))
        facts = {**record(sys.argv), **target.facts}
        return _line({DEVICE: device_text(target.spec), FACTS: facts, "lock_key": target.lock_key})

    def start(self, task: bytes, limit_s: float) -> bytes:
        """Start the process of a benchmark; return a fault, or nothing when it is ready."""
        self.stop()
        try:
            target = self._hold()
            mine = replace(task_of(task), parent_pid=os.getpid())
            self._child = Child(mine, target.variables)
        except HwprofError as error:
            return fault_line(Fault(Verdict.FAILED, str(error)))
        fault = self._child.wait_ready(limit_s)
        return b"" if fault is None else fault_line(fault)

    def measure(self, request: bytes, limit_s: float) -> bytes:
        """Measure a point; return its measurement, telemetry noted, or how it was lost."""
        if self._child is None:
            return fault_line(Fault(Verdict.FAILED, "the machine's process was started anew"))
        start_s = time.monotonic()
        answer = self._child.measure(request_of(request), limit_s)
        if isinstance(answer, Fault):
            return fault_line(answer)
        if self._telemetry is not None:
            readings = readings_of(self._telemetry, start_s, time.monotonic())
            answer = observed(answer, readings)
        return measured_line(answer)

    def running(self) -> bool:
        """Say whether the process can still be asked."""
        return self._child is not None and self._child.running

    def stop(self, kill: bool = False) -> None:
        """End the process: let it finish, or kill it."""
        child, self._child = self._child, None
        if child is None:
            return
        try:
            if kill:
                child.kill()
        finally:
            child.close()

    def leave(self) -> bytes:
        """Let go of the device; return the facts to keep at a run's end."""
        self.stop(kill=True)
        facts = closing_facts(self._telemetry)
        self._held.close()
        self._target = self._telemetry = None
        return _line(facts)

    def _hold(self) -> Target:
        if self._target is None:
            (target,) = targets(self._device)
            self._held.enter_context(device_lock(target.lock_key, target.spec.title))
            self._telemetry = self._held.enter_context(telemetry_of(target))
            self._target = target
        return self._target


def fault_line(fault: Fault) -> bytes:
    """Return a fault as one line."""
    reason = {"verdict": fault.verdict, "reason": fault.reason, "output": fault.output}
    return _line({FAULT: reason})


def reply_of(line: bytes) -> Measurement | Fault | None:
    """Return what ``start`` or ``measure`` said; ``InputError`` for a line that is neither."""
    if not line:
        return None
    found = fault_of(line)
    return answer_of(line) if found is None else found


def fault_of(line: bytes) -> Fault | None:
    """Return the fault in a line, or ``None`` if it holds something else."""
    try:
        fault = json.loads(line).get(FAULT)
        return fault and Fault(Verdict(fault["verdict"]), fault["reason"], fault["output"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"not an answer: {line[:80]!r}") from error


def target_of(line: bytes) -> Target:
    """Return the device in what ``describe`` said; its facts hold the machine's record."""
    found = json.loads(line)
    return Target(device_of(found[DEVICE]), found["lock_key"], facts=found[FACTS])


def _line(record: object) -> bytes:
    return json.dumps(record, separators=(",", ":")).encode()
