"""Labels of CUDA kernels: templates compiled by NVRTC, several to a program, and read back."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from costmodel.resources.plan import ELEMENTS, OPS, TRITON, Sample, shared_bytes
from microbench.formats import NumberFormat
from microbench.kernels.cubin import Usage, usages
from microbench.kernels.cuda_compile import KernelCompileError, compile_cubin
from microbench.workloads.triton_compile import TritonOperator, compile_tile

_SPILL = re.compile(
    r"Compiling entry function '(?P<name>\w+)'.*?"
    r"(?P<stores>\d+) bytes spill stores, (?P<loads>\d+) bytes spill loads",
    re.DOTALL,
)
RESERVED_BYTES = 1024
"""Shared memory of a block that the system keeps for itself: from Hopper on, assemblers count it
in a kernel's section (seen by comparing the section with the assembler's log)."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the assembler gave one kernel; shared memory includes what is asked for at launch."""

    sample: Sample
    registers: int
    stack_bytes: int
    spill_bytes: int | None
    """Bytes stored plus bytes loaded by spill code of one thread; ``None`` where not told."""
    shared_bytes: int
    instructions: int


@cache
def headers() -> dict[str, str]:
    """Return the templates by include name."""
    folder = resources.files("costmodel.resources").joinpath("cuda")
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".cuh")
    }


def source_of(samples: Sequence[Sample]) -> str:
    """Return one program with a kernel ``k0``, ``k1``, ... for each sample."""
    parts = ['#include "tile.cuh"']
    for number, sample in enumerate(samples):
        macros = {"NAME": f"k{number}", "MINIMUM": "1"} | _macros(sample)
        parts += [f"#define {name} {value}" for name, value in macros.items()]
        parts.append(f'#include "{sample.family.value}.cuh"')
        parts += [f"#undef {name}" for name in macros]
    return "\n".join(parts)


def _macros(sample: Sample) -> dict[str, str]:
    written = {name: str(value) for name, value in sample.settings.items()}
    if "ELEMENT" in written:
        written["ELEMENT"] = ELEMENTS[sample.settings["ELEMENT"]]
    if "OP" in written:
        written["OP"] = OPS[sample.settings["OP"]]
    return written


def labels(samples: Sequence[Sample]) -> list[Label]:
    """Compile samples of one family and architecture and return their labels, in order.

    A kernel that a compiler refuses is left out; the others of its program are compiled one by one.
    """
    if samples[0].family in TRITON:
        return [label for sample in samples for label in _triton_label(sample)]
    with tempfile.TemporaryDirectory() as folder:
        try:
            cubin = compile_cubin(source_of(samples), samples[0].arch, headers(), Path(folder))
        except KernelCompileError:
            if len(samples) == 1:
                return []
            return [label for sample in samples for label in labels([sample])]
    found = usages(cubin.code)
    spills = {
        match["name"]: int(match["stores"]) + int(match["loads"])
        for match in _SPILL.finditer(cubin.log)
    }
    return [
        _label(sample, found[f"k{number}"], spills.get(f"k{number}"))
        for number, sample in enumerate(samples)
    ]


def _label(sample: Sample, usage: Usage, spill_bytes: int | None) -> Label:
    reserved = RESERVED_BYTES if usage.shared_bytes and sample.arch != "sm_80" else 0
    shared = usage.shared_bytes - reserved + shared_bytes(sample.family, sample.settings)
    return Label(
        sample, usage.registers, usage.stack_bytes, spill_bytes, shared, usage.instructions
    )


_FORMATS = {"f16": NumberFormat.FP16, "bf16": NumberFormat.BF16, "float": NumberFormat.FP32}


def _triton_label(sample: Sample) -> list[Label]:
    number_format = _FORMATS[ELEMENTS[sample.settings["ELEMENT"]]]
    operator = TritonOperator(sample.family.value)
    try:
        made = compile_tile(operator, sample.settings, sample.arch, number_format)
    except KernelCompileError:
        return []
    return [
        Label(sample, made.registers, made.stack_bytes, None, made.shared_bytes, made.instructions)
    ]
