"""Triton kernels against torch, through Triton's interpreter: no GPU. Skipped without Triton."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from microbench.formats import NumberFormat
from microbench.workloads.workload import TOLERANCE

pytestmark = pytest.mark.torch
TILE = {"BLOCK_M": 16, "BLOCK_N": 32, "BLOCK_K": 16, "num_warps": 4, "num_stages": 2}

PROGRAM = """
import json, sys
import torch


def draw(*sizes):
    return torch.randn(*sizes, dtype=torch.float32).to(dtype)


def gemm(m, n, k):
    from microbench.workloads.triton_gemm import run
    a, b = draw(m, k), draw(k, n)
    return run(a, b, blocks), a.double() @ b.double()


def attention(heads, kv_heads, seq, kv_len, dim, causal):
    from microbench.workloads.triton_attention import run
    q, k, v = draw(heads, seq, dim), draw(kv_heads, kv_len, dim), draw(kv_heads, kv_len, dim)
    wide = [t.double().repeat_interleave(heads // kv_heads, 0) for t in (k, v)]
    scores = q.double() @ wide[0].transpose(1, 2) * dim**-0.5
    if causal:
        hidden = torch.ones(seq, kv_len).tril(kv_len - seq) == 0
        scores = scores.masked_fill(hidden, -torch.inf)
    return run(q, k, v, bool(causal), blocks), scores.softmax(-1) @ wide[1]


def layer_norm(rows, columns):
    from microbench.workloads.triton_norm import run
    x, gain, shift = draw(rows, columns) + 30, draw(columns), draw(columns)
    wide = [t.double() for t in (x, gain, shift)]
    want = torch.nn.functional.layer_norm(wide[0], (columns,), *wide[1:], 1e-5)
    return run(x, gain, shift, 1e-5, blocks), want


def convolution(n, h, w, c_in, c_out, side, stride, padding):
    from microbench.workloads.triton_conv import run
    image, weights = draw(n, h, w, c_in), draw(side, side, c_in, c_out)
    want = torch.nn.functional.conv2d(
        image.double().permute(0, 3, 1, 2), weights.double().permute(3, 2, 0, 1),
        stride=stride, padding=padding,
    )
    return run(image, weights, stride, padding, blocks), want.permute(0, 2, 3, 1)


def norm_gemm(m, n, k):
    from microbench.workloads.triton_norm_gemm import run
    a, gain, b = draw(m, k), draw(k), draw(k, n)
    wide = a.double()
    normed = wide * (wide.square().mean(1, keepdim=True) + 1e-5).rsqrt() * gain.double()
    return run(a, gain, b, 1e-5, blocks), normed @ b.double()


torch.manual_seed(7)
for kind, shape, blocks, name in json.loads(sys.argv[1]):
    dtype = getattr(torch, name)
    got, want = globals()[kind](*shape)
    assert got.shape == want.shape and got.dtype is dtype
    print(float((got.double() - want).abs().max() / want.abs().max()))
"""

CASES = [
    ("gemm", (37, 45, 70), TILE, "float32"),
    ("gemm", (64, 64, 64), TILE | {"GROUP_M": 8}, "float16"),
    ("gemm", (33, 20, 130), TILE | {"SPLIT_K": 4}, "float16"),
    ("attention", (4, 2, 40, 56, 16, 1), TILE, "float32"),
    ("attention", (2, 2, 33, 33, 32, 0), TILE, "float16"),
    ("layer_norm", (5, 70), {"ROWS": 2, "BLOCK": 128, "num_warps": 4}, "float32"),
    ("layer_norm", (5, 70), {"ROWS": 4, "BLOCK": 32, "num_warps": 1}, "float32"),
    ("convolution", (2, 9, 7, 5, 20, 3, 2, 1), TILE, "float32"),
    ("convolution", (1, 6, 6, 32, 16, 1, 1, 0), TILE, "float16"),
    ("norm_gemm", (37, 45, 70), TILE, "float32"),
    ("norm_gemm", (20, 33, 64), TILE, "float16"),
]


@pytest.fixture(scope="module")
def errors():
    """Largest error of each case over its largest result, all from one process."""
    pytest.importorskip("triton", reason="Triton is not installed")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(CASES)],
        env={**os.environ, "TRITON_INTERPRET": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [float(line) for line in done.stdout.split()]


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda at: f"{CASES[at][0]}-{at}")
def test_result_is_torchs_in_double_precision(number, errors):
    kind = NumberFormat.FP32 if CASES[number][3] == "float32" else NumberFormat.FP16
    assert errors[number] < TOLERANCE[kind]
