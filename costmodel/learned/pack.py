"""Fitted families to one model file, with where their data came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from costmodel.learned import features, model_file
from costmodel.learned.families import FAMILIES, ModelFamily
from costmodel.learned.network import Network
from microbench.errors import InputError

if TYPE_CHECKING:
    from costmodel.learned import training

LICENCES = {
    "aiconfigurator": "Apache-2.0, (c) NVIDIA, github.com/ai-dynamo/aiconfigurator",
    "neusight": "MIT, (c) 2025 Georgia Tech and Microsoft, github.com/sitar-lab/NeuSight",
    "vidur": "MIT, (c) Microsoft, github.com/microsoft/vidur",
    "llmservingsim": "MIT, (c) 2024 CASYS Lab at KAIST, github.com/casys-kaist/LLMServingSim",
    "deepbench": "Apache-2.0, Baidu Research, github.com/baidu-research/DeepBench",
}
"""Licence and origin of each data pack a model may be fitted on."""


def fit_all(
    folder: Path,
    out: Path,
    settings: training.Settings,
    say: Callable[[str], None],
    families: Sequence[ModelFamily] = FAMILIES,
) -> None:
    """Fit every family whose data is in ``folder`` and write them to ``out``."""
    from costmodel.learned import training

    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of measured data")
    header: dict[str, Any] = {"families": {}, "settings": asdict(settings), "licences": {}}
    arrays: model_file.Arrays = {}
    for family in families:
        fitted = training.fit(folder, family, settings, say)
        header["families"][family.name] = _about(fitted)
        header["licences"].update(_licences(family))
        arrays.update({f"{family.name}/{n}": a for n, a in _compact(fitted).items()})
    model_file.write(out, header, arrays)
    say(f"{out}: {out.stat().st_size / 1e6:.1f} MB, {len(header['families'])} families")


def _about(fitted: training.Fitted) -> dict[str, Any]:
    return {
        "features": features.feature_names(fitted.family),
        "codes": fitted.codes,
        "gpus": fitted.gpus,
        "sources": fitted.sources,
        "rows": fitted.rows,
        "blend": fitted.blend,
    }


def _licences(family: ModelFamily) -> dict[str, str]:
    packs = {file.partition("/")[0] for file in family.files}
    return {pack: LICENCES[pack] for pack in packs if pack in LICENCES}


def _compact(fitted: training.Fitted) -> model_file.Arrays:
    """Return a family's arrays in the smallest types that keep its predictions."""
    arrays = fitted.forest.arrays()
    arrays["feature"] = arrays["feature"].astype(np.int8)
    arrays["value"] = arrays["value"].astype(np.float16)
    own = np.arange(len(arrays["left"]), dtype=np.int32)
    arrays["left"] = (arrays["left"] - own).astype(np.int16)
    arrays["right"] = (arrays["right"] - own).astype(np.int16)
    arrays["missing_left"] = np.packbits(arrays["missing_left"])
    arrays.update(low=fitted.low, high=fitted.high)
    arrays["known"] = np.array([fitted.known.low, fitted.known.high])
    arrays["unseen"] = np.array([fitted.unseen.low, fitted.unseen.high])
    if fitted.network is not None:
        arrays["unnamed"] = np.array([[one.low, one.high] for one in fitted.unnamed])
        arrays.update({f"network_{n}": a for n, a in fitted.network.arrays().items()})
    return arrays


def network_of(arrays: model_file.Arrays, features_: int) -> Network | None:
    """Return the network among a family's arrays, if it has one."""
    own = {n.removeprefix("network_"): a for n, a in arrays.items() if n.startswith("network_")}
    return Network.from_arrays(own, features_) if own else None


def unpack(arrays: model_file.Arrays) -> model_file.Arrays:
    """Undo ``_compact``; ``ValueError`` where lengths do not agree."""
    found = dict(arrays)
    own = np.arange(len(arrays["feature"]), dtype=np.int64)
    if len(arrays["left"]) != len(own) or len(arrays["right"]) != len(own):
        raise ValueError("tree arrays differ in length")
    found["left"] = arrays["left"] + own
    found["right"] = arrays["right"] + own
    found["missing_left"] = np.unpackbits(arrays["missing_left"], count=len(own))
    return found
