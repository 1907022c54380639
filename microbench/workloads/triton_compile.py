"""What a tile of a Triton kernel takes, found by compiling it: no GPU, no launch.

Triton brings its own assembler. A check takes 0.3 to 1 s, and Triton keeps what it compiled.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any

from microbench.errors import DeviceError, InputError
from microbench.formats import NumberFormat
from microbench.kernels.cubin import usages
from microbench.kernels.cuda_compile import KernelCompileError


class TritonOperator(StrEnum):
    """Kernels written in Triton, by the module that holds each."""

    GEMM = "triton_gemm"
    ATTENTION = "triton_attention"
    LAYER_NORM = "triton_norm"
    CONVOLUTION = "triton_conv"
    NORM_GEMM = "triton_norm_gemm"


POINTERS: Mapping[NumberFormat, str] = {
    NumberFormat.FP16: "*fp16",
    NumberFormat.BF16: "*bf16",
    NumberFormat.FP32: "*fp32",
}
"""Formats the kernels take, as Triton writes them."""
_KERNELS: Mapping[TritonOperator, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    TritonOperator.GEMM: (
        "gemm",
        ("a_at", "b_at", "c_at"),
        ("m", "n", "k", "a_pitch", "b_pitch", "c_pitch"),
    ),
    TritonOperator.ATTENTION: (
        "attention",
        ("q_at", "k_at", "v_at", "out_at"),
        ("scale", "seq", "kv_len", "share"),
    ),
    TritonOperator.LAYER_NORM: (
        "layer_norm",
        ("in_at", "gain_at", "shift_at", "out_at"),
        ("rows", "columns", "epsilon"),
    ),
    TritonOperator.CONVOLUTION: (
        "convolution",
        ("image_at", "filter_at", "out_at"),
        ("pixels", "c_in", "c_out", "h_in", "w_in", "h_out", "w_out", "stride", "padding"),
    ),
    TritonOperator.NORM_GEMM: (
        "norm_gemm",
        ("a_at", "gain_at", "b_at", "c_at"),
        ("m", "n", "k", "a_pitch", "b_pitch", "c_pitch", "epsilon"),
    ),
}
"""Name, pointers and scalars of each kernel, in the order of its arguments."""
_FLOATS = ("scale", "epsilon")
_ANY_VALUE = ("share", "stride", "padding", "h_in", "w_in", "h_out", "w_out", "pixels", "rows")
"""Sizes that need not be multiples of 16; others are, as is usual, and pointers are aligned."""
_DEFAULTS: Mapping[TritonOperator, Mapping[str, int]] = {
    TritonOperator.GEMM: {"GROUP_M": 1, "SPLIT_K": 1},
    TritonOperator.ATTENTION: {"DIM": 64, "CAUSAL": 1},
    TritonOperator.LAYER_NORM: {"WHOLE": 1},
    TritonOperator.CONVOLUTION: {"GROUP_M": 1, "KH": 3, "KW": 3},
    TritonOperator.NORM_GEMM: {},
}


@dataclass(frozen=True, slots=True)
class TileUsage:
    """What one tile takes of a multiprocessor."""

    registers: int
    """A thread's registers of 32 bits."""
    stack_bytes: int
    """A thread's local memory: above 0, registers are spilled."""
    shared_bytes: int
    """Shared memory of a block, as asked for at launch."""
    tensor_columns: int
    """Columns of tensor memory (Blackwell; 512 on a multiprocessor)."""
    instructions: int

    @property
    def spills(self) -> bool:
        """Whether values leave the registers for local memory."""
        return self.stack_bytes > 0


def compile_tile(
    operator: TritonOperator,
    blocks: Mapping[str, int],
    arch: str,
    number_format: NumberFormat = NumberFormat.FP16,
) -> TileUsage:
    """Compile a kernel for ``arch`` (``sm_90a``) and return what it takes.

    ``blocks`` holds the kernel's constants (``BLOCK_M``, ..., ``DIM``, ``CAUSAL``, ``KH``), with
    ``num_warps`` and ``num_stages``; others are ignored. Raises ``InputError`` for a constant that
    is missing or a format the kernels do not take, ``DeviceError`` without Triton,
    ``KernelCompileError`` where the tile cannot be compiled.
    """
    triton = _triton()
    name, pointers, scalars = _KERNELS[operator]
    kernel = getattr(import_module(f"microbench.workloads.{operator.value}"), name)
    if number_format not in POINTERS:
        takes = ", ".join(sorted(known.value for known in POINTERS))
        raise InputError(f"{operator.value}: no kernel for {number_format.value}; it takes {takes}")
    signature = dict.fromkeys(pointers, POINTERS[number_format])
    signature |= {scalar: "fp32" if scalar in _FLOATS else "i32" for scalar in scalars}
    constants = _constants(operator, kernel, blocks, number_format)
    source = triton.compiler.ASTSource(
        fn=kernel,
        signature=signature | dict.fromkeys(constants, "constexpr"),
        constexprs=constants,
        attrs=_aligned((*pointers, *scalars)),
    )
    options = {"num_warps": blocks["num_warps"], "num_stages": blocks.get("num_stages", 1)}
    return _usage(triton, name, source, arch, options)


def _usage(triton: Any, name: str, source: Any, arch: str, options: dict[str, int]) -> TileUsage:
    from triton.backends.compiler import GPUTarget
    from triton.compiler.errors import CompilationError

    target = GPUTarget("cuda", int(arch.removeprefix("sm_").rstrip("af")), 32)
    try:
        made = triton.compile(source, target=target, options=options)
    except (CompilationError, RuntimeError, triton.runtime.errors.TritonError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise KernelCompileError(f"Triton cannot compile {name} for {arch}: {reason}") from error
    found = usages(made.asm["cubin"])[name]
    return TileUsage(
        registers=found.registers,
        stack_bytes=found.stack_bytes,
        shared_bytes=made.metadata.shared,
        tensor_columns=getattr(made.metadata, "tmem_size", None) or 0,
        instructions=found.instructions,
    )


def _constants(
    operator: TritonOperator, kernel: Any, blocks: Mapping[str, int], number_format: NumberFormat
) -> dict[str, Any]:
    exact = "ieee" if number_format is NumberFormat.FP32 else "tf32"
    given = {"PRECISION": exact, **_DEFAULTS[operator], **blocks}
    wanted = [name for name in kernel.arg_names if name.isupper()]
    missing = [name for name in (*wanted, "num_warps") if name not in given]
    if missing:
        raise InputError(f"{operator.value}: no value for {', '.join(missing)}")
    return {name: given[name] for name in wanted}


def _aligned(arguments: tuple[str, ...]) -> dict[tuple[int], list[list[object]]]:
    return {
        (place,): [["tt.divisibility", 16]]
        for place, name in enumerate(arguments)
        if name not in _ANY_VALUE and name not in _FLOATS
    }


@cache
def _triton() -> Any:
    if os.environ.get("TRITON_INTERPRET") == "1":
        raise DeviceError("Triton interprets kernels instead of compiling: unset TRITON_INTERPRET")
    try:
        import triton
        import triton.compiler
        import triton.runtime.errors
    except ImportError as error:
        raise DeviceError("Triton is not installed: pip install triton") from error
    return triton


def compiler_name() -> str:
    """Return Triton's version; ``DeviceError`` where it is not installed."""
    return f"Triton {_triton().__version__}"
