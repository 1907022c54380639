"""Rows to numbers: the analytic bound and hardware-normalised features.

The models learn log(latency / bound). Every feature is a ratio to what the device can do (seconds
at peak, waves of tiles over its multiprocessors, bytes over its L2) or a shape or rate in log2, so
that a device never measured is described in the same terms as the measured ones.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from costmodel.learned.arithmetic import Array, Value, largest, log
from costmodel.learned.derived import derive, log2
from costmodel.learned.families import ModelFamily
from costmodel.learned.straight import Traced, trace
from costmodel.learned.texts import Columns, factorise
from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat

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
_RATES = ("peak", "bandwidth")
_FIGURES = ("bandwidth", "sm_count", "clock", "l2", "tdp", "capability", "peak")
"""What ``figures`` holds, in its order."""
BATCH = "b"
"""The one shape a table may leave out: a product without a batch is a batch of one."""
_CHUNK = 2048
"""Rows whose features are computed at once: fifty columns of them stay in the second cache."""


def known_dtypes() -> tuple[str, ...]:
    """Return the data types whose rate is known, as tables name them."""
    return tuple(_COMPUTES_IN)


def computes_in(dtype: str) -> NumberFormat:
    """Return the number format whose units a data type's products want, as tables name it."""
    known = _COMPUTES_IN.get(dtype)
    return known[0] if known else NumberFormat(dtype)


def peak_for(spec: DeviceSpec, dtype: str) -> float:
    """Return the dense rate a data type's products run at, fp32 where nothing else is known."""
    for number_format in (*_COMPUTES_IN.get(dtype, ()), NumberFormat.FP32):
        rate = spec.peak(number_format)
        if rate:
            return rate
    raise InputError(f"{spec.name}: the catalogue has no arithmetic rate for it")


def device_columns(columns: Columns, device_column: str) -> dict[str, Array]:
    """Return device figures per row; ``InputError`` names a device that is not in the catalogue."""
    gpus, which = factorise(columns[device_column])
    dtypes, kind = factorise(columns["dtype"])
    every = [[figures(gpu, dtype) for dtype in dtypes] for gpu in gpus]
    if len(every) == len(dtypes) == 1:
        return {name: np.full(len(which), value) for name, value in every[0][0].items()}
    table = np.array([[list(one.values()) for one in line] for line in every])
    chosen = table.reshape(-1, table.shape[2])[which * len(dtypes) + kind]
    return dict(zip(every[0][0], chosen.T, strict=True))


@functools.lru_cache(maxsize=4096)
def figures(gpu: str, dtype: str) -> Mapping[str, float]:
    """Return what describes a device at work in one data type; NaN where it is not known."""
    spec = catalogue.find(gpu)
    capability = spec.compute_capability or ""
    known = capability.replace(".", "", 1).isdigit()
    return {
        "bandwidth": float(spec.dram_bandwidth_bytes_per_s or math.nan),
        "sm_count": float(spec.sm_count),
        "clock": float(spec.clock_hz or math.nan),
        "l2": float(spec.l2_bytes or math.nan),
        "tdp": float(spec.tdp_w or math.nan),
        "capability": float(capability) if known else 0.0,
        "peak": float(peak_for(spec, dtype)),
    }


def bound_s(columns: Columns, device: Mapping[str, Array] | Mapping[str, float]) -> Array:
    """Return max(work / peak, bytes / bandwidth) plus the launch floor, in seconds per row."""
    flop = np.asarray(columns["flops"], dtype=float)
    moved = np.asarray(columns["bytes"], dtype=float)
    return np.maximum(flop / device["peak"], moved / device["bandwidth"]) + LAUNCH_S


def bound_on(columns: Columns, device_column: str) -> Array:
    """Return ``bound_s`` of rows on the devices a column names."""
    gpus, which = factorise(columns[device_column])
    dtypes, kind = factorise(columns["dtype"])
    every = [figures(gpu, dtype) for gpu in gpus for dtype in dtypes]
    if len(every) == 1:
        return bound_s(columns, every[0])
    chosen = which * len(dtypes) + kind
    rates = {name: np.array([one[name] for one in every])[chosen] for name in _RATES}
    return bound_s(columns, rates)


