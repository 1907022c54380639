"""What the best tiles of a space take, by the resource model: registers, spills, occupancy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.blocks.library import Operator
from costmodel.resources import tiles
from costmodel.resources.plan import KernelFamily

_FAMILIES = {
    Operator.GEMM: KernelFamily.TRITON_GEMM,
    Operator.GROUPED_GEMM: KernelFamily.TRITON_GEMM,
    Operator.CONVOLUTION: KernelFamily.TRITON_CONV,
    Operator.ATTENTION: KernelFamily.TRITON_ATTENTION,
    Operator.DECODE: KernelFamily.TRITON_ATTENTION,
}
"""Labelled kernels that stand for an operator's. Reductions are left out: their space stands for
plain sums as well, and the label table holds Triton's norms only."""


def usages(
    operator: Operator,
    sizes: tuple[float, ...],
    target: tiles.Target | None,
    blocks: Mapping[str, npt.NDArray[Any]],
) -> tiles.TileUsages | None:
    """Return what tiles take, or ``None`` where no labels stand for the kernel or the device.

    ``sizes`` as in ``Problem``; ``blocks`` has one array for each parameter of the space.
    """
    family = _FAMILIES.get(operator)
    if target is None or family is None:
        return None
    count = len(blocks["num_warps"])
    if family is KernelFamily.TRITON_ATTENTION:
        head, causal = 1 << max(4, (int(sizes[4]) - 1).bit_length()), int(sizes[5])
        blocks = {**blocks, "DIM": np.full(count, head), "CAUSAL": np.full(count, causal)}
    return tiles.usages(family, target, blocks)
