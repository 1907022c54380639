"""Python's cyclic garbage collector, kept from looking at a module while it is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make objects without the collector, which is back as it was however the block ends.

    A module is millions of small objects without a cycle, freed by their reference counts. The
    collector would look at all of them again and again as they grow more: it triples the time of
    reading. One look, when the outermost block ends, is left of it: who reads and then costs puts
    one block around both.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
