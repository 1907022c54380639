"""``hwprof tune``: the block sizes of a kernel on a device, with or without measurements."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from microbench.errors import InputError


class Export(StrEnum):
    """What to print in place of the summary."""

    TRITON = "triton"
    JSON = "json"
    T4 = "t4"
    T1 = "t1"


def tune(
    what: Annotated[
        str,
        typer.Argument(
            help="A space (T1 JSON, or parameters and constraints), or a kernel: "
            "gemm:m,n,k,dtype, attention:batch,heads,kv_heads,seq,head_dim,dtype (causal; with "
            ",full behind it not), ..."
        ),
    ],
    device: Annotated[
        str,
        typer.Option(help="A catalogue name (h100-sxm), or of this machine: cpu, a GPU's number."),
    ],
    history: Annotated[
        Path | None,
        typer.Option(help="Folder of results on other devices: T4, Kernel Tuner cache, Parquet."),
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(help="Results on this device: measurements are looked up in it."),
    ] = None,
    budget: Annotated[int, typer.Option(min=0, help="Configurations to measure.")] = 0,
    sweep: Annotated[
        Path | None,
        typer.Option(help="Measure the kernel's whole space into this folder; --budget K: K now."),
    ] = None,
    compiling: Annotated[
        bool,
        typer.Option("--compile", help="Compile tiles: none that spills where one does not."),
    ] = False,
    export: Annotated[
        Export | None,
        typer.Option(
            help="Print the choice (triton, json), what was measured (t4), the space (t1)."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Choose block sizes from constraints and a cost model; measure a few where asked to.

    Example: hwprof tune gemm:4096,4096,4096,bf16 --device h100-sxm
    """
    from costmodel.blocks.problems import is_kernel
    from hwprof import tuning_output, tuning_report

    if not what.strip():
        raise InputError("name a kernel, as gemm:4096,4096,4096,bf16, or a space file")
    if as_json and export not in (None, Export.JSON):
        raise InputError(f"--json and --export {export} exclude each other")
    device = tuning_report.one_device(device)
    given = {"--history": history, "--replay": replay, "--compile": compiling}
    if sweep is not None:
        _refuse_idle("--sweep", {**given, "--export": export, "--json": as_json})
    elif export is Export.T1:
        _refuse_idle("--export t1", {**given, "--budget": budget})
    if export is Export.T1:
        typer.echo(tuning_output.t1(what, device))
        return
    if sweep is not None:
        typer.echo(tuning_output.swept(what, device, sweep, budget or None))
        return
    if is_kernel(what):
        if history is not None or replay is not None:
            raise InputError(
                "--history and --replay need a space file: results name its parameters"
            )
        report = tuning_report.for_kernel(what, device, budget, compiling)
    elif compiling:
        raise InputError("--compile needs a kernel: a space file does not say what to compile")
    else:
        report = tuning_report.for_space(Path(what), device, history, replay, budget)
    if export is Export.TRITON:
        typer.echo(tuning_output.triton(report))
    elif export is Export.T4:
        typer.echo(tuning_output.t4(report))
    elif as_json or export is Export.JSON:
        typer.echo(tuning_output.as_json(report))
    else:
        typer.echo(tuning_output.summary(report))


def _refuse_idle(mode: str, given: Mapping[str, object]) -> None:
    """Refuse options that ``mode`` has no use for."""
    for option, value in given.items():
        if value:
            raise InputError(f"{option} has no use with {mode}")
