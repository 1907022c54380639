"""What a predicted time leaves out or takes for granted, in words: networks, and rates of fp32."""

from __future__ import annotations

from typing import TYPE_CHECKING

from costmodel.kernel import Family
from hwprof.units import percent, plural, quantity
from microbench.devices.spec import DeviceKind
from microbench.formats import NumberFormat

if TYPE_CHECKING:
    from hwprof.prediction import ModelPrediction

PRODUCTS_TOLD = 0.05
"""Share of a time from which the rate of fp32 products is told."""
_ALLOWED = {
    "xla": "XLA runs those of precision DEFAULT and HIGH in TF32",
    "torch-eager": 'torch runs them in TF32 after set_float32_matmul_precision("high")',
    "inductor": 'torch runs them in TF32 after set_float32_matmul_precision("high")',
}
"""When a stack runs fp32 products in TF32 (XLA's ``matmul_utils.cc``; torch's documentation)."""


def collectives(result: ModelPrediction) -> str:
    """Return a warning that no time of a network is in the sum, or "" where none is needed."""
    found = [one for one in result.predictions if one.kernel.family is Family.COLLECTIVE]
    if not found:
        return ""
    names = ", ".join(sorted({one.kernel.op.rpartition(".")[2] for one in found}))
    count = sum(one.kernel.count for one in found)
    return (
        f"{result.device.name}: {count:,.0f} {plural('collective', count)} ({names}) priced as a "
        "read and a write of their messages in this device's memory: the time of links and "
        "networks, and of waiting for other devices, is not in it"
    )


def fp32_rates(result: ModelPrediction) -> str:
    """Say at which rate products in fp32 and TF32 are priced, where they could run at both."""
    tf32 = result.device.peak(NumberFormat.TF32)
    fp32 = result.device.peak(NumberFormat.FP32)
    if result.device.kind is not DeviceKind.GPU or tf32 is None or fp32 is None:
        return ""
    found = []
    products, share = _products(result, NumberFormat.FP32)
    if share >= PRODUCTS_TOLD:
        allowed = _ALLOWED.get(result.stack, "a stack may run them in TF32")
        found.append(
            f"{products} in fp32 ({percent(share)} of the time) priced at fp32's rate "
            f"({quantity(fp32, 'FLOP/s')}); {allowed} ({quantity(tf32, 'FLOP/s')})"
        )
    products, _ = _products(result, NumberFormat.TF32)
    if products:
        found.append(
            f"{products} in TF32, as the module says, priced by the model of fp32 with TF32's peak "
            f"({quantity(tf32, 'FLOP/s')}): nobody measured them, read the lower end of the "
            "interval"
        )
    return "; ".join(found)


def _products(result: ModelPrediction, number_format: NumberFormat) -> tuple[str, float]:
    """Return how many products a format has, in words, and their share of the time."""
    found = [
        one
        for one in result.predictions
        if one.kernel.family is Family.GEMM and one.kernel.number_format is number_format
    ]
    if not found:
        return "", 0.0
    count = sum(one.kernel.count for one in found)
    share = sum(one.total_s for one in found) / result.kernels_s
    return f"{count:,.0f} {plural('product', count)}", share
