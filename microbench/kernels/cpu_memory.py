"""Memory for CPU benchmarks: pages of a known size, aligned arrays, and the random ring."""

from __future__ import annotations

import mmap
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microbench.errors import UnsupportedError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LINE_BYTES = 64
SMALL_PAGE = 4096
HUGE_PAGE = 2 * 1024 * 1024
THP_ENABLED = Path("/sys/kernel/mm/transparent_hugepage/enabled")


@dataclass(frozen=True, slots=True)
class Block:
    """``size_bytes`` of zeroed, touched memory on pages of one size; lives as long as ``owner``."""

    address: int
    size_bytes: int
    owner: Any
    page_bytes: int = SMALL_PAGE

    def view(self, dtype: str) -> npt.NDArray[Any]:
        """Return the block as a flat array."""
        import numpy as np

        offset = self.address - _address(self.owner)
        return np.frombuffer(self.owner, dtype=np.uint8)[offset : offset + self.size_bytes].view(
            dtype
        )


def huge_pages_problem() -> str:
    """Return "" where transparent huge pages can be asked for, else why not."""
    try:
        modes = THP_ENABLED.read_text()
    except OSError:
        return "this kernel has no transparent huge pages"
    return "" if "[never]" not in modes else "transparent huge pages are off (set to madvise)"


def allocate(size_bytes: int, page_bytes: int = SMALL_PAGE) -> Block:
    """Map and touch 4 KiB or 2 MiB pages; ``UnsupportedError`` if the latter are refused."""
    import numpy as np

    padded = -(-size_bytes // HUGE_PAGE) * HUGE_PAGE
    owner = mmap.mmap(-1, padded + HUGE_PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    huge = page_bytes == HUGE_PAGE
    owner.madvise(mmap.MADV_HUGEPAGE if huge else mmap.MADV_NOHUGEPAGE)
    base = _address(owner)
    address = -(-base // HUGE_PAGE) * HUGE_PAGE
    touched = np.frombuffer(owner, dtype=np.uint8)
    touched[address - base : address - base + padded : SMALL_PAGE] = 0
    if huge and huge_bytes(address) < 0.9 * padded:
        raise UnsupportedError("the kernel did not give huge pages: free memory is fragmented")
    return Block(address, size_bytes, owner, page_bytes)


def allocate_large(size_bytes: int) -> Block:
    """Map on 2 MiB pages where the kernel gives them, else on 4 KiB; ``page_bytes`` says which."""
    if huge_pages_problem():
        return allocate(size_bytes)
    try:
        return allocate(size_bytes, HUGE_PAGE)
    except UnsupportedError:
        return allocate(size_bytes)


def huge_bytes(address: int) -> int:
    """Return how many bytes of the mapping that holds ``address`` lie on huge pages."""
    inside = False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        bounds = re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line)
        if bounds:
            inside = int(bounds[1], 16) <= address < int(bounds[2], 16)
        elif inside and line.startswith("AnonHugePages:"):
            return int(line.split()[1]) * 1024
    return 0


def write_ring(block: Block, nodes: npt.NDArray[np.int64], rng: np.random.Generator) -> int:
    """Write a random Hamiltonian cycle over lines ``nodes`` of a block; return a first address.

    Each line's first word holds the address of the next line: one cycle visits every node once, in
    an order no prefetcher follows.
    """
    import numpy as np

    order = rng.permutation(nodes)
    words = block.view("u8")[:: LINE_BYTES // 8]
    words[order] = np.uint64(block.address) + np.roll(order, -1).astype("u8") * LINE_BYTES
    return block.address + int(order[0]) * LINE_BYTES


def ring_length(block: Block, start: int) -> int:
    """Return how many lines a walk from ``start`` visits before it comes back."""
    words = block.view("u8")[:: LINE_BYTES // 8]
    steps, at = 0, start
    while True:
        at = int(words[(at - block.address) // LINE_BYTES])
        steps += 1
        if at == start or steps > len(words):
            return steps


def _address(owner: Any) -> int:
    import numpy as np

    return int(np.frombuffer(owner, dtype=np.uint8).ctypes.data)
