"""A processor's model file predicts what the run it came from predicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_runs import a_run

from costmodel.analytic import cpu_file
from costmodel.analytic.cpu_model import CpuModel
from costmodel.kernel import Family, Flag, Kernel
from costmodel.learned import model_file
from microbench.benchmark import Measurement, Point, Quantity, Verdict
from microbench.errors import InputError
from microbench.formats import NumberFormat

KERNEL = Kernel(
    "g", Family.GEMM, "matmul", NumberFormat.FP32, 2.0 * 300**3, 12.0 * 300**2,
    dims={"b": 1, "m": 300, "n": 300, "k": 300},
)  # fmt: skip


def test_the_file_predicts_what_the_run_predicts(tmp_path: Path) -> None:
    run = a_run()
    basis = cpu_file.write(tmp_path / "cpu.npz", "Example CPU", "r1", run)
    model, kept = cpu_file.read(tmp_path / "cpu.npz")
    assert kept == basis == cpu_file.Basis("Example CPU", len(run), 0)
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


def test_the_file_says_how_many_of_its_points_are_noisy(tmp_path: Path) -> None:
    first, *rest = a_run()
    run = [replace(first, verdict=Verdict.NOISY), *rest]
    assert cpu_file.write(tmp_path / "cpu.npz", "Example CPU", "r1", run).noisy == 1
    _, kept = cpu_file.read(tmp_path / "cpu.npz")
    assert str(kept) == f"Example CPU, {len(run)} points, 1 noisy"
    header = model_file.ModelFile(tmp_path / "cpu.npz").header
    assert (header["points"], header["noisy"]) == (len(run), 1)


@pytest.mark.parametrize("name", ["bf16", "fp16"])
def test_a_format_without_a_multiply_add_is_flagged_by_the_run_and_by_the_file(
    tmp_path: Path, name: str
) -> None:
    axes = (("number_format", name), ("vector_bits", "widest"), ("cores", 1))
    point = Point("cpu.compute.fma", axes)
    run = [*a_run(), Measurement(point, Quantity.THROUGHPUT, Verdict.UNSUPPORTED)]
    kernel = replace(KERNEL, number_format=NumberFormat(name))
    assert cpu_file.write(tmp_path / "cpu.npz", "x", "r1", run).points == len(a_run())
    model, _ = cpu_file.read(tmp_path / "cpu.npz")
    for one in (model, CpuModel.from_measurements(run)):
        fp32, bf16 = one.predict([KERNEL, kernel])
        assert Flag.NO_HARDWARE_FORMAT not in fp32.flags
        assert Flag.NO_HARDWARE_FORMAT in bf16.flags
    (without,) = CpuModel.from_measurements(a_run()).predict([kernel])
    assert Flag.NO_HARDWARE_FORMAT not in without.flags


def test_a_run_in_which_no_arithmetic_could_be_compiled_says_nothing_of_formats() -> None:
    axes = (("number_format", "fp32"), ("vector_bits", "widest"), ("cores", 1))
    nothing = Measurement(Point("cpu.compute.fma", axes), Quantity.THROUGHPUT, Verdict.UNSUPPORTED)
    others = [one for one in a_run() if "vector_bits" not in dict(one.point.axes)]
    (fp32,) = CpuModel.from_measurements([*others, nothing]).predict([KERNEL])
    assert Flag.NO_HARDWARE_FORMAT not in fp32.flags


@pytest.mark.parametrize("kind", list(NumberFormat))
def test_without_a_word_from_the_run_only_formats_of_eight_bits_and_less_are_flagged(
    kind: NumberFormat,
) -> None:
    (found,) = CpuModel.from_measurements(a_run()).predict([replace(KERNEL, number_format=kind)])
    narrow = {"fp8_e4m3", "fp8_e5m2", "fp6_e3m2", "fp6_e2m3", "fp4"}
    assert (Flag.NO_HARDWARE_FORMAT in found.flags) == (kind.value in narrow)
