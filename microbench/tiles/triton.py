"""Triton kernels on a GPU, timed for one configuration of their blocks at a time.

Operands and the right answer stay from point to point of one shape; every configuration is checked
before it is timed. Samples are events around calls queued beforehand, operands hot in L2.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from microbench.benchmark import AxisValue, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError, UnsupportedError

if TYPE_CHECKING:
    import torch

    Tensor = torch.Tensor

NAME = "tiles.triton"
SIZES: Mapping[str, tuple[str, ...]] = {
    "gemm": ("m", "n", "k"),
    "attention": ("batch", "heads", "kv_heads", "seq", "head_dim"),
    "layernorm": ("rows", "cols"),
    "conv": ("batch", "c_in", "h", "w", "c_out", "kernel", "stride"),
}
"""Kernels and their sizes, in the order of ``hwprof tune``'s names for them."""
FORMATS = ("fp16", "bf16", "fp32")
CHECKED_ROWS = 256
"""Rows of a result that are compared: the last of them, where masks are."""
EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Case:
    """One kernel at one shape on the device, whatever its blocks."""

    run: Callable[[Mapping[str, int]], Tensor]
    right: Tensor
    """The last ``CHECKED_ROWS`` rows of the answer in double precision."""
    work_flop: float
    bytes_moved: float


