"""The models under examples/: work as XLA counts it, loops multiplied out, kernels by stack."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from costmodel.graph.build import Graph, build
from costmodel.kernel import Family, Flag
from costmodel.mlir.reader import read_file

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
XLA = json.loads((EXAMPLES / "xla_flops.json").read_text())
TRIPS = {"scan32": 32, "lstm": 64}
"""XLA counts the body of a loop once."""


def example(name: str, stack: str = "xla") -> Graph:
    return build(read_file(EXAMPLES / f"{name}.stablehlo.mlir"), stack=stack)


@pytest.mark.parametrize("name", sorted(set(XLA["flop"]) - {"fft_convolution"}))
def test_work_is_xla_flops_plus_transcendentals_times_trips(name: str) -> None:
    counted = XLA["flop"][name] + XLA["transcendentals"][name]
    found = example(name)
    assert found.work_flop == pytest.approx(counted * TRIPS.get(name, 1), rel=1e-3)
    assert found.coverage.share == 1


def test_scan_exceeds_xla_by_exactly_its_trips() -> None:
    products = sum(
        kernel.work_flop * kernel.count
        for kernel in example("scan32").kernels
        if kernel.family is Family.GEMM
    )
    assert products == 32 * XLA["flop"]["scan32"] == XLA["flop"]["unrolled32"]


def test_fft_is_5_n_log_n_where_xla_counts_otherwise() -> None:
    kernels = [k for k in example("fft_convolution").kernels if k.family is Family.FFT]
    n, batches = 8192, (4 * 64, 64, 4 * 64)
    assert sum(k.work_flop for k in kernels) == pytest.approx(
        sum(2.5 * n * 13 * batch for batch in batches), rel=0.01
    )


def test_resnet50_by_both_padding_conventions() -> None:
    found = example("resnet50")
    assert found.work_flop == pytest.approx(7.94e9, rel=2e-3)
    assert found.work_flop + found.padding_flop == pytest.approx(8.22e9, rel=2e-3)
    full = build(read_file(EXAMPLES / "resnet50.stablehlo.mlir"), count_padding=True)
    assert full.work_flop == pytest.approx(found.work_flop + found.padding_flop)


def test_convfirst_kernels_have_the_golden_work_of_the_formulas() -> None:
    convolutions = [k for k in example("convfirst_block").kernels if k.family is Family.CONVOLUTION]
    assert [round(k.work_flop / 1e9, 1) for k in convolutions] == [3.6, 13.2, 13.2]
    full = build(read_file(EXAMPLES / "convfirst_block.stablehlo.mlir"), count_padding=True)
    first = next(k for k in full.kernels if k.family is Family.CONVOLUTION)
    assert first.work_flop == 2 * 128 * 56 * 56 * 64 * 9 * 8
    assert first.dims["groups"] == 8


@pytest.mark.parametrize("stack", ["inductor", "vendor"])
def test_attention_becomes_one_kernel(stack: str) -> None:
    (kernel,) = [k for k in example("gpt2_block", stack).kernels if "head_dim" in k.dims]
    assert kernel.family is Family.ATTENTION_PREFILL
    assert {
        name: kernel.dims[name] for name in ("batch", "seq", "kv_len", "heads", "head_dim")
    } == {
        "batch": 1,
        "seq": 1024,
        "kv_len": 1024,
        "heads": 12,
        "head_dim": 64,
    }
    products = 2 * 2 * 12 * 1024 * 1024 * 64
    assert products < kernel.work_flop < 1.05 * products
    assert kernel.bytes_moved < 5 * 4 * 1024 * 768 + 1024 * 1024


def test_grouped_queries_keep_their_key_heads_and_a_gated_mlp_is_no_attention() -> None:
    kernels = example("llama8b_layer", "inductor").kernels
    (kernel,) = [k for k in kernels if "head_dim" in k.dims]
    assert (kernel.dims["heads"], kernel.dims["kv_heads"], kernel.dims["head_dim"]) == (32, 8, 128)
    assert sum(k.family is Family.GEMM for k in kernels) == 7


def test_stacks_fuse_more_or_less_and_never_change_the_work() -> None:
    counts, work = {}, set()
    for stack in ("torch-eager", "xla", "inductor", "vendor"):
        found = example("gpt2_block", stack)
        counts[stack] = len(found.kernels)
        work.add(round(found.work_flop))
    assert counts["torch-eager"] > counts["xla"] > counts["inductor"] > counts["vendor"]
    assert len(work) == 1
    assert example("gpt2_block", "torch-eager").bytes_moved > example("gpt2_block").bytes_moved


def test_softmax_and_norms_are_recognised() -> None:
    names = Counter(k.op for k in example("gpt2_block", "iree").kernels)
    assert names["softmax"] == 1
    assert Counter(k.op for k in example("gpt2_block", "vendor").kernels)["layer_norm"] >= 2


def test_every_example_is_fully_covered_and_placed() -> None:
    for path in sorted(EXAMPLES.glob("*.mlir")):
        found = build(read_file(path))
        assert found.coverage.share == 1, path.name
        assert all(k.location.startswith(f"{path}:") for k in found.kernels)
        assert not any(Flag.UNKNOWN_OP in k.flags for k in found.kernels)
        assert path.stat().st_size < 300_000
