"""A processor's model file predicts what the run it came from predicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.analytic import cpu_file
from costmodel.analytic.cpu_model import CpuModel
from costmodel.kernel import Family, Kernel
from costmodel.learned import model_file
from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.errors import InputError
from microbench.formats import NumberFormat


def measured(benchmark: str, axes: dict[str, object], quantity: Quantity, value: float, **more):  # type: ignore[no-untyped-def]
    point = Point(benchmark, tuple(axes.items()))  # type: ignore[arg-type]
    return Measurement(point, quantity, Verdict.OK, value=value, low=value, high=value, **more)


def a_run() -> list[Measurement]:
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


KERNEL = Kernel(
    "g", Family.GEMM, "matmul", NumberFormat.FP32, 2.0 * 300**3, 12.0 * 300**2,
    dims={"b": 1, "m": 300, "n": 300, "k": 300},
)  # fmt: skip


def test_the_file_predicts_what_the_run_predicts(tmp_path: Path) -> None:
    run = a_run()
    count = cpu_file.write(tmp_path / "cpu.npz", "Example CPU", "r1", run)
    model, title = cpu_file.read(tmp_path / "cpu.npz")
    assert (count, title) == (len(run), "Example CPU")
    assert model.predict([KERNEL]) == CpuModel.from_measurements(run).predict([KERNEL])


def test_a_run_without_library_calls_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="library calls"):
        cpu_file.write(tmp_path / "cpu.npz", "x", "r1", a_run()[:3])
    assert list(tmp_path.iterdir()) == []


def test_other_model_files_are_refused(tmp_path: Path) -> None:
    model_file.write(tmp_path / "gpu.npz", {"families": {}}, {})
    with pytest.raises(InputError, match="a model of GPUs"):
        cpu_file.read(tmp_path / "gpu.npz")
    model_file.write(tmp_path / "bad.npz", {"kind": "cpu", "measurements": [1]}, {})
    with pytest.raises(InputError, match=r"not a measurement|damaged"):
        cpu_file.read(tmp_path / "bad.npz")
