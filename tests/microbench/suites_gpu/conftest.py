"""A GPU made of Python: memory that can be read and written, launches that run a function."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import numpy as np
import pytest
from cuda_tools import cuda_tools  # noqa: F401 - an autouse fixture

from microbench.kernels.cuda_device import Facts

CLOCK_HZ = 1.5e9


class FakeGpu:
    """Keeps device memory in one array; ``programs`` maps an entry to what its launch does.

    A program gets the GPU, the launch and the argument values and returns the cycles of the short
    and of the long loop; the stamps and the three clocks follow from them.
    """

    def __init__(self, capability: str = "9.0", l2_bytes: int = 1 << 16) -> None:
        self.facts = Facts("Fake", "0" * 32, capability, 4, l2_bytes, 1 << 30, CLOCK_HZ, 227 << 10)
        self.memory = np.zeros(1 << 24, np.uint8)
        self.used = 4096
        self.programs: dict[str, Callable] = {}
        self.launches: list[str] = []
        self.event_factor = 1.0
        self.clusters: int | None = None
        self.clock_hz = CLOCK_HZ

    def function(self, code, entry):
        assert code
        return entry

    def allocate(self, size_bytes):
        address = -(-self.used // 256) * 256
        self.used = address + size_bytes
        assert self.used <= self.memory.size, "the fake GPU is full"
        return address

    def release(self):
        self.used = 4096

    def upload(self, address, data):
        flat = np.ascontiguousarray(data).view(np.uint8).reshape(-1)
        self.memory[address : address + flat.size] = flat

    def download(self, address, data):
        flat = data.reshape(-1).view(np.uint8)
        flat[:] = self.memory[address : address + flat.size]

    def clear(self, address, size_bytes):
        self.memory[address : address + size_bytes] = 0

    def view(self, address, count, kind):
        size = np.dtype(kind).itemsize * count
        return self.memory[address : address + size].view(kind)

    def launch(self, function, launch, arguments):
        values = [value for value, _ in arguments]
        for value, kind in arguments:
            assert kind is None or kind(value).value == value, "an argument does not fit its type"
        self.launches.append(function)
        return self.programs[function](self, launch, values)

    def clusters_at_once(self, function, launch):
        return self.clusters

    def timed(self, work):
        seconds = 0.0
        for function, launch, arguments in work:
            first, second = self.launch(function, launch, arguments)
            cycles = first + second
            span_ns = round(cycles / self.clock_hz * 1e9)
            stamps = self.view(arguments[0][0], 6 * launch.grid, np.uint64).reshape(-1, 6)
            for block in range(launch.grid):
                start = 1000 + block
                stamps[block] = (start, start + first, start + cycles, 50, 50 + span_ns, block)
            seconds += span_ns * 1e-9 * self.event_factor
        return seconds

    def synchronize(self):
        pass

    def graph(self, work):
        return list(work)

    def replay(self, graph):
        for function, launch, arguments in graph:
            self.launch(function, launch, arguments)

    def tensor_map(self, address, rows, row_bytes, box_rows):
        return ctypes.c_void_p(address), None


def chase(step_cycles: int):
    """A walk through real pointers in the fake's memory."""

    def run(gpu, launch, values):
        _, first, warm, trips, last, ring, _, alone = values
        last += 16 * alone
        node = first
        shared = bool(ring)
        for walked, count in enumerate((warm, trips)):
            for _ in range(count * 32):
                if shared:
                    node = 4 * int(gpu.view(ring + node, 1, np.uint32)[0])
                else:
                    node = int(gpu.view(node, 1, np.uint64)[0])
            gpu.view(last, 2, np.uint64)[walked] = node + (65536 if shared else 0)
        return 0, trips * 32 * step_cycles

    return run


def fill(gpu, launch, values):
    address, count, factor, offset = values
    words = np.arange(4 * count, dtype=np.uint64) * np.uint64(factor) + np.uint64(offset)
    gpu.upload(address, words.astype(np.uint32))


@pytest.fixture
def gpu():
    fake = FakeGpu()
    for space, cycles in (("shared", 29), ("l1", 38), ("l2", 265)):
        fake.programs[f"chase_{space}"] = chase(cycles)
    fake.programs["support_memory_fill"] = fill
    return fake


@pytest.fixture
def blackwell():
    """A data-centre Blackwell of the same making."""
    return FakeGpu("10.0")
