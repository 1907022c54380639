"""Explanations: parts that add up, measured sizes around a shape, devices that answered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.kernel import Family, Kernel, Launch
from costmodel.learned.explain import Explanation, explain, padding
from costmodel.learned.features import LAUNCH_S
from costmodel.learned.predictor import Predictor
from microbench.devices import catalogue
from microbench.formats import NumberFormat

MODEL = Path(__file__).parents[3] / "examples" / "gpt2_block.stablehlo.mlir"


def explained(m: float, device: str = "h100-sxm") -> tuple[Explanation, float]:
    """Return the explanation of an m x 4096 x 4096 bf16 product, and its time."""
    n, k = 4096.0, 4096.0
    moved = 2 * (m * k + k * n + m * n)
    dims = {"b": 1.0, "m": m, "n": n, "k": k}
    kernel = Kernel("g", Family.GEMM, "matmul", NumberFormat.BF16, 2 * m * n * k, moved, dims)
    spec, predictor = catalogue.find(device), Predictor.load()
    predictions = predictor.predict([kernel], spec)
    return explain(predictor, predictions, spec)[0], predictions[0].latency_s


@pytest.mark.parametrize("m", [1.0, 129.0, 4096.0, 5000.0])
def test_the_parts_add_up_to_the_time(m: float) -> None:
    found, latency_s = explained(m)
    parts = found.parts_s
    bound = max(parts["compute"], parts["memory"]) + LAUNCH_S
    if bound < latency_s:
        assert bound + parts["quantisation"] + parts["lost"] == pytest.approx(latency_s)
    assert min(parts.values()) >= 0


def test_a_size_just_over_a_wave_wastes_more_than_a_full_one() -> None:
    assert padding("gemm", {"m": 128.0 * 132, "n": 128.0, "k": 64.0}, 132) == pytest.approx(1)
    # One row more than 8 waves of 64 x 64 tiles: 9 waves for the work of 8.
    over = padding("gemm", {"m": 256.0 * 132 + 1, "n": 128.0, "k": 64.0}, 132)
    assert over == pytest.approx(9 / 8, abs=1e-3)


@given(st.floats(1, 1e5), st.floats(1, 1e5), st.integers(1, 200))
def test_padding_is_never_less_than_the_work(m: float, n: float, multiprocessors: int) -> None:
    assert padding("gemm", {"m": m, "n": n}, multiprocessors) >= 1


def test_measured_sizes_enclose_the_shape_and_a_known_device_answers_for_itself() -> None:
    found, _ = explained(4100.0)
    low, high = found.around["m"]
    assert low <= 4100 <= high
    assert low < high
    assert found.devices == {"H100-SXM-80GB": 1.0}
    assert found.points == 0


def test_an_unmeasured_device_names_its_relatives() -> None:
    found, _ = explained(4096.0, "h200")
    assert list(found.devices) == ["H100-SXM-80GB"]
    assert 0.5 < found.devices["H100-SXM-80GB"] < 1


def test_the_command_explains_in_text_and_json() -> None:
    base = [sys.executable, "-m", "hwprof", "predict", str(MODEL), "--device", "h200", "--explain"]
    text = subprocess.run(base, capture_output=True, text=True, check=True)
    assert "why, one run" in text.stdout
    done = subprocess.run([*base, "--json"], capture_output=True, text=True, check=True)
    kernels = json.loads(done.stdout)["devices"][0]["kernels"]
    assert {kernel["launch"] for kernel in kernels} >= {"launch-taken-out", "kernel-alone"}
    for kernel in kernels:
        launch_s = kernel["explanation"]["parts_s"]["launch"]
        assert launch_s == kernel["parts_s"]["launch"]
        assert (launch_s > 2e-6) == (kernel["launch"] == "eager-call")


@pytest.mark.parametrize("device", ["v100", "h200"])
def test_the_launch_of_an_eager_call_is_no_lost_time(device: str) -> None:
    spec = catalogue.find(device)
    predictor = Predictor.load()
    gap_s = predictor.eager_gap_s(spec)
    small = Kernel(
        "s", Family.ELEMENTWISE, "add", NumberFormat.FP32, 1024, 12288, {"rows": 1, "cols": 1024}
    )
    (eager,) = predictor.predict([small], spec)
    assert eager.launch is Launch.EAGER
    parts = eager.parts_s
    assert 2e-6 < parts["launch"] <= gap_s
    left_s = eager.latency_s - eager.attainable_s
    assert parts["launch"] == pytest.approx(min(gap_s, left_s))
    assert parts["launch"] + parts["lost"] == pytest.approx(left_s)


def test_a_kernel_measured_alone_has_the_launch_of_a_kernel() -> None:
    found, _ = explained(4096.0, "h100")  # bf16: graph replays
    assert found.parts_s["launch"] == 2e-6