def points(_device: DeviceSpec, _effort: Effort) -> tuple[Point, ...]:
    """None of its own: a tuning or a sweep asks for the points it wants."""
    return ()


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Compile and run the configuration of a point; its answer is compared before timing.

    ``UnsupportedError`` if it cannot be compiled or launched here.
    """
    from microbench.kernels.cuda_torch import TOLERANCE, events_sampler

    axes = dict(point.axes)
    op, form = str(axes.pop("op")), str(axes.pop("number_format"))
    sizes = tuple(int(axes.pop(name)) for name in SIZES[op])
    blocks = {name: int(value) for name, value in axes.items()}
    case = case_of(op, form, sizes, seed)
    launched(case, blocks)

    def check() -> str:
        found = case.run(blocks)
        rows = found.reshape(-1, found.shape[-1])[-case.right.shape[0] :].double()
        error = (rows - case.right).abs().max().item()
        allowed = TOLERANCE[form] * case.right.abs().max().item()
        return "" if error <= allowed else f"off by {error:g}, {allowed:g} allowed"

    notes: dict[str, AxisValue] = {**dict(point.axes), "stack": f"triton {_version()}"}
    return Prepared(
        sample=events_sampler(lambda: case.run(blocks), notes),
        work_flop=case.work_flop,
        bytes_moved=case.bytes_moved,
        check_result=check,
        relative_half_width=0.01,
        notes=notes,
    )


def launched(case: Case, blocks: Mapping[str, int]) -> None:
    """Run once; ``UnsupportedError`` where this configuration cannot be built or launched.

    Running out of shared memory, registers or threads is an answer about the tile and leaves the
    device usable; every other fault ends the process that measures.
    """
    from triton.compiler.errors import CompilationError
    from triton.runtime.errors import OutOfResources, PTXASError

    try:
        case.run(blocks)
    except (CompilationError, OutOfResources, PTXASError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise UnsupportedError(f"{type(error).__name__}: {reason}") from error


@functools.lru_cache(maxsize=1)
def case_of(op: str, form: str, sizes: tuple[int, ...], seed: int) -> Case:
    """Return the operands of a shape on the GPU and its answer, kept until the shape changes."""
    from microbench.kernels.cuda_torch import need_gpu

    if form not in FORMATS:
        raise InputError(f"{op}: no kernel for {form}; it takes {', '.join(FORMATS)}")
    need_gpu()
    return build(op, form, sizes, seed, "cuda")


def build(op: str, form: str, sizes: tuple[int, ...], seed: int, device: str) -> Case:
    """Return a case on any device; the kernels themselves need Triton there."""
    import torch

    kinds = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}
    generator = torch.Generator(device).manual_seed(seed)

    def random(*shape: int) -> Tensor:
        made = torch.randn(*shape, device=device, generator=generator)
        return made.to(kinds[form])

    return _CASES[op](random, sizes)


Random = Callable[..., Any]


def _gemm(random: Random, sizes: tuple[int, ...]) -> Case:
    m, n, k = sizes
    a, b = random(m, k), random(k, n)

    def run(blocks: Mapping[str, int]) -> Tensor:
        from microbench.workloads import triton_gemm

        return triton_gemm.run(a, b, blocks)

    right = a[-CHECKED_ROWS:].double() @ b.double()
    moved = float((m * k + k * n + m * n) * a.element_size())
    return Case(run, right, 2.0 * m * n * k, moved)


def _attention(random: Random, sizes: tuple[int, ...]) -> Case:
    """Causal attention, as the ready-made space of the same name."""
    import torch

    batch, heads, kv_heads, seq, dim = sizes
    q, k, v = (random(batch * h, seq, dim) for h in (heads, kv_heads, kv_heads))

    def run(blocks: Mapping[str, int]) -> Tensor:
        from microbench.workloads import triton_attention

        return triton_attention.run(q, k, v, True, blocks)

    rows = min(CHECKED_ROWS, seq)
    scores = q[-1, -rows:].double() @ k[-1].double().T / dim**0.5
    later = torch.ones_like(scores, dtype=torch.bool).triu(seq - rows + 1)
    right = torch.softmax(scores.masked_fill(later, -torch.inf), -1) @ v[-1].double()
    moved = float(2 * batch * (heads + kv_heads) * seq * dim * q.element_size())
    return Case(run, right, 2.0 * batch * heads * seq * seq * dim, moved)


def _layer_norm(random: Random, sizes: tuple[int, ...]) -> Case:
    import torch

    rows, cols = sizes
    x, gain, shift = random(rows, cols), random(cols), random(cols)

    def run(blocks: Mapping[str, int]) -> Tensor:
        from microbench.workloads import triton_norm

        return triton_norm.run(x, gain, shift, EPSILON, blocks)

    right = torch.nn.functional.layer_norm(
        x[-CHECKED_ROWS:].double(), (cols,), gain.double(), shift.double(), EPSILON
    )
    return Case(run, right, 5.0 * rows * cols, float(2 * rows * cols * x.element_size()))


def _convolution(random: Random, sizes: tuple[int, ...]) -> Case:
    import torch

    batch, c_in, h, w, c_out, side, stride = sizes
    image, weights = random(batch, h, w, c_in), random(side, side, c_in, c_out)
    padding = side // 2

    def run(blocks: Mapping[str, int]) -> Tensor:
        from microbench.workloads import triton_conv

        return triton_conv.run(image, weights, stride, padding, blocks)

    exact = torch.nn.functional.conv2d(
        image[-1:].double().permute(0, 3, 1, 2),
        weights.double().permute(3, 2, 0, 1),
        stride=stride,
        padding=padding,
    ).permute(0, 2, 3, 1)
    pixels = batch * exact.shape[1] * exact.shape[2]
    flop = 2.0 * pixels * c_out * c_in * side * side
    moved = float((image.numel() + weights.numel() + pixels * c_out) * image.element_size())
    return Case(run, exact.reshape(-1, c_out)[-CHECKED_ROWS:], flop, moved)


_CASES: Mapping[str, Callable[[Random, tuple[int, ...]], Case]] = {
    "gemm": _gemm,
    "attention": _attention,
    "layernorm": _layer_norm,
    "conv": _convolution,
}


def _version() -> str:
    import triton

    return str(triton.__version__)


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="How long does a Triton kernel take with these block sizes?",
        kind=DeviceKind.GPU,
        suite="tiles",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="kernels of microbench.workloads.triton_*",
        seconds_per_point={Effort.QUICK: 0.4, Effort.DEFAULT: 1.5, Effort.THOROUGH: 11},
    ),
)
