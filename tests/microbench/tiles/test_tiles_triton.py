"""Answers that Triton tiles are compared with, held against torch's own operators."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import pytest

torch = pytest.importorskip("torch")

from microbench.errors import InputError  # noqa: E402 - after the skip
from microbench.tiles import triton  # noqa: E402 - after the skip


def test_attention_is_causal_and_shares_key_heads() -> None:
    case = triton.build("attention", "fp32", (2, 4, 2, 300, 16), 1, "cpu")
    generator = torch.Generator().manual_seed(1)
    q, k, v = (torch.randn(2 * h, 300, 16, generator=generator) for h in (4, 2, 2))
    right = torch.nn.functional.scaled_dot_product_attention(
        q[-1:].double(), k[-1:].double(), v[-1:].double(), is_causal=True
    )
    assert case.right.shape == (256, 16)
    assert torch.allclose(case.right, right[0, -256:])
    assert case.work_flop == 2.0 * 2 * 4 * 300 * 300 * 16


def test_a_product_is_checked_in_its_last_rows() -> None:
    case = triton.build("gemm", "bf16", (300, 20, 40), 1, "cpu")
    assert case.right.shape == (256, 20)
    assert case.right.dtype is torch.float64
    assert case.bytes_moved == 2 * (300 * 40 + 40 * 20 + 300 * 20)


def test_convolution_ends_with_the_last_image() -> None:
    case = triton.build("conv", "fp32", (3, 4, 9, 9, 5, 3, 2), 1, "cpu")
    assert case.right.shape == (25, 5)
    assert case.work_flop == 2.0 * 3 * 25 * 5 * 4 * 9


def test_layer_norm_has_unit_rows() -> None:
    case = triton.build("layernorm", "fp32", (8, 64), 1, "cpu")
    assert case.right.shape == (8, 64)


def test_other_formats_are_named() -> None:
    with pytest.raises(InputError, match="it takes fp16, bf16, fp32"):
        triton.case_of("gemm", "fp8_e4m3", (16, 16, 16), 0)


INTERPRETED = """
from microbench.tiles import triton
for op, sizes, blocks in (
    ("gemm", (70, 48, 80), {"BLOCK_K": 16, "GROUP_M": 1, "SPLIT_K": 4}),
    ("attention", (2, 4, 2, 100, 16), {}),
    ("layernorm", (10, 100), {"BLOCK": 32, "ROWS": 4}),
    ("conv", (2, 16, 9, 9, 16, 3, 2), {"BLOCK_K": 16, "GROUP_M": 8}),
):
    case = triton.build(op, "fp32", sizes, 0, "cpu")
    shared = {"BLOCK_M": 32, "BLOCK_N": 16, "num_warps": 4, "num_stages": 2}
    found = case.run({**shared, **blocks})
    rows = found.reshape(-1, found.shape[-1])[-case.right.shape[0] :].double()
    assert (rows - case.right).abs().max() < 1e-5 * case.right.abs().max(), op
"""


@pytest.mark.skipif(importlib.util.find_spec("triton") is None, reason="triton is not installed")
def test_every_kernel_gives_the_answer_it_is_compared_with() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERPRETED],
        env={**os.environ, "TRITON_INTERPRET": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
