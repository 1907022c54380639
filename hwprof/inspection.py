"""What ``hwprof inspect --json`` writes: schema ``hwprof.inspect/1``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from costmodel.graph.build import Graph
    from costmodel.kernel import Kernel

SCHEMA = "hwprof.inspect/1"


def document(graph: Graph, stack: str) -> dict[str, Any]:
    """Build the JSON document: work in FLOP, traffic in bytes, counts multiplied in."""
    coverage = graph.coverage
    return {
        "schema": SCHEMA,
        "model": graph.name,
        "stack": stack,
        "ops": dict(graph.ops.most_common()),
        "flop": graph.work_flop,
        "padding_flop": graph.padding_flop,
        "bytes": graph.bytes_moved,
        "coverage": {
            "share": coverage.share,
            "costed": coverage.costed,
            "free": coverage.free,
            "assumed": coverage.assumed,
            "unknown": dict(coverage.unknown.most_common()),
            "unknown_bytes_at_least": coverage.hidden_bytes,
            "unknown_flop_if_products": coverage.hidden_flop,
            "contradictions": list(coverage.contradictions),
            "left_out": list(coverage.left_out),
        },
        "families": {
            name: {"kernels": count, "flop": flop, "bytes": size}
            for name, (count, flop, size) in by_family(graph).items()
        },
        "loops": [
            {"location": loop.location, "trips": loop.trips, "assumed": loop.assumed}
            for loop in graph.loops
        ],
        "calls": dict(graph.calls.most_common()),
        "dynamic_dims": dict(graph.dynamic),
        "kernels": [_record(kernel) for kernel in graph.kernels],
    }


def by_family(graph: Graph) -> dict[str, tuple[float, float, float]]:
    """Return launches, FLOP and bytes by operator family, largest work first."""
    found: dict[str, tuple[float, float, float]] = {}
    for kernel in graph.kernels:
        count, flop, size = found.get(kernel.family.value, (0.0, 0.0, 0.0))
        found[kernel.family.value] = (
            count + kernel.count,
            flop + kernel.work_flop * kernel.count,
            size + kernel.bytes_moved * kernel.count,
        )
    return dict(sorted(found.items(), key=lambda item: (-item[1][1], -item[1][2], item[0])))


def strict_report(model: Path, graph: Graph) -> str:
    """Say where the compiler's own parser and this reader differ on a file."""
    from costmodel.mlir.strict import parse_strictly

    strict = parse_strictly(model)
    if strict.problem:
        return f"strict: nothing to compare with: {strict.problem}"
    ours = {name: count for name, count in graph.ops.items() if not strict.is_terminator(name)}
    names = sorted((set(ours) | set(strict.ops)) - {"builtin.module"})
    differ = [
        f"{name} {ours.get(name, 0)} here, {strict.ops.get(name, 0)} there"
        for name in names
        if ours.get(name, 0) != strict.ops.get(name, 0)
    ]
    if differ:
        return f"strict: {len(differ)} of {len(names)} op names differ: {'; '.join(differ[:10])}"
    return f"strict: the compiler reads the same {sum(ours.values()):,} ops"


def _record(kernel: Kernel) -> dict[str, Any]:
    return {
        "name": kernel.name,
        "family": kernel.family.value,
        "op": kernel.op,
        "number_format": kernel.number_format.value,
        "flop": kernel.work_flop,
        "bytes": kernel.bytes_moved,
        "count": kernel.count,
        "dims": dict(kernel.dims),
        "ops": list(kernel.ops),
        "location": kernel.location,
        "flags": sorted(flag.value for flag in kernel.flags),
    }
