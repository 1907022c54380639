"""What serving a transformer costs on devices, from its configuration: ``predict --serving``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hwprof.units import quantity, seconds
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError, plainly
from microbench.formats import NumberFormat

if TYPE_CHECKING:
    from costmodel.analytic.serving import Serving, Transformer

CONTEXTS = (4_000, 16_000, 50_000, 100_000)
COLUMNS = ("device", "context", "KV cache", "users", "prefill", "decode", "switch")
FORMATS = (NumberFormat.FP16, NumberFormat.BF16, NumberFormat.FP8_E4M3, NumberFormat.INT8)
MAX_CONFIG_BYTES = 10 * 2**20


def read_model(config: Path, number_format: NumberFormat = NumberFormat.FP16) -> Transformer:
    """Read a Hugging Face ``config.json``; ``InputError`` says what is wrong with it."""
    from costmodel.analytic.serving import from_config

    if number_format not in FORMATS:
        raise InputError(f"weights in {number_format}: choose one of {', '.join(FORMATS)}")
    try:
        if config.stat().st_size > MAX_CONFIG_BYTES:
            raise InputError(f"{config}: larger than 10 MiB, not a model configuration")
        found = json.loads(config.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{config}: cannot be read ({plainly(error)})") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{config}: not JSON: {plainly(error)}") from error
    if not isinstance(found, dict):
        raise InputError(f"{config}: a model configuration is a JSON object")
    nested = found.get("text_config")
    try:
        return from_config(nested if isinstance(nested, dict) else found, number_format)
    except InputError as error:
        raise InputError(f"{config}: {error}") from error


def parse_contexts(text: str) -> tuple[int, ...]:
    """Turn ``4000,50k`` into token counts (k is 1000); ``InputError`` for anything else."""
    found = []
    for part in (part.strip().lower() for part in text.split(",")):
        digits, scale = (part[:-1], 1000) if part.endswith("k") else (part, 1)
        if not digits.isdecimal() or not 1 <= int(digits) * scale <= 10**9:
            raise InputError(f"context length {part!r}: expected tokens, e.g. 4000,50k")
        found.append(int(digits) * scale)
    return tuple(found)


def serving_rows(
    model: Transformer,
    specs: Sequence[DeviceSpec],
    contexts: Sequence[int] = CONTEXTS,
    decoded_tokens: int = 250,
    devices: int = 1,
) -> list[tuple[str, Serving]]:
    """Return one row a device and context length; ``devices`` of each serve together."""
    from costmodel.analytic.serving import Server, serve

    rows = []
    for spec in specs:
        server = Server.of(spec, model.number_format, devices)
        name = spec.name if devices == 1 else f"{devices} x {spec.name}"
        rows += [(name, serve(model, server, length, decoded_tokens)) for length in contexts]
    return rows


def serving_document(model: Transformer, rows: Sequence[tuple[str, Serving]]) -> dict[str, object]:
    """Return rows as ``hwprof.serving/1``; seconds are null where not one user fits."""
    return {
        "schema": "hwprof.serving/1",
        "model": {
            "parameters": model.parameters,
            "active_parameters": model.active_parameters or model.parameters,
            "weight_bytes": model.weight_bytes,
            "kv_bytes_per_token": model.kv_bytes_per_token,
            "number_format": model.number_format.value,
        },
        "rows": [
            {
                "device": name,
                "context_tokens": one.context_tokens,
                "kv_bytes": one.kv_bytes,
                "concurrency": one.concurrency,
                "prefill_s": one.prefill_s if one.concurrency else None,
                "decode_s": one.decode_s if one.concurrency else None,
                "decoded_tokens": one.decoded_tokens,
                "switch_s": one.switch_s if one.concurrency else None,
            }
            for name, one in rows
        ],
    }


def write_figure(rows: Sequence[tuple[str, Serving]], out: Path) -> None:
    """Draw cost against context length into a new svg, png or pdf file."""
    from hwprof.pictures import refuse_place, write_picture
    from reports.figures.serving import serving

    refuse_place(out)
    write_picture(serving(rows), out)


def serving_text(model: Transformer, rows: Sequence[tuple[str, Serving]]) -> str:
    """Return the rows as plain columns under a line that says what is served."""
    cells = [COLUMNS, *(_cells(name, one) for name, one in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(COLUMNS))]
    lines = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    tokens = rows[0][1].decoded_tokens if rows else 0
    head = (
        f"{quantity(model.parameters, '')} parameters in {model.number_format}: "
        f"{model.weight_bytes / 2**30:.1f} GiB of weights, "
        f"{model.kv_bytes_per_token:,.0f} B of KV cache a token; "
        f"decode is {tokens} tokens of one user"
    )
    tail = "Least times: compute-bound prefill, memory-bound decode, no cost between devices."
    return "\n".join([head, "", *lines, "", tail])


def _cells(name: str, one: Serving) -> tuple[str, ...]:
    times_s = (one.prefill_s, one.decode_s, one.switch_s)
    return (
        name,
        f"{one.context_tokens:,}",
        f"{one.kv_bytes / 2**30:.2f} GiB",
        str(one.concurrency) if one.concurrency else "does not fit",
        *(seconds(time_s) if one.concurrency else "" for time_s in times_s),
    )
