"""How the measurements a model learned from were launched: what a predicted time holds of it."""

from __future__ import annotations

from collections.abc import Collection

from costmodel.kernel import Launch

PACKS: dict[str, tuple[Launch, tuple[str, ...]]] = {
    "neusight": (Launch.EAGER, ("fp32",)),
    "aiconfigurator": (Launch.ALONE, ()),
    "vidur": (Launch.ALONE, ("fp16",)),
    "llmservingsim": (Launch.ALONE, ("fp16",)),
}
"""Launch and number formats (none: any) of each data pack. NeuSight: one PyTorch call between two
events (its ``Dataset/collect.py``); AIConfigurator: replays of a CUDA graph (its ``collector``),
but for vLLM's fp8_block products; Vidur and LLMServingSim: kernel times of a profiler. DeepBench's
sheets do not say."""


def launch_of(sources: Collection[str], dtype: str) -> Launch | None:
    """Return how the data of a family were launched that speak for a number format.

    Where no pack holds the format, all of the family's stand in. ``None`` where none says.
    """
    known = [PACKS[source] for source in sources if source in PACKS]
    holding = {launch for launch, dtypes in known if not dtypes or dtype in dtypes}
    found = holding or {launch for launch, _ in known}
    if len(found) > 1:
        return Launch.MIXED
    return next(iter(found), None)
