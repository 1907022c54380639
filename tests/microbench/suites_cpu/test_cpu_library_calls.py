"""Library calls: every family checks against double precision; counts worked out by hand."""

from __future__ import annotations

import pytest

from microbench.benchmark import Effort, Point
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.suites import cpu_fusion, cpu_gemm, cpu_library

pytestmark = pytest.mark.torch


def small(case: cpu_library.Case) -> bool:
    size = 1
    for name, value in case[3]:
        size *= value if name not in {"stride_h", "stride_w", "groups", "inputs"} else 1
    return size < 2**31


@pytest.mark.parametrize(
    "case",
    [case for case in cpu_library.cases(Effort.DEFAULT) if small(case)],
    ids=lambda case: "-".join(map(str, (*case[:3], *(value for _, value in case[3])))),
)
def test_each_case_computes_what_it_names(case: cpu_library.Case) -> None:
    from microbench.kernels import cpu_torch

    family, op, number_format, dims = case
    built = cpu_torch.build(family, op, NumberFormat(number_format), dict(dims), 3)
    assert built.check() == ""
    assert built.bytes_moved > 0


@pytest.mark.parametrize("shape", [s for s in cpu_gemm.shapes(Effort.QUICK) if s[5] <= 256])
def test_each_product_is_right(shape: cpu_gemm.Shape) -> None:
    op, number_format, b, m, n, k = shape
    axes = {"family": "gemm", "threads": 1, "op": op, "number_format": number_format}
    prepared = cpu_library.library_call({**axes, "b": b, "m": m, "n": n, "k": k}, 1)
    assert prepared.check_result is not None
    assert prepared.check_result() == ""
    assert prepared.work_flop == 2 * b * m * n * k
    assert prepared.notes["m"] == m


def test_a_wrong_product_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from microbench.kernels import cpu_torch

    monkeypatch.setattr(torch, "mm", lambda x, y: (x @ y) * 1.001)
    built = cpu_torch.gemm("mm", NumberFormat.FP32, {"b": 1, "m": 32, "n": 32, "k": 32}, 1)
    assert "expected" in built.check()


def test_counts_by_hand() -> None:
    from microbench.kernels import cpu_torch

    product = cpu_torch.gemm("mm", NumberFormat.BF16, {"b": 1, "m": 2, "n": 3, "k": 4}, 1)
    assert (product.work_flop, product.bytes_moved) == (48, 2 * (8 + 12 + 6))
    whole = cpu_torch.gemm("int_mm", NumberFormat.INT8, {"b": 1, "m": 2, "n": 3, "k": 4}, 1)
    assert whole.bytes_moved == 8 + 12 + 4 * 6
    dims = dict(cpu_library._conv(4, 8, 6, 3, 1, 2))
    conv = cpu_torch.convolution("conv2d", NumberFormat.FP32, dims, 1)
    assert conv.work_flop == 2 * 8 * 6 * 6 * 2 * 9
    assert conv.bytes_moved == 4 * (4 * 36 + 8 * 2 * 9 + 8 * 36)
    add = cpu_torch.elementwise("add", NumberFormat.FP32, {"rows": 2, "cols": 5, "inputs": 2}, 1)
    assert (add.work_flop, add.bytes_moved) == (10, 120)
    soft = cpu_torch.rowwise("sum", NumberFormat.FP32, {"rows": 2, "cols": 5}, 1)
    assert soft.bytes_moved == 4 * (10 + 2)


def test_a_family_without_a_kernel_is_refused() -> None:
    from microbench.kernels import cpu_torch

    with pytest.raises(InputError, match="sort"):
        cpu_torch.build("sort", "sort", NumberFormat.FP32, {}, 1)


@pytest.mark.parametrize("activation", cpu_fusion.ACTIVATIONS)
@pytest.mark.parametrize("variant", cpu_fusion.VARIANTS)
def test_fusion_variants_agree(activation: str, variant: str) -> None:
    from microbench.devices.detect import local_cpu

    axes = (("activation", activation), ("variant", variant), ("elements", 4096))
    prepared = cpu_fusion.prepare(Point(cpu_fusion.NAME, axes), local_cpu(), 2)
    assert prepared.check_result is not None
    assert prepared.check_result() == ""
    assert prepared.bytes_moved == 16 * 4096
    if variant == "fused":
        assert prepared.check_code is not None
        assert prepared.check_code().ok
