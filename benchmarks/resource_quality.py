"""Score the resource model on kernel families it was not fitted on, and fit the one that ships.

    python benchmarks/resource_quality.py                       # all tables, as Markdown
    python benchmarks/resource_quality.py --by kind             # whole kinds left out only
    python benchmarks/resource_quality.py --write costmodel/resources/model.npz

``--by family`` leaves one template out at a time (others of its kind stay in), ``--by kind`` all
that compute the same thing, ``--by settings`` a third of the kernels. The fit is deterministic.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from costmodel.resources.labels import Labels, read
from costmodel.resources.training import (
    BLIND,
    KINDS,
    Score,
    f1,
    fit,
    held_out,
    kind_of,
    unseen_settings,
)

HEAD = (
    "| left out | kernels | registers within 8 | mean error | spilling | spill F1 |\n"
    "| --- | --: | --: | --: | --: | --: |"
)


def line(name: str, scores: list[Score]) -> str:
    kernels = sum(s.kernels for s in scores)
    close = sum(s.close * s.kernels for s in scores) / kernels
    error = sum(s.error_registers * s.kernels for s in scores) / kernels
    spilling = sum(s.spilling for s in scores)
    told = f1(spilling, sum(s.right for s in scores), sum(s.wrong for s in scores))
    return f"| {name} | {kernels:,} | {close:.1%} | {error:.1f} | {spilling:,} | {told:.2f} |"


BY = {
    "kind": "Each kind left out in turn, counts",
    "family": "Each family left out in turn, counts",
    "settings": "A third of each family's kernels left out in turn, with trees",
}
SCORES: dict[str, Callable[[list[Labels]], Iterable[Score]]] = {
    "kind": lambda table: held_out(table, kind_of),
    "family": lambda table: held_out(table, lambda family: family.value),
    "settings": unseen_settings,
}


def markdown(scores: Iterable[Score]) -> str:
    """Lines by family, by kind and of all kernels."""
    found = list(scores)
    lines = [HEAD, *(line(s.family.value, [s]) for s in found)]
    for kind in KINDS:
        of_kind = [s for s in found if kind_of(s.family) == kind]
        if of_kind:
            lines.append(line(f"**{kind}**", of_kind))
    blind = [s for s in found if s.family.value in BLIND]
    seen = [s for s in found if s.family.value not in BLIND]
    lines.append(line("**counts written with labels in view**", seen))
    if blind:
        lines.append(line("**counts written before any label**", blind))
    mean = sum(s.close for s in seen) / len(seen)
    told = f"Mean over the {len(seen)} families written with labels in view: {mean:.1%} within 8."
    return "\n".join([*lines, line("**all**", found), "", told])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, help="another table than the shipped one")
    parser.add_argument("--by", choices=BY, help="one table only")
    parser.add_argument("--write", type=Path, help="fit on all kernels and write the model")
    options = parser.parse_args()
    table = read(options.labels)
    if options.write:
        fit(table).write(options.write)
        print(f"{options.write}: {options.write.stat().st_size / 1e3:.0f} kB")
        return
    for by, title in BY.items():
        if options.by in (None, by):
            print(f"\n{title}:\n")
            print(markdown(SCORES[by](table)))


if __name__ == "__main__":
    main()
