"""How far a variant is from its reference computed in double precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microbench.formats import NumberFormat
from microbench.workloads.workload import REFERENCE, Shape, Workload

if TYPE_CHECKING:
    import torch


def operands(
    workload: Workload, shape: Shape, number_format: NumberFormat, seed: int, device: str = "cpu"
) -> tuple[torch.Tensor, ...]:
    """Return random operands rounded to a number format; integer operands stay as they are.

    They are drawn on the host, the same for every device, and then moved.
    """
    import torch

    generator = torch.Generator().manual_seed(seed)

    def random(*sizes: int) -> torch.Tensor:
        return torch.randn(*sizes, generator=generator)

    with torch.device("cpu"):
        made = workload.operands(shape, random)
    return tuple(
        (tensor.to(dtype(number_format)) if tensor.is_floating_point() else tensor).to(device)
        for tensor in made
    )


def largest_error(
    workload: Workload,
    variant: str,
    shape: Shape,
    number_format: NumberFormat,
    seed: int = 1,
    device: str = "cpu",
) -> float:
    """Return max |variant - reference| / max |reference|, the reference in double on the host.

    Operands are rounded to the format first: what is measured is the variant, not the rounding of
    its inputs. Not a number or infinite results give an infinite error.
    """
    import torch

    rounded = operands(workload, shape, number_format, seed)
    doubled = tuple(t.double() if t.is_floating_point() else t for t in rounded)
    right = workload.variants[REFERENCE](shape, doubled)
    with torch.device(device):
        given = tuple(tensor.to(device) for tensor in rounded)
        found = workload.variants[variant](shape, given).to("cpu")
    if found.shape != right.shape or not bool(torch.isfinite(found).all()):
        return float("inf")
    return float((found.double() - right).abs().max() / right.abs().max())


def problem(
    workload: Workload, variant: str, number_format: NumberFormat, device: str = "cpu"
) -> str:
    """Return "" if a variant is right at three sizes, else how wrong it is and where."""
    for shape in workload.sizes:
        error = largest_error(workload, variant, shape, number_format, device=device)
        if not error <= workload.tolerance[number_format]:
            return (
                f"{variant} at {dict(shape)} in {number_format}: error {error:.2g}, "
                f"allowed {workload.tolerance[number_format]:.2g}"
            )
    return ""


def collapses(
    workload: Workload,
    variant: str,
    number_format: NumberFormat,
    largest: float,
    shape: Shape | None = None,
) -> bool:
    """Return whether a variant breaks down on operands that reach ``largest``.

    It does when a result is not finite, or further from the reference than the format's tolerance:
    a sum that overflows turns shares into zeros, which are finite. ``InputError`` when the
    reference in double precision breaks down too: the question then has no answer.
    """
    import torch

    from microbench.errors import InputError

    asked = shape or workload.sizes[-1]
    drawn = operands(workload, asked, NumberFormat.FP64, 1)
    narrow = tuple(
        (t * (largest / t.max())).to(dtype(number_format)) if t.is_floating_point() else t
        for t in drawn
    )
    doubled = tuple(t.double() if t.is_floating_point() else t for t in narrow)
    right = workload.variants[REFERENCE](asked, doubled)
    if not bool(torch.isfinite(right).all()):
        raise InputError(f"{workload.name}: operands of {largest:g} overflow double precision too")
    found = workload.variants[variant](asked, narrow)
    error = (found.double() - right).abs().max() / right.abs().max()
    return not float(error) <= workload.tolerance[number_format]


def dtype(number_format: NumberFormat) -> torch.dtype:
    """Return torch's name of a floating-point format."""
    import torch

    return {
        NumberFormat.FP64: torch.float64,
        NumberFormat.FP32: torch.float32,
        NumberFormat.BF16: torch.bfloat16,
        NumberFormat.FP16: torch.float16,
    }[number_format]
