"""Rules that refuse figures the hardware cannot produce or the method cannot mean.

Each rule is physics or algebra: what a scheduler issues, what a pipe takes, what a load must cross,
what a compiler may fold. None looks a figure up. ``is_plausible`` returns the first reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from microbench.formats import NumberFormat
from microbench.reference.ceilings import full_over_stated
from microbench.reference.chips import INT_LANES, Chip, find_chip
from microbench.units import quantity, seconds, size

SIMPLE_OP_CYCLES = (4.0, 12.0)
"""A dependent fp32 or int32 instruction takes 4 cycles from Volta on (Jia et al. 2018, arXiv
1804.06826, table 4.1), at most a few more in its slowest simple form."""
WINDOWS_CYCLES = {
    "shared": (15.0, 45.0),
    "l1": (22.0, 50.0),
    "l2": (150.0, 520.0),
    "dram": (350.0, 1500.0),
    "dsm": (150.0, 400.0),
}
"""What a hit in each level can take on NVIDIA chips from Volta to Blackwell: a shared-memory or L1
load crosses one SM, an L2 load the crossbar (near or far half), DRAM its own arrays besides."""
MMA_SYNC_SHARE = {"sm_90": 0.70}
"""``mma.sync`` cannot feed Hopper's tensor cores: 62.9% of peak on average over shapes, at best two
thirds (arXiv 2402.13499); the full rate takes ``wgmma``."""
EMULATED = {"sm_90": ("f8", "s4")}
"""Operand types whose ``mma.sync`` the assembler builds from other instructions (our own check of
the machine code: unpack and HMMA or IMMA)."""
LEAST_STREAM_SHARE = 0.65
LEAST_LINK_SHARE = 0.40
ROUNDING = 1.02

Rule = Callable[[Chip | None, str, str, str, float, str], str]


def is_plausible(
    gpu: str, benchmark: str, variant: str, metric: str, value: float, unit: str
) -> str:
    """Return "" for a figure that can be, else why it cannot.

    ``gpu`` is a chip as published figures name it; ``unit`` as printed (``cycles``, ``GB/s``,
    ``TFLOP/s``, ``ops/cycle/SM``, ...).
    """
    if metric == "theoretical":
        return ""
    chip = find_chip(gpu)
    for rule in _RULES:
        reason = rule(chip, benchmark, variant, metric, value, unit)
        if reason:
            return reason
    return ""


def ladder_problem(
    sizes_bytes: Sequence[int], latencies: Sequence[float], unit: str = "cycles"
) -> str:
    """Return why a latency ladder cannot be, or "": it must not fall by more than 5%."""

    def shown(latency: float) -> str:
        return seconds(latency) if unit == "s" else f"{latency:.4g} {unit}"

    highest = 0.0
    for span, latency in sorted(zip(sizes_bytes, latencies, strict=True)):
        if latency < 0.95 * highest:
            return (
                f"{shown(latency)} at {size(span)} after {shown(highest)} at less: a larger "
                "working set cannot be faster, so one of them was disturbed"
            )
        highest = max(highest, latency)
    return ""


def rate_problem(
    rate: float, sm_count: int, per_cycle: float, clock_hz: float, unit: str = "FLOP/s"
) -> str:
    """Return why a rate cannot be, or "": no more than SMs x units x clock, 2% for rounding."""
    ceiling = sm_count * per_cycle * clock_hz
    if rate > ROUNDING * ceiling:
        return f"{quantity(rate, unit)} is above SMs x rate x clock = {quantity(ceiling, unit)}"
    return ""


def _dependent_operation(
    _chip: Chip | None, benchmark: str, _variant: str, metric: str, value: float, unit: str
) -> str:
    if unit != "cycles" or not metric.startswith("latency"):
        return ""
    least, most = SIMPLE_OP_CYCLES
    if benchmark in {"dpx", "alu_latency"} and value < least:
        return f"a dependent instruction takes at least {least:.0f} cycles: the chain was folded"
    if benchmark == "alu_latency" and value > most:
        return f"no simple instruction takes over {most:.0f} cycles: the loop was counted with it"
    return ""


def _issue_rate(
    _chip: Chip | None, _benchmark: str, _variant: str, metric: str, value: float, _unit: str
) -> str:
    if metric == "cycles_per_warp_inst" and value < 1:
        return "a scheduler starts at most one instruction of a warp in a cycle"
    return ""


def _foldable(
    _chip: Chip | None, benchmark: str, variant: str, metric: str, _value: float, _unit: str
) -> str:
    """``max(max(x, b), b)`` is ``max(x, b)``: operations counted in source did not all run."""
    rate = benchmark == "dpx" and metric.startswith("throughput")
    if rate and re.match(r"__vi(b)?(max|min)_", variant):
        return "a chain of two-operand maxima folds: operations of the source did not all run"
    return ""


def _integer_rate(
    chip: Chip | None, benchmark: str, _variant: str, _metric: str, value: float, unit: str
) -> str:
    if benchmark != "dpx" or chip is None:
        return ""
    units = {"ops/cycle/SM": 1, "ops/cycle": chip.spec.sm_count}.get(unit)
    if units is not None and value > ROUNDING * INT_LANES * units:
        return f"above {INT_LANES} lanes a cycle and SM"
    return ""


def _memory_window(
    chip: Chip | None, benchmark: str, variant: str, metric: str, value: float, unit: str
) -> str:
    if unit != "cycles" or "latency" not in metric or chip is None or not chip.arch:
        return ""
    level = _level(benchmark, variant)
    if level is None:
        return ""
    least, most = WINDOWS_CYCLES[level]
    if value < least:
        return f"{level} cannot answer within {least:.0f} cycles: another level answered"
    if value > most and level in {"shared", "l1"}:
        return f"a {level} hit takes at most {most:.0f} cycles: clock reads are inside the figure"
    return ""


def _level(benchmark: str, variant: str) -> str | None:
    text = variant.lower()
    if benchmark.startswith(("dsm", "luo24_dsm", "luo25_dsm")):
        return None if "own_smem" in text else "dsm"
    if benchmark in {"dpx", "alu_latency", "mma_sync", "wgmma", "tcgen05_mma", "tma_latency"}:
        return None
    first = re.split(r"[,\s_(]", text)[0]
    if "miss" in text or first in {"global", "main", "dram"}:
        return "dram" if "near" not in text or "miss" in text else "l2"
    return {"shared": "shared", "smem": "shared", "l1": "l1", "l2": "l2"}.get(first)


def _host_link(
    chip: Chip | None, benchmark: str, variant: str, _metric: str, value: float, unit: str
) -> str:
    host = re.match(
        r"(device to host|host to device|(device|host)_to_(host|device)_memcpy)",
        variant,
        re.IGNORECASE,
    )
    if benchmark != "nvbandwidth" or unit != "GB/s" or host is None or chip is None:
        return ""
    link = chip.host_link_bytes_per_s
    if link is None:
        return ""
    if value * 1e9 > ROUNDING * link:
        return "above what 16 lanes carry one way"
    if value * 1e9 < LEAST_LINK_SHARE * link:
        return "far below one direction of 16 lanes: a narrower link or unpinned memory"
    return ""


def _dram_stream(
    chip: Chip | None, benchmark: str, _variant: str, metric: str, value: float, unit: str
) -> str:
    rate = chip.spec.dram_bandwidth_bytes_per_s if chip is not None else None
    if rate is None or metric != "bandwidth" or unit != "GB/s":
        return ""
    if benchmark in {"dram_bandwidth", "babelstream", "gpu_stream"} and value * 1e9 > 1.02 * rate:
        return "above the DRAM's own rate: a cache answered"
    if benchmark == "dram_bandwidth" and value * 1e9 < LEAST_STREAM_SHARE * rate:
        return "under 65% of the DRAM's rate: too few bytes in flight to measure the memory"
    return ""


def _tensor_rate(
    chip: Chip | None, benchmark: str, variant: str, _metric: str, value: float, unit: str
) -> str:
    scale = {"TFLOP/s": 1e12, "TOP/s": 1e12, "GFLOP/s": 1e9}.get(unit)
    if scale is None or chip is None or not chip.arch:
        return ""
    through_mma = benchmark in {"mma_sync", "mma_sync_peak"}
    operands = re.match(r"mma_(mx)?([a-z]+\d+)", variant)
    kind = operands[2] if operands else ""
    if through_mma and kind in EMULATED.get(chip.arch, ()):
        return f"mma.sync of {kind} is emulated on {chip.arch}: the figure is not of tensor cores"
    ceiling = _ceiling(chip, variant, through_mma)
    if ceiling is None:
        return ""
    share = MMA_SYNC_SHARE.get(chip.arch, 1.0) if through_mma else 1.0
    if value * scale > share * ceiling:
        limit = f"{share * ceiling / 1e12:.0f} TFLOP/s"
        return f"above {limit}, the most this path reaches at the highest clock"
    return ""


_FORMATS: tuple[tuple[str, NumberFormat], ...] = (
    (r"tf32", NumberFormat.TF32),
    (r"bf16", NumberFormat.BF16),
    (r"fp?16|half", NumberFormat.FP16),
    (r"e4m3|e5m2|fp?8", NumberFormat.FP8_E4M3),
    (r"int8|s8", NumberFormat.INT8),
    (r"fp32|single|float", NumberFormat.FP32),
)


def _ceiling(chip: Chip, variant: str, through_mma: bool) -> float | None:
    """Return the most a format reaches on a chip; sparse and half sums double it."""
    text = variant.lower()
    operands = re.match(r"mma_([a-z]+\d+)", text)
    named = operands[1] if operands else text
    number_format = next((form for mark, form in _FORMATS if re.search(mark, named)), None)
    if number_format is None or re.search(r"fp?[46]|mx", text):
        return None
    found = chip.ceiling(number_format)
    if found is None:
        return None
    if "sparse" in text:
        found *= 2
    # Consumer chips sum halves twice as fast as fp32 (datasheets state the fp32-sum rate).
    # A log that does not name the type of the sum may mean halves.
    half_sums = through_mma and (not operands or re.search(r"mma_(f16f16f16|f8f8f16)", text))
    return found * full_over_stated(chip.spec) if half_sums else found


_RULES: tuple[Rule, ...] = (
    _dependent_operation,
    _issue_rate,
    _foldable,
    _integer_rate,
    _memory_window,
    _host_link,
    _dram_stream,
    _tensor_rate,
)
