"""Library calls of the GPU suite, run and checked on a host that stands in for the GPU."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from microbench.benchmark import Effort
from microbench.devices import catalogue
from microbench.kernels import cuda_torch
from microbench.kernels.cuda_fusion import chain
from microbench.suites import gpu_library

pytestmark = pytest.mark.torch
H200 = catalogue.find("H200-SXM")
SMALL = {"m": 64, "n": 32, "k": 48, "b": 3}


class Event:
    def __init__(self, enable_timing: bool) -> None:
        assert enable_timing
        self.at_s = 0.0

    def record(self) -> None:
        self.at_s = time.perf_counter()

    def synchronize(self) -> None:
        pass

    def elapsed_time(self, stop: Event) -> float:
        return 1e3 * (stop.at_s - self.at_s)


@pytest.fixture(autouse=True)
def host(monkeypatch):
    """The processor in place of a GPU: its events are the host's clock, its waits take no time."""
    import torch

    facts = SimpleNamespace(uuid="GPU-0", L2_cache_size=1 << 16)
    for name, value in {
        "Event": Event,
        "_sleep": lambda cycles: None,
        "is_available": lambda: True,
        "synchronize": lambda: None,
        "get_device_properties": lambda index: facts,
    }.items():
        monkeypatch.setattr(torch.cuda, name, value, raising=False)
    monkeypatch.setattr(cuda_torch, "DEVICE", "cpu")


def measured(prepared):
    assert prepared.check_result() == ""
    assert prepared.sample(2).time_s > 0
    assert prepared.least_kept == 0.5
    return prepared


@pytest.mark.parametrize("form", ["bf16", "fp16", "tf32", "fp32", "fp64", "int8", "fp8_e4m3"])
@pytest.mark.parametrize("cache", ["hot", "cold"])
def test_products_are_right_in_every_format(form, cache):
    axes = {"op": "mm", "number_format": form, "cache": cache, **SMALL, "b": 1}
    prepared = measured(cuda_torch.product(axes, 3))
    assert prepared.work_flop == 2 * 64 * 32 * 48


@pytest.mark.parametrize("form", ["bf16", *gpu_library.BATCHED_FORMATS])
def test_batched_products_are_right(form):
    axes = {"op": "bmm", "number_format": form, "cache": "hot", **SMALL}
    assert measured(cuda_torch.product(axes, 3)).work_flop == 3 * 2 * 64 * 32 * 48


def test_a_cold_call_follows_a_flush_and_a_rehearsal():
    order = []
    sample = cuda_torch.events_sampler(
        lambda: order.append("call"), {}, 1 << 10, lambda: order.append("rehearsal")
    )
    sample(2)
    assert order == ["rehearsal", "call"] * 2


def test_a_wrong_product_is_said(monkeypatch):
    def wrong(form, left, right):
        return left, right, lambda: left @ right + 1

    monkeypatch.setattr(cuda_torch, "_multiplier", wrong)
    axes = {"op": "mm", "number_format": "fp32", "cache": "hot", **SMALL, "b": 1}
    assert "allowed" in cuda_torch.product(axes, 3).check_result()


def shrunk(axes):
    """Return the axes of a point with its sizes cut down to what a test can afford."""
    small = {"batch": 2, "seq": 64, "heads": 2, "h_in": 15, "c_in": 8, "c_out": 8}
    small |= {"rows": 32, "cols": 128, "head_dim": 32}
    return {name: small.get(name, value) for name, value in axes.items()}


def test_attention_convolutions_and_rows_are_right():
    points = gpu_library.library_points(H200, Effort.THOROUGH)
    distinct = {tuple(shrunk(dict(point.axes)).items()) for point in points}
    assert {dict(axes)["op"] for axes in distinct} >= {"sdpa", "conv2d", "softmax", "layer_norm"}
    for axes in distinct:
        measured(cuda_torch.library(dict(axes), 3))


@pytest.mark.parametrize("name", gpu_library.FUSED)
@pytest.mark.parametrize("variant", ["eager", "eager-in-place"])
def test_chains_are_right(name, variant):
    measured(chain(name, variant, 1 << 14, 3))


@pytest.mark.parametrize("direction", ["h2d", "d2h"])
def test_bytes_arrive(direction):
    measured(cuda_torch.transfer(direction, "pageable", 1 << 12))
