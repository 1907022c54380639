"""Library calls that a run measured on a GPU, as rows with the data packs' columns.

What is left out: formats and kernels no model covers (fp64, tf32, batched products of 16 bits,
16-bit convolutions, sums), chains of several kernels, copies, and calls after a flushed cache where
the same call was timed without one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from microbench.benchmark import Measurement, Verdict
from microbench.errors import InputError

USABLE = frozenset({Verdict.OK, Verdict.NOISY})
FORMATS = {"fp8_e4m3": "fp8", "bf16": "bf16", "fp16": "fp16", "int8": "int8", "fp32": "fp32"}
CHAINS = {
    "silu_mul_add": "add",
    "bias_gelu": "gelu",
    "softmax_rows": "softmax",
    "layer_norm_residual": "ln",
}
"""What a chain is once it is one kernel."""
CHAIN_COLUMNS = 1024
"""Columns of a chain's operands (microbench.kernels.cuda_fusion)."""
Notes = Mapping[str, Any]
Row = dict[str, Any]


def from_run(measurements: Iterable[Measurement], gpu: str) -> dict[str, npt.NDArray[Any]]:
    """Return one row per usable library call; ``InputError`` where there is none.

    Rows name no ``framework``: the run's own stack is what an MLIR file is predicted for.
    """
    found: dict[tuple[tuple[str, Any], ...], Row] = {}
    usable = [one for one in measurements if one.verdict in USABLE and one.time_s]
    for measured in sorted(usable, key=lambda one: one.notes.get("cache") == "cold"):
        row = _row(measured)
        if row is None:
            continue
        found.setdefault(
            tuple(sorted(row.items())),
            {
                **row,
                "flops": measured.work_flop or measured.bytes_moved / 4,
                "bytes": measured.bytes_moved,
                "latency_s": measured.time_s,
            },
        )
    if not found:
        raise InputError(
            f"the run holds no library call on {gpu} that a model covers: "
            "measure with `hwprof bench --only gpu.gemm --only gpu.library`"
        )
    names = sorted({name for row in found.values() for name in row} - {"op", "dtype"})
    table: dict[str, npt.NDArray[Any]] = {
        name: np.array([row.get(name, math.nan) for row in found.values()], dtype=float)
        for name in names
    }
    for name in ("op", "dtype"):
        table[name] = np.array([row[name] for row in found.values()], dtype=object)
    table["gpu"] = np.full(len(found), gpu, dtype=object)
    return table


def _row(measured: Measurement) -> Row | None:
    maker = _MAKERS.get(measured.point.benchmark)
    if maker is None:
        return None
    form = FORMATS.get(str(measured.notes.get("number_format", "")))
    return None if form is None else maker({**measured.notes, **dict(measured.point.axes)}, form)


def _product(notes: Notes, form: str) -> Row | None:
    if form == "fp32":
        op = "linear" if notes["op"] == "mm" else "bmm"
        return {"op": op, "dtype": form, **_sizes(notes, "b", "m", "n", "k")}
    if notes["op"] != "mm":
        return None
    return {"op": "gemm", "dtype": form, **_sizes(notes, "m", "n", "k")}


def _library(notes: Notes, form: str) -> Row | None:
    op = notes["op"]
    if op == "sdpa":
        sizes = _sizes(notes, "batch", "seq", "heads", "head_dim")
        if not notes["causal"]:
            return {"op": "attn_encoder", "dtype": form, **sizes}
        return {
            "op": "attn_prefill",
            "dtype": form,
            **sizes,
            "kv_heads": sizes["heads"],
            "window": 0.0,
        }
    if op == "conv2d" and form == "fp32":
        return _convolution(notes, form)
    names = {"softmax": "softmax", "layer_norm": "ln"}
    if op in names:
        return {"op": names[op], "dtype": form, **_sizes(notes, "rows", "cols")}
    return None


def _convolution(notes: Notes, form: str) -> Row:
    side, kernel, stride = (float(notes[name]) for name in ("h_in", "kh", "stride_h"))
    return {
        "op": "conv2d",
        "dtype": form,
        **_sizes(notes, "batch", "c_in", "c_out"),
        "ksize": kernel,
        "hw_in": side,
        "stride": stride,
        "hw_out": (side + 2 * (kernel // 2) - kernel) // stride + 1,
    }


def _chain(notes: Notes, form: str) -> Row | None:
    """Return a compiled chain; an eager one is several kernels."""
    if notes["variant"] not in {"torch-compile", "triton"}:
        return None
    rows = float(notes["elements"]) / CHAIN_COLUMNS
    return {
        "op": CHAINS[str(notes["chain"])],
        "dtype": form,
        "rows": rows,
        "cols": float(CHAIN_COLUMNS),
    }


def _sizes(notes: Notes, *names: str) -> Row:
    return {name: float(notes[name]) for name in names}


_MAKERS: dict[str, Callable[[Notes, str], Row | None]] = {
    "gpu.gemm": _product,
    "gpu.library": _library,
    "gpu.fusion": _chain,
}
