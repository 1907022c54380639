"""Score the resource model on kernel families it was not fitted on, and fit the one that ships.

    python benchmarks/resource_quality.py                       # both tables, as Markdown
    python benchmarks/resource_quality.py --by kind             # whole kinds left out only
    python benchmarks/resource_quality.py --write costmodel/resources/model.npz

``--by family`` leaves one template out at a time (others of its kind stay in), ``--by kind`` all
that compute the same thing. The fit is deterministic.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from costmodel.resources.labels import read
from costmodel.resources.training import KINDS, Score, f1, fit, held_out, kind_of

HEAD = (
    "| left out | kernels | registers within 8 | count alone | mean error | spilling | spill F1 |\n"
    "| --- | --: | --: | --: | --: | --: | --: |"
)


def line(name: str, scores: list[Score]) -> str:
    kernels = sum(s.kernels for s in scores)
    close, counted, error = (
        sum(getattr(s, value) * s.kernels for s in scores) / kernels
        for value in ("close", "close_counted", "error_registers")
    )
    spilling = sum(s.spilling for s in scores)
    told = f1(spilling, sum(s.right for s in scores), sum(s.wrong for s in scores))
    return (
        f"| {name} | {kernels:,} | {close:.1%} | {counted:.1%} | {error:.1f} "
        f"| {spilling:,} | {told:.2f} |"
    )


def markdown(scores: Iterable[Score]) -> str:
    """Lines by family, by kind and of all kernels."""
    found = list(scores)
    lines = [HEAD, *(line(s.family.value, [s]) for s in found)]
    for kind in KINDS:
        of_kind = [s for s in found if kind_of(s.family) == kind]
        if of_kind:
            lines.append(line(f"**{kind}**", of_kind))
    return "\n".join([*lines, line("**all**", found)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, help="another table than the shipped one")
    parser.add_argument("--by", choices=("family", "kind"), help="one table only")
    parser.add_argument("--write", type=Path, help="fit on all kernels and write the model")
    options = parser.parse_args()
    table = read(options.labels)
    if options.write:
        fit(table).write(options.write)
        print(f"{options.write}: {options.write.stat().st_size / 1e3:.0f} kB")
        return
    if options.by != "kind":
        print("Each family left out in turn:\n")
        print(markdown(held_out(table, lambda family: family.value)))
    if options.by != "family":
        print("\nEach kind left out in turn:\n")
        print(markdown(held_out(table, kind_of)))


if __name__ == "__main__":
    main()
