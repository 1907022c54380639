"""Workloads as a GPU runs them, checked without one: sizes, points, devices, compiled variants."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import types
from typing import TYPE_CHECKING

import pytest

from microbench.benchmark import Effort
from microbench.devices import catalogue
from microbench.devices.detect import local_cpu
from microbench.errors import DeviceError
from microbench.formats import NumberFormat
from microbench.suites import gpu_workloads
from microbench.workloads import correctness
from microbench.workloads.compiled import COMPILED, HOST_ONLY, with_compiled
from microbench.workloads.workload import FUSED, REFERENCE, UNFUSED, Workload
from microbench.workloads.zoo import all_workloads, find

if TYPE_CHECKING:
    import torch

WORKLOADS = [workload for workload in all_workloads() if workload.name not in HOST_ONLY]
BY_DATA = {"sparse-swiglu", "delta-inference", "delay-convolution", "sparse-pointwise"}
"""Fused variants whose shapes depend on values, or that have no kernel without data."""
PAIRS = [
    (workload, variant)
    for workload in WORKLOADS
    for variant in workload.variants
    if variant != REFERENCE and not (variant == FUSED and workload.name in BY_DATA)
]


def test_points_hold_every_workload_plain_fused_and_compiled() -> None:
    points = gpu_workloads.points(catalogue.find("H100-SXM-80GB"), Effort.DEFAULT)
    found = {(point["workload"], point["variant"]) for point in points}
    assert len(found) == len(points)
    for workload in WORKLOADS:
        assert {(workload.name, name) for name in (UNFUSED, FUSED, COMPILED)} <= found
    assert ("attention-passes", "triton") in found
    assert not {name for name, _ in found} & set(HOST_ONLY)
    assert gpu_workloads.points(local_cpu(), Effort.DEFAULT) == ()


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_sizes_for_a_gpu_fit_it_and_keep_the_shape_s_names(workload: Workload) -> None:
    """At most 20 GB in fp32 for any variant, and at most a tenth of a second at 20 TFLOP/s."""
    shape = gpu_workloads.preset(workload)
    assert set(shape) == set(workload.preset)
    for variant in workload.variants:
        assert workload.bytes_moved(variant, shape, 4) < 2e10
        assert workload.work_flop(variant, shape) < 2e12


@pytest.mark.torch
@pytest.mark.parametrize(
    ("workload", "variant"), PAIRS, ids=[f"{w.name}-{variant}" for w, variant in PAIRS]
)
def test_a_variant_keeps_every_tensor_on_its_device(workload: Workload, variant: str) -> None:
    """On tensors without data: what is made on the host and mixed in raises here as on a GPU."""
    import torch

    shape = workload.sizes[-1]
    drawn = correctness.operands(workload, shape, NumberFormat.FP32, 0)
    given = tuple(torch.empty_like(one, device="meta") for one in drawn)
    with torch.no_grad(), torch.device("meta"):
        found = workload.variants[variant](shape, given)
    assert found.device.type == "meta"


@pytest.mark.torch
def test_a_tensor_made_on_the_host_is_caught() -> None:
    import torch

    right = find("gemm-bias-gelu")
    given = tuple(torch.empty(3, 3, device="meta") for _ in range(2))
    with pytest.raises(RuntimeError), torch.device("meta"):
        right.variants[UNFUSED]({}, (*given, torch.ones(3, device="cpu")))


@pytest.mark.torch
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("g++") is None, reason="no g++: torch.compile needs it")
@pytest.mark.parametrize("name", ["gemm-bias-gelu", "attention-passes", "stablemax"])
def test_the_compiled_variant_equals_the_reference(name: str) -> None:
    """Three of them; ``benchmarks/compiled_workloads.py`` checks all."""
    workload = with_compiled(find(name))
    shape = workload.sizes[1]
    error = correctness.largest_error(workload, COMPILED, shape, NumberFormat.FP32)
    assert error <= workload.tolerance[NumberFormat.FP32]


@pytest.mark.torch
@pytest.mark.parametrize("shape", find("attention-passes").sizes, ids=str)
def test_the_triton_variant_pads_and_scales_its_operands(
    monkeypatch: pytest.MonkeyPatch, shape: dict[str, int]
) -> None:
    """The kernel is played by torch, scaling by the padded width as the kernel does."""

    def run(
        q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, causal: bool, blocks: object
    ) -> torch.Tensor:
        from torch.nn.functional import scaled_dot_product_attention

        assert blocks
        assert q.is_contiguous()
        assert k.shape[-1] == v.shape[-1] == q.shape[-1]
        assert q.shape[-1] >= 16
        assert q.shape[-1].bit_count() == 1
        return scaled_dot_product_attention(q, k, v, is_causal=causal)

    played = types.ModuleType("played")
    played.run = run  # type: ignore[attr-defined]  # a module made of nothing
    monkeypatch.setitem(sys.modules, "microbench.workloads.triton_attention", played)
    workload = gpu_workloads.variants_of("attention-passes")
    error = correctness.largest_error(workload, "triton", shape, NumberFormat.FP32)
    assert error < workload.tolerance[NumberFormat.FP32]


@pytest.mark.torch
def test_without_a_gpu_a_point_says_so() -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    spec = catalogue.find("H100-SXM-80GB")
    with pytest.raises(DeviceError, match="torch sees no GPU"):
        gpu_workloads.prepare(gpu_workloads.points(spec, Effort.QUICK)[0], spec, 0)


INTERPRETED = """
from microbench.formats import NumberFormat
from microbench.suites.gpu_workloads import variants_of
from microbench.workloads import correctness
workload = variants_of("attention-passes")
for number_format in (NumberFormat.FP32, NumberFormat.FP16):
    for shape in workload.sizes:
        error = correctness.largest_error(workload, "triton", shape, number_format)
        print(error / workload.tolerance[number_format])
"""


@pytest.mark.torch
def test_the_triton_variant_is_right_under_triton_s_interpreter() -> None:
    """fp32 and fp16; bf16 products are wrong in the interpreter itself."""
    pytest.importorskip("triton", reason="Triton is not installed")
    done = subprocess.run(
        [sys.executable, "-c", INTERPRETED],
        env={**os.environ, "TRITON_INTERPRET": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    shares = [float(line) for line in done.stdout.split()]
    assert len(shares) == 6
    assert max(shares) <= 1
