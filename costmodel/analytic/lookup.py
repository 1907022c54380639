"""Latency from a table: one entry an operator and shape, summed; expectations over choices.

After H. Cai et al., "ProxylessNAS", arXiv 1812.00332: a network's latency is the sum of its blocks'
table entries, and the expectation over mixed operators is linear in their probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from costmodel.kernel import Kernel
from microbench.errors import InputError

Key = tuple[str, str, str, tuple[tuple[str, float], ...]]
TOLERANCE = 1e-9


def key_of(kernel: Kernel) -> Key:
    """Return what a table is keyed by: family, op, number format and every dimension."""
    return (
        kernel.family.value,
        kernel.op,
        kernel.number_format.value,
        tuple(sorted((name, float(size)) for name, size in kernel.dims.items())),
    )


@dataclass(frozen=True, slots=True)
class LookupTable:
    """Measured seconds by operator and shape."""

    entries: Mapping[Key, float]

    @classmethod
    def of(cls, timed: Iterable[tuple[Kernel, float]]) -> LookupTable:
        """Build a table; of several times of one key the least is kept (noise only adds)."""
        entries: dict[Key, float] = {}
        for kernel, time_s in timed:
            key = key_of(kernel)
            entries[key] = min(time_s, entries.get(key, time_s))
        return cls(entries)

    def latency_s(self, kernel: Kernel) -> float:
        """Return one kernel's entry; ``InputError`` names a kernel that is not in the table."""
        try:
            return self.entries[key_of(kernel)]
        except KeyError as error:
            raise InputError(f"the table has no entry for {kernel.name or kernel.op}") from error

    def chain_s(self, kernels: Iterable[Kernel]) -> float:
        """Return the sum over a network, each kernel times its count."""
        return sum(self.latency_s(kernel) * kernel.count for kernel in kernels)


def expected_latency_s(
    latencies_s: Sequence[Sequence[float]], probabilities: Sequence[Sequence[float]]
) -> float:
    """Return sum over blocks i and choices j of p_ij F(o_ij).

    ``InputError`` when a block's probabilities are negative, do not sum to 1, or do not fit its
    choices.
    """
    if len(latencies_s) != len(probabilities):
        raise InputError("one row of probabilities a block is needed")
    total_s = 0.0
    for times_s, shares in zip(latencies_s, probabilities, strict=True):
        fits = len(times_s) == len(shares) and all(share >= 0 for share in shares)
        if not fits or abs(sum(shares) - 1) > TOLERANCE:
            raise InputError(f"not a distribution over {len(times_s)} choices: {list(shares)}")
        total_s += sum(p * t for p, t in zip(shares, times_s, strict=True))
    return total_s
