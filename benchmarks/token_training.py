"""Training of the token networks: batches of like length, one rate cycle, a fixed seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from costmodel.tokens.network import TokenNetwork, Variant

UNKNOWN_SHARE = 0.05
"""Share of words hidden in training, so that a word never seen is not a surprise."""
_WEIGHTS = torch.tensor([1.0, 1.0, 0.25])
"""Of the targets' errors: registers run to 16, logarithms of the others to 5 or so."""


def fit(
    variant: str,
    data: dict[str, Any],
    rows: npt.NDArray[np.intp],
    epochs: int,
    batch: int,
    rate: float,
    seed: int,
) -> TokenNetwork:
    """Train a network on rows of the corpus; the same arguments give the same weights."""
    data["seen"] = np.isin(np.arange(len(data["words"])), data["names"][of_rows(data, rows)])
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    model = TokenNetwork(Variant(variant), len(data["words"]) + 2)
    targets = torch.tensor(data["targets"], dtype=torch.float32)
    model.get_buffer("centre").copy_(torch.nanmedian(targets[rows], 0).values)
    steps = epochs * len(batches(rows, data["lengths"], batch, random))
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-2)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    model.train()
    for _ in range(epochs):
        for chosen in batches(rows, data["lengths"], batch, random):
            names, numbers = tensors(data, chosen)
            hidden = torch.tensor(random.random(names.shape) < UNKNOWN_SHARE) & (names > 0)
            said = model(names.masked_fill(hidden, 1), numbers)
            wanted = targets[chosen]
            known = torch.isfinite(wanted)
            error = torch.nn.functional.smooth_l1_loss(
                said, wanted.nan_to_num(), beta=0.1, reduction="none"
            )
            loss = (error * known * _WEIGHTS).sum() / known.sum()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            cycle.step()
    return model.eval()


def ask(
    model: TokenNetwork, data: dict[str, Any], rows: npt.NDArray[np.intp]
) -> npt.NDArray[np.float64]:
    """Return the network's targets for rows of the corpus."""
    out = np.empty((len(rows), len(_WEIGHTS)))
    order = np.argsort(data["lengths"][rows], kind="stable")
    with torch.no_grad():
        for start in range(0, len(rows), 64):
            part = order[start : start + 64]
            out[part] = model(*tensors(data, rows[part])).numpy()
    return out


def batches(
    rows: npt.NDArray[np.intp], lengths: npt.NDArray[Any], batch: int, random: np.random.Generator
) -> list[npt.NDArray[np.intp]]:
    """Cut rows into batches of nearly one length, in random order."""
    order = rows[np.argsort(lengths[rows] * random.uniform(0.8, 1.25, len(rows)), kind="stable")]
    parts = [order[start : start + batch] for start in range(0, len(order), batch)]
    return [parts[at] for at in random.permutation(len(parts))]


def of_rows(data: dict[str, Any], rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return where the tokens of some rows lie."""
    which = np.repeat(np.arange(len(data["lengths"])), data["lengths"])
    return np.flatnonzero(np.isin(which, rows))


def tensors(data: dict[str, Any], rows: npt.NDArray[np.intp]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return names and numbers of rows, padded with zeros; words not trained on are unknown."""
    lengths = data["lengths"]
    if "starts" not in data:
        data["starts"] = np.cumsum(lengths) - lengths
    most = int(lengths[rows].max())
    names = np.zeros((len(rows), most), dtype=np.int64)
    numbers = np.zeros((len(rows), most, data["numbers"].shape[1]), dtype=np.float32)
    for at, row in enumerate(rows):
        part = slice(data["starts"][row], data["starts"][row] + lengths[row])
        found = data["names"][part]
        names[at, : lengths[row]] = np.where(data["seen"][found], found + 2, 1)
        numbers[at, : lengths[row]] = data["numbers"][part]
    return torch.from_numpy(names), torch.from_numpy(numbers)
