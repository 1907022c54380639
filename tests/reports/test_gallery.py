"""The gallery's data: published rows give the efficiencies worked by hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

GALLERY = Path(__file__).parents[2] / "docs" / "gallery"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, GALLERY / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_zoo_efficiencies() -> None:
    found = {p.label: p for p in load("zoo").points()}
    assert len(found) == 36
    expected = {"ResNet-50": 0.586, "RegNetX-3.2GF": 0.442, "RegNetX-32GF": 0.767}
    for label, efficiency in expected.items():
        assert found[label].efficiency == pytest.approx(efficiency, abs=5e-4)
    assert found["ResNet-50"].ideal_s * 1e3 == pytest.approx(33.4, abs=0.05)
    effnet = [p.efficiency for p in found.values() if p.family == "EfficientNet"]
    assert 0.09 < min(effnet) < max(effnet) < 0.19
    resnet = [p.efficiency for p in found.values() if p.family == "ResNet"]
    assert 0.58 < min(resnet) < max(resnet) < 0.675


def test_convfirst_fused_and_unfused() -> None:
    module = load("convfirst")
    (unfused,) = module.report("unfused", module.UNFUSED).sections
    (fused,) = module.report("fused", module.FUSED).sections
    assert unfused.attainable_s / fused.attainable_s == pytest.approx(4.47, abs=5e-3)
    assert unfused.attainable_s * 1e6 == pytest.approx(429.6, abs=0.05)
    line = fused.waterline()
    assert line is not None
    assert line.bars[0].intensity == pytest.approx(291.8, abs=0.5)
    assert all(k.intensity < line.balance for k in unfused.kernels)


def test_the_gallery_says_of_resnet_what_its_card_says() -> None:
    from hwprof.commands.report import _predicted
    from reports.page.sentence import changes, opening

    model = GALLERY.parents[1] / "examples" / "resnet50.stablehlo.mlir"
    (section,) = _predicted(model, "h100-sxm", "inductor", None, {}, None).sections
    text = " ".join((GALLERY / "README.md").read_text(encoding="utf-8").split())
    assert f"*{opening(section)}*" in text
    assert "launches" not in opening(section)  # a compiled stack makes no eager calls
    assert not any("CUDA graph" in change.text for change in changes(section))
    (called,) = _predicted(model, "h100-sxm", "vendor", None, {}, None).sections
    assert "launches" in opening(called)
    assert any("CUDA graph" in change.text for change in changes(called))


def test_pictures_are_there_and_light() -> None:
    text = (GALLERY / "README.md").read_text(encoding="utf-8")
    pictures = list(GALLERY.rglob("*.png"))
    assert len(pictures) >= 9
    for picture in pictures:
        assert str(picture.relative_to(GALLERY)) in text
        assert picture.stat().st_size <= 100_000
