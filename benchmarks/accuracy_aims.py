"""What the shipped models were to reach, and what they reach, from the same results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from accuracy_tables import DRAW, Results, table

SHAPES = {
    "gemm": (0.04, 0.02),
    "attention_prefill": (0.03, 0.016),
    "attention_decode": (0.03, 0.016),
    "attention_encoder": (0.03, 0.016),
    "mixture_of_experts": (0.04, 0.018),
    "latent_attention": (0.05, 0.025),
    "matmul_fp32": (0.06, 0.03),
    "rowwise": (0.018, 0.01),
    "convolution": (0.09, 0.06),
}
"""Largest mean and median error on unseen shapes."""
GPU = {
    "gemm": 0.07,
    "attention_prefill": 0.04,
    "attention_decode": 0.04,
    "attention_encoder": 0.04,
    "mixture_of_experts": 0.08,
    "matmul_fp32": 0.10,
}
"""Largest mean error on a GPU left out whose architecture is known."""
ARCHITECTURE = {"0": 0.25, "20": 0.10, "100": 0.06}
"""Largest mean error on an architecture left out, by points measured on the device."""
MODELS = 0.05
KNOWN_COVERAGE, UNKNOWN_COVERAGE = (0.88, 0.92), 0.85

Line = tuple[str, str, str, str]


def aims(results: Results) -> list[str]:
    """Return every aim, what is reached, and whether that is enough."""
    lines: list[Line] = []
    for add in (_shapes, _intervals, _gpus, _architectures, _models):
        lines += add(results)
    return table(("aim", "at most", "reached", "holds"), lines, texts=4)


def _shapes(results: Results) -> Iterable[Line]:
    for family, (mean, median) in SHAPES.items():
        score = results[f"shapes.{family}"]
        reached = round(score["mape"], 3), round(score["median"], 3)
        holds = reached[0] <= mean and reached[1] <= median
        yield (
            f"{family}, unseen shapes: mean / median",
            f"{mean:.1%} / {median:.1%}",
            f"{reached[0]:.1%} / {reached[1]:.1%}",
            _word(holds),
        )


def _intervals(results: Results) -> Iterable[Line]:
    low, high = KNOWN_COVERAGE
    found = {n[7:]: r["coverage"] for n, r in results.items() if n.startswith("shapes.") and r}
    odd = [f"{n} {c:.1%}" for n, c in found.items() if not low <= round(c, 3) <= high]
    reached = f"{len(found) - len(odd)} of {len(found)} families"
    reached += f"; not {', '.join(odd)}" if odd else ""
    yield "90% intervals, unseen shapes", f"{low:.0%} to {high:.0%}", reached, _word(not odd)
    for prefix, title in (("gpu.", "GPU"), ("arch.", "architecture")):
        at_least = f"at least {UNKNOWN_COVERAGE:.0%}"
        shares: dict[str, float] = {}
        for name, result in results.items():
            devices = _devices(results, name) if name.startswith(prefix) else []
            if devices and result:
                own = [one["scores"][DRAW]["0"]["coverage"] for one in devices]
                shares[name.removeprefix(prefix)] = float(np.mean(own))
        least = min(shares, key=lambda name: shares[name])
        held = sum(share >= UNKNOWN_COVERAGE for share in shares.values())
        reached = f"{held} of {len(shares)} families (least {least}, {shares[least]:.0%})"
        yield f"90% intervals, {title} left out", at_least, reached, _word(held == len(shares))


def _gpus(results: Results) -> Iterable[Line]:
    for family, most in GPU.items():
        known = [one for one in _devices(results, f"gpu.{family}") if one["arch_known"]]
        title = f"{family}, GPU left out, architecture known"
        yield _devices_line(title, known, "0", most)


def _architectures(results: Results) -> Iterable[Line]:
    for count, most in ARCHITECTURE.items():
        points = f", {count} points" if count != "0" else ""
        for name in results:
            if name.startswith("arch.") and (devices := _unknown(results, name[5:])):
                yield _devices_line(
                    f"{name[5:]}, architecture left out{points}", devices, count, most
                )


def _models(results: Results) -> Iterable[Line]:
    prefix = "models.left-out."
    found = {n.removeprefix(prefix): r for n, r in results.items() if n.startswith(prefix)}
    errors = {gpu: float(np.mean(np.abs(one["whole"]))) for gpu, one in found.items()}
    reached = ", ".join(f"{gpu} {error:.1%}" for gpu, error in errors.items())
    held = all(round(error, 3) <= MODELS for error in errors.values())
    yield "whole models, GPU left out", f"{MODELS:.1%}", reached, _word(held)


def _devices_line(title: str, devices: list[Any], count: str, most: float) -> Line:
    scores = [one["scores"][DRAW].get(count) for one in devices]
    errors = [round(one["mape"], 3) for one in scores if one]
    held = sum(error <= most for error in errors)
    reached = f"{min(errors):.1%} to {max(errors):.1%}; {held} of {len(errors)} devices"
    return title, f"{most:.1%}", reached, _word(held == len(errors))


def _devices(results: Results, name: str) -> list[Mapping[str, Any]]:
    return list(results[name]["devices"])


def _unknown(results: Results, family: str) -> list[Mapping[str, Any]]:
    """Return the devices scored without any of their architecture: also those alone in theirs."""
    alone = [one for one in _devices(results, f"gpu.{family}") if not one["arch_known"]]
    return alone + _devices(results, f"arch.{family}")


def _word(holds: bool) -> str:
    return "yes" if holds else "no"
