"""``hwprof doctor``: what on this machine would spoil a measurement, and what to do about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from hwprof.checkup import Finding, State, checkup


def doctor(
    device: Annotated[
        str, typer.Option(help="Device you want to measure: cpu, a GPU number, 0,1 or all.")
    ] = "cpu",
    store: Annotated[Path | None, typer.Option(help="Store you want to write.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check drivers, libraries and machine settings; each line says what to do.

    Exits 0; 1 when a check failed, 3 when it is the device. Example: hwprof doctor --device 0
    """
    findings = checkup(device, store)
    typer.echo(json.dumps(document(device, findings), indent=1) if as_json else table(findings))
    if not usable(findings):
        raise typer.Exit(3)
    if any(one.state is State.FAIL for one in findings):
        raise typer.Exit(1)


def usable(findings: tuple[Finding, ...]) -> bool:
    """Return whether the device asked for can be used."""
    return not any(f.of_device and f.state is State.FAIL for f in findings)


def document(device: str, findings: tuple[Finding, ...]) -> dict[str, object]:
    """Return the findings as ``hwprof.doctor/1``."""
    return {
        "schema": "hwprof.doctor/1",
        "device": device,
        "usable": usable(findings),
        "findings": [
            {"subject": f.subject, "state": f.state.value, "found": f.found, "advice": f.advice}
            for f in findings
        ],
    }


def table(findings: tuple[Finding, ...]) -> str:
    """Return one line a finding, advice under those that are not ok, and a closing count."""
    wide = max(len(f.subject) for f in findings)
    lines = []
    for f in findings:
        lines.append(f"{f.state.value:4}  {f.subject:{wide}}  {f.found}")
        if f.advice and f.state is not State.OK:
            lines.append(f"      {'':{wide}}  -> {f.advice}")
    counts = [f"{sum(f.state is state for f in findings)} {state.value}" for state in State]
    return "\n".join([*lines, "", ", ".join(counts)])