@functools.cache
def feature_names(family: ModelFamily) -> list[str]:
    """Return the names of the features, in the order of the matrix's columns."""
    shapes = dict.fromkeys((*family.shapes, *family.options), 1.0)
    names = [f"log2_{shape}" for shape in family.shapes]
    names += [*_PHYSICAL, *DEVICE_FEATURES, *CATEGORIES]
    names += [f"log2_{name}" for name in family.options]
    return names + [name for name, _ in derive(family, shapes, 1.0)]


def matrix(
    family: ModelFamily,
    columns: Columns,
    device: Mapping[str, Array],
    codes: Mapping[str, Mapping[str, int]],
) -> npt.NDArray[np.float32]:
    """Return one row of features per row of the table; missing values are NaN.

    A feature's values lie side by side in memory.
    """
    check(family, columns)
    count = len(columns["flops"])
    before, after = _codes_at(family)
    out = np.empty((len(feature_names(family)), count), dtype=np.float32)
    for at, name in enumerate(CATEGORIES, before):
        out[at] = codes_of(columns, name, codes.get(name, {}), count)
    own = {
        name: np.asarray(columns[name], dtype=float)
        if name in columns
        else np.full(count, absent(name))
        for name in sizes(family)
    }
    for start in range(0, count, _CHUNK):
        part = slice(start, start + _CHUNK)
        some, there = ({n: v[part] for n, v in one.items()} for one in (own, device))
        found = _numbers(family, some, there)
        for row, values in zip((*range(before), *range(after, len(out))), found, strict=True):
            out[row, part] = values
    return out.T


@functools.cache
def traced(family: ModelFamily) -> Traced:
    """Return every feature but the codes as steps from a row's sizes and its device's figures."""
    return trace(sizes(family), _FIGURES, lambda symbols: _numbers(family, symbols, symbols))


def check(family: ModelFamily, columns: Columns) -> None:
    """Refuse a table without a family's columns with ``InputError``."""
    missing = [name for name in sizes(family) if name not in columns]
    missing = [name for name in missing if name != BATCH and name not in family.options]
    if missing:
        raise InputError(f"rows of {family.name} need the columns {', '.join(missing)}")


@functools.cache
def sizes(family: ModelFamily) -> tuple[str, ...]:
    """Return the columns of numbers that features are made of, but for the device's figures."""
    return (*family.shapes, *family.options, "flops", "bytes")


@functools.cache
def _codes_at(family: ModelFamily) -> tuple[int, int]:
    """Return the columns of the matrix where codes begin and end."""
    before = len(family.shapes) + len(_PHYSICAL) + len(DEVICE_FEATURES)
    return before, before + len(CATEGORIES)


def absent(name: str) -> float:
    """Return what stands for a column that may be absent."""
    return 1.0 if name == BATCH else math.nan


def _numbers(
    family: ModelFamily, sizes: Mapping[str, Value], device: Mapping[str, Value]
) -> list[Value]:
    """Return every feature but the codes, of one row or of several."""
    flop, moved = largest(sizes["flops"], 1.0), largest(sizes["bytes"], 1.0)
    compute_s, memory_s = flop / device["peak"], moved / device["bandwidth"]
    found = [log2(sizes[name]) for name in family.shapes]
    found += [log(compute_s), log(memory_s), log(compute_s / memory_s)]
    found += [log(moved / device["l2"]), log(flop)]
    found += [log(largest(compute_s, memory_s) + LAUNCH_S)]
    found += [log(compute_s + memory_s + LAUNCH_S)]
    found += [log(device["sm_count"]), log(device["clock"]), log(device["bandwidth"])]
    found += [log(device["peak"]), log(device["peak"] / device["tdp"])]
    found += [device["capability"]]
    found += [log2(sizes[name]) for name in family.options]
    shapes = {name: sizes[name] for name in (*family.shapes, *family.options)}
    return found + [values for _, values in derive(family, shapes, device["sm_count"])]


def codes_of(columns: Columns, name: str, known: Mapping[str, int], count: int) -> Array:
    """Return a text column's codes, NaN where the text is missing or unknown."""
    if name not in columns or not known:
        return np.full(count, np.nan)
    texts, which = factorise(columns[name])
    values = np.array([known.get(text, np.nan) for text in texts], dtype=float)
    return values[which]
