"""When leaving out zeros pays: break-even densities, and the bound of thresholded decoding.

After E. Elsen et al., "Fast Sparse ConvNets", arXiv 1911.09723 (1 x 1 convolutions as sparse
products), "CATS", arXiv 2404.08763 (contextual thresholds in decoding) and the delta activation
layer (temporal sparsity). The formulas are hwprof's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from microbench.errors import InputError

INDEX_BYTES = 4
GATED_MATRICES = 3
"""Gate, up and down projection; the gate is always computed in full."""


def sparse_work_flop(nonzeros: float, columns: int) -> float:
    """Return 2 nnz P: FLOP of a sparse matrix times P dense columns."""
    return 2.0 * nonzeros * columns


def sparse_bytes(
    nonzeros: float, rows: int, inner: int, columns: int, element_bytes: float
) -> float:
    """Return nnz (e + 4) + e (C P + K P): weights with indices, dense input and output."""
    dense = element_bytes * float(inner * columns + rows * columns)
    return nonzeros * (element_bytes + INDEX_BYTES) + dense


def break_even_density(dense_s: float, times_s: Sequence[tuple[float, float]]) -> float | None:
    """Return the density below which sparse beats dense, from (density, seconds) points.

    Time is taken as linear in density (least squares), as sparse products are above small sizes.
    ``None`` when sparse never wins; 1.0 at most. ``InputError`` with fewer than two densities.
    """
    import numpy as np

    density, seconds = np.array([d for d, _ in times_s]), np.array([t for _, t in times_s])
    if len(set(density.tolist())) < 2:
        raise InputError("a line needs times at two densities at least")
    slope, fixed_s = np.polyfit(density, seconds, 1)
    if slope <= 0:
        raise InputError("time falls with density: these are not times of a sparse product")
    crossing = (dense_s - fixed_s) / slope
    return None if crossing <= 0 else min(1.0, float(crossing))


def gated_work_flop(width: int, inner: int, sparsity: float) -> float:
    """Return FLOP of a gated feed-forward of one token: 2 d f (1 + 2 (1 - s))."""
    return 2.0 * width * inner * (1 + 2 * (1 - _share(sparsity)))


def gated_bytes(width: int, inner: int, element_bytes: float, sparsity: float) -> float:
    """Return weight bytes of a token: d f e (1 + 2 (1 - s))."""
    return element_bytes * width * inner * (1 + 2 * (1 - _share(sparsity)))


def gated_speed_up_bound(sparsity: float) -> float:
    """Return 3 / (1 + 2 (1 - s)): the most that skipping rows of up and down can gain."""
    return GATED_MATRICES / (1 + 2 * (1 - _share(sparsity)))


def token_speed_up_bound(sparsity: float, feed_forward_share: float) -> float:
    """Return the bound for a token whose time is in this share in the feed-forward (Amdahl)."""
    share = _share(feed_forward_share)
    return 1 / (1 - share + share / gated_speed_up_bound(sparsity))


def delta_speed_up(
    sparsity: float, gather_slowdown: float = 1.0, state_share: float = 0.0
) -> float:
    """Return dense over delta time when a share ``sparsity`` of the inputs did not change.

    ``gather_slowdown`` is how much longer a gathered column takes than a streamed one;
    ``state_share`` what reading and writing the state adds, as a share of the dense time.
    """
    return 1 / ((1 - _share(sparsity)) * gather_slowdown + state_share)


def delta_break_even(gather_slowdown: float, state_share: float = 0.0) -> float:
    """Return the sparsity from which delta inference is faster: 1 - (1 - state) / slowdown."""
    return min(1.0, max(0.0, 1 - (1 - state_share) / gather_slowdown))


def erdos_renyi_kernel_densities(
    layers: Sequence[tuple[int, ...]], density: float
) -> tuple[float, ...]:
    """Return layer densities of Erdos-Renyi-kernel sparsity that keep ``density`` of all weights.

    Layers are weight shapes; a layer's raw share is sum(shape) / prod(shape), scaled, and capped at
    1 with the rest spread over the others. After U. Evci et al., "Rigging the Lottery",
    arXiv 1911.11134.
    """
    import math

    sizes = [math.prod(shape) for shape in layers]
    raw = [sum(shape) / math.prod(shape) for shape in layers]
    capped: set[int] = set()
    while True:
        free = [i for i in range(len(layers)) if i not in capped]
        kept = _share(density) * sum(sizes) - sum(sizes[i] for i in capped)
        scale = kept / sum(raw[i] * sizes[i] for i in free) if free else 0.0
        over = {i for i in free if raw[i] * scale > 1}
        if not over:
            return tuple(1.0 if i in capped else raw[i] * scale for i in range(len(layers)))
        capped |= over


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise InputError(f"a share lies between 0 and 1, not {value}")
    return value
