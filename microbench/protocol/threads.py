"""Run the same native loop on several threads at once and time the whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from types import TracebackType


class Team:
    """Threads that start a round together and are waited for together.

    Each worker's loop must release the interpreter lock (native code called through ctypes does).
    """

    def __init__(self, workers: Sequence[Callable[[int], object]]) -> None:
        self._begin = threading.Barrier(len(workers) + 1)
        self._end = threading.Barrier(len(workers) + 1)
        self._iterations = 0
        self._threads = [
            threading.Thread(target=self._serve, args=(worker,), daemon=True) for worker in workers
        ]
        for thread in self._threads:
            thread.start()

    def __call__(self, iterations: int) -> None:
        """Run every worker's loop ``iterations`` times and return when the last one is done."""
        self._iterations = iterations
        self._begin.wait()
        self._end.wait()

    def __enter__(self) -> Team:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._begin.abort()

    def _serve(self, worker: Callable[[int], object]) -> None:
        while True:
            try:
                self._begin.wait()
            except threading.BrokenBarrierError:
                return
            worker(self._iterations)
            self._end.wait()
