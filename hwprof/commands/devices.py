"""``hwprof devices``: the catalogue, this machine's devices, or one device with its sources."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from hwprof.units import quantity
from microbench.devices import catalogue, checks, detect
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat

COLUMNS = (
    *("name", "arch", "SMs", "clock", "memory", "bandwidth", "L2", "fp32", "tf32", "fp16"),
    *("bf16", "fp8", "int8", "fp4", "TDP"),
)
_FORMATS = (
    *(NumberFormat.FP32, NumberFormat.TF32, NumberFormat.FP16, NumberFormat.BF16),
    *(NumberFormat.FP8_E4M3, NumberFormat.INT8, NumberFormat.FP4),
)


def devices(
    name: Annotated[
        str | None, typer.Argument(help="A device: print all its figures with their sources.")
    ] = None,
    local: Annotated[bool, typer.Option("--local", help="Only devices of this machine.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, one row a device.")] = False,
) -> None:
    """List the devices of the catalogue and of this machine; rates are dense datasheet peaks.

    Example: hwprof devices h100-sxm
    """
    if as_json and as_csv:
        raise InputError("choose one of --json and --csv")
    specs = _chosen(name, local)
    if as_json:
        typer.echo(json.dumps(document(specs), indent=1))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, list(record(specs[0], flat=True)))
        writer.writeheader()
        writer.writerows(record(spec, flat=True) for spec in specs)
    elif name is not None:
        typer.echo("\n\n".join(sheet(spec) for spec in specs))
    else:
        typer.echo(table(specs))
        typer.echo("\nDense peaks. `hwprof devices NAME` prints every figure with its source.")


def _chosen(name: str | None, local: bool) -> tuple[DeviceSpec, ...]:
    if name is not None and detect.is_local(name):
        return detect.resolve(name)
    if name is not None:
        return (catalogue.find(name),)
    found = (detect.local_cpu(), *(detect.local_gpus() if not detect.nvml_problem() else ()))
    return found if local else (*found, *catalogue.load().values())


def document(specs: tuple[DeviceSpec, ...]) -> dict[str, object]:
    """Return devices as ``hwprof.devices/1``: SI units, ``null`` where a figure is unknown."""
    return {"schema": "hwprof.devices/1", "devices": [record(spec) for spec in specs]}


def record(spec: DeviceSpec, flat: bool = False) -> dict[str, object]:
    """Return one device's figures; ``flat`` leaves out lists and mappings."""
    peaks = {f"{f}_peak_flop_per_s": spec.peak(f) for f in _FORMATS}
    figures: dict[str, object] = {
        "name": spec.name,
        "title": spec.title,
        "kind": spec.kind.value,
        "vendor": spec.vendor,
        "arch": spec.arch,
        "compute_capability": spec.compute_capability,
        "sm_count": spec.sm_count,
        "clock_hz": spec.clock_hz,
        "dram_bytes": spec.dram_bytes,
        "dram_bandwidth_bytes_per_s": spec.dram_bandwidth_bytes_per_s,
        "l2_bytes": spec.l2_bytes,
        "llc_bytes": spec.llc_bytes,
        **peaks,
        "tdp_w": spec.tdp_w,
        "shared_bytes_per_sm": spec.shared_bytes_per_sm,
        "shared_bytes_per_block": spec.shared_bytes_per_block,
        "registers_per_sm": spec.registers_per_sm,
        "max_warps_per_sm": spec.max_warps_per_sm,
        "warp_size": spec.warp_size,
        "link_bytes_per_s": spec.link_bytes_per_s,
        "note": catalogue.notes().get(spec.name, ""),
    }
    if flat:
        return figures
    nested = {"sources": dict(spec.sources), "disagreements": list(checks.disagreements(spec))}
    return {**figures, **nested}


