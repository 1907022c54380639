"""Predictions for the local processor from its own benchmark run: bound, siblings, interval.

A kernel's time is the overhead of a call plus its bound (the slower of work and traffic at the best
rates measured) times the slowdown of its nearest measured siblings.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from costmodel.analytic.cpu_evidence import STACK, Envelope, envelope, library_calls
from costmodel.analytic.cpu_features import SIBLING, coordinates, op_class
from costmodel.analytic.cpu_siblings import (
    LEAST_POINTS,
    Group,
    bound_of,
    conformal_quantile,
    distances_to,
    family_left_out,
    groups_of,
    left_out,
    pooled_slowdown,
    scale,
    spreads_of,
    weighted,
)
from costmodel.analytic.cpu_stacks import COMPILERS, on_stack
from costmodel.kernel import Bound, Family, Flag, Kernel, Prediction
from microbench.benchmark import Measurement
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.reference.streams import believed

FAR = 3.0
"""Units of distance beyond which no sibling is near: ``outside-training-range``."""


@dataclass(frozen=True, slots=True)
class CpuModel:
    """A processor as measured, on a number of torch threads."""

    rates: Envelope
    groups: dict[Family, Group]
    spreads: dict[tuple[Family, str], float]
    """90% quantile of |log error| per unit of ``scale``, by family and number format; under ""
    that of the whole family, or of all families where it has too few points."""
    spread_unmeasured: float
    """The same when a family is predicted from the others alone."""

    @classmethod
    def from_measurements(cls, measurements: Iterable[Measurement], threads: int = 1) -> CpuModel:
        """Learn from a run's measurements; ``InputError`` when it holds no library calls.

        Noisy bandwidths do not count where an ``ok`` one is known (``streams.believed``).
        """
        kept = believed(measurements)
        calls = library_calls(kept, threads)
        if len(calls) < LEAST_POINTS:
            raise InputError(
                f"the run holds {len(calls)} library calls on {threads} thread(s), fewer than "
                f"{LEAST_POINTS}: measure with `hwprof bench --device cpu --quick`"
            )
        rates = envelope(kept, calls)
        groups = groups_of(calls, rates)
        errors = {family: left_out(group, rates.overhead_s) for family, group in groups.items()}
        spreads = spreads_of(groups, errors)
        across = family_left_out(groups, rates.overhead_s)
        return cls(rates, groups, spreads, conformal_quantile(across))

    def predict(self, kernels: Sequence[Kernel], stack: str = STACK) -> list[Prediction]:
        """Return one prediction a kernel, in order; equal kernels are worked out once.

        ``xla`` and ``iree`` are told apart from torch's library calls by ``cpu_stacks``; any other
        stack gets the times of the library calls.
        """
        known: dict[object, Prediction] = {}
        found = []
        emulated = self.rates.emulated
        for kernel in kernels:
            key = (
                *(kernel.family, kernel.op, kernel.number_format, kernel.work_flop),
                *(kernel.bytes_moved, tuple(sorted(kernel.dims.items()))),
            )
            if key not in known:
                known[key] = self._predict(_as_compiled(kernel) if stack in COMPILERS else kernel)
            prediction = _for_kernel(known[key], kernel)
            if kernel.number_format in emulated:
                flags = prediction.flags | {Flag.NO_HARDWARE_FORMAT}
                prediction = replace(prediction, flags=flags)
            found.append(prediction)
        return on_stack(found, stack, self.rates.overhead_s)

    def _predict(self, kernel: Kernel) -> Prediction:
        bounded = bound_of(kernel, self.rates)
        log_slowdown, spread, flags = self._slowdown(kernel)
        latency_s = self.rates.overhead_s + bounded.attainable_s * math.exp(max(log_slowdown, 0.0))
        if not bounded.own_peak:
            flags |= {Flag.UNKNOWN_PEAK}
        parts_s = {
            "launch": self.rates.overhead_s,
            "memory": bounded.memory_s,
            "compute": bounded.compute_s,
        }
        bound = Bound.COMPUTE if bounded.compute_s >= bounded.memory_s else Bound.MEMORY
        if self.rates.overhead_s > max(bounded.compute_s, bounded.memory_s):
            bound = Bound.LATENCY
        return Prediction(
            kernel=kernel,
            device="cpu",
            stack=STACK,
            latency_s=latency_s,
            low_s=latency_s * math.exp(-spread),
            high_s=latency_s * math.exp(spread),
            attainable_s=bounded.attainable_s,
            bound=bound,
            parts_s=parts_s,
            flags=frozenset(flags),
        )

    def _slowdown(self, kernel: Kernel) -> tuple[float, float, set[Flag]]:
        """Return log slowdown over the bound, half-width in logs, and reasons to trust less."""
        family = kernel.family if kernel.family in self.groups else SIBLING.get(kernel.family)
        if family is None or family not in self.groups:
            flags = {Flag.ANALYTIC_ONLY}
            return pooled_slowdown(self.groups), self.spread_unmeasured, flags
        group = self.groups[family]
        place = coordinates(kernel, family)
        distances = distances_to(
            group, place, op_class(kernel), kernel.op, kernel.number_format.value
        )
        log_slowdown, nearest = weighted(distances, group.slowdowns, group.weights)
        number_format = kernel.number_format.value
        known = self.spreads.get((family, number_format), self.spreads[family, ""])
        spread = known * scale(nearest)
        if family is not kernel.family:
            return log_slowdown, max(spread, self.spread_unmeasured), {Flag.ANALYTIC_ONLY}
        return log_slowdown, spread, {Flag.OUTSIDE_TRAINING} if nearest > FAR else set()


def _as_compiled(kernel: Kernel) -> Kernel:
    """Return a kernel as a compiler for CPU runs it: narrow numbers are computed with in fp32.

    A library's own code for formats that the processor lacks may be fifty times as slow as that.
    """
    wide = kernel.number_format.size_bytes >= NumberFormat.FP32.size_bytes
    return kernel if wide else replace(kernel, number_format=NumberFormat.FP32)


def _for_kernel(prediction: Prediction, kernel: Kernel) -> Prediction:
    if prediction.kernel is kernel:
        return prediction
    return replace(prediction, kernel=kernel)
