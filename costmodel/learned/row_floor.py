"""What no kernel can beat, for rows of a table: the answers that ``floor`` gives a model's kernels.

The rules and the arithmetic are ``floor``'s own, looked up once for each op, number format and
device of a table, so that a row and the same kernel of a file get the same numbers.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.kernel import Flag
from costmodel.learned import floor
from costmodel.learned.families import BY_OP, OF_KERNEL
from costmodel.learned.features import computes_in
from costmodel.learned.floor import Held
from costmodel.learned.texts import Columns, factorise, first
from microbench.devices import catalogue
from microbench.devices.spec import DeviceSpec
from microbench.formats import NumberFormat

Answers = dict[str, Any]
_PRODUCTS = ("gemm", "matmul_fp32")
_HELD = frozenset(OF_KERNEL.values()) - {"mixture_of_experts"} | {"matmul_fp32"}
"""Families with data that are held to DRAM: those of a file's kernels. The bytes of collectives go
over links; recurrent layers and parts of latent attention were not held against their data."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for rows of one op and number format on one device."""

    held: Held
    number_format: NumberFormat | None
    spec: DeviceSpec
    taps: bool
    """Only rows of one tap are products."""

    @property
    def own_rate(self) -> bool:
        """Say whether the device has a rate for the format, or the format is a table's own."""
        return self.number_format is None or self.spec.peak(self.number_format) is not None


def rows_held(table: Columns, found: Mapping[str, Any], device_column: str) -> Answers:
    """Return a table's answers as ``floor.held`` and ``floor.emulated`` put those of kernels.

    ``table`` holds the rows as they were asked, its number formats those of the operands.
    """
    if len(table["op"]) == 1 and _stands(table, found, device_column):
        return dict(found)
    answers: Answers = {name: np.array(found[name]) for name in found}
    answers["flags"] = answers["flags"].astype(object)
    for rule, rows in _parts(table, device_column):
        _hold(table, answers, rule, rows)
    return answers


def _stands(table: Columns, found: Mapping[str, Any], device_column: str) -> bool:
    """Say whether a table's only row is a product that nothing changes: arrays cost 0.1 ms."""
    rule = _rule(*(first(table[name]) for name in ("op", "dtype", device_column)))
    if rule.taps or not rule.own_rate:
        return False
    flop, moved = (float(table[name][0]) for name in ("flops", "bytes"))  # type: ignore[arg-type]
    return bool(rule.held.least_s(flop, moved) <= min(found["low_s"][0], found["latency_s"][0]))


def _hold(table: Columns, answers: Answers, rule: Rule, rows: Any) -> None:
    """Raise some rows to what their device can do, in place."""
    flop, moved = (np.asarray(table[name], float)[rows] for name in ("flops", "bytes"))
    latency, low, high = (answers[name][rows] for name in ("latency_s", "low_s", "high_s"))
    product = _one_tap(table, flop, rows) if rule.taps else np.ones(len(flop), bool)
    least = np.asarray(rule.held.least_s(np.where(product, flop, 0.0), moved))
    raised = np.maximum(1.0, least / latency)
    latency, low, high = np.maximum(latency, least), np.maximum(low, least), high * raised
    told: list[tuple[Flag, npt.NDArray[np.bool_]]] = [(Flag.ABOVE_PEAK, raised > 1)]
    if rule.number_format is not None:
        latency, high, flags = floor.emulated_s(rule.number_format, rule.spec, flop, latency, high)
        told += [(flag, flop > 0) for flag in flags]
    for name, values in zip(("latency_s", "low_s", "high_s"), (latency, low, high), strict=True):
        answers[name][rows] = values
    if any(where.any() for _, where in told):
        answers["flags"][rows] = _with_flags(answers["flags"][rows], told)


def _with_flags(
    texts: npt.NDArray[Any], told: list[tuple[Flag, npt.NDArray[np.bool_]]]
) -> npt.NDArray[Any]:
    """Return rows' flags with those that ``told`` adds, in order of the alphabet."""
    found = texts.copy()
    for flag, where in told:
        for at in np.flatnonzero(where):
            found[at] = " ".join(sorted({*str(found[at]).split(), flag.value}))
    return found


def _parts(table: Columns, device_column: str) -> Iterator[tuple[Rule, Any]]:
    """Yield the rows of each op, number format and device of a table, with what holds for them."""
    columns = [factorise(table[name]) for name in ("op", "dtype", device_column)]
    (ops, op_of), (dtypes, dtype_of), (gpus, gpu_of) = columns
    if not len(op_of):
        return
    if len(ops) == len(dtypes) == len(gpus) == 1:
        yield _rule(ops[0], dtypes[0], gpus[0]), slice(None)
        return
    combined = (op_of * len(dtypes) + dtype_of) * len(gpus) + gpu_of
    order = np.argsort(combined, kind="stable")
    distinct, starts = np.unique(combined[order], return_index=True)
    for which, rows in zip(distinct.tolist(), np.split(order, starts[1:]), strict=True):
        rest, gpu = divmod(which, len(gpus))
        op, dtype = divmod(rest, len(dtypes))
        yield _rule(ops[op], dtypes[dtype], gpus[gpu]), rows


@functools.lru_cache(maxsize=4096)
def _rule(op: str, dtype: str, gpu: str) -> Rule:
    spec, family = catalogue.find(gpu), BY_OP.get(op)
    name = family.name if family else None
    kind = computes_in(dtype)
    taps = name == "convolution"
    rate = floor.best_rate(kind, spec, taps) if name in _PRODUCTS or taps else None
    bandwidth = spec.dram_bandwidth_bytes_per_s if name is None or name in _HELD else None
    held = Held(rate, bandwidth, floor.cached_bytes(spec, name is not None))
    named = {known.value: known for known in NumberFormat} | {"fp8": kind, "nvfp4": kind}
    return Rule(held, named.get(dtype), spec, taps)


def _one_tap(table: Columns, flop: npt.NDArray[Any], rows: Any) -> npt.NDArray[np.bool_]:
    """Say which convolutions of a table are products, whose work no algorithm saves."""
    sizes = [np.asarray(table[name], float)[rows] for name in ("batch", "c_in", "c_out", "hw_out")]
    batch, c_in, c_out, hw_out = sizes
    whole = 2 * batch * c_in * c_out * hw_out**2 * (1 + 1e-9)  # hw_out may be a square root
    taps = np.asarray(table["ksize"], float)[rows]
    return np.asarray((taps == 1) & (flop <= whole))
