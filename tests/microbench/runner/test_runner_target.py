"""``--device`` becomes devices with a lock, an index and an environment of their own."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import ModuleType

import pytest
from runner_support import DEVICE

from microbench.devices import detect
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import DeviceError
from microbench.runner.target import targets

GPUS = tuple(replace(DEVICE, name=f"G{n}", title=f"GPU {n}", kind=DeviceKind.GPU) for n in range(2))


class NvmlFault(Exception):  # noqa: N818 - stands for pynvml.NVMLError
    pass


class FakeNvml(ModuleType):
    """A driver with two GPUs that tells nothing but their UUID."""

    NVMLError = NvmlFault
    lost = False

    def nvmlInit(self) -> None:  # noqa: N802 - NVML's own name
        pass

    def nvmlShutdown(self) -> None:  # noqa: N802 - NVML's own name
        pass

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:  # noqa: N802 - NVML's own name
        if self.lost:
            raise NvmlFault("GPU is lost")
        return index

    def nvmlDeviceGetUUID(self, handle: int) -> str:  # noqa: N802 - NVML's own name
        return f"GPU-uuid-{handle}"


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> FakeNvml:
    def resolve(text: str) -> tuple[DeviceSpec, ...]:
        if text == "all":
            return (DEVICE, *GPUS)
        return tuple(DEVICE if part == "cpu" else GPUS[int(part)] for part in text.split(","))

    fake = FakeNvml("pynvml")
    monkeypatch.setitem(sys.modules, "pynvml", fake)
    monkeypatch.setattr(detect, "resolve", resolve)
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    return fake


def test_the_cpu_needs_no_driver(driver: FakeNvml) -> None:
    driver.lost = True
    (target,) = targets("cpu")
    assert (target.lock_key, target.index, dict(target.variables)) == ("cpu", None, {})


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1", ["GPU-uuid-1"]),
        ("1,0", ["GPU-uuid-1", "GPU-uuid-0"]),
        ("0,cpu", ["GPU-uuid-0", "cpu"]),
        ("all", ["cpu", "GPU-uuid-0", "GPU-uuid-1"]),
    ],
)
def test_each_gpu_is_locked_by_its_uuid_and_seen_alone(
    driver: FakeNvml, text: str, keys: list[str]
) -> None:
    found = targets(text)
    assert [target.lock_key for target in found] == keys
    for target in found:
        if target.index is not None:
            assert target.lock_key == f"GPU-uuid-{target.index}"
            assert target.spec.name == f"G{target.index}"
            assert target.variables["CUDA_VISIBLE_DEVICES"] == target.lock_key
            assert target.lock_key not in str(target.facts), "a serial is kept as a hash only"


def test_a_gpu_that_is_lost_is_named(driver: FakeNvml) -> None:
    driver.lost = True
    with pytest.raises(DeviceError, match=r"GPU 1 does not answer \(GPU is lost\)"):
        targets("1")
