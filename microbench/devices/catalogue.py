"""The catalogue of known GPUs: one row a device, every figure with its source.

``gpus.csv`` holds dense rates at the stated boost clock; ``gpu_sources.csv`` says for each figure
in which document it stands and whether it was derived (a sparse rate halved). Figures are per card
in the file and per device as a kernel sees it here (half, for the two-die MI250 and MI250X).
"""

from __future__ import annotations

import csv
import difflib
import functools
from importlib.resources import files

from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat

_PEAKS = {
    NumberFormat.FP32: "fp32_flop_per_s",
    NumberFormat.TF32: "tf32_flop_per_s",
    NumberFormat.FP16: "fp16_flop_per_s",
    NumberFormat.BF16: "bf16_flop_per_s",
    NumberFormat.FP8_E4M3: "fp8_flop_per_s",
    NumberFormat.FP8_E5M2: "fp8_flop_per_s",
    NumberFormat.INT8: "int8_op_per_s",
    NumberFormat.FP4: "fp4_flop_per_s",
}


@functools.cache
def load() -> dict[str, DeviceSpec]:
    """Return every GPU of the catalogue by name, oldest architecture first."""
    sources: dict[str, dict[str, str]] = {}
    for row in _rows("gpu_sources.csv"):
        flag = f" ({row['flag']})" if row["flag"] else ""
        sources.setdefault(row["name"], {})[row["field"]] = row["source"] + flag
    return {row["name"]: _spec(row, sources.get(row["name"], {})) for row in _rows("gpus.csv")}


@functools.cache
def aliases() -> dict[str, str]:
    """Return lower-case names and short names, each with the catalogue name it stands for."""
    found = {row["name"].lower(): row["name"] for row in _rows("gpus.csv")}
    for row in _rows("gpus.csv"):
        found.update((alias, row["name"]) for alias in row["aliases"].split())
    return found


@functools.cache
def notes() -> dict[str, str]:
    """Return what a reader of a device's figures should know, by name; empty where nothing."""
    return {row["name"]: row["notes"] for row in _rows("gpus.csv")}


_LOCAL_WORDS = ("gpu", "cuda", "nvidia", "device")


def find(name: str) -> DeviceSpec:
    """Return a device by name or short name, in any case; ``InputError`` lists near ones."""
    wanted = "-".join(name.lower().replace("_", "-").split())
    known = aliases()
    if wanted in known:
        return load()[known[wanted]]
    joined = {alias.replace("-", ""): full for alias, full in known.items()}
    if wanted.replace("-", "") in joined:
        return load()[joined[wanted.replace("-", "")]]
    if wanted.lstrip("-").partition(":")[0] in _LOCAL_WORDS or wanted.lstrip("-").isdigit():
        raise InputError(
            f"unknown device {name!r}: GPUs of this machine are 0, 1, ..., see `hwprof devices`"
        )
    near = [known[match] for match in difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)]
    near += [full for alias, full in known.items() if wanted and wanted in alias]
    advice = f"did you mean {', '.join(dict.fromkeys(near[:4]))}? " if near else ""
    raise InputError(f"unknown device {name!r}: {advice}`hwprof devices` lists all")


def _rows(file: str) -> list[dict[str, str]]:
    text = files("microbench.devices").joinpath(file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _spec(row: dict[str, str], sources: dict[str, str]) -> DeviceSpec:
    share = 1 / int(row["devices_per_card"])
    peaks = {
        number_format: float(row[column]) * share
        for number_format, column in _PEAKS.items()
        if row[column]
    }
    return DeviceSpec(
        name=row["name"],
        title=row["title"],
        kind=DeviceKind.CPU if row["name"] == "Xeon-Phi-7250" else DeviceKind.GPU,
        vendor=row["vendor"],
        arch=row["arch"],
        compute_capability=row["compute_capability"] or None,
        sm_count=int(int(row["sm_count"]) * share),
        clock_hz=float(row["clock_hz"]),
        dram_bandwidth_bytes_per_s=float(row["dram_bandwidth_bytes_per_s"]) * share,
        dram_bytes=int(float(row["dram_bytes"]) * share),
        l2_bytes=int(float(row["l2_bytes"]) * share),
        llc_bytes=_integer(row["llc_bytes"], share),
        peak_flop_per_s=peaks,
        tdp_w=float(row["tdp_w"]) * share,
        shared_bytes_per_sm=_integer(row["shared_bytes_per_sm"]),
        shared_bytes_per_block=_integer(row["shared_bytes_per_block"]),
        registers_per_sm=_integer(row["registers_per_sm"]),
        max_warps_per_sm=_integer(row["max_warps_per_sm"]),
        warp_size=_integer(row["warp_size"]),
        link_bytes_per_s=float(row["link_bytes_per_s"]) if row["link_bytes_per_s"] else None,
        sources=sources,
    )


def _integer(text: str, share: float = 1.0) -> int | None:
    return int(float(text) * share) if text else None
