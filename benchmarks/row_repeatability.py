"""How far one kernel's row differs between two measurements in the data packs: the noise floor.

One pack holds rows measured twice: fp32 kernels of one card in a sweep and in a model's shapes. No
other holds two versions of one stack on one device, so the nearest thing is counted: the same
library kernel called by two stacks on one GPU, two elementwise kernels that move the same bytes,
and, where there is neither, one stack's kernel on two boards with the same chip. The median
ratio of each pair (a constant offset) is taken out, because a model learns it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

PRODUCT = ("dtype", "m", "n", "k")
ATTENTION = ("dtype", "batch", "heads", "kv_heads", "head_dim", "window", "kv_dtype")
ENCODER = ("batch", "seq", "heads", "head_dim")
EXPERTS = ("dtype", "tokens", "hidden", "inter", "topk", "experts", "tp", "ep", "distribution")
LATENT = ("op", "batch", "seq", "heads", "kv_dtype")
TRTLLM_EXPERTS = "vllm_unquantizedfusedmoe_flashinfer_trtllm_trtllmbf16experts"

SAME_KERNEL: tuple[tuple[str, tuple[str, ...], str, str, str], ...] = (
    ("gemm", PRODUCT, "kernel", "torch.nn.functional.linear", "sglang_torch_linear"),
    ("gemm", PRODUCT, "kernel", "torch.nn.functional.linear", "torch_flow"),
    ("attn_encoder", ENCODER, "kernel", "vllm_vit_flash_attn_fa4", "flash_attention_v4"),
    ("moe", EXPERTS, "kernel", "sglang_flashinfer_trtllm_moe", TRTLLM_EXPERTS),
)
SAME_CHIP: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gemm", PRODUCT),
    ("attn_prefill", (*ATTENTION, "seq")),
    ("attn_decode", (*ATTENTION, "kv_len")),
    ("moe", EXPERTS),
    ("mla", LATENT),
)
TWINS = (("B200", "GB200"), ("B300", "GB300"))
LEAST = 300
"""Pairs a device or stack needs to be counted."""
TWICE: tuple[tuple[str, list[str]], ...] = (
    ("matmul", ["gpu", "op", "b", "m", "n", "k"]),
    ("rowwise", ["gpu", "op", "rows", "cols"]),
)
"""Tables of NeuSight's sweeps, and what makes a row of ``inmodel_ops`` the same row."""
FEW = 8
"""Rows measured twice that a card needs to be counted: there are 3 to 60."""
SAME_BYTES = (("add", "mul"), ("addu", "mulu"))


def differences(
    table: pd.DataFrame, by: str, first: str, second: str, key: list[str]
) -> dict[str, np.ndarray]:
    """Return |log ratio| of rows equal but for ``by``, its median taken out, per device."""
    left, right = (table[table[by].astype(str) == name] for name in (first, second))
    both = left.merge(right, on=key, suffixes=("", "_other"))
    both["ratio"] = np.log(both["latency_s_other"] / both["latency_s"])
    group = both["gpu" if "gpu" in key else "framework"].astype(str)
    found = {}
    for name, part in both.groupby(group):
        if len(part) >= LEAST:
            ratio = part["ratio"].to_numpy()
            found[str(name)] = np.abs(ratio - np.median(ratio))
    return found


def twice(sweep: pd.DataFrame, inside: pd.DataFrame, key: list[str]) -> dict[str, np.ndarray]:
    """Return |log ratio| of the rows one card measured twice, its median taken out, by card."""
    both = sweep.merge(inside, on=key, suffixes=("", "_inside"))
    both["ratio"] = np.log(both["latency_s_inside"] / both["latency_s"])
    ratios = {str(gpu): part["ratio"].to_numpy() for gpu, part in both.groupby("gpu")}
    return {gpu: np.abs(r - np.median(r)) for gpu, r in ratios.items() if len(r) >= FEW}


def everything(folder: Path) -> Iterator[tuple[str, dict[str, np.ndarray]]]:
    """Return every kind of pair: its title, and by device the differences of its pairs."""
    import pandas as pd

    for name, key, by, first, second in SAME_KERNEL:
        table = pd.read_parquet(folder / f"aiconfigurator/{name}.parquet")
        found = differences(table, by, first, second, ["gpu", *key])
        yield f"{name}: {first}, {second}", found
    for name, key in SAME_CHIP:
        table = pd.read_parquet(folder / f"aiconfigurator/{name}.parquet")
        for first, second in TWINS:
            found = differences(table, "gpu", first, second, ["framework", "kernel", *key])
            yield f"{name}: {first}, {second}", found
    inside = pd.read_parquet(folder / "neusight/inmodel_ops.parquet")
    for name, keys in TWICE:
        sweep = pd.read_parquet(folder / f"neusight/{name}.parquet")
        yield f"{name}: in a sweep, in a model's shapes", twice(sweep, inside, keys)
    table = pd.read_parquet(folder / "neusight/rowwise.parquet")
    for first, second in SAME_BYTES:
        found = differences(table, "op", first, second, ["gpu", "rows", "cols"])
        yield f"rowwise: {first}, {second}", found


def main() -> None:
    """Print mean / median difference of every kind of pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of data packs")
    for title, found in everything(parser.parse_args().data):
        parts = ", ".join(
            f"{name} {values.mean():.1%} / {np.median(values):.1%}"
            for name, values in found.items()
        )
        print(f"{title}: {sum(map(len, found.values())):,} pairs: {parts}")


if __name__ == "__main__":
    main()
