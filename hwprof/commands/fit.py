"""``hwprof fit``: a cost model from measured data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from microbench.errors import InputError


def fit(
    data: Annotated[Path, typer.Option(help="Folder of data packs (Parquet), one per source.")],
    out: Annotated[Path, typer.Option(help="Model file to write.")],
    family: Annotated[
        list[str] | None, typer.Option(help="Fit only this family; repeat for more.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the split and the trees.")] = 20,
    quick: Annotated[
        bool, typer.Option(help="Few rows and trees: a minute, less accurate.")
    ] = False,
    force: Annotated[bool, typer.Option(help="Overwrite the model file.")] = False,
) -> None:
    """Fit a cost model on measured latencies and write it as arrays with a JSON header.

    Example: hwprof fit --data measured/ --out model.npz
    """
    from dataclasses import replace

    from costmodel.learned.families import BY_NAME, FAMILIES
    from costmodel.learned.pack import fit_all
    from costmodel.learned.training import Settings
    from hwprof.console import messages

    unknown = sorted(set(family or []) - set(BY_NAME))
    if unknown:
        raise InputError(f"unknown family {unknown[0]!r}: choose from {', '.join(BY_NAME)}")
    if out.exists() and not force:
        raise InputError(f"{out} exists: choose another --out, or pass --force")
    if not out.parent.is_dir():
        raise InputError(f"{out.parent} is not a folder: create it first")
    settings = Settings(seed=seed)
    if quick:
        settings = replace(
            settings,
            iterations=60,
            leaves=31,
            max_rows=20_000,
            unseen_rows=5_000,
            unseen_iterations=30,
        )
    chosen = [BY_NAME[name] for name in family] if family else FAMILIES
    fit_all(data, out, settings, lambda line: messages().print(line, markup=False), chosen)
