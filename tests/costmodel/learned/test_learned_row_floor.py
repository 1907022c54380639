"""A row of a table and the same kernel of a file get the same numbers, floors and all."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.kernel import Family, Flag, Kernel
from costmodel.learned.predictor import Predictor
from costmodel.learned.row_floor import rows_held
from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind
from microbench.formats import NumberFormat

GPUS = sorted(name for name, spec in catalogue.load().items() if spec.kind is DeviceKind.GPU)
FORMATS = [
    *(NumberFormat.FP64, NumberFormat.FP32, NumberFormat.TF32, NumberFormat.BF16),
    *(NumberFormat.FP16, NumberFormat.FP8_E4M3, NumberFormat.FP8_E5M2, NumberFormat.INT8),
]
ENDS = ("latency_s", "low_s", "high_s")


def table(rows: list[Mapping[str, object]]) -> dict[str, np.ndarray]:
    """Return rows as columns; a size that a row lacks is none."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name, math.nan) for row in rows] for name in names}
    texts = ("gpu", "op", "dtype")
    return {
        name: np.array(values, dtype=object if name in texts else float)
        for name, values in columns.items()
    }


def product(batch: int, m: int, n: int, k: int, kind: NumberFormat) -> tuple[Kernel, dict]:
    work, dims = 2.0 * batch * m * n * k, {"b": float(batch), "m": m, "n": n, "k": k}
    moved = batch * (m * k + k * n + m * n) * kind.size_bytes
    row = {"op": "gemm" if batch == 1 else "bmm", **dims}
    return Kernel("g", Family.GEMM, "matmul", kind, work, moved, dims), row


def convolution(channels: int, taps: int, size: int, kind: NumberFormat) -> tuple[Kernel, dict]:
    dims = {"batch": 8.0, "c_in": channels, "c_out": channels, "groups": 1.0, "kh": taps}
    dims |= {"kw": taps, "h_in": size, "w_in": size, "h_out": size, "w_out": size}
    dims |= {"stride_h": 1.0, "stride_w": 1.0}
    work = 2.0 * 8 * channels**2 * size**2 * taps**2
    moved = (16 * channels * size**2 + channels**2 * taps**2) * kind.size_bytes
    row = {"op": "conv2d", "batch": 8.0, "c_in": channels, "c_out": channels, "ksize": taps}
    row |= {"hw_in": size, "stride": 1.0, "hw_out": size}
    return Kernel("c", Family.CONVOLUTION, "conv2d", kind, work, moved, dims), row


def prefill(seq: int, heads: int, kind: NumberFormat) -> tuple[Kernel, dict]:
    dims = {"batch": 4.0, "seq": seq, "kv_len": seq, "heads": heads, "kv_heads": heads}
    dims |= {"head_dim": 128.0, "window": 0.0}
    work, moved = 8.0 * heads * seq**2 * 128, 16.0 * heads * seq * 128 * kind.size_bytes
    kernel = Kernel("a", Family.ATTENTION_PREFILL, "causal", kind, work, moved, dims)
    return kernel, {"op": "attention_prefill", **dims}


def norm(rows: int, cols: int, kind: NumberFormat) -> tuple[Kernel, dict]:
    dims = {"rows": float(rows), "cols": float(cols)}
    kernel = Kernel(
        *(
            "n",
            Family.ROWWISE,
            "norm",
            kind,
            5.0 * rows * cols,
            2.0 * rows * cols * kind.size_bytes,
        ),
        dims,
    )
    return kernel, {"op": "ln", **dims}


SIZES = st.integers(1, 8192)
KINDS = st.sampled_from(FORMATS)
KERNELS = st.one_of(
    st.builds(product, st.sampled_from([1, 1, 16]), SIZES, SIZES, SIZES, KINDS),
    st.builds(
        convolution, st.integers(1, 2048), st.sampled_from([1, 3]), st.integers(1, 64), KINDS
    ),
    st.builds(prefill, st.integers(1, 8192), st.integers(1, 64), KINDS),
    st.builds(norm, st.integers(1, 2**16), SIZES, KINDS),
)


def asked(kernel: Kernel, row: Mapping[str, object], gpu: str) -> dict[str, object]:
    told = {"flops": kernel.work_flop, "bytes": kernel.bytes_moved}
    return {"gpu": gpu, "dtype": kernel.number_format.value, **told, **row}


@settings(max_examples=150, deadline=None)
@given(KERNELS, st.sampled_from(GPUS))
def test_a_row_gets_what_the_kernel_gets(pair: tuple[Kernel, dict], gpu: str) -> None:
    kernel, row = pair
    (told,) = Predictor.load().predict([kernel], catalogue.find(gpu))
    found = Predictor.load().predict_table(table([asked(kernel, row, gpu)]))
    for end in ENDS:  # machine code may take over from NumPy between the two
        assert found[end][0] == pytest.approx(getattr(told, end), rel=1e-6)
    assert found["flags"][0] == " ".join(sorted(flag.value for flag in told.flags))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(KERNELS, st.sampled_from(GPUS)), min_size=2, max_size=12))
def test_rows_together_get_what_each_gets_alone(asks: list) -> None:
    rows = [asked(*pair, gpu) for pair, gpu in asks]
    together = Predictor.load().predict_table(table(rows))
    for at, row in enumerate(rows):
        alone = Predictor.load().predict_table(table([row]))
        for end in ENDS:  # sums of a matrix product depend on a row's place in it
            assert together[end][at] == pytest.approx(alone[end][0], rel=1e-4)


@pytest.mark.parametrize(("gpu", "bound_s"), [("l4", 1.1358e-3), ("mi300x", 105.1e-6)])
def test_a_product_of_a_table_is_held_to_its_work_at_peak(gpu: str, bound_s: float) -> None:
    kernel, row = product(1, 4096, 4096, 4096, NumberFormat.BF16)
    found = Predictor.load().predict_table(table([asked(kernel, row, gpu)]))
    assert found["low_s"][0] == pytest.approx(bound_s, rel=1e-3)


def test_rows_below_the_floor_are_raised_and_flagged_and_others_kept() -> None:
    kernel, row = product(1, 4096, 4096, 4096, NumberFormat.BF16)
    asks = table([asked(kernel, row, "l4")] * 2)
    least_s = kernel.work_flop / catalogue.find("l4").peak_flop_per_s[NumberFormat.BF16]
    found = {
        "latency_s": np.array([least_s / 2, least_s * 2]),
        "low_s": np.array([least_s / 4, least_s * 1.5]),
        "high_s": np.array([least_s, least_s * 3]),
        "flags": np.array(["", ""], dtype=object),
    }
    answers = rows_held(asks, found, "gpu")
    assert answers["latency_s"].tolist() == [least_s, least_s * 2]
    assert answers["low_s"].tolist() == [least_s, least_s * 1.5]
    assert answers["high_s"].tolist() == [2 * least_s, least_s * 3]
    assert answers["flags"].tolist() == [Flag.ABOVE_PEAK.value, ""]
    assert found["latency_s"][0] == least_s / 2
