"""Numbers as the commands print them: ``microbench.units``, where messages are written too."""

from microbench.units import percent, plural, quantity, seconds

__all__ = ["percent", "plural", "quantity", "seconds"]
