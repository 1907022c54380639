"""Chains of operators on a GPU: one by one, in place, compiled by torch, or as a Triton kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from microbench.benchmark import AxisValue, Prepared
from microbench.errors import InputError, UnsupportedError
from microbench.kernels import cuda_torch
from microbench.kernels.cuda_torch import events_sampler, need_gpu

if TYPE_CHECKING:
    import torch

    Tensor = torch.Tensor
    Operands = tuple[Tensor, ...]

COLUMNS = 1024
TOLERANCE = 1e-4
"""Largest absolute error against float64 for standard normal operands in fp32."""


def chain(name: str, variant: str, elements: int, seed: int) -> Prepared:
    """Return one variant of a chain over ``elements`` fp32 values; every result is checked."""
    import torch

    from microbench.kernels.cuda_sampling import LEAST_KEPT

    need_gpu()
    generator = torch.Generator(cuda_torch.DEVICE).manual_seed(seed)
    shape = (elements // COLUMNS, COLUMNS)
    x, y, z = (torch.randn(shape, device=cuda_torch.DEVICE, generator=generator) for _ in range(3))
    row = torch.randn(COLUMNS, device=cuda_torch.DEVICE, generator=generator)
    function, operands = _chains(x, y, z, row)[name]
    call = _variant(variant, name, function, operands)

    def check() -> str:
        found = call().double()
        error = (found - function(*(one.double() for one in operands))).abs().max().item()
        return "" if error <= TOLERANCE else f"off by {error:g} against float64"

    reads = sum(one.numel() for one in operands)
    notes: dict[str, AxisValue] = {
        "family": "elementwise",
        "op": name,
        "number_format": "fp32",
        "stack": {"torch-compile": "torch-compile", "triton": "triton"}.get(variant, "torch-eager"),
        "variant": variant,
        "torch": torch.__version__,
    }
    return Prepared(
        sample=events_sampler(call, notes),
        bytes_moved=4.0 * (reads + elements),
        check_result=check,
        relative_half_width=0.01,
        least_kept=LEAST_KEPT,
        notes=notes,
    )


def _chains(
    x: Tensor, y: Tensor, z: Tensor, row: Tensor
) -> dict[str, tuple[Callable[..., Any], Operands]]:
    import torch
    from torch.nn.functional import gelu, layer_norm, silu

    return {
        "silu_mul_add": (lambda a, b, c: silu(a * b + c), (x, y, z)),
        "bias_gelu": (lambda a, b: gelu(a + b), (x, row)),
        "softmax_rows": (lambda a, b: torch.softmax(a + b, -1), (x, y)),
        "layer_norm_residual": (lambda a, b, w: layer_norm(a + b, (COLUMNS,)) * w, (x, y, row)),
    }


def _variant(
    variant: str, name: str, function: Callable[..., Any], operands: Operands
) -> Callable[[], Any]:
    import torch

    if variant == "eager":
        return lambda: function(*operands)
    if variant == "eager-in-place":
        return _in_place(name, operands)
    if variant == "torch-compile":
        compiled = torch.compile(function, dynamic=False)
        return lambda: compiled(*operands)
    if variant == "triton" and name == "silu_mul_add":
        try:
            from microbench.kernels.cuda_triton import silu_mul_add
        except ImportError as error:
            raise UnsupportedError("the triton variant needs triton: pip install triton") from error
        return silu_mul_add(*operands)
    raise InputError(f"no variant {variant!r} of {name}")


def _in_place(name: str, operands: Operands) -> Callable[[], Any]:
    """Return the chain with every result written over one buffer that is made once."""
    import torch
    from torch.nn.functional import layer_norm, silu

    room = torch.empty_like(operands[0])

    def silu_mul_add() -> Tensor:
        torch.mul(operands[0], operands[1], out=room)
        return silu(room.add_(operands[2]), inplace=True)

    def bias_gelu() -> Any:
        torch.add(operands[0], operands[1], out=room)
        return torch.ops.aten.gelu_(room)

    def softmax_rows() -> Tensor:
        torch.add(operands[0], operands[1], out=room)
        return torch.softmax(room, -1, out=room)

    def layer_norm_residual() -> Tensor:
        torch.add(operands[0], operands[1], out=room)
        return layer_norm(room, (COLUMNS,)).mul_(operands[2])

    return {
        "silu_mul_add": silu_mul_add,
        "bias_gelu": bias_gelu,
        "softmax_rows": softmax_rows,
        "layer_norm_residual": layer_norm_residual,
    }[name]
