"""Chips as published figures name them, with the limits that hold for each.

``A100 PCIe`` in a paper and ``H100 NVL`` in a log stand for a device of the catalogue; what the
catalogue does not hold (highest clock, host link, export variants) stands here with its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

HEADROOM = {"consumer": 1.29, "datacenter": 1.13}
"""Room over the clock datasheet rates are stated at. Seen: an RTX 5090 (2.407 GHz) under load at
3.02 GHz, 1.26 times (NVIDIA/open-gpu-kernel-modules issue 1266); H100 SXM and H200 report 1.98 GHz
at most (nvidia-smi -q) and state tensor rates at 1.83, 1.08 times. The rest of each is a margin of
some per cent: a wider window lets more through, it never flags sound figures."""

INT_LANES = 64
"""32-bit integer minima and maxima an SM starts in a cycle on compute capability 8.0 to 9.0
(CUDA C++ Programming Guide, table of arithmetic throughput: compare, minimum, maximum)."""

RTX_5090_D_SHARE = 2375 / 3352
"""AI TOPS of the RTX 5090 D over the RTX 5090's (Tom's Hardware, "Nvidia RTX 5090D V2 limits AI
performance even more", 2025)."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip a figure was published for."""

    spec: DeviceSpec
    arch: str
    """``sm_90`` and so on; empty for other vendors."""
    headroom: float
    tensor_share: float = 1.0
    """Share of the catalogue chip's tensor rate that an export variant has."""
    host_link_bytes_per_s: float | None = None
    """One direction of a 16-lane link: 31.5 GB/s for PCIe 4, 63 GB/s for PCIe 5; ``None`` where the
    host is reached by NVLink (GH200, GB200, GB300) or the generation differs between systems."""

    def ceiling(self, number_format: NumberFormat) -> float | None:
        """Return the dense rate at the highest clock, or ``None`` where no rate is known."""
        peak = self.spec.peak(number_format)
        return None if peak is None else peak * self.headroom * self.tensor_share


_NAMES: tuple[tuple[str, str], ...] = (
    (r"A100 40GB PCIe", "A100-PCIe-40GB"),
    (r"A100 40GB( SXM)?", "A100-SXM-40GB"),
    (r"A100 80GB PCIe|A100 PCIe", "A100-PCIe-80GB"),
    (r"A100( 80GB)?( SXM)?", "A100-SXM-80GB"),
    (r"(H100|H800) PCIe", "H100-PCIe-80GB"),
    (r"H100 NVL", "H100-NVL-94GB"),
    (r"(H100|H800)( SXM| 80GB| \(8-GPU node\)| \(SKU not stated\))?", "H100-SXM-80GB"),
    (r"H200( SXM)?", "H200-SXM"),
    (r"H200 NVL", "H200-NVL"),
    (r"H20", "H20"),
    (r"RTX 5090( D)?", "RTX-5090"),
    (r"RTX 4090( class .*)?", "RTX-4090"),
    (r"RTX 3090", "RTX-3090"),
    (r"V100.*", "V100-SXM2-16GB"),
    (r"GH200.*", "GH200"),
    (r"MI300X( VF)?", "MI300X"),
    (r"(A40|L40|L40S|L4|B200|GB200|B300|GB300|MI100|MI210)", r"\1"),
)
_PCIE4 = 31.5e9
_PCIE5 = 63.0e9
_LINKS = {"sm_80": _PCIE4, "sm_86": _PCIE4, "sm_89": _PCIE4, "sm_90": _PCIE5, "sm_120": _PCIE5}
_COHERENT = frozenset({"GH200", "GB200", "GB300"})


@cache
def find_chip(text: str) -> Chip | None:
    """Return the chip a name stands for, or ``None`` where none is known by it."""
    known = catalogue.load()
    name = next((re.sub(p, n, text) for p, n in _NAMES if re.fullmatch(p, text)), text)
    spec = known.get(name)
    if spec is None:
        return None
    capability = spec.compute_capability or ""
    arch = f"sm_{capability.replace('.', '')}" if spec.vendor == "nvidia" else ""
    consumer = spec.name.startswith(("RTX", "GTX"))
    return Chip(
        spec,
        arch,
        HEADROOM["consumer" if consumer else "datacenter"],
        RTX_5090_D_SHARE if text == "RTX 5090 D" else 1.0,
        None if spec.name in _COHERENT else _LINKS.get(arch),
    )


def same_chip(published: str, spec: DeviceSpec) -> bool:
    """Return whether a published figure is of this device."""
    chip = find_chip(published)
    return chip is not None and chip.spec.name == spec.name and chip.tensor_share == 1.0


def same_architecture(published: str, spec: DeviceSpec) -> bool:
    """Return whether a published figure is of a chip with the same compute capability."""
    chip = find_chip(published)
    if chip is None or chip.spec.compute_capability is None:
        return False
    return chip.spec.compute_capability == spec.compute_capability
