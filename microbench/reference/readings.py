"""How published tables would state a measurement: which figure, in which unit, with which peak.

A measurement may read as several figures (GB/s and bytes a cycle; two modes of one latency). The
peak is the datasheet's rate, or what a multiprocessor does in a cycle (see ``ceilings``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from microbench.benchmark import AxisValue, Measurement
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat
from microbench.reference import ceilings

L1_BYTES = 96 << 10
"""Working sets that lie in L1 on every chip here, shared memory unused."""
OF_L2 = 0.45
"""Share of L2 that is near on chips whose L2 is two halves, with some room."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A measurement as one figure of published tables.

    ``scale`` turns the point's own quantity into ``unit``; ``peak`` is in it.
    """

    figure: str
    unit: str
    scale: Callable[[float], float]
    peak: float | None = None


Axes = Mapping[str, AxisValue]
Reader = Callable[[Measurement, Axes, DeviceSpec], tuple[Reading, ...]]


def readings_of(measurement: Measurement, spec: DeviceSpec) -> tuple[Reading, ...]:
    """Return how published tables would state a measurement; empty where none has its like."""
    reader = _READERS.get(measurement.point.benchmark)
    return () if reader is None else reader(measurement, dict(measurement.point.axes), spec)


def _latency(one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    """Levels by working set: well inside a cache, or at least four times the last one."""
    size, level = int(axes["size_bytes"]), str(axes["space"])
    if level == "l1" and size > L1_BYTES:
        return ()
    if level == "l2":
        l2_bytes = spec.l2_bytes or 0
        if l2_bytes and size >= 4 * l2_bytes:
            level = "dram"
        elif not l2_bytes or size > OF_L2 * l2_bytes:
            return ()
    return _cycles(one, f"latency.{level}")


def _distance(one: Measurement, _axes: Axes, _spec: DeviceSpec) -> tuple[Reading, ...]:
    """Near and far half of L2: the two modes of the samples, where there are two."""
    from microbench.protocol.statistics import modes

    times = sorted(sample.time_s for sample in one.samples if not sample.discarded)
    found, clock_hz = modes(times) if times else (), one.clock_hz
    if len(found) != 2 or not clock_hz:
        return ()
    return tuple(
        Reading(f"latency.l2.{name}", "cycles", partial(_always, mode * clock_hz))
        for name, mode in zip(("near", "far"), found, strict=True)
    )


def _operation_latency(one: Measurement, axes: Axes, _spec: DeviceSpec) -> tuple[Reading, ...]:
    return _cycles(one, f"latency.{_operation(axes)}")


def _operation_rate(one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    """Results of one lane a cycle and SM, as the CUDA guide's table counts them."""
    from microbench.kernels.cuda.alu import OPERATIONS

    operation = next((o for o in OPERATIONS if o.name == axes["operation"]), None)
    if operation is None or not one.clock_hz:
        return ()
    peak = ceilings.operation_flop_per_cycle(operation.name, spec)
    lane = spec.sm_count * one.clock_hz * operation.flop
    return (
        Reading(
            f"rate_sm.{_operation(axes)}",
            "ops/cycle/SM",
            partial(_over, lane),
            peak and peak / operation.flop,
        ),
    )


def _operation(axes: Axes) -> str:
    name = str(axes["operation"])
    return f"dpx.{name.removeprefix('dpx_')}" if name.startswith("dpx_") else name


