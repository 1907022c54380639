"""``hwprof tune --compile``: what tiles take of a GPU, from their machine code; no GPU needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from costmodel.blocks.problems import is_causal, numbers
from costmodel.blocks.space import Value
from costmodel.resources.occupancy import Multiprocessor
from costmodel.resources.occupancy import occupancy as resident_share
from hwprof.tuning_measure import OPERATORS
from microbench.devices.spec import DeviceSpec
from microbench.errors import DeviceError, InputError
from microbench.formats import NumberFormat
from microbench.kernels.architectures import supported_arch
from microbench.kernels.cuda_compile import KernelCompileError
from microbench.workloads.triton_compile import TileUsage, compile_tile

THREAD_REGISTERS = 8
"""A warp's registers are handed out in steps of 256: 8 a thread (CUDA occupancy tables)."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One tile and what its machine code takes; ``usage`` is ``None`` where it does not compile."""

    row: Mapping[str, Value]
    usage: TileUsage | None
    problem: str
    """Why it cannot be launched, ``spills``, or "" for a sound tile."""


def sound_first(
    what: str,
    number_format: NumberFormat,
    spec: DeviceSpec,
    rows: Sequence[Mapping[str, Value]],
    most: int = 16,
) -> tuple[tuple[Mapping[str, Value], ...], tuple[Compiled, ...]]:
    """Return ``rows``, the first sound tile in front and those that spill last; the tiles compiled.

    Tiles are compiled in order until one can be launched and does not spill, at most ``most``. If
    none is sound, the first that can be launched leads; ``InputError`` if none can.
    """
    name, sizes = numbers(what)
    arch = supported_arch(spec.compute_capability)
    if name not in OPERATORS:
        raise InputError(f"{what!r}: --compile knows {', '.join(OPERATORS)}")
    if arch is None:
        raise DeviceError(f"--compile: {spec.name} is not among the architectures compiled for")
    constants = _constants(name, sizes, is_causal(what))
    tried: list[Compiled] = []
    for row in rows[:most]:
        tried.append(
            _compiled(name, {**_numbers(row), **constants}, row, arch, spec, number_format)
        )
        if not tried[-1].problem:
            break
    ranked = sorted(tried, key=lambda c: (c.problem != "", c.problem != SPILLS))
    if ranked[0].problem not in ("", SPILLS):
        raise InputError(f"{what!r}: no tile can be launched on {spec.name}: {ranked[0].problem}")
    best = ranked[0].row
    worse = [c.row for c in ranked if c.problem == SPILLS and c.row != best]
    looked_at = [c.row for c in tried]
    rest = [row for row in rows if row not in looked_at]
    return (best, *rest, *worse), tuple(tried)


SPILLS = "spills"


def _compiled(
    name: str,
    blocks: Mapping[str, int],
    row: Mapping[str, Value],
    arch: str,
    spec: DeviceSpec,
    number_format: NumberFormat,
) -> Compiled:
    try:
        usage = compile_tile(OPERATORS[name], blocks, arch, number_format)
    except KernelCompileError as error:
        return Compiled(row, None, str(error).splitlines()[0])
    return Compiled(row, usage, problem_of(usage, blocks["num_warps"], spec))


def problem_of(usage: TileUsage, warps: int, spec: DeviceSpec) -> str:
    """Return why a tile cannot be launched on a device, ``spills``, or ""."""
    shared, registers = spec.shared_bytes_per_block, spec.registers_per_sm
    if shared is not None and usage.shared_bytes > shared:
        return f"{usage.shared_bytes:,} bytes of shared memory, {shared:,} to be had"
    kept = -(-usage.registers // THREAD_REGISTERS) * THREAD_REGISTERS
    wanted = kept * warps * (spec.warp_size or 32)
    if registers is not None and wanted > registers:
        return f"{wanted:,} registers, {registers:,} to be had"
    return SPILLS if usage.spills else ""


def occupancy(usage: TileUsage, warps: int, spec: DeviceSpec) -> float | None:
    """Return the share of a multiprocessor's warps that such tiles keep resident, if known."""
    sm = Multiprocessor.of(spec)
    if sm is None:
        return None
    return float(resident_share(sm, warps * sm.warp, usage.registers, usage.shared_bytes))


def _constants(name: str, sizes: tuple[int, ...], causal: bool) -> dict[str, int]:
    if name == "attention":
        return {"DIM": sizes[4], "CAUSAL": int(causal)}
    return {"KH": sizes[5], "KW": sizes[5]} if name == "conv" else {}


def _numbers(row: Mapping[str, Value]) -> dict[str, int]:
    return {key: int(value) for key, value in row.items()}
