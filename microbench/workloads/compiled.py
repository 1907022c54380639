"""The fused variant most users run: the plain one, handed to ``torch.compile``.

On a GPU it generates Triton kernels, on a CPU C++ with OpenMP: one program, so what it computes can
be checked without a GPU. Loops of Python are unrolled and sizes are compiled in, as for a model
that serves one shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from microbench.workloads.workload import UNFUSED, Shape, Workload

if TYPE_CHECKING:
    import torch

COMPILED = "torch-compile"
HOST_ONLY = {"sparse-product": "its variants are NumPy's and SciPy's"}
"""Workloads a compiler of tensor programs has nothing to do with, and why."""


def with_compiled(workload: Workload) -> Workload:
    """Return the workload with its unfused variant compiled, as one more variant.

    Compiling happens at the first call of each shape.
    """
    made: dict[tuple[tuple[str, int], ...], Callable[..., Any]] = {}

    def call(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
        import torch

        key = tuple(sorted(shape.items()))
        if key not in made:
            plain = workload.variants[UNFUSED]
            made[key] = torch.compile(lambda *given: plain(shape, given), dynamic=False)
        out: torch.Tensor = made[key](*operands)
        return out

    return replace(workload, variants={**workload.variants, COMPILED: call})
