"""Time to list every feasible configuration: hwprof against a straightforward progressive join.

The plain join binds one parameter after the other on whole columns: it works out the allowed values
of each distinct combination that the constraints name (``np.unique``), and repeats every column of
every surviving row. Both sides use the same constraint language, order of parameters and machine,
in turns; the best of ``--repeats`` counts for each.

    python benchmarks/bench_blocks_solver.py csp_spaces.json
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

import numpy as np

from costmodel.blocks.enumerate import binding_order, feasible
from costmodel.blocks.space import Space, build


def plain_join(space: Space) -> dict[str, np.ndarray]:
    constraints = space.inlined()
    sizes = {name: len(values) for name, values in space.parameters.items()}
    order = binding_order(sizes, constraints)
    bound: dict[str, np.ndarray] = {}
    rows = 1
    for name in order:
        domain = np.asarray(space.parameters[name])
        known = {*bound, name}
        ready = [c for c in constraints if name in c.names and c.names <= known]
        scope = sorted({n for c in ready for n in c.names} - {name})
        if scope:
            codes = np.zeros(rows, np.int64)
            for other in scope:
                values, place = np.unique(bound[other], return_inverse=True)
                codes = codes * len(values) + place
            _, first, entry = np.unique(codes, return_index=True, return_inverse=True)
        else:
            first, entry = np.zeros(1, np.int64), np.zeros(rows, np.int64)
        grid = {other: np.repeat(bound[other][first], len(domain)) for other in scope}
        grid[name] = np.tile(domain, len(first))
        holds = np.ones(len(grid[name]), bool)
        for constraint in ready:
            holds &= constraint.holds(grid, len(holds))
        table = holds.reshape(len(first), len(domain))
        counts = table.sum(axis=1)
        allowed = domain[np.nonzero(table)[1]]
        starts = np.cumsum(counts) - counts
        repeats = counts[entry]
        parent = np.repeat(np.arange(rows), repeats)
        offset = np.arange(len(parent)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        bound = {other: column[parent] for other, column in bound.items()}
        bound[name] = allowed[starts[entry][parent] + offset]
        rows = len(parent)
    return bound


def best(function, repeats: int) -> tuple[float, int]:
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        found = function()
        times.append(time.perf_counter() - started)
        rows = len(next(iter(found.values())))
        del found
    return min(times), rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("spaces", type=Path, help="JSON: name to parameters and constraints")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    print(
        f"{'space':16}{'combinations':>16}{'feasible':>12}{'hwprof s':>10}{'join s':>9}{'ratio':>7}"
    )
    for name, given in json.loads(options.spaces.read_text()).items():
        if given.get("feasible") is None or options.only not in name:
            continue
        space = build(name, given["parameters"], given["constraints"])
        ours, rows = best(lambda space=space: feasible(space), options.repeats)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        join, _ = best(lambda space=space: plain_join(space), options.repeats)
        print(
            f"{name:16}{space.combinations:16,}{rows:12,}{ours:10.3f}{join:9.3f}{ours / join:7.2f}"
            f"   peak so far {peak:.2f} GiB"
        )


if __name__ == "__main__":
    main()
