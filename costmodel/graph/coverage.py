"""How much of a module stands behind its numbers, and where its loops are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Coverage:
    """How many ops stand behind the numbers; a body called twice counts twice."""

    costed: int = 0
    free: int = 0
    assumed: int = 0
    """Loops of unknown trip count (taken as 1), branches (the longest one is taken) and products
    whose operands contradict each other (the left one's sizes are taken)."""
    contradictions: Counter[str] = field(default_factory=Counter)
    """What contradicts, as ``file:line:column: ...``, and how often it is executed."""
    left_out: list[str] = field(default_factory=list)
    """Public functions beside a usual entry that nothing it calls reaches: not costed."""
    unknown: Counter[str] = field(default_factory=Counter)
    hidden_bytes: float = 0.0
    """Bytes the results of unknown ops would write: what they hide at least."""
    hidden_flop: float = 0.0
    """Work of unknown ops, were each a product of its two largest operands: matrices of a, b and c
    elements multiply in 2 sqrt(a b c) FLOP, far above any pointwise work."""

    def add(self, other: Coverage) -> None:
        """Take in the counts of another part of the same file."""
        self.costed += other.costed
        self.free += other.free
        self.assumed += other.assumed
        self.unknown.update(other.unknown)
        self.contradictions.update(other.contradictions)
        self.left_out += other.left_out
        self.hidden_bytes += other.hidden_bytes
        self.hidden_flop += other.hidden_flop

    def warnings(self, most: int = 5) -> list[str]:
        """Return a line for each contradiction, up to ``most``, and one for the rest.

        Functions left out are one line.
        """
        lines = list(self.contradictions)
        more = len(lines) - most
        rest = [f"and {more} more operations whose sizes contradict"] if more > 0 else []
        told = [f"{line}; the left operand's size is taken" for line in lines[:most]] + rest
        if self.left_out:
            named = ", ".join(f"@{name}" for name in self.left_out[:most])
            beyond = len(self.left_out) - most
            named += f" and {beyond} more" if beyond > 0 else ""
            told.append(
                f"not costed, for no entry calls them: {named}; put functions that are programs of "
                "their own in a file each"
            )
        return told

    @property
    def share(self) -> float:
        """Share of ops whose cost is known or known to be nothing."""
        known = self.costed + self.free + self.assumed
        total = known + sum(self.unknown.values())
        return known / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop in the file: where, how often it runs, and whether that was assumed."""

    location: str
    trips: float
    """On average, where its bounds vary with the loops around it."""
    assumed: bool
