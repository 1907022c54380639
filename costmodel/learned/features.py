"""Rows to numbers: the analytic bound and hardware-normalised features.

The models learn log(latency / bound). Every feature is a ratio to what the device can do (seconds
at peak, waves of tiles over its multiprocessors, bytes over its L2) or a shape or rate in log2, so
that a device never measured is described in the same terms as the measured ones.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned.derived import derive, log2
from costmodel.learned.families import ModelFamily
from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat

Array = npt.NDArray[np.float64]
Columns = Mapping[str, npt.NDArray[Any]]

LAUNCH_S = 2e-6
"""Floor added to the bound: a graph-replayed kernel takes 1.5 to 5 us whatever it does."""

LOG_RATIO_RANGE = (-0.7, 7.0)
"""Predictions stay between half and a thousand times the bound, whatever the trees say."""

_COMPUTES_IN: dict[str, tuple[NumberFormat, ...]] = {
    "fp32": (NumberFormat.FP32,),
    "tf32": (NumberFormat.TF32, NumberFormat.FP32),
    "bf16": (NumberFormat.BF16, NumberFormat.FP16, NumberFormat.FP32),
    "fp16": (NumberFormat.FP16, NumberFormat.FP32),
    "fp16_fp32acc": (NumberFormat.FP16, NumberFormat.FP32),
    "fp16_psuedo": (NumberFormat.FP16, NumberFormat.FP32),
    "fp8": (NumberFormat.FP8_E4M3, NumberFormat.BF16, NumberFormat.FP16),
    "fp8_block": (NumberFormat.FP8_E4M3, NumberFormat.BF16, NumberFormat.FP16),
    "fp8_static": (NumberFormat.FP8_E4M3, NumberFormat.BF16, NumberFormat.FP16),
    "nvfp4": (NumberFormat.FP4, NumberFormat.FP8_E4M3, NumberFormat.BF16),
    "int8": (NumberFormat.INT8, NumberFormat.FP32),
    "sq": (NumberFormat.INT8, NumberFormat.BF16),
    "int8_wo": (NumberFormat.BF16, NumberFormat.FP16),
    "int4_wo": (NumberFormat.BF16, NumberFormat.FP16),
    "w4a16_mxfp4": (NumberFormat.BF16, NumberFormat.FP16),
    "w4a8_mxfp4_mxfp8": (NumberFormat.FP8_E4M3, NumberFormat.BF16),
}
CATEGORIES = ("op", "dtype", "framework", "kernel", "kv_dtype", "distribution")
"""Text columns offered as codes; absent or unseen values are missing, never guessed."""
_PHYSICAL = (
    *("log_compute_s", "log_memory_s", "log_balance", "log_bytes_over_l2", "log_flop"),
    *("log_bound_s", "log_serial_s"),
)
DEVICE_FEATURES = (
    *("log_sm_count", "log_clock", "log_bandwidth", "log_peak", "log_flop_per_watt"),
    "capability",
)
"""What describes the device alone: the same for every row of one device and number format."""
_BATCH = "b"
"""The one shape a table may leave out: a product without a batch is a batch of one."""
_CHUNK = 8192
"""Rows whose features are computed at once: a column of them stays in the first cache."""


def peak_for(spec: DeviceSpec, dtype: str) -> float:
    """Return the dense rate a data type's products run at, fp32 where nothing else is known."""
    for number_format in (*_COMPUTES_IN.get(dtype, ()), NumberFormat.FP32):
        rate = spec.peak(number_format)
        if rate:
            return rate
    raise InputError(f"{spec.name}: the catalogue has no arithmetic rate for it")


def factorise(values: npt.NDArray[Any]) -> tuple[list[str], npt.NDArray[np.intp]]:
    """Return the distinct texts of a column and each row's index among them.

    A dictionary does this ten times as fast as sorting texts (``numpy.unique``) would.
    """
    texts = values.tolist()
    if len(texts) == 1:
        return [str(texts[0])], np.zeros(1, dtype=np.intp)
    known = {text: index for index, text in enumerate(dict.fromkeys(texts))}
    which = np.fromiter(map(known.__getitem__, texts), dtype=np.intp, count=len(texts))
    return [str(text) for text in known], which


def device_columns(columns: Columns, device_column: str) -> dict[str, Array]:
    """Return device figures per row; ``InputError`` names a device that is not in the catalogue."""
    gpus, which = factorise(np.asarray(columns[device_column]))
    dtypes, kind = factorise(np.asarray(columns["dtype"]))
    peaks = np.array([[_peak(gpu, dtype) for dtype in dtypes] for gpu in gpus])
    table = np.array([_figures(gpu) for gpu in gpus])
    names = ("bandwidth", "sm_count", "clock", "l2", "fp32", "tdp", "dram", "capability")
    found = dict(zip(names, table.T[:, which], strict=True))
    found["peak"] = peaks[which, kind]
    return found


