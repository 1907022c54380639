"""A small run of a processor, as measurements made up by hand for tests."""

from __future__ import annotations

from typing import Any

from microbench.benchmark import AxisValue, Measurement, Point, Quantity, Verdict


def measured(
    benchmark: str, axes: dict[str, AxisValue], quantity: Quantity, value: float, **more: Any
) -> Measurement:
    """Return one measurement without samples."""
    point = Point(benchmark, tuple(axes.items()))
    return Measurement(point, quantity, Verdict.OK, value=value, low=value, high=value, **more)


def a_run() -> list[Measurement]:
    """Return rates of one core and ten products that reach 80 GFLOP/s after 2 us."""
    found = [
        measured(
            "cpu.compute.fma",
            {"number_format": "fp32", "vector_bits": 256, "cores": 1},
            Quantity.THROUGHPUT,
            1e11,
            time_s=1e-9,
        ),
        measured(
            "cpu.memory.bandwidth", {"size_bytes": 2**27, "cores": 1}, Quantity.BANDWIDTH, 2e10
        ),
    ]
    for n in (64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536):
        flop, moved = 2.0 * n**3, 12.0 * n * n
        time_s = flop / 8e10 + 2e-6
        notes = {
            "family": "gemm", "op": "matmul", "number_format": "fp32", "threads": 1,
            "b": 1, "m": n, "n": n, "k": n,
        }  # fmt: skip
        costs = {"time_s": time_s, "work_flop": flop, "bytes_moved": moved, "notes": notes}
        found.append(measured("cpu.gemm", {"n": n}, Quantity.THROUGHPUT, flop / time_s, **costs))
    return found
