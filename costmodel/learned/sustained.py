"""The share of its fp32 peak that a card holds under load, from its watts.

A card's power limit sets the clock it holds, and a datasheet's peak does not say so: a T4 of 70 W
holds 37% of its peak in large products, a V100 of 250 W 75%. Energy per FLOP falls with the
process, and power grows with the clock between linearly (voltage as it is) and as its cube (voltage
in step with it), so that share = (k x watts per peak FLOP/s / nanometres)^g with g between 1 and
1/3. Half-way between them is taken; k is the median over measured cards. With each architecture
left out of k, the shares of A100, P100, P4, T4 and V100 are met within 2, 4, 9, 1 and 21%; the mean
share of the others is off by 27, 9, 50, 62 and 33%. What it does to predictions: docs/accuracy.md.
"""

from __future__ import annotations

import functools
import statistics
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from costmodel.learned import features
from costmodel.learned.families import ModelFamily
from costmodel.learned.texts import Columns
from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec

MEASURED: Mapping[str, float] = {
    "A100-PCIe-40GB": 0.697,
    "P100-PCIe-16GB": 0.636,
    "P4": 0.385,
    "T4": 0.369,
    "V100-PCIe-32GB": 0.749,
}
"""Median of FLOP / seconds / peak of the products above 5 GFLOP in neusight/matmul."""
LEAST_FLOP = 5e9
POWER = 2.0 / 3.0
"""Growth of the share with watts: half-way between 1 and 1/3."""
_NANOMETRES: Mapping[tuple[str, str], float] = {
    ("kepler", "3.5"): 28,
    ("maxwell", "5.2"): 28,
    ("pascal", "6.0"): 16,
    ("pascal", "6.1"): 16,
    ("volta", "7.0"): 12,
    ("turing", "7.5"): 12,
    ("ampere", "8.0"): 7,
    ("ampere", "8.6"): 8,
    ("ada", "8.9"): 4,
    ("hopper", "9.0"): 4,
}
"""Process by architecture and compute capability, as NVIDIA's whitepapers name it (TSMC 28 nm,
16FF, 12FFN, N7, Samsung 8N, TSMC 4N)."""


def applies(family: ModelFamily, asked: DeviceSpec, there: DeviceSpec) -> bool:
    """Say whether shares carry a family from one device to another: what was measured.

    Products in fp32 outside tensor cores. Convolutions erred more with it (24.7% against 19.4%,
    the mean of four cards): Winograd's do less work than their FLOP say. AMD's peaks are those of
    matrix cores, another thing.
    """
    return family.name == "matmul_fp32" and asked.vendor == there.vendor == "nvidia"


def bound_s(table: Columns, name: str, asked: str) -> npt.NDArray[np.float64]:
    """Return the analytic bound of fp32 rows at the rate a device holds, in seconds.

    ``asked`` is the device a prediction is for: nothing measured on its architecture is used.
    """
    return np.asarray(features.bound_s(table, figures(name, asked)))


@functools.lru_cache(maxsize=4096)
def figures(name: str, asked: str) -> Mapping[str, float]:
    """Return a device's figures with the fp32 rate it holds for its peak, as ``bound_s``."""
    spec, arch = catalogue.find(name), catalogue.find(asked).arch
    found = features.figures(name, "fp32")
    return {**found, "peak": found["peak"] * share(spec, arch)}


def share(spec: DeviceSpec, hidden: str) -> float:
    """Return the share of its fp32 peak a device holds, as if nothing of ``hidden`` was measured.

    ``hidden`` is an architecture. 1 where the process or the watts of a device are not known.
    """
    if spec.name in MEASURED and spec.arch != hidden:
        return MEASURED[spec.name]
    watts = _watts(spec)
    return min((_constant(hidden) * watts) ** POWER, 1.0) if watts else 1.0


def _watts(spec: DeviceSpec) -> float:
    """Return watts per peak TFLOP/s and nanometre; 0 where they are not known."""
    nanometres = _NANOMETRES.get((spec.arch, spec.compute_capability or ""))
    if not nanometres or not spec.tdp_w:
        return 0.0
    return spec.tdp_w / (features.peak_for(spec, "fp32") / 1e12) / nanometres


@functools.cache
def _constant(hidden: str) -> float:
    """Return k: the median over measured cards of other architectures."""
    cards = [(catalogue.find(name), value) for name, value in MEASURED.items()]
    found = [value ** (1 / POWER) / _watts(spec) for spec, value in cards if spec.arch != hidden]
    return float(statistics.median(found))
