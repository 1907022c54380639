"""Product names as drivers and result files write them."""

from __future__ import annotations

import pytest

from microbench.devices import catalogue
from microbench.devices.driver_names import find_product

NAMES = {
    "NVIDIA RTX A4000": "RTX-A4000",
    "NVIDIA A100-PCIE-40GB": "A100-PCIe-40GB",
    "NVIDIA A100-SXM4-80GB": "A100-SXM-80GB",
    "NVIDIA A100-SXM4-40GB": "A100-SXM-40GB",
    "NVIDIA GeForce RTX 3090": "RTX-3090",
    "NVIDIA GeForce GTX 1080 Ti": "GTX-1080Ti",
    "NVIDIA GeForce RTX 2070 SUPER": "RTX-2070-Super",
    "NVIDIA GeForce RTX 3060 Laptop GPU": "RTX-3060-Laptop",
    "Tesla V100-SXM2-16GB": "V100-SXM2-16GB",
    "Tesla P100-PCIE-16GB": "P100-PCIe-16GB",
    "Tesla T4": "T4",
    "Tesla K20m": "K20",
    "NVIDIA TITAN RTX": "TITAN-RTX",
    "GeForce GTX TITAN X": "Titan-X-Maxwell",
    "NVIDIA TITAN X (Pascal)": "Titan-X-Pascal",
    "NVIDIA H100 80GB HBM3": "H100-SXM-80GB",
    "NVIDIA H100 PCIe": "H100-PCIe-80GB",
    "NVIDIA_H20": "H20",
    "NVIDIA L40S": "L40S",
    "AMD Instinct MI250X": "MI250X",
    "AMD Radeon PRO W6600": "Radeon-Pro-W6600",
    "rtx_a6000": "RTX-A6000",
}
OTHERS = [
    "NVIDIA GeForce GTX 1080",
    "NVIDIA A10G",
    "NVIDIA RTX 6000 Ada Generation",
    "NVIDIA GeForce RTX 3080 Ti",
    "NVIDIA GeForce RTX 3090 Ti",
    "K20X",
    "gfx90a",
    "",
]


@pytest.mark.parametrize(("name", "device"), NAMES.items())
def test_a_product_is_found_by_what_its_driver_calls_it(name: str, device: str) -> None:
    found = find_product(name)
    assert found is not None
    assert found.name == device


@pytest.mark.parametrize("name", OTHERS)
def test_another_product_is_not_taken_for_a_known_one(name: str) -> None:
    assert find_product(name) is None


def test_every_device_is_found_by_its_own_title() -> None:
    for spec in catalogue.load().values():
        found = find_product(spec.title)
        assert found is not None
        assert found.name == spec.name
