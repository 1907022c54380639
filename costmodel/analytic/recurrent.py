"""A recurrent layer step by step: two kernels a step, or one kernel that keeps its weights.

After K. Poeppel et al., "FlashRNN", arXiv 2412.07752: the alternating variant runs a matrix product
and a pointwise kernel a step; the fused one keeps R in registers and shared memory for all steps.
The step model is hwprof's own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """G gates and S states of d values a head; heads share nothing (block-diagonal R)."""

    batch: int
    heads: int
    gates: int
    states: int
    head_dim: int
    timesteps: int
    element_bytes: float

    @property
    def weight_bytes(self) -> float:
        """Bytes of R: e heads G d^2."""
        return self.element_bytes * self.heads * self.gates * float(self.head_dim) ** 2

    @property
    def step_flop(self) -> float:
        """2 B heads G d^2."""
        return 2.0 * self.batch * self.heads * self.gates * float(self.head_dim) ** 2

    @property
    def state_bytes(self) -> float:
        """Bytes a step moves beside the weights: e heads B (G + S) d."""
        values = self.heads * self.batch * (self.gates + self.states) * self.head_dim
        return self.element_bytes * float(values)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Least times of a layer in both variants, in seconds."""

    alternating_s: float
    fused_s: float

    @property
    def speed_up(self) -> float:
        """Alternating over fused."""
        return self.alternating_s / self.fused_s


def recurrence(
    cell: Cell,
    peak_flop_per_s: float,
    bandwidth_bytes_per_s: float,
    launch_s: float = 0.0,
    grid_sync_s: float = 0.0,
) -> Recurrence:
    """Return T max(2 launches, bytes / B, FLOP / P) and T max(grid sync, ...) without R's bytes.

    The fused variant reads R once for all steps.
    """
    compute_s = cell.step_flop / peak_flop_per_s
    reload_s = (cell.weight_bytes + cell.state_bytes) / bandwidth_bytes_per_s
    kept_s = cell.state_bytes / bandwidth_bytes_per_s
    once_s = cell.weight_bytes / bandwidth_bytes_per_s
    return Recurrence(
        alternating_s=cell.timesteps * max(2 * launch_s, reload_s, compute_s),
        fused_s=once_s + cell.timesteps * max(grid_sync_s, kept_s, compute_s),
    )