@functools.lru_cache(maxsize=4096)
def _peak(gpu: str, dtype: str) -> float:
    return peak_for(catalogue.find(gpu), dtype)


@functools.lru_cache(maxsize=1024)
def _figures(gpu: str) -> tuple[float, ...]:
    spec = catalogue.find(gpu)
    capability = spec.compute_capability or ""
    number = float(capability) if capability.replace(".", "", 1).isdigit() else 0.0
    return (
        spec.dram_bandwidth_bytes_per_s or np.nan,
        float(spec.sm_count),
        spec.clock_hz or np.nan,
        float(spec.l2_bytes or np.nan),
        spec.peak(NumberFormat.FP32) or np.nan,
        spec.tdp_w or np.nan,
        float(spec.dram_bytes or np.nan),
        number,
    )


def bound_s(columns: Columns, device: Mapping[str, Array]) -> Array:
    """Return max(work / peak, bytes / bandwidth) plus the launch floor, in seconds per row."""
    flop = np.asarray(columns["flops"], dtype=float)
    moved = np.asarray(columns["bytes"], dtype=float)
    return np.maximum(flop / device["peak"], moved / device["bandwidth"]) + LAUNCH_S


@functools.cache
def feature_names(family: ModelFamily) -> list[str]:
    """Return the names of the features, in the order of the matrix's columns."""
    one = np.ones(1)
    shapes = dict.fromkeys((*family.shapes, *family.options), one)
    names = [f"log2_{shape}" for shape in family.shapes]
    names += [*_PHYSICAL, *DEVICE_FEATURES, *CATEGORIES]
    names += [f"log2_{name}" for name in family.options]
    return names + [name for name, _ in derive(family, shapes, one)]


def matrix(
    family: ModelFamily,
    columns: Columns,
    device: Mapping[str, Array],
    codes: Mapping[str, Mapping[str, int]],
) -> npt.NDArray[np.float32]:
    """Return one row of features per row of the table; missing values are NaN."""
    needed = (*family.shapes, "flops", "bytes")
    missing = [name for name in needed if name not in columns and name != _BATCH]
    if missing:
        raise InputError(f"rows of {family.name} need the columns {', '.join(missing)}")
    count = len(np.asarray(columns["flops"]))
    texts = [codes_of(columns, name, codes.get(name, {}), count) for name in CATEGORIES]
    out = np.empty((count, len(feature_names(family))), dtype=np.float32)
    for start in range(0, count, _CHUNK):
        part = slice(start, start + _CHUNK)
        found = _numbers(family, columns, {n: v[part] for n, v in device.items()}, part)
        found[_before_codes(family) : _before_codes(family)] = [text[part] for text in texts]
        if count == 1:
            out[0] = np.array(found)[:, 0]
            continue
        for index, values in enumerate(found):
            out[part, index] = values
    return out


def _numbers(
    family: ModelFamily, columns: Columns, device: Mapping[str, Array], part: slice
) -> list[Array]:
    """Return every feature but the codes, of some rows."""

    def of(name: str) -> Array:
        if name not in columns:
            return np.full(len(device["peak"]), 1.0 if name == _BATCH else np.nan)
        return np.asarray(columns[name][part], dtype=float)

    shapes = {name: of(name) for name in (*family.shapes, *family.options)}
    flop, moved = np.maximum(of("flops"), 1.0), np.maximum(of("bytes"), 1.0)
    compute_s, memory_s = flop / device["peak"], moved / device["bandwidth"]
    found = [log2(shapes[name]) for name in family.shapes]
    found += [np.log(compute_s), np.log(memory_s), np.log(compute_s / memory_s)]
    found += [np.log(moved / device["l2"]), np.log(flop)]
    found += [np.log(np.maximum(compute_s, memory_s) + LAUNCH_S)]
    found += [np.log(compute_s + memory_s + LAUNCH_S)]
    found += [np.log(device["sm_count"]), np.log(device["clock"]), np.log(device["bandwidth"])]
    found += [np.log(device["peak"]), np.log(device["peak"] / device["tdp"])]
    found += [device["capability"]]
    found += [log2(shapes[name]) for name in family.options]
    return found + [values for _, values in derive(family, shapes, device["sm_count"])]


def _before_codes(family: ModelFamily) -> int:
    return len(family.shapes) + len(_PHYSICAL) + len(DEVICE_FEATURES)


def codes_of(columns: Columns, name: str, known: Mapping[str, int], count: int) -> Array:
    """Return a text column's codes, NaN where the text is missing or unknown."""
    if name not in columns or not known:
        return np.full(count, np.nan)
    texts, which = factorise(np.asarray(columns[name]))
    values = np.array([known.get(text, np.nan) for text in texts], dtype=float)
    return values[which]
