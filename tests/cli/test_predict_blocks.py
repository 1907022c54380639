"""Block sizes beside predictions, on every GPU of the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from costmodel.kernel import Family
from hwprof.prediction import predictions_for
from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind

EXAMPLES = Path(__file__).parents[2] / "examples"
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