def table(specs: tuple[DeviceSpec, ...]) -> str:
    """Return one line a device, in plain columns."""
    rows = [COLUMNS, *(_cells(spec) for spec in specs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _cells(spec: DeviceSpec) -> tuple[str, ...]:
    clock = "" if spec.clock_hz is None else f"{spec.clock_hz / 1e6:.0f} MHz"
    bandwidth = spec.dram_bandwidth_bytes_per_s
    return (
        *(spec.name, spec.arch, str(spec.sm_count), clock, _binary(spec.dram_bytes)),
        *("" if bandwidth is None else f"{bandwidth / 1e9:.0f} GB/s", _binary(spec.l2_bytes)),
        *(_teras(spec.peak(number_format)) for number_format in _FORMATS),
        "" if spec.tdp_w is None else f"{spec.tdp_w:.0f} W",
    )


def sheet(spec: DeviceSpec) -> str:
    """Return every known figure of a device with its source, then what does not add up."""
    lines = [f"{spec.name}: {spec.title}"]
    note = catalogue.notes().get(spec.name, "")
    lines += [f"note: {note}"] if note else []
    figures = [(key, text) for key, text in _figures(spec).items() if text]
    wide, middle = (max((len(pair[i]) for pair in figures), default=0) for i in (0, 1))
    lines += [""]
    lines += [
        f"  {key:{wide}}  {text:{middle}}  {_source(spec, key)}".rstrip() for key, text in figures
    ]
    missing = [str(f) for f in _FORMATS if spec.peak(f) is None]
    if missing:
        unknown = "measured by `hwprof bench`" if spec.name == "cpu" else "no dense rate listed"
        lines += ["", f"no peak for {', '.join(missing)}: {unknown}"]
    found = checks.disagreements(spec)
    lines += ["", "figures that do not follow from each other:"] if found else []
    lines += [f"  {text}" for text in found]
    return "\n".join(lines)


def _figures(spec: DeviceSpec) -> Mapping[str, str]:
    def rate(value: float | None, unit: str) -> str:
        return "" if value is None else quantity(value, unit)

    integers = {NumberFormat.INT8}
    return {
        "kind": spec.kind.value,
        "arch": spec.arch,
        "compute_capability": spec.compute_capability or "",
        "sm_count": str(spec.sm_count),
        "clock_hz": rate(spec.clock_hz, "Hz"),
        "dram_bandwidth_bytes_per_s": rate(spec.dram_bandwidth_bytes_per_s, "B/s"),
        "dram_bytes": _binary(spec.dram_bytes),
        "l2_bytes": _binary(spec.l2_bytes),
        "llc_bytes": _binary(spec.llc_bytes),
        **{
            _peak_field(f): rate(spec.peak(f), "OP/s" if f in integers else "FLOP/s")
            for f in _FORMATS
        },
        "tdp_w": "" if spec.tdp_w is None else f"{spec.tdp_w:.0f} W",
        "shared_bytes_per_sm": _binary(spec.shared_bytes_per_sm),
        "shared_bytes_per_block": _binary(spec.shared_bytes_per_block),
        "registers_per_sm": "" if spec.registers_per_sm is None else str(spec.registers_per_sm),
        "max_warps_per_sm": "" if spec.max_warps_per_sm is None else str(spec.max_warps_per_sm),
        "warp_size": "" if spec.warp_size is None else str(spec.warp_size),
        "link_bytes_per_s": rate(spec.link_bytes_per_s, "B/s"),
    }


def _peak_field(number_format: NumberFormat) -> str:
    short = "fp8" if number_format is NumberFormat.FP8_E4M3 else number_format.value
    return f"{short}_op_per_s" if short == "int8" else f"{short}_flop_per_s"


def _source(spec: DeviceSpec, field: str) -> str:
    return spec.sources.get(field, "")


def _teras(value: float | None) -> str:
    return "" if value is None else f"{value / 1e12:.3g}" if value < 1e14 else f"{value / 1e12:.0f}"


def _binary(size_bytes: int | None) -> str:
    if size_bytes is None:
        return ""
    for scale, unit in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if size_bytes >= scale:
            return f"{size_bytes / scale:.4g} {unit}"
    return f"{size_bytes} B"
