"""What is known of a device: datasheet figures, all in SI units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from microbench.formats import NumberFormat


class DeviceKind(StrEnum):
    """The two kinds of device hwprof measures and predicts."""

    GPU = "gpu"
    CPU = "cpu"


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """Figures of one device. ``None`` means unknown: never a guess.

    ``peak_flop_per_s`` holds dense rates only, per number format, at the stated boost clock (for
    integers, operations per second). Extensive figures are for one device as a kernel sees it
    (one GCD of an MI250). A CPU's peaks are measured, so its mapping starts empty.
    """

    name: str
    """Catalogue id, e.g. ``H100-SXM-80GB``; ``cpu`` for the local processor."""
    title: str
    kind: DeviceKind
    vendor: str
    arch: str
    compute_capability: str | None
    """``9.0`` for NVIDIA, ``gfx90a`` for AMD."""
    sm_count: int
    """Streaming multiprocessors, compute units, or physical cores usable by this process."""
    clock_hz: float | None
    dram_bandwidth_bytes_per_s: float | None
    dram_bytes: int | None
    l2_bytes: int | None
    llc_bytes: int | None = None
    """A memory-side cache behind L2 (AMD), or a CPU's last-level cache."""
    peak_flop_per_s: Mapping[NumberFormat, float] = field(default_factory=dict)
    tdp_w: float | None = None
    shared_bytes_per_sm: int | None = None
    shared_bytes_per_block: int | None = None
    registers_per_sm: int | None = None
    max_warps_per_sm: int | None = None
    warp_size: int | None = None
    link_bytes_per_s: float | None = None
    """Peer-to-peer link (NVLink, Infinity Fabric), both directions together."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Field name to the document its figure stands in."""

    def peak(self, number_format: NumberFormat) -> float | None:
        """Dense peak in FLOP/s for a format, or ``None`` where no figure is known."""
        return self.peak_flop_per_s.get(number_format)
