"""The workloads of the papers on a GPU: plain, fused, and compiled by torch, each checked first.

Points, notes and checks are those of the CPU suite, at sizes that fill a GPU; operands are drawn on
the host and the reference runs there in double precision. A fused variant that is slower stays as
measured. Where a Triton kernel of the same computation ships, it is one more variant. Compiling
makes it long, so it runs only when its suite is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from microbench.benchmark import AxisValue, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.formats import NumberFormat
from microbench.kernels.architectures import supported_arch
from microbench.workloads.compiled import COMPILED, HOST_ONLY, with_compiled
from microbench.workloads.workload import REFERENCE, Shape, Workload
from microbench.workloads.zoo import all_workloads, find

if TYPE_CHECKING:
    import torch

NAME = "gpu.workloads"
QUICK = ("gemm-bias-gelu", "attention-passes", "large-kernel-merge")
TRITON = "triton"
TRITON_BLOCKS = {"BLOCK_M": 64, "BLOCK_N": 64, "num_warps": 4, "num_stages": 2}
"""A tile that fits every architecture, set by eye; ``hwprof tune`` finds better ones."""
LARGER: Mapping[str, Shape] = {
    "gemm-bias-gelu": {"m": 16384, "n": 4096, "k": 512},
    "conv-full": {"n": 64},
    "conv-pointwise": {"n": 64},
    "conv-grouped": {"n": 64},
    "conv-depthwise": {"n": 64},
    "conv-first": {"n": 128},
    "mb-conv": {"n": 128},
    "attention-passes": {"b": 8, "heads": 16, "p": 2048, "m": 2048},
    "inception-mixer": {"n": 128},
    "large-kernel-merge": {"n": 64},
    "depthwise-kernel-size": {"n": 64, "c": 96},
    "sparse-swiglu": {"d": 4096, "f": 11008},
    "decode-batching": {"hidden": 4096, "context": 1024},
    "fft-long-convolution": {"b": 8, "h": 768},
    "multi-scale-convolution": {"b": 8, "h": 768},
    "ordered-convolution": {"b": 8, "h": 768},
    "toeplitz-attention": {"b": 8, "n": 4096},
    "s4d-kernel": {"h": 256, "n": 4096},
    "linear-recurrence": {"d": 4096},
    "lstm": {"b": 64, "t": 128, "d": 768},
    "neighbourhood-attention": {"b": 8, "heads": 16, "n": 2048},
    "neighbourhood-attention-2d": {"b": 4, "heads": 8, "h": 56, "w": 56},
    "tunable-convolution": {"n": 64},
    "video-convolution": {"n": 16},
    "separable-filters": {"n": 128},
    "sparse-pointwise": {"k": 1024, "c": 1024, "p": 12544},
    "sparse-blocks": {"k": 1024, "c": 1024, "p": 12544},
    "delta-inference": {"d_in": 16384, "d_out": 8192},
    "locally-connected": {"n": 64},
    "pairwise-kernel-sum": {"n": 16384, "m": 16384},
    "low-rank-solve": {"n": 8192, "m": 64},
    "spectral-convolution": {"b": 32, "c": 64, "k": 64},
    "delay-convolution": {"c": 1024, "t": 16384},
    "shift-product": {"m": 3136, "n": 512, "k": 64},
    "log-bessel": {"n": 2**24},
    "dictionary-update": {"slots": 2**22, "count": 2**20},
    "training-products": {"m": 4096, "n": 4096, "k": 4096},
    "low-bit-weights": {"n": 16384, "k": 4096},
    "time-embedding": {"d": 1280, "inner": 5120},
    "random-feature-layer": {"rows": 65536, "d_in": 1024, "d_out": 1024, "m": 256},
    "hyper-product": {"rows": 65536, "d_in": 512, "d_out": 1024},
    "stable-softmax": {"rows": 65536},
    "stablemax": {"rows": 65536},
}
"""Dimensions that replace those of the CPU's preset, so that a variant takes 0.1 to 10 ms; set by
eye from FLOP and bytes."""


def points(device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Every variant of every workload a GPU can run, compiled ones included; in fp32."""
    if supported_arch(device.compute_capability) is None:
        return ()
    chosen = all_workloads() if effort is not Effort.QUICK else tuple(map(find, QUICK))
    return tuple(
        Point(NAME, (("workload", one.name), ("variant", variant), ("number_format", "fp32")))
        for one in chosen
        if one.name not in HOST_ONLY
        for variant in (*one.variants, COMPILED, *([TRITON] if one.name == QUICK[1] else []))
        if variant != REFERENCE
    )


def preset(workload: Workload) -> dict[str, int]:
    """Return the size a GPU is measured at."""
    return {**workload.preset, **LARGER.get(workload.name, {})}


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make a variant ready on the GPU; it must agree with the host's reference at three sizes."""
    import torch

    from microbench.kernels.cuda_torch import events_sampler, need_gpu
    from microbench.workloads import correctness

    need_gpu()
    torch.set_grad_enabled(False)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    workload, variant = variants_of(str(point["workload"])), str(point["variant"])
    number_format = NumberFormat(str(point["number_format"]))
    shape, call = preset(workload), workload.variants[variant]
    operands = correctness.operands(workload, shape, number_format, seed, "cuda")

    def run() -> object:
        with torch.device("cuda"):
            return call(shape, operands)

    notes: dict[str, AxisValue] = {
        "workload": workload.key,
        "variant": variant,
        "baseline": workload.baseline,
        "claimed": workload.claimed,
        "papers": workload.papers,
        "stack": {COMPILED: COMPILED, TRITON: TRITON}.get(variant, "torch-eager"),
        "torch": torch.__version__,
        "attainable_speedup": workload.attainable_speedup(shape, number_format.size_bytes),
        **{f"shape_{name}": size for name, size in shape.items()},
    }
    return Prepared(
        sample=events_sampler(run, notes),
        work_flop=workload.work_flop(variant, shape),
        bytes_moved=workload.bytes_moved(variant, shape, number_format.size_bytes),
        check_result=lambda: correctness.problem(workload, variant, number_format, "cuda"),
        relative_half_width=0.01,
        notes=notes,
    )


def variants_of(name: str) -> Workload:
    """Return a workload with the variants only a GPU is measured with."""
    from dataclasses import replace

    workload = with_compiled(find(name))
    if name != QUICK[1]:
        return workload
    return replace(workload, variants={**workload.variants, TRITON: _triton_attention})


def _triton_attention(_shape: Shape, operands: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Pad features to a power of two, as Triton's tiles are, and cut them off again."""
    import torch

    from microbench.workloads.triton_attention import run

    q, k, v = operands
    page = q.shape[0] * q.shape[1]
    width = max(16, 1 << (max(q.shape[-1], v.shape[-1]) - 1).bit_length())
    # The kernel scales by its padded width: undo that, and scale by the true one.
    scaled = q * (width / q.shape[-1]) ** 0.5
    padded = [
        torch.nn.functional.pad(x, (0, width - x.shape[-1])).reshape(page, -1, width).contiguous()
        for x in (scaled, k, v)
    ]
    out = run(padded[0], padded[1], padded[2], causal=False, blocks=TRITON_BLOCKS)
    return out.reshape(*q.shape[:-1], width)[..., : v.shape[-1]]


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="What do fusing and compiling each workload of the papers save on this GPU?",
        kind=DeviceKind.GPU,
        suite="workloads",
        on_request=True,
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="closed-form FLOP and minimum bytes of each workload's module",
        seconds_per_point={Effort.QUICK: 8, Effort.DEFAULT: 10, Effort.THOROUGH: 20},
    ),
)
