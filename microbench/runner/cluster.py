"""Devices of a Ray cluster measured, one run each: an actor a device, the caller the only writer.

Ray places the actors, notices machines that go, and starts a lost actor anew; the point that was
being measured there is recorded as failed and the next one gets a fresh process, as on one machine.
What is measured and how stands in ``sweep`` and ``station``; nothing here times anything.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from microbench.benchmark import Measurement, Verdict
from microbench.errors import DeviceError, InputError
from microbench.runner.environment import source_sha256
from microbench.runner.messages import Request, Task, request_line, task_line
from microbench.runner.process import Fault
from microbench.runner.station import Station, fault_of, reply_of, target_of
from microbench.runner.target import Target

LOOK_S = 0.25
"""Time between two looks at whether the user has interrupted."""
GRACE_S = 30.0
"""Time a machine gets beyond a request's own limit before it counts as lost."""
STARTS = 3
"""Times a lost actor is started anew."""
KINDS = ("cpu", "gpu", "all")
_REPEATABLE = ("describe", "start")
"""Requests that Ray may repeat when the actor was lost; a measurement is not one."""
REACH_S = 10.0
"""Time a cluster's address has to accept a connection; Ray itself would try for minutes."""


class LostError(Exception):
    """A machine did not answer; never leaves this module."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place of the cluster where an actor may hold a device."""

    node: str
    host: str
    kind: str
    """``cpu`` or ``gpu``."""
    cores: float
    """Cores to reserve: all of a machine whose processor is measured, else one."""


class Machine:
    """A device on a machine of the cluster, held by an actor."""

    def __init__(self, seat: Seat, ray: Any, stopping: threading.Event) -> None:
        """Ask Ray for the actor; it starts when the seat is free."""
        self.seat, self._ray, self._stopping = seat, ray, stopping
        strategy = ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy(seat.node, False)
        actor = ray.remote(_Seated).options(
            num_cpus=seat.cores,
            num_gpus=1 if seat.kind == "gpu" else 0,
            scheduling_strategy=strategy,
            max_restarts=STARTS,
        )
        self._actor = actor.remote(seat.kind)

    def target(self, limit_s: float) -> Target:
        """Return the device; ``DeviceError`` if it cannot be held or runs another hwprof."""
        try:
            line = self.ask("describe", limit_s=limit_s)
        except LostError as error:
            raise DeviceError(f"{self.seat.host}: {error}") from error
        fault = fault_of(line)
        if fault is not None:
            raise DeviceError(f"{self.seat.host}: {fault.reason}")
        target = target_of(line)
        if target.facts.get("source_sha256") != source_sha256():
            raise DeviceError(
                f"{self.seat.host} has another version of hwprof than this machine: "
                "install the same one"
            )
        return target

    def start(self, task: Task, _environment: Mapping[str, str]) -> FarChild:
        """Start the process of a benchmark over there (``Job.start``)."""
        return FarChild(self, task)

    def leave(self) -> dict[str, object]:
        """Let go of the device; return the facts to keep at the run's end."""
        try:
            facts = json.loads(self.ask("leave", limit_s=GRACE_S))
        except (LostError, KeyboardInterrupt):
            facts = {}
        self.kill()
        return dict(facts)

    def kill(self) -> None:
        """End the actor and what it started."""
        with suppress(Exception):  # Ray raises of many kinds for an actor already gone
            self._ray.kill(self._actor)

    def ask(self, what: str, *given: object, limit_s: float) -> bytes:
        """Return an answer; ``LostError`` without one, ``KeyboardInterrupt`` when stopped."""
        method = getattr(self._actor, what)
        if what in _REPEATABLE:
            method = method.options(max_task_retries=STARTS)
        reference = method.remote(*given)
        waited_s = 0.0
        while waited_s < limit_s:
            if self._stopping.is_set() and what != "leave":
                raise KeyboardInterrupt
            ready, _ = self._ray.wait([reference], timeout=LOOK_S)
            if ready:
                return self._answer(reference)
            waited_s += LOOK_S
        self._ray.kill(self._actor, no_restart=False)
        raise LostError(f"no answer in {limit_s:.0f} s: the process there was ended")

    def _answer(self, reference: Any) -> bytes:
        try:
            return bytes(self._ray.get(reference))
        except self._ray.exceptions.RayError as error:
            name = type(error).__name__
            raise LostError(f"the machine or its process was lost ({name})") from error


