"""The shipped models: bounded, flagged, honest on rows kept away from their training."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.kernel import Bound, Family, Flag, Kernel
from costmodel.learned import dataset, evaluate, features
from costmodel.learned.families import BY_NAME, FAMILIES
from costmodel.learned.predictor import Predictor
from microbench.devices import catalogue
from microbench.errors import InputError
from microbench.formats import NumberFormat

H100 = catalogue.find("h100-sxm")


def gemm(m: float, n: float, k: float, kind: NumberFormat = NumberFormat.BF16) -> Kernel:
    moved = kind.size_bytes * (m * k + k * n + m * n)
    dims = {"b": 1.0, "m": m, "n": n, "k": k}
    return Kernel("g", Family.GEMM, "matmul", kind, 2 * m * n * k, moved, dims)


def test_a_large_product_is_compute_bound_and_near_its_bound() -> None:
    (found,) = Predictor.load().predict([gemm(8192, 8192, 8192)], H100)
    assert found.bound is Bound.COMPUTE
    assert found.attainable_s == pytest.approx(2 * 8192**3 / 989.4e12)
    assert 0.3 < found.efficiency < 1.05
    assert found.low_s <= found.latency_s <= found.high_s


def test_a_tiny_product_is_bound_by_its_launch() -> None:
    (found,) = Predictor.load().predict([gemm(16, 16, 16)], H100)
    assert found.bound is Bound.LATENCY
    assert 1e-6 < found.latency_s < 1e-4


def test_a_device_never_measured_is_flagged_and_wider() -> None:
    known, unknown = (
        Predictor.load().predict([gemm(4096, 4096, 4096)], catalogue.find(name))[0]
        for name in ("h100-sxm", "h200")
    )
    assert Flag.OUTSIDE_TRAINING in unknown.flags
    assert unknown.high_s / unknown.low_s > known.high_s / known.low_s


def test_a_family_without_data_is_analytic_and_says_so() -> None:
    kernel = replace(gemm(64, 64, 64), family=Family.FFT, op="fft", dims={"batch": 1.0, "n": 64.0})
    (found,) = Predictor.load().predict([kernel], H100)
    assert Flag.ANALYTIC_ONLY in found.flags
    assert found.high_s / found.low_s == pytest.approx(16)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 65536),
    st.integers(1, 65536),
    st.integers(1, 65536),
    st.sampled_from(sorted(catalogue.load())),
    st.sampled_from([NumberFormat.FP32, NumberFormat.BF16, NumberFormat.FP8_E4M3]),
)
def test_predictions_stay_within_reach_of_the_bound(
    m: int, n: int, k: int, device: str, kind: NumberFormat
) -> None:
    (found,) = Predictor.load().predict([gemm(m, n, k, kind)], catalogue.find(device))
    floor, ceiling = (math.exp(limit) for limit in features.LOG_RATIO_RANGE)
    assert math.isfinite(found.latency_s)
    assert found.latency_s > 0
    assert found.low_s <= found.latency_s <= found.high_s
    peak = features.peak_for(catalogue.find(device), kind.value.split("_")[0])
    moved = found.kernel.bytes_moved / (catalogue.find(device).dram_bandwidth_bytes_per_s or 1)
    bound = max(found.kernel.work_flop / peak, moved) + features.LAUNCH_S
    assert floor * 0.999 <= found.latency_s / bound <= ceiling * 1.001


def test_rows_of_a_table_come_back_in_order_and_whole() -> None:
    table = {
        "gpu": np.array(["H100-SXM-80GB", "L4", "A100-SXM-80GB"], dtype=object),
        "op": np.array(["gemm", "linear", "fft"], dtype=object),
        "dtype": np.array(["bf16", "fp32", "bf16"], dtype=object),
        "flops": np.array([2e9, 2e12, 1e9]),
        "bytes": np.array([6e6, 1e10, 1e6]),
        "b": np.array([1.0, 1000.0, 1.0]),
        **{name: np.array([1000.0, 1000.0, 1000.0]) for name in ("m", "n", "k")},
    }
    found = Predictor.load().predict_table(table)
    assert (found["low_s"] <= found["latency_s"]).all()
    assert (found["latency_s"] <= found["high_s"]).all()
    assert Flag.ANALYTIC_ONLY.value in found["flags"][2]
    backwards = {name: values[::-1] for name, values in table.items()}
    again = Predictor.load().predict_table(backwards)
    assert again["latency_s"][::-1] == pytest.approx(found["latency_s"], rel=1e-6)


def products(**change: object) -> dict[str, np.ndarray]:
    """Return one bf16 product on an H100 as a table, with some columns changed or added."""
    row = {"gpu": "H100-SXM-80GB", "op": "gemm", "dtype": "bf16", "m": 512.0, "n": 4096.0}
    row |= {"k": 4096.0, "flops": 2 * 512 * 4096.0**2, "bytes": 2 * (2 * 512 * 4096 + 4096.0**2)}
    return {name: np.array([value]) for name, value in (row | change).items()}


def test_a_row_that_names_its_stack_is_trusted_more() -> None:
    model = Predictor.load()
    stack = {"framework": "trtllm-1.3.0rc20", "kernel": "torch_flow"}
    named, unnamed = (model.predict_table(products(**one)) for one in (stack, {}))
    width = [float(np.log(one["high_s"] / one["low_s"])[0]) for one in (named, unnamed)]
    assert width[0] < width[1] / 1.2
    assert named["flags"][0] == unnamed["flags"][0] == ""


def test_a_product_without_a_batch_is_a_batch_of_one() -> None:
    one = products(op="linear", dtype="fp32", gpu="V100-PCIe-32GB")
    batched = one | {"b": np.array([1.0])}
    with_b, without = (Predictor.load().predict_table(table) for table in (batched, one))
    assert with_b["latency_s"][0] == without["latency_s"][0]


def test_intervals_widen_with_the_distance_outside_training() -> None:
    sizes = (16.0, 2.0**18, 2.0**20, 2.0**24)
    widths = []
    for m in sizes:
        row = products(m=m, flops=2 * m * 4096**2, bytes=2 * (2 * m * 4096 + 4096**2))
        found = Predictor.load().predict_table(row)
        widths.append(float(np.log(found["high_s"] / found["low_s"])[0]))
        assert (Flag.OUTSIDE_TRAINING.value in found["flags"][0]) == (m > 2**17)
    assert widths == sorted(widths)
    assert widths[-1] > 2 * widths[0]


def test_links_of_a_collective_may_be_unknown() -> None:
    row = {"gpu": "H100-SXM-80GB", "op": "all_reduce", "dtype": "fp16", "n_gpus": 8.0}
    row |= {"message_bytes": 2.0**24, "flops": 0.0, "bytes": 2.0**24}
    one = {name: np.array([value]) for name, value in row.items()}
    within, across = (
        Predictor.load().predict_table({**one, "devices_per_node": np.array([count])})
        for count in (8.0, 2.0)
    )
    assert np.isfinite(Predictor.load().predict_table(one)["latency_s"]).all()
    assert within["latency_s"][0] < across["latency_s"][0]


def test_unknown_devices_and_missing_columns_are_named() -> None:
    row = {name: np.array([1.0]) for name in ("flops", "bytes", "m", "n", "k")}
    row |= {"op": np.array(["gemm"]), "dtype": np.array(["bf16"])}
    with pytest.raises(InputError, match="no column 'gpu'"):
        Predictor.load().predict_table(row)
    with pytest.raises(InputError, match="unknown device 'Z80'"):
        Predictor.load().predict_table(row | {"gpu": np.array(["Z80"])})
    del row["k"]
    with pytest.raises(InputError, match="gemm need the columns k"):
        Predictor.load().predict_table(row | {"gpu": np.array(["H100-SXM-80GB"])})


def test_every_shipped_family_names_its_sources_and_licences() -> None:
    header = Predictor.load().header
    assert set(header["families"]) == {family.name for family in FAMILIES}
    packs = {file.partition("/")[0] for family in FAMILIES for file in family.files}
    assert set(header["licences"]) == packs
    assert all("MIT" in text or "Apache" in text for text in header["licences"].values())


@pytest.mark.parametrize(
    "name", ["rowwise", "matmul_fp32", "latent_attention", "quantise", "attention_encoder"]
)
def test_ninety_percent_intervals_hold_on_shapes_never_trained_on(
    name: str, shared_data: Path
) -> None:
    (whole, *_) = evaluate.unseen_shapes(Predictor.load(), shared_data, [BY_NAME[name]])
    assert whole.split == "unseen shapes"
    assert whole.rows > 500
    assert 0.86 <= whole.coverage <= 0.94
    assert whole.mape < whole.bound_mape / 3


def test_a_shape_has_one_fold_on_every_device(shared_data: Path) -> None:
    family = BY_NAME["quantise"]
    rows = dataset.load(shared_data, family)
    fold = dataset.shape_fold(rows, family, seed=20)
    first: dict[tuple[float, ...], int] = {}
    keys = zip(*(rows.columns[name] for name in family.shapes), strict=True)
    assert all(first.setdefault(key, one) == one for key, one in zip(keys, fold, strict=True))
    assert 0.05 < (fold == 0).mean() < 0.15


def test_a_processors_model_is_not_a_gpus(tmp_path: Path) -> None:
    from costmodel.learned import model_file

    model_file.write(tmp_path / "cpu.npz", {"kind": "cpu", "measurements": []}, {})
    with pytest.raises(InputError, match="use it with --device cpu"):
        Predictor.load(tmp_path / "cpu.npz")


def test_equal_kernels_take_exactly_equal_times_wherever_they_stand() -> None:
    sizes = [(16.0 * at, 256.0, 64.0) for at in range(1, 40)]
    kernels = [gemm(*size, NumberFormat.FP32) for size in (*sizes, *sizes[::-1], *sizes)]
    found = Predictor.load().predict(kernels, H100)
    answers: dict[float, set[tuple[float, ...]]] = {}
    for one in found:
        answers.setdefault(one.kernel.dims["m"], set()).add((one.latency_s, one.low_s, one.high_s))
    assert [one.kernel for one in found] == kernels
    assert [len(times) for times in answers.values()] == [1] * len(sizes)
