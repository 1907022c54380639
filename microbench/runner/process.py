"""One child process under supervision: start, ask, limit, kill as a group, say how it ended."""

from __future__ import annotations

import array
import contextlib
import fcntl
import os
import select
import selectors
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from microbench.benchmark import Measurement, Verdict
from microbench.errors import DeviceError, InputError
from microbench.runner.messages import Request, Task, answer_of, request_line, task_line

LONGEST_ANSWER_BYTES = 256 * 2**20
TAIL_BYTES = 4096
CHUNK_BYTES = 2**20
TERMINATE_S = 2.0
"""Time between SIGTERM and SIGKILL."""
GONE_S = 10.0
"""Time a killed process may take to go: beyond it a driver holds it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """How a point was lost without an answer."""

    verdict: Verdict
    reason: str
    output: str = ""
    """The end of what the process printed."""


class Child:
    """A process that measures points of one benchmark. Use as a context manager."""

    def __init__(self, task: Task, environment: Mapping[str, str] | None = None) -> None:
        """Start the process; ``task.event_fd`` is filled in here."""
        self._answers, theirs = os.pipe()
        asked, self._requests = os.pipe()
        self._printed, printing = os.pipe()
        self._buffer, self._tail = bytearray(), bytearray()
        self._killed_before = _oom_kills()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "microbench.runner.child"],
                stdin=asked,
                stdout=printing,
                stderr=printing,
                pass_fds=(theirs,),
                start_new_session=True,
                env=_environment(environment or {}),
            )
        except OSError as error:
            raise DeviceError(f"cannot start a measuring process: {error.strerror}") from error
        finally:
            for descriptor in (theirs, asked, printing):
                os.close(descriptor)
        self._exit = _exit_descriptor(self._process.pid)
        self._selector = selectors.DefaultSelector()
        for descriptor in (self._answers, self._printed, self._exit):
            os.set_blocking(descriptor, False)
            self._selector.register(descriptor, selectors.EVENT_READ)
        self._say(task_line(replace(task, event_fd=theirs)))

    def wait_ready(self, limit_s: float) -> Fault | None:
        """Wait until the benchmark is imported; return what went wrong, or ``None``."""
        answer = self._answer(limit_s, "starting")
        if isinstance(answer, Measurement):
            return self._give_up("answered before it was asked")
        return answer

    def measure(self, request: Request, limit_s: float) -> Measurement | Fault:
        """Measure a point; at ``limit_s`` the process is killed and the point timed out."""
        self._say(request_line(request))
        answer = self._answer(limit_s, "measuring")
        if answer is None or (isinstance(answer, Measurement) and answer.point != request.point):
            return self._give_up("answered for another point")
        return answer

    @property
    def running(self) -> bool:
        """Whether the process can still be asked."""
        return self._process.returncode is None and not select.select([self._exit], [], [], 0)[0]

    def kill(self) -> None:
        """End the whole process group: SIGTERM, then SIGKILL; ``DeviceError`` if it stays."""
        if self._process.returncode is not None:
            return
        for number, patience_s in ((signal.SIGTERM, TERMINATE_S), (signal.SIGKILL, GONE_S)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            if self._wait_exit(patience_s):
                self._reap()
                return
        raise DeviceError(
            f"pid {self._process.pid} does not die: the driver holds it; the machine may need "
            "a reset of that device"
        )

    def close(self) -> None:
        """Let the process end by itself, then make sure it has."""
        os.close(self._requests)
        try:
            if self._process.returncode is None and self._wait_exit(TERMINATE_S):
                self._reap()
            self.kill()
        finally:
            self._selector.close()
            for descriptor in (self._answers, self._printed, self._exit):
                os.close(descriptor)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        try:
            if kind is not None:
                self.kill()
        finally:
            self.close()

    def _say(self, line: bytes) -> None:
        """Write a line; a process that died is noticed when its answer is awaited."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._requests, line)

    def _answer(self, limit_s: float, doing: str) -> Measurement | Fault | None:
        deadline = time.monotonic() + limit_s
        while (line := self._next_line()) is None:
            if len(self._buffer) > LONGEST_ANSWER_BYTES:
                return self._give_up("sent an answer without an end")
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                self.kill()
                reason = f"still {doing} after {limit_s:.0f} s: killed"
                return Fault(Verdict.TIMED_OUT, reason, self._output())
            if self._wait(left_s) and b"\n" not in self._buffer:
                return self._ended()
        try:
            return answer_of(line)
        except InputError as error:
            return self._give_up(f"sent {error}")

    def _wait(self, patience_s: float) -> bool:
        """Sleep until something happens, read it, and say whether the process has ended."""
        ready = {key.fd for key, _ in self._selector.select(patience_s)}
        if self._printed in ready:
            self._read(self._printed, self._tail)
            del self._tail[:-TAIL_BYTES]
        if self._answers in ready:
            self._read(self._answers, self._buffer)
        return self._exit in ready and not self._more_to_read()

    def _next_line(self) -> bytes | None:
        end = self._buffer.find(b"\n")
        if end < 0:
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _read(self, descriptor: int, into: bytearray) -> None:
        """Read what is there, at most a chunk; an ended pipe is no longer watched."""
        part = os.read(descriptor, CHUNK_BYTES)
        into += part
        if not part:
            self._selector.unregister(descriptor)

    def _more_to_read(self) -> bool:
        """Say whether a pipe of an ended process still holds something."""
        pipes = {self._answers, self._printed}
        return any(
            key.fd in pipes and _waiting_bytes(key.fd) for key, _ in self._selector.select(0)
        )

    def _give_up(self, why: str) -> Fault:
        self.kill()
        return Fault(Verdict.FAILED, f"the process {why}", self._output())

    def _ended(self) -> Fault:
        """Reap a process that ended without an answer and say how it ended."""
        self._reap()
        out_of_memory = _oom_kills() > self._killed_before
        return Fault(
            Verdict.FAILED,
            ending(self._process.returncode or 0, self._output(), out_of_memory),
            self._output(),
        )

    def _wait_exit(self, patience_s: float) -> bool:
        """Wait for the exit while reading, so that a full pipe cannot keep the process."""
        deadline = time.monotonic() + patience_s
        while (left_s := deadline - time.monotonic()) > 0:
            if self._wait(left_s):
                return True
            if len(self._buffer) > LONGEST_ANSWER_BYTES:
                self._buffer.clear()
        return False

    def _reap(self) -> None:
        """Kill what is left of the group, whose number the dead leader still holds, then reap."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _output(self) -> str:
        return self._tail.decode(errors="replace").strip()


def ending(code: int, output: str, out_of_memory: bool = False) -> str:
    """Say in a few words how a process ended."""
    if code == -signal.SIGKILL and out_of_memory:
        return "out of memory: the kernel killed the process"
    if code < 0:
        return f"the process died of {signal.Signals(-code).name}"
    last = output.splitlines()[-1][:300] if output else "it printed nothing"
    return f"the process ended with code {code}: {last}"


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the child's environment; it finds modules exactly where this process does."""
    places = [place or str(Path.cwd()) for place in sys.path]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), **extra}


def _oom_kills(file: Path = Path("/proc/vmstat")) -> int:
    with contextlib.suppress(OSError):
        for line in file.read_text(encoding="ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0


def _exit_descriptor(pid: int) -> int:
    """Return a descriptor that becomes readable when a child process ends; it is not reaped.

    Kernels before 5.3 and some sandboxes have no pidfd: there a thread that sleeps in waitid(2)
    closes a pipe.
    """
    try:
        return os.pidfd_open(pid)
    except OSError:
        ended, open_end = os.pipe()

    def wait() -> None:
        with contextlib.suppress(ChildProcessError):
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        os.close(open_end)

    threading.Thread(target=wait, name=f"wait-{pid}", daemon=True).start()
    return ended


def _waiting_bytes(descriptor: int) -> int:
    count = array.array("i", [0])
    fcntl.ioctl(descriptor, termios.FIONREAD, count)
    return count[0]
