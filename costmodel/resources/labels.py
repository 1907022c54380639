"""The table of resource labels: real kernels and what the assembler gave each.

One row a kernel, Parquet, schema ``hwprof.resource-labels/1``:

=============  ======  ========================================================================
family         text    template (``KernelFamily``)
arch           text    ``sm_80``, ``sm_90a`` or ``sm_100a``
settings       text    ``NAME=number`` pairs, blanks between: macros or constants of the template
registers      int32   registers of 32 bits of a thread
stack_bytes    int32   local memory of a thread: spilled registers and arrays indexed at run time
spill_bytes    int32   bytes stored and loaded by spill code, from the assembler's log; null where
                       the compiler does not tell (Triton): stack_bytes above 0 then means spills
shared_bytes   int32   shared memory of a block, static and dynamic, without the system's reserve
instructions   int32   machine instructions, padding included
compiler       text    name and version
=============  ======  ========================================================================

Made by ``benchmarks/resource_labels.py`` without a GPU, from the project's own kernels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from costmodel.resources.plan import ARCHITECTURES, KernelFamily
from microbench.errors import InputError

SCHEMA = "hwprof.resource-labels/1"
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labels:
    """Kernels of one family on one architecture; all arrays have one entry a kernel."""

    family: KernelFamily
    arch: str
    settings: Mapping[str, Ints]
    registers: Ints
    spills: npt.NDArray[np.bool_]
    shared_bytes: Ints
    compiler: str

    def __len__(self) -> int:
        return len(self.registers)

    def take(self, chosen: npt.NDArray[Any]) -> Labels:
        """Return some of the kernels, by place or by mask."""
        return replace(
            self,
            settings={name: column[chosen] for name, column in self.settings.items()},
            registers=self.registers[chosen],
            spills=self.spills[chosen],
            shared_bytes=self.shared_bytes[chosen],
        )


def shipped() -> Path:
    """Return where the table that comes with hwprof lies."""
    return Path(str(files("costmodel.resources").joinpath("labels.parquet")))


def read(path: Path | None = None) -> list[Labels]:
    """Return the table by family and architecture, in its order; the shipped one without a path.

    Raises ``InputError`` for a file that is missing, damaged or not a table of labels.
    """
    path = path or shipped()
    return list(_groups(_rows(path), path))


def _rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such table of labels") from error
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path}: not a Parquet file, or a damaged one") from error
    schema = (table.schema.metadata or {}).get(b"schema", b"").decode(errors="replace")
    if schema != SCHEMA:
        raise InputError(f"{path}: not a table of resource labels ({SCHEMA}) but {schema!r}")
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def _groups(rows: list[dict[str, Any]], path: Path) -> Iterator[Labels]:
    parts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        parts.setdefault((row["family"], row["arch"]), []).append(row)
    for (family, arch), part in parts.items():
        try:
            yield _group(KernelFamily(family), arch, part)
        except (KeyError, ValueError, TypeError) as error:
            raise InputError(f"{path}: rows of {family} on {arch} cannot be read") from error


def _group(family: KernelFamily, arch: str, rows: list[dict[str, Any]]) -> Labels:
    if arch not in ARCHITECTURES:
        raise ValueError(arch)
    told = [dict(pair.split("=") for pair in row["settings"].split()) for row in rows]
    settings = {name: np.array([int(one[name]) for one in told]) for name in told[0]}
    spilled = [
        row["stack_bytes"] if row["spill_bytes"] is None else row["spill_bytes"] for row in rows
    ]
    return Labels(
        family, arch, settings,
        np.array([row["registers"] for row in rows], np.int64),
        np.array(spilled) > 0,
        np.array([row["shared_bytes"] for row in rows], np.int64),
        str(rows[0]["compiler"]),
    )  # fmt: skip
