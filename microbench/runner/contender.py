"""One load: ``python -m microbench.runner.contender cpu|mem|gpu PARENT``, started by ``contend``.

It prints one line once it works, and works until it is killed or its parent dies.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""
ARRAY_BYTES = 2**27
"""128 MiB, twice: beyond the last-level cache of a core complex (32 to 96 MiB on today's CPUs)."""
ROUNDS = 200_000
SIDE = 4096
"""A product large enough to fill any GPU: 137 GFLOP."""


def main(arguments: list[str]) -> int:
    """Apply one pressure until killed; return 1 when the parent is gone already."""
    pressure, parent_pid = arguments[0], int(arguments[1])
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        return 1
    {"cpu": _spin, "mem": _copy, "gpu": _multiply}[pressure]()
    return 0


def _working() -> None:
    os.write(sys.stdout.fileno(), b"working\n")


def _spin() -> None:
    """Keep a core's integer units and its clock busy."""
    state, told = 1, False
    while True:
        for _ in range(ROUNDS):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        if not told:
            _working()
            told = True


def _copy() -> None:
    """Stream through two arrays that no cache holds, back and forth."""
    import numpy as np

    there = np.ones(ARRAY_BYTES // 8)
    back = np.zeros_like(there)
    np.copyto(back, there)
    _working()
    while True:
        np.copyto(back, there)
        np.copyto(there, back)


def _multiply() -> None:
    """Keep the multiprocessors of the GPU that is visible first busy with products."""
    import torch

    if not torch.cuda.is_available():
        raise SystemExit("torch sees no GPU to load")
    left = torch.randn(SIDE, SIDE, device="cuda", dtype=torch.float16)
    out = left @ left
    torch.cuda.synchronize()
    _working()
    while True:
        torch.mm(left, left, out=out)
        torch.cuda.synchronize()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
