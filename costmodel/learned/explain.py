"""Why a prediction is what it is: where the time goes and what was measured near it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from costmodel.kernel import Prediction
from costmodel.learned import rows, siblings
from costmodel.learned.families import BY_NAME
from costmodel.learned.family_model import FamilyModel
from costmodel.learned.predictor import Predictor
from microbench.devices.spec import DeviceSpec

TILES = ((64, 64), (64, 128), (128, 64), (128, 128), (128, 256), (256, 128))
"""Output tiles of vendor libraries; the least wasteful of them is taken as the one that runs."""

_SAME = 1e-3
"""Sizes closer than this share are one: knots are stored as logarithms in single precision."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind one prediction."""

    family: str
    """The model that answered; ``analytic`` where none did."""
    parts_s: Mapping[str, float]
    """``launch``, ``memory`` and ``compute`` each alone, ``quantisation`` as the extra compute of
    padded tiles and waves, ``lost`` as the rest of the time above the bound."""
    devices: Mapping[str, float]
    """Measured devices that answered, with their weights: the device itself, or its relatives."""
    around: Mapping[str, tuple[float, float]]
    """The measured sizes of each shape nearest below and above (equal where measured itself).

    Of shapes with more than 96 sizes, quantiles of the sizes.
    """
    points: int
    """Points of this device and family that corrected the answer."""


def explain(
    predictor: Predictor, predictions: Sequence[Prediction], spec: DeviceSpec
) -> list[Explanation]:
    """Return one explanation per prediction of kernels on a device."""
    kernels = [one.kernel for one in predictions]
    table = rows.from_kernels(kernels, spec) if kernels else {}
    found: list[Explanation] = []
    for at, prediction in enumerate(predictions):
        name = rows.family_of(str(table["op"][at]), str(table["dtype"][at]))
        model = predictor.model(name)
        shapes = BY_NAME[name].shapes if name in BY_NAME else ()
        row = {shape: float(table[shape][at]) for shape in shapes}
        found.append(
            Explanation(
                name if model else rows.NO_MODEL,
                _parts(prediction, name, row, spec),
                _devices(model, spec),
                _around(model, row),
                predictor.points_on(spec.name, name),
            )
        )
    return found


def _parts(
    prediction: Prediction, family: str, row: Mapping[str, float], spec: DeviceSpec
) -> dict[str, float]:
    parts = dict(prediction.parts_s)
    lost = parts.pop("lost", 0.0)
    waste = parts.get("compute", 0.0) * (padding(family, row, spec.sm_count) - 1)
    parts["quantisation"] = min(waste, lost)
    return {**parts, "lost": lost - parts["quantisation"]}


def padding(family: str, row: Mapping[str, float], multiprocessors: int) -> float:
    """Return the work of a product's padded tiles and waves over its real work, at least 1.

    A grid of blocks runs in waves over the multiprocessors; the last wave and the edge tiles are
    partly empty. 1 for families that are not products.
    """
    if family in {"gemm", "matmul_fp32"}:
        batch, m, n = row.get("b", 1.0), row["m"], row["n"]
    elif family == "convolution":
        batch, m, n = 1.0, row["batch"] * row["hw_out"] ** 2, row["c_out"]
    else:
        return 1.0
    if not batch * m * n > 0:
        return 1.0
    padded = [
        np.ceil(batch * np.ceil(m / high) * np.ceil(n / wide) / multiprocessors)
        * multiprocessors
        * high
        * wide
        for high, wide in TILES
    ]
    return max(1.0, float(min(padded) / (batch * m * n)))


def _devices(model: FamilyModel | None, spec: DeviceSpec) -> dict[str, float]:
    if model is None:
        return {}
    if spec.name in model.gpus:
        return {spec.name: 1.0}
    kin = siblings.kin(spec, model.gpus)
    shares = [(1 - kin.forest) * weight for weight in kin.weights]
    return dict(zip(kin.names, shares, strict=True))


def _around(model: FamilyModel | None, row: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    if model is None or model.network is None:
        return {}
    found = {}
    for name, knots in zip(model.family.shapes, model.network.inputs.knots, strict=True):
        if len(knots) and np.isfinite(row[name]):
            sizes = np.exp2(knots.astype(float))
            below = sizes[sizes <= row[name] * (1 + _SAME)]
            above = sizes[sizes >= row[name] * (1 - _SAME)]
            low = float(below.max()) if len(below) else float(sizes.min())
            found[name] = (low, float(above.min()) if len(above) else float(sizes.max()))
    return found
