"""Block sizes beside predictions, on every GPU of the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.kernel import Family
from hwprof.prediction import predictions_for
from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind

EXAMPLES = Path(__file__).parents[2] / "examples"
WIDE_HEADS = """
func.func @main(%q: tensor<1x64x4096xbf16>, %k: tensor<1x64x4096xbf16>) -> tensor<1x64x4096xbf16> {
  %a = stablehlo.dot_general %q, %k, batching_dims = [0] x [0], contracting_dims = [2] x [2]
    : (tensor<1x64x4096xbf16>, tensor<1x64x4096xbf16>) -> tensor<1x64x64xbf16>
  %e = stablehlo.exponential %a : tensor<1x64x64xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %s = stablehlo.reduce(%e init: %z) applies stablehlo.add across dimensions = [2]
    : (tensor<1x64x64xbf16>, tensor<bf16>) -> tensor<1x64xbf16>
  %b = stablehlo.broadcast_in_dim %s, dims = [0, 1] : (tensor<1x64xbf16>) -> tensor<1x64x64xbf16>
  %p = stablehlo.divide %e, %b : tensor<1x64x64xbf16>
  %o = stablehlo.dot_general %p, %k, batching_dims = [0] x [0], contracting_dims = [2] x [1]
    : (tensor<1x64x64xbf16>, tensor<1x64x4096xbf16>) -> tensor<1x64x4096xbf16>
  return %o : tensor<1x64x4096xbf16>
}
"""
GPUS = [name for name, spec in catalogue.load().items() if spec.kind is DeviceKind.GPU]


@pytest.mark.parametrize("name", GPUS)
def test_what_is_chosen_fits_the_device(name: str) -> None:
    (found,) = predictions_for(EXAMPLES / "gpt2_block.stablehlo.mlir", name)
    spec = catalogue.find(name)
    chosen = [p for p in found.predictions if p.blocks]
    for prediction in chosen:
        assert prediction.kernel.family is not Family.ELEMENTWISE
        if spec.shared_bytes_per_block and prediction.resources.shared_bytes:
            assert prediction.resources.shared_bytes <= spec.shared_bytes_per_block
    if spec.vendor == "nvidia":
        assert any(p.kernel.family is Family.GEMM for p in chosen)


def test_a_kernel_that_no_tile_fits_is_predicted_without_blocks(tmp_path: Path) -> None:
    (tmp_path / "m.mlir").write_text(WIDE_HEADS)
    (found,) = predictions_for(tmp_path / "m.mlir", "l4")
    (attention,) = [p for p in found.predictions if p.kernel.family is Family.ATTENTION_ENCODER]
    assert attention.kernel.dims["head_dim"] == 4096
    assert attention.latency_s > 0
    assert not attention.blocks