class FarChild:
    """A benchmark's process on another machine (``sweep.Measurer``)."""

    def __init__(self, machine: Machine, task: Task) -> None:
        """Nothing starts before ``wait_ready``."""
        self._machine, self._task, self._up = machine, task, False

    @property
    def running(self) -> bool:
        """Whether the process can still be asked."""
        return self._up

    def wait_ready(self, limit_s: float) -> Fault | None:
        """Start the process and wait until the benchmark is imported there."""
        answer = self._told("start", task_line(self._task), limit_s)
        if isinstance(answer, Measurement):
            return Fault(Verdict.FAILED, f"{self._machine.seat.host} answered before it was asked")
        self._up = answer is None
        return answer

    def measure(self, request: Request, limit_s: float) -> Measurement | Fault:
        """Measure a point over there; a machine that is lost is the point's fault."""
        answer = self._told("measure", request_line(request), limit_s)
        if not isinstance(answer, Measurement):
            self._up = False
        return answer or Fault(Verdict.FAILED, f"{self._machine.seat.host} sent nothing")

    def kill(self) -> None:
        """End the process over there."""
        self._up = False
        with suppress(LostError, KeyboardInterrupt):
            self._machine.ask("stop", True, limit_s=GRACE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._up = False
        with suppress(LostError, KeyboardInterrupt):
            self._machine.ask("stop", kind is not None, limit_s=GRACE_S)

    def _told(self, what: str, line: bytes, limit_s: float) -> Measurement | Fault | None:
        try:
            return reply_of(self._machine.ask(what, line, limit_s, limit_s=limit_s + GRACE_S))
        except (LostError, InputError) as error:
            return Fault(Verdict.FAILED, f"{self._machine.seat.host}: {error}")


class _Seated:
    """The actor: a station for the device that Ray gave it."""

    def __init__(self, kind: str) -> None:
        device = kind
        if kind == "gpu":
            import ray

            device = str(ray.get_gpu_ids()[0])
        self._station = Station(device)

    def describe(self) -> bytes:
        return self._station.describe()

    def start(self, task: bytes, limit_s: float) -> bytes:
        return self._station.start(task, limit_s)

    def measure(self, request: bytes, limit_s: float) -> bytes:
        return self._station.measure(request, limit_s)

    def stop(self, kill: bool) -> bytes:
        self._station.stop(kill)
        return b""

    def leave(self) -> bytes:
        return self._station.leave()


@dataclass(frozen=True, slots=True)
class Cluster:
    """A connected cluster."""

    seats: tuple[Seat, ...]
    ray: Any
    stopping: threading.Event

    def machine(self, seat: Seat) -> Machine:
        """Hold a device of the cluster."""
        return Machine(seat, self.ray, self.stopping)


@contextmanager
def connect(address: str, kind: str) -> Iterator[Cluster]:
    """Connect to a Ray cluster (``auto`` or ``HOST:PORT``) and find its devices of a kind.

    ``kind`` is ``cpu``, ``gpu`` or ``all``. ``DeviceError`` without Ray, without a cluster at the
    address or without such a device in it; ``InputError`` for another kind.
    """
    if kind not in KINDS:
        raise InputError(f"--device {kind!r}: with --cluster it is {', '.join(KINDS)}")
    try:
        import ray
        import ray.util.scheduling_strategies
    except ImportError as error:
        raise DeviceError("--cluster needs Ray: pip install 'hwprof[cluster]'") from error
    try:
        _reach(address)
        ray.init(address=address, log_to_driver=False, logging_level="error")
    except Exception as error:  # Ray raises a bare Exception for a node that does not start in time
        raise DeviceError(
            f"--cluster {address}: no Ray cluster answers ({str(error).splitlines()[0]}); "
            "start one by `ray start --head`"
        ) from error
    try:
        seats = seats_of(ray.nodes(), kind)
        if not seats:
            raise DeviceError(f"--cluster {address}: no {kind} in it")
        yield Cluster(seats, ray, threading.Event())
    finally:
        ray.shutdown()


def _reach(address: str) -> None:
    """Raise ``OSError`` or ``ValueError`` if nothing listens at ``HOST:PORT``."""
    if ":" in address:
        host, _, port = address.rpartition(":")
        socket.create_connection((host, int(port)), REACH_S).close()


def seats_of(nodes: Sequence[Mapping[str, Any]], kind: str) -> tuple[Seat, ...]:
    """Return where devices of a kind are, GPUs before the processor of each machine."""
    seats = []
    for node in sorted(nodes, key=lambda one: str(one["NodeManagerHostname"])):
        if not node["Alive"]:
            continue
        resources = node["Resources"]
        where = (str(node["NodeID"]), str(node["NodeManagerHostname"]))
        cores = float(resources.get("CPU", 0.0))
        if kind in ("gpu", "all"):
            seats += [Seat(*where, "gpu", min(1.0, cores))] * int(resources.get("GPU", 0))
        if kind in ("cpu", "all") and cores:
            seats.append(Seat(*where, "cpu", cores))
    return tuple(seats)
