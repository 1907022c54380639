"""Operators of a torch program as kernels: by hand, and against the workloads' closed forms."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costmodel.graph.torch_calls import UNLIKE, recorded
from costmodel.kernel import Family
from microbench.formats import NumberFormat
from microbench.workloads import correctness
from microbench.workloads.workload import FUSED, UNFUSED
from microbench.workloads.zoo import find

pytestmark = pytest.mark.torch
SIDES = st.integers(1, 9)


@settings(deadline=None, max_examples=20)
@given(SIDES, SIDES, SIDES, SIDES)
def test_products_by_hand(b: int, m: int, n: int, k: int) -> None:
    import torch

    left, right, out = torch.ones(m, k), torch.ones(k, n), torch.empty(m, n)
    batch = torch.ones(b, m, k), torch.ones(b, k, n)
    plain, written, added, batched = recorded(
        lambda: (
            *(torch.mm(left, right), torch.mm(left, right, out=out)),
            *(torch.addmm(out, left, right), torch.bmm(*batch)),
        )
    )
    for one in (plain, written, added):
        assert one.family is Family.GEMM
        assert one.work_flop == 2 * m * n * k
        assert dict(one.dims) == {"b": 1, "m": m, "n": n, "k": k}
    assert plain.bytes_moved == 4 * (m * k + k * n + m * n)
    assert added.bytes_moved == plain.bytes_moved + 4 * m * n
    assert batched.work_flop == b * plain.work_flop
    assert batched.dims["b"] == b


def test_views_cost_a_call_and_move_nothing() -> None:
    import torch

    x = torch.ones(4, 6)
    kernels = recorded(lambda: x.t().reshape(4, 6).unsqueeze(0))
    assert kernels[0].op == "view"
    assert kernels[0].bytes_moved == kernels[0].work_flop == 0
    copies = [kernel for kernel in kernels if kernel.bytes_moved]
    assert [(kernel.op, kernel.bytes_moved) for kernel in copies] == [("transpose", 2 * 4 * 24)]


def test_broadcast_operands_are_read_once() -> None:
    import torch

    x, row = torch.ones(8, 16), torch.ones(16)
    (one,) = recorded(lambda: torch.add(x, row))
    (wide,) = [k for k in recorded(lambda: torch.mul(x, row.expand(8, 16))) if k.bytes_moved]
    assert one.bytes_moved == wide.bytes_moved == 4 * (128 + 16 + 128)
    assert dict(one.dims) == {"rows": 8, "cols": 16, "inputs": 2}


def test_transforms_count_half_for_real_points() -> None:
    import torch

    x, wave = torch.ones(3, 32), torch.ones(3, 32, dtype=torch.complex64)
    half = torch.fft.rfft(x)
    calls = (
        lambda: torch.fft.rfft(x),
        lambda: torch.fft.irfft(half, 32),
        lambda: torch.fft.fft(wave),
    )
    forward, back, whole = (
        next(one for one in recorded(call) if one.family is Family.FFT) for call in calls
    )
    for one, each in ((forward, 2.5), (back, 2.5), (whole, 5.0)):
        assert one.family is Family.FFT
        assert one.work_flop == pytest.approx(each * 3 * 32 * math.log2(32))
        assert dict(one.dims) == {"batch": 3, "n": 32}
    assert forward.bytes_moved == 4 * 3 * 32 + 8 * 3 * 17


def test_convolutions_keep_their_dimensions() -> None:
    import torch

    image, clip = torch.ones(2, 4, 9, 7), torch.ones(1, 2, 5, 6, 7)
    plane = torch.nn.functional.conv2d
    weight, cube = torch.ones(6, 2, 3, 3), torch.ones(3, 2, 3, 3, 3)
    (one,) = recorded(lambda: plane(image, weight, stride=2, padding=1, groups=2))
    assert one.dims["groups"] == 2
    assert (one.dims["h_out"], one.dims["w_out"], one.dims["stride_w"]) == (5, 4, 2)
    assert one.work_flop == 2 * 2 * 6 * 5 * 4 * 2 * 9
    (deep,) = recorded(lambda: torch.nn.functional.conv3d(clip, cube))
    assert (deep.dims["kd"], deep.dims["d_out"], deep.dims["h_out"]) == (3, 3, 4)
    assert deep.work_flop == 2 * 3 * (3 * 4 * 5) * 2 * 27


@pytest.mark.filterwarnings("ignore:Sparse CSR tensor support")
def test_sparse_operands_count_by_their_stored_values() -> None:
    import torch

    starts, columns = torch.tensor([0, 0, 1, 1, 1, 1, 3, 3, 3]), torch.tensor([2, 5, 6])
    rows = torch.sparse_csr_tensor(starts, columns, torch.ones(3), (8, 8), check_invariants=True)
    right = torch.ones(8, 4)
    products = [k for k in recorded(lambda: rows @ right) if k.op == UNLIKE]
    assert [(k.family, k.work_flop) for k in products] == [(Family.OTHER, 2 * 3 * 4)]


def test_a_table_counts_by_the_rows_touched() -> None:
    import torch

    table, places, rows = torch.ones(1000, 8), torch.tensor([3, 7, 3]), torch.ones(3, 8)
    (read,) = (k for k in recorded(lambda: table.index_select(0, places)) if k.op == "gather")
    assert read.bytes_moved == 2 * 4 * 3 * 8 + 3 * 8
    (add,) = (k for k in recorded(lambda: table.index_add_(0, places, rows)) if k.op == "gather")
    assert add.bytes_moved == 3 * 4 * 3 * 8 + 3 * 8


def test_a_recurrent_layer_counts_both_products_of_every_step() -> None:
    import torch

    layer, x = torch.nn.LSTM(5, 7), torch.ones(11, 2, 5)
    with torch.no_grad():
        kernels = recorded(lambda: layer(x))
    found = [kernel for kernel in kernels if kernel.family is Family.RECURRENT]
    if not found:
        pytest.skip("this build of torch has no layer of oneDNN")
    assert sum(kernel.work_flop for kernel in found) == 2 * 11 * 2 * 4 * 7 * (5 + 7)
    assert dict(found[0].dims) == {"batch": 2, "hidden": 7, "timesteps": 11, "gates": 4}


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        *(("conv-full", FUSED), ("conv-grouped", FUSED), ("attention-passes", FUSED)),
        *(("decode-batching", UNFUSED), ("decode-batching", FUSED), ("sparse-swiglu", UNFUSED)),
        *(("large-kernel-merge", FUSED), ("tunable-convolution", FUSED), ("lstm", "alternating")),
        *(("video-convolution", UNFUSED), ("neighbourhood-attention", FUSED)),
        *(("sparse-pointwise", FUSED), ("gemm-bias-gelu", UNFUSED), ("gemm-bias-gelu", FUSED)),
    ],
)
def test_closed_forms_agree_with_what_torch_runs(name: str, variant: str) -> None:
    """Within 3%: the forms round small terms, torch adds views and padding."""
    workload = find(name)
    operands = correctness.operands(workload, workload.preset, NumberFormat.FP32, 0)
    kernels = recorded(lambda: workload.variants[variant](workload.preset, operands))
    found = sum(kernel.work_flop for kernel in kernels)
    assert found == pytest.approx(workload.work_flop(variant, workload.preset), rel=0.03)
