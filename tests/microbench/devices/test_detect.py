"""Detection of this machine, with /sys and the driver replaced by stand-ins."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fake_nvml import FakeNvml

from microbench.devices import detect
from microbench.devices.spec import DeviceKind
from microbench.errors import DeviceError, InputError
from microbench.formats import NumberFormat


@pytest.fixture
def nvml(monkeypatch: pytest.MonkeyPatch) -> FakeNvml:
    fake = FakeNvml()
    monkeypatch.setitem(sys.modules, "pynvml", fake)  # type: ignore[arg-type]  # a stand-in
    return fake


def test_this_cpu_has_cores_and_memory_and_no_invented_peak() -> None:
    cpu = detect.local_cpu()
    assert cpu.name == "cpu"
    assert cpu.kind is DeviceKind.CPU
    assert cpu.sm_count >= 1
    assert cpu.dram_bytes is not None
    assert cpu.dram_bytes > 2**28
    assert not cpu.peak_flop_per_s
    assert cpu.dram_bandwidth_bytes_per_s is None


def test_caches_are_read_and_instruction_caches_left_out(tmp_path: Path) -> None:
    for index, (level, kind, size) in enumerate(
        [(1, "Data", "32K"), (1, "Instruction", "64K"), (2, "Unified", "1M"), (3, "Unified", "2G")]
    ):
        folder = tmp_path / f"index{index}"
        folder.mkdir()
        (folder / "level").write_text(f"{level}\n")
        (folder / "type").write_text(f"{kind}\n")
        (folder / "size").write_text(f"{size}\n")
    assert detect.cpu_caches(tmp_path) == {1: 32 * 1024, 2: 2**20, 3: 2 * 2**30}
    assert detect.cpu_caches(tmp_path / "absent") == {}
    (tmp_path / "index3" / "size").unlink()
    assert detect.cpu_caches(tmp_path) == {1: 32 * 1024, 2: 2**20}


def test_a_driver_name_finds_its_catalogue_row_and_real_attributes_win(nvml: FakeNvml) -> None:
    nvml.cores = 114 * 128
    (gpu,) = detect.local_gpus()
    assert gpu.name == "H100-SXM-80GB"
    assert gpu.title == "NVIDIA H100 80GB HBM3"
    assert gpu.sm_count == 114
    assert gpu.dram_bytes == 81559 * 2**20
    assert gpu.peak(NumberFormat.FP16) == 989.4e12
    assert "NVML" in gpu.sources["sm_count"]
    assert nvml.open_handles == 0


@pytest.mark.parametrize(
    ("driver_name", "gib", "name"),
    [
        ("NVIDIA A100-SXM4-80GB", 80, "A100-SXM-80GB"),
        ("NVIDIA A100-PCIE-40GB", 40, "A100-PCIe-40GB"),
        ("NVIDIA A100 80GB PCIe", 80, "A100-PCIe-80GB"),
        ("NVIDIA H100 PCIe", 80, "H100-PCIe-80GB"),
        ("NVIDIA H100 NVL", 94, "H100-NVL-94GB"),
        ("NVIDIA H200", 140.4, "H200-SXM"),
        ("NVIDIA L4", 22.5, "L4"),
        ("NVIDIA L40S", 45, "L40S"),
        ("Tesla T4", 15, "T4"),
        ("NVIDIA GeForce RTX 4090", 24, "RTX-4090"),
        ("Tesla V100-SXM2-16GB", 16, "V100-SXM2-16GB"),
        ("NVIDIA B200", 179, "B200"),
    ],
)
def test_names_as_drivers_write_them(driver_name: str, gib: float, name: str) -> None:
    spec = detect.match_name(driver_name, int(gib * 2**30))
    assert spec is not None
    assert spec.name == name


def test_an_unknown_gpu_is_described_by_the_driver_alone(nvml: FakeNvml) -> None:
    nvml.names, nvml.cores, nvml.capability = ("NVIDIA X9000",), 20 * 64, (8, 0)
    (gpu,) = detect.local_gpus()
    assert gpu.name == "NVIDIA X9000"
    assert gpu.sm_count == 20
    assert gpu.peak(NumberFormat.FP32) is None
    assert gpu.dram_bandwidth_bytes_per_s is None


def test_resolve(nvml: FakeNvml) -> None:
    nvml.names = ("NVIDIA H100 80GB HBM3", "NVIDIA H100 80GB HBM3")
    assert [one.name for one in detect.resolve("cpu")] == ["cpu"]
    assert len(detect.resolve("0,1")) == 2
    assert len(detect.resolve("all")) == 3
    with pytest.raises(DeviceError, match="this machine has 2"):
        detect.resolve("2")
    with pytest.raises(InputError, match="expected cpu"):
        detect.resolve("quantum")
    with pytest.raises(InputError, match="expected cpu"):
        detect.resolve("²")
    with pytest.raises(InputError, match="--device 'quantum': "):
        detect.resolve("cpu,quantum")


@pytest.mark.parametrize("name", ["4090", "l4", "cpu,l4"])
def test_a_device_of_the_catalogue_is_not_measured_here(name: str) -> None:
    with pytest.raises(DeviceError, match=r"--device (l4|4090): .* can be predicted"):
        detect.resolve(name)


@pytest.mark.parametrize(
    ("name", "local"),
    [("0", True), ("15", True), ("16", False), ("4090", False), ("9" * 5000, False), ("all", True)],
)
def test_small_numbers_are_gpus_of_this_machine(name: str, local: bool) -> None:
    assert detect.is_local(name) is local


def test_no_driver(nvml: FakeNvml) -> None:
    nvml.driver_missing = True
    assert "12" in detect.nvml_problem()
    assert [one.name for one in detect.resolve("all")] == ["cpu"]
    with pytest.raises(DeviceError, match="pass --device cpu"):
        detect.resolve("0")
