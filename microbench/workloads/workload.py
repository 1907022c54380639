"""What a workload is: one computation, several ways to do it, and what each must cost.

Counts are closed forms of the shape and import no torch. Every ratio a report prints names its
baseline and stands beside what the bytes allow: claims of large speed-ups nearly always compare
with a weak baseline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from microbench.formats import NumberFormat

if TYPE_CHECKING:
    import torch

Shape = Mapping[str, int]
"""Sizes by name; each workload's module says what they mean."""

REFERENCE, UNFUSED, FUSED = "reference", "unfused", "fused"
TOLERANCE: Mapping[NumberFormat, float] = {
    NumberFormat.FP32: 1e-5,
    NumberFormat.FP16: 4e-3,
    NumberFormat.BF16: 3e-2,
}
"""Largest error over the largest result: about 4 units in the last place (2^-24, 2^-11, 2^-8) of
intermediate results, with room for sums of a few hundred terms."""


@dataclass(frozen=True, slots=True)
class Workload:
    """A computation with a reference, an unfused and a fused variant of the same signature.

    Variants take the shape and the operands and return one tensor. ``flop`` and ``min_bytes`` are
    those of the fused variant; ``added_bytes`` is the traffic the unfused one adds to it.
    """

    key: str
    """``Z01`` to ``Z33``: the row of the project's table of workloads."""
    name: str
    question: str
    papers: str
    """Where the computation or the claim comes from."""
    baseline: str
    """What the unfused variant is: named beside every ratio."""
    claimed: str
    """The published claim with its baseline, or that there is none on speed."""
    preset: Shape
    """A size that takes under a second on any CPU."""
    sizes: tuple[Shape, Shape, Shape]
    """Three small sizes on which the variants are compared."""
    operands: Callable[[Shape, Callable[..., torch.Tensor]], tuple[torch.Tensor, ...]]
    """(shape, random(*sizes)) -> operands; ``random`` draws standard normal values."""
    variants: Mapping[str, Callable[[Shape, tuple[torch.Tensor, ...]], torch.Tensor]]
    flop: Callable[[Shape], float]
    """A multiply-add counts 2."""
    min_bytes: Callable[[Shape, float], float]
    """(shape, bytes of an element) -> bytes: inputs read once, outputs written once."""
    added_bytes: Callable[[Shape, float], float]
    unfused_flop: Callable[[Shape], float] | None = None
    """Where the unfused variant does other arithmetic; ``None``: the same."""
    tolerance: Mapping[NumberFormat, float] = field(default_factory=lambda: TOLERANCE)
    """Formats the workload can run in, and the error allowed in each."""

    def work_flop(self, variant: str, shape: Shape) -> float:
        """Return the operations of a variant; variants beside unfused do the fused one's."""
        if variant in {UNFUSED, REFERENCE} and self.unfused_flop is not None:
            return self.unfused_flop(shape)
        return self.flop(shape)

    def bytes_moved(self, variant: str, shape: Shape, element_bytes: float) -> float:
        """Return the DRAM bytes a variant cannot avoid once its arrays exceed the caches."""
        added = self.added_bytes(shape, element_bytes) if variant in {UNFUSED, REFERENCE} else 0.0
        return self.min_bytes(shape, element_bytes) + added

    def attainable_speedup(self, shape: Shape, element_bytes: float) -> float:
        """Return unfused over fused bytes: the most fusion can give where bytes are the bound."""
        unfused = self.bytes_moved(UNFUSED, shape, element_bytes)
        return unfused / self.bytes_moved(FUSED, shape, element_bytes)


Variant = Callable[[Shape, "tuple[torch.Tensor, ...]"], "torch.Tensor"]


def widened(variants: Mapping[str, Variant]) -> dict[str, Variant]:
    """Return variants that compute 16-bit operands in fp32 and round their result.

    So do libraries for operations their processor has no 16-bit form of: transforms, factors,
    sparse rows. Wider operands go in as they are.
    """
    return {name: _widened(variant) for name, variant in variants.items()}


def _widened(variant: Variant) -> Variant:
    def call(shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
        import torch

        narrow = {torch.float16, torch.bfloat16} & {one.dtype for one in operands}
        if not narrow:
            return variant(shape, operands)
        wide = tuple(one.float() if one.dtype in narrow else one for one in operands)
        return variant(shape, wide).to(narrow.pop())

    return call


def nothing(_shape: Shape, _element_bytes: float) -> float:
    """Return 0: the unfused variant adds no traffic."""
    return 0.0
