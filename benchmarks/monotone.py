"""How often twice the work is predicted to take less time, and how often it was measured to.

Pairs of measured rows that are equal but for one size, which is twice as large in one of them. A
pair counts where the larger row's time is below the low end of the smaller one's 90% interval; of
the measured times, where it is lower by more than that interval's width. Libraries change kernels
with size, so that does happen.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.learned import dataset, features
from costmodel.learned.families import BY_NAME
from costmodel.learned.predictor import Predictor

AXES = {
    "gemm": ("m", "n", "k"),
    "matmul_fp32": ("b", "m", "n", "k"),
    "attention_prefill": ("batch", "seq", "heads"),
    "attention_decode": ("batch", "kv_len", "heads"),
    "attention_encoder": ("batch", "seq", "heads"),
    "latent_attention": ("batch", "seq", "heads"),
    "latent_product": ("tokens", "heads"),
    "mixture_of_experts": ("tokens", "hidden", "inter", "topk"),
    "quantise": ("rows", "cols"),
    "rowwise": ("rows", "cols"),
    "convolution": ("batch", "c_in", "c_out"),
    "collective": ("message_bytes",),
    "recurrent": ("hidden", "batch", "timesteps"),
}
"""Sizes that more of is more work, whatever the kernel."""
MOST_ROWS, MOST_PAIRS = 400_000, 3_000
SEED = 20


def falls(data: Path, family: str) -> dict[str, Any]:
    """Return a family's pairs, and the shares of them that fall: predicted and measured."""
    rows = dataset.load(data, BY_NAME[family])
    rng = np.random.default_rng(SEED)
    chosen = np.sort(rng.permutation(len(rows))[:MOST_ROWS])
    rows = rows.take(chosen)
    predicted, measured = [], []
    for axis in AXES[family]:
        less, more = pairs(rows, family, axis)
        some = rng.permutation(len(less))[:MOST_PAIRS]
        found = Predictor.load().predict_table(dict(rows.take(less[some]).columns))
        after = Predictor.load().predict_table(dict(rows.take(more[some]).columns))
        ratio = found["low_s"] / found["latency_s"]
        predicted.append(after["latency_s"] < found["low_s"])
        measured.append(rows.latency_s[more[some]] < rows.latency_s[less[some]] * ratio)
    both = np.concatenate(predicted), np.concatenate(measured)
    shares = [float(one.mean()) if len(one) else 0.0 for one in both]
    return {"pairs": len(both[0]), "predicted": shares[0], "measured": shares[1]}


def pairs(
    rows: dataset.Rows, family: str, axis: str
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the rows that have a partner with ``axis`` twice as large, and their partners."""
    import pandas as pd

    about = BY_NAME[family]
    texts = [n for n in features.CATEGORIES if n != "kernel" or about.kernel_is_input]
    names = ("gpu", "source", *texts, *about.shapes, *about.options)
    columns = {n: np.asarray(rows.columns[n]) for n in names if n in rows.columns}
    table = pd.DataFrame(
        {n: v.astype(str if v.dtype == object else float) for n, v in columns.items()}
    )
    table["at"] = np.arange(len(table))
    keys = [name for name in table.columns if name != "at"]
    table = table.drop_duplicates(keys)
    twice = table.assign(**{axis: table[axis] / 2})
    both = table.merge(twice, on=keys, suffixes=("", "_more"))
    return both["at"].to_numpy(), both["at_more"].to_numpy()


def main() -> None:
    """Print one line a family."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of data packs")
    parser.add_argument("family", nargs="*", help=f"{', '.join(AXES)}; all without")
    arguments = parser.parse_args()
    if unknown := set(arguments.family) - set(AXES):
        parser.error(f"no such family: {', '.join(sorted(unknown))}")
    for family in arguments.family or AXES:
        found = falls(arguments.data, family)
        shares = f"predicted {found['predicted']:.2%}, measured {found['measured']:.2%}"
        print(f"{family}: {found['pairs']:,} pairs, fall beyond the interval: {shares}")


if __name__ == "__main__":
    main()