def _bandwidth(one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    level, direction = axes["level"], axes["direction"]
    rate, figure = spec.dram_bandwidth_bytes_per_s, f"bandwidth.{level}.{direction}"
    found = [Reading(figure, "GB/s", _giga, rate / 1e9 if rate and level == "dram" else None)]
    if level == "l2" and one.clock_hz:
        found.append(Reading(figure, "B/cycle", partial(_over, one.clock_hz)))
    return tuple(found)


def _onchip(one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    figure = f"bandwidth.{axes['level']}"
    found = [Reading(figure, "GB/s", _giga)] if axes["level"] == "l1" else []
    if one.clock_hz:
        per_cycle = spec.sm_count * one.clock_hz
        peak = float(ceilings.SM_BYTES)
        found.append(Reading(figure, "B/cycle/SM", partial(_over, per_cycle), peak))
    return tuple(found)


def _mma_latency(one: Measurement, axes: Axes, _spec: DeviceSpec) -> tuple[Reading, ...]:
    return _cycles(one, f"latency.mma.{axes['shape']}")


def _mma(one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    shape = str(axes["shape"])
    per_cycle = ceilings.shape_flop_per_cycle(shape, spec)
    return _products(one, axes, f"rate.mma.{shape}", per_cycle, spec)


def _wgmma(one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    sparse, form = axes["pattern"] == "sparse", str(axes["format"])
    per_cycle = ceilings.group_flop_per_cycle(form, sparse, spec)
    named = form.replace("fp8_e4m3", "fp8")
    depth = {"tf32": 8, "bf16": 16, "fp16": 16, "fp16acc": 16}.get(named, 32)
    shape = f"m64n{axes['columns']}k{depth * 2 if sparse else depth}"
    figure = f"rate.wgmma.{named}_{shape}_{axes['source']}{'_sparse' if sparse else ''}"
    return _products(one, axes, figure, per_cycle, spec)


def _tcgen05(one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    form, pattern = str(axes["format"]), str(axes["pattern"])
    per_cycle = ceilings.fifth_flop_per_cycle(form, pattern == "sparse", spec)
    mark = "" if pattern == "dense" else f"_{pattern}"
    return _products(one, axes, f"rate.tcgen05.{form}_n{axes['columns']}{mark}", per_cycle, spec)


def _products(
    one: Measurement, axes: Axes, figure: str, per_cycle: float | None, spec: DeviceSpec
) -> tuple[Reading, ...]:
    """Random operands stand for a figure, zeros for one of their own; other kinds for none.

    The peak is the datasheet's (doubled for sparse operands, and for sums of halves where they run
    at twice the stated rate), so that it stands at the datasheet's own clock.
    """
    operands = axes.get("operands", "normal")
    if operands not in {"normal", "zeros"}:
        return ()
    unit = "TOP/s" if "." in figure and figure.split(".")[2].startswith(("int", "bool")) else ""
    told = one.notes.get("number_format")
    form = NumberFormat(str(told)) if told else NumberFormat.FP16
    peak = ceilings.tensor_flop_per_s(spec, form, per_cycle)
    zeros = ".zeros" if operands == "zeros" else ""
    return (Reading(f"{figure}{zeros}", unit or "TFLOP/s", _tera, peak and peak / 1e12),)


def _gemm(one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    if axes["op"] != "mm" or axes["cache"] != "hot":
        return ()
    told = one.notes.get("number_format")
    peak = spec.peak(NumberFormat(str(told))) if told else None
    return (Reading(f"rate.gemm.{axes['number_format']}", "TFLOP/s", _tera, peak and peak / 1e12),)


def _cluster_latency(one: Measurement, _axes: Axes, _spec: DeviceSpec) -> tuple[Reading, ...]:
    return _cycles(one, "latency.dsm")


def _cluster_bandwidth(_one: Measurement, axes: Axes, _spec: DeviceSpec) -> tuple[Reading, ...]:
    return (Reading(f"bandwidth.dsm.cluster{axes['cluster']}", "GB/s", _giga),)


def _copy_latency(one: Measurement, axes: Axes, _spec: DeviceSpec) -> tuple[Reading, ...]:
    """Read the smallest bulk copy, whose data lies in L2."""
    if axes["kind"] != "bulk" or axes["copy_bytes"] != 1 << 10:
        return ()
    return _cycles(one, "latency.bulk_copy.l2")


def _copy_bandwidth(_one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    rate = spec.dram_bandwidth_bytes_per_s if axes["level"] == "dram" else None
    figure = "bandwidth.bulk_copy" if axes["kind"] == "bulk" else f"bandwidth.{axes['kind']}_copy"
    if axes["level"] != "dram":
        figure += f".{axes['level']}"
    return (Reading(figure, "GB/s", _giga, rate and rate / 1e9),)


def _transfer(_one: Measurement, axes: Axes, spec: DeviceSpec) -> tuple[Reading, ...]:
    from microbench.reference.chips import find_chip

    if axes["memory"] != "pinned":
        return ()
    ways = {"h2d": "host_to_device", "d2h": "device_to_host"}
    chip = find_chip(spec.name)
    link = chip.host_link_bytes_per_s if chip else None
    return (
        Reading(f"bandwidth.{ways[str(axes['direction'])]}", "GB/s", _giga, link and link / 1e9),
    )


def _launch(_one: Measurement, axes: Axes, _spec: DeviceSpec) -> tuple[Reading, ...]:
    figures = {"stream": "time.kernel.stream", "graph": "time.kernel.cuda_graph"}
    figure = figures.get(str(axes["way"]))
    return (Reading(figure, "us", _micro),) if figure else ()


def _grid(_one: Measurement, axes: Axes, _spec: DeviceSpec) -> tuple[Reading, ...]:
    if axes["blocks_per_sm"] != 1:
        return ()
    return (Reading("time.kernel.grid_sync", "us", _micro),)


def _cycles(one: Measurement, figure: str) -> tuple[Reading, ...]:
    clock_hz = one.clock_hz
    return (Reading(figure, "cycles", lambda s: s * clock_hz),) if clock_hz else ()


def _over(divisor: float, value: float) -> float:
    return value / divisor


def _always(found: float, _value: float) -> float:
    return found


def _giga(value: float) -> float:
    return value / 1e9


def _tera(value: float) -> float:
    return value / 1e12


def _micro(value: float) -> float:
    return value * 1e6


_READERS: dict[str, Reader] = {
    "gpu.memory.latency": _latency,
    "gpu.memory.l2_distance": _distance,
    "gpu.memory.bandwidth": _bandwidth,
    "gpu.memory.onchip": _onchip,
    "gpu.arithmetic.latency": _operation_latency,
    "gpu.arithmetic.throughput": _operation_rate,
    "gpu.tensor.mma.latency": _mma_latency,
    "gpu.tensor.mma.throughput": _mma,
    "gpu.tensor.wgmma.throughput": _wgmma,
    "gpu.tensor.tcgen05.throughput": _tcgen05,
    "gpu.gemm": _gemm,
    "gpu.cluster.latency": _cluster_latency,
    "gpu.cluster.bandwidth": _cluster_bandwidth,
    "gpu.copy.latency": _copy_latency,
    "gpu.copy.bandwidth": _copy_bandwidth,
    "gpu.transfer": _transfer,
    "gpu.launch.kernel": _launch,
    "gpu.launch.grid_barrier": _grid,
}
