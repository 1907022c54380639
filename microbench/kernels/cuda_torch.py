"""Library calls through torch on a GPU, timed by events with everything queued beforehand."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from microbench.benchmark import AxisValue, Prepared, Sample
from microbench.errors import DeviceError, InputError
from microbench.formats import NumberFormat

if TYPE_CHECKING:
    import torch

    Tensor = torch.Tensor

QUEUE_CYCLES, CALL_CYCLES, MOST_CYCLES = 100_000, 20_000, 40_000_000
"""Cycles the GPU waits while calls are queued: 50 us and 10 us a call (a launch through torch takes
3 to 8 us of the host), 20 ms at most, so that events hold the kernels and not the host."""
DEVICE = "cuda"
CHECKED_ROWS = 8
TOLERANCE = {
    "fp64": 1e-10,
    "fp32": 2e-5,
    "tf32": 4e-3,
    "bf16": 2e-2,
    "fp16": 4e-3,
    "fp8_e4m3": 2e-2,
    "int8": 0.0,
}
"""Largest error of a checked row relative to its largest value: rounding of the format's output."""
FLUSH_OF_L2 = 2
LONG_SIDE = 8192
"""Products of this size and more run at the power limit."""


def events_sampler(
    call: Callable[[], object],
    notes: dict[str, AxisValue],
    flush_bytes: int = 0,
    rehearse: Callable[[], object] = lambda: None,
) -> Callable[[int], Sample]:
    """Return a sampler of a call: events around all calls (hot), or around each after a flush.

    Before a cold call ``flush_bytes`` are written, then ``rehearse`` runs the same code on other
    data: instructions are warm, and no dirty line of the flush is left to be written in the call.
    What the driver says of power and throttling goes into ``notes``; samples taken while the GPU
    was throttled or shared are dropped.
    """
    import torch

    from microbench.kernels.cuda_sampling import Surroundings, watching

    cuda: Any = torch.cuda
    scratch = torch.empty(max(flush_bytes, 1), dtype=torch.int8, device=DEVICE)
    pair = [cuda.Event(enable_timing=True) for _ in range(2)]

    identity = str(getattr(cuda.get_device_properties(0), "uuid", "")).replace("-", "")
    surroundings = Surroundings(watching(identity.removeprefix("GPU")), notes)

    def hot(iterations: int) -> Sample:
        started = time.monotonic()
        cuda._sleep(min(QUEUE_CYCLES + CALL_CYCLES * iterations, MOST_CYCLES))
        pair[0].record()
        for _ in range(iterations):
            call()
        pair[1].record()
        pair[1].synchronize()
        seconds = pair[0].elapsed_time(pair[1]) * 1e-3
        return Sample(seconds, discarded=surroundings.judge(started, time.monotonic()))

    def cold(iterations: int) -> Sample:
        started, total_s = time.monotonic(), 0.0
        for _ in range(iterations):
            # The wait lets the host queue flush and call before either begins.
            cuda._sleep(QUEUE_CYCLES)
            scratch.fill_(1)
            rehearse()
            pair[0].record()
            call()
            pair[1].record()
            pair[1].synchronize()
            total_s += pair[0].elapsed_time(pair[1]) * 1e-3
        return Sample(total_s, discarded=surroundings.judge(started, time.monotonic()))

    return cold if flush_bytes else hot


def product(axes: Mapping[str, AxisValue], seed: int) -> Prepared:
    """Return one matrix product (``mm``, ``bmm``) of a number format."""
    import torch

    from microbench.kernels.cuda_sampling import LEAST_KEPT, SETTLE_S

    need_gpu()
    form = str(axes["number_format"])
    b, m, n, k = (int(axes[name]) for name in ("b", "m", "n", "k"))
    generator = torch.Generator(DEVICE).manual_seed(seed)
    batch = () if axes["op"] == "mm" else (b,)
    left = torch.randn(*batch, m, k, device=DEVICE, generator=generator)
    right = torch.randn(*batch, k, n, device=DEVICE, generator=generator)
    torch.backends.cuda.matmul.allow_tf32 = form == "tf32"
    a, c, call = _multiplier(form, left, right)
    flush_bytes = _flush_bytes(str(axes["cache"]))
    rehearse = call
    if flush_bytes:
        rehearse = _multiplier(form, left.clone(), right.clone())[2]

    def check() -> str:
        found = call()
        rows = slice(0, CHECKED_ROWS)
        exact = a[..., rows, :].double() @ c.double()
        error = (found[..., rows, :].double() - exact).abs().max().item()
        allowed = TOLERANCE[form] * exact.abs().max().item()
        return "" if error <= allowed else f"off by {error:g}, {allowed:g} allowed"

    notes: dict[str, AxisValue] = {
        **axes,
        "operands": "normal",
        "stack": "torch-eager",
        "torch": torch.__version__,
    }
    size = NumberFormat(form).size_bytes
    out_bytes = {"fp8_e4m3": 2, "int8": 4}.get(form, size)
    return Prepared(
        sample=events_sampler(call, notes, flush_bytes, rehearse),
        work_flop=2.0 * b * m * n * k,
        bytes_moved=b * (size * (m * k + k * n) + out_bytes * m * n),
        check_result=check,
        least_kept=LEAST_KEPT,
        settle_s=SETTLE_S if min(m, n, k) >= LONG_SIDE else 0.0,
        notes=notes,
    )


def _multiplier(
    form: str, left: Tensor, right: Tensor
) -> tuple[Tensor, Tensor, Callable[[], Tensor]]:
    """Return the operands as the format holds them and the call that multiplies them."""
    import torch

    if form == "fp8_e4m3":
        a = left.to(torch.float8_e4m3fn)
        c = right.t().contiguous().to(torch.float8_e4m3fn).t()
        one = torch.ones((), device=DEVICE)
        return (
            a,
            c,
            lambda: torch._scaled_mm(a, c, scale_a=one, scale_b=one, out_dtype=torch.bfloat16),
        )
    if form == "int8":
        a = (left * 40).clamp(-127, 127).to(torch.int8)
        c = (right * 40).clamp(-127, 127).to(torch.int8)
        return a, c, lambda: torch._int_mm(a, c)
    kinds = {"fp64": torch.float64, "bf16": torch.bfloat16, "fp16": torch.float16}
    kind = kinds.get(form, torch.float32)
    a, c = left.to(kind), right.to(kind)
    out = torch.matmul(a, c)
    return a, c, lambda: torch.matmul(a, c, out=out)


def library(axes: Mapping[str, AxisValue], seed: int) -> Prepared:
    """Return attention, a convolution or a row operation; results are checked for shape and NaN."""
    import torch

    from microbench.kernels.cuda_sampling import LEAST_KEPT

    need_gpu()
    torch.manual_seed(seed)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    op = str(axes["op"])
    kind = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(
        str(axes["number_format"]), torch.float32
    )
    makers = {"sdpa": _attention, "conv2d": _convolution}
    call, exact, work, moved = makers.get(op, _row_operation)(axes, kind)

    def check() -> str:
        found, wanted = call().double(), exact()
        error = (found.reshape(-1)[: wanted.numel()] - wanted.reshape(-1)).abs().max().item()
        scale = max(1.0, wanted.abs().max().item())
        allowed = TOLERANCE[str(axes["number_format"])] * scale
        return "" if error <= allowed else f"off by {error:g}, {allowed:g} allowed"

    notes: dict[str, AxisValue] = {
        **axes,
        "cache": "hot",
        "stack": "torch-eager",
        "torch": torch.__version__,
    }
    return Prepared(
        sample=events_sampler(call, notes),
        work_flop=work,
        bytes_moved=moved,
        check_result=check,
        relative_half_width=0.01,
        least_kept=LEAST_KEPT,
        notes=notes,
    )


Made = tuple[Callable[[], Any], Callable[[], Any], float, float]
"""The call, its value (or the beginning of it) in float64, FLOP, minimum bytes."""


def _attention(axes: Mapping[str, AxisValue], kind: torch.dtype) -> Made:
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    b, s, h, d = (int(axes[name]) for name in ("batch", "seq", "heads", "head_dim"))
    causal = bool(axes["causal"])
    q, k, v = (torch.randn(b, h, s, d, device=DEVICE, dtype=kind) for _ in range(3))

    def exact() -> Tensor:
        row = q[:1, :1, :1].double() @ k[:1, :1].double().transpose(-1, -2) / d**0.5
        if causal:
            row[..., 1:] = -torch.inf
        return torch.softmax(row, -1) @ v[:1, :1].double()

    return (
        lambda: scaled_dot_product_attention(q, k, v, is_causal=causal),
        exact,
        4.0 * b * h * s * s * d * (0.5 if causal else 1.0),
        4.0 * b * h * s * d * q.element_size(),
    )


def _convolution(axes: Mapping[str, AxisValue], kind: torch.dtype) -> Made:
    import torch
    from torch.nn.functional import conv2d

    names = ("batch", "c_in", "c_out", "h_in", "kh", "stride_h")
    b, c_in, c_out, side, kernel, stride = (int(axes[name]) for name in names)
    x = torch.randn(b, c_in, side, side, device=DEVICE, dtype=kind).to(
        memory_format=torch.channels_last
    )
    w = (
        torch.randn(c_out, c_in, kernel, kernel, device=DEVICE, dtype=kind)
        / (c_in * kernel * kernel) ** 0.5
    ).to(memory_format=torch.channels_last)
    out = (side + 2 * (kernel // 2) - kernel) // stride + 1

    def call() -> Tensor:
        return conv2d(x, w, stride=stride, padding=kernel // 2).contiguous(
            memory_format=torch.channels_last
        )

    def first_channel() -> Tensor:
        # Compared against the call's own layout: channels vary fastest, one pixel is enough.
        pixel = conv2d(x[:1].double(), w.double(), stride=stride, padding=kernel // 2)
        return pixel[0, :, 0, 0]

    return (
        lambda: call().permute(0, 2, 3, 1),
        first_channel,
        2.0 * b * c_out * out * out * c_in * kernel * kernel,
        float((x.numel() + w.numel() + b * c_out * out * out) * x.element_size()),
    )


def _row_operation(axes: Mapping[str, AxisValue], kind: torch.dtype) -> Made:
    import torch
    from torch.nn.functional import layer_norm

    rows, cols = int(axes["rows"]), int(axes["cols"])
    x = torch.randn(rows, cols, device=DEVICE, dtype=kind)
    calls: dict[str, Callable[[Tensor], Tensor]] = {
        "softmax": lambda t: torch.softmax(t, -1),
        "layer_norm": lambda t: layer_norm(t, (cols,)),
        "sum": lambda t: t.sum(-1),
    }
    run = calls.get(str(axes["op"]))
    if run is None:
        raise InputError(f"library op {axes['op']!r}: sdpa, conv2d, {', '.join(calls)} are known")
    chosen = run
    out = rows if axes["op"] == "sum" else rows * cols
    passes = {"softmax": 5.0, "layer_norm": 8.0, "sum": 1.0}[str(axes["op"])]
    return (
        lambda: chosen(x),
        lambda: chosen(x[:CHECKED_ROWS].double()),
        passes * rows * cols,
        float((rows * cols + out) * x.element_size()),
    )


def transfer(direction: str, memory: str, copy_bytes: int) -> Prepared:
    """Return a copy between host and GPU; the bytes are compared after one of them."""
    import torch

    from microbench.kernels.cuda_sampling import LEAST_KEPT

    need_gpu()
    host = torch.randint(0, 255, (copy_bytes,), dtype=torch.uint8)
    if memory == "pinned":
        host = host.pin_memory()
    device = host.to(DEVICE)
    target = torch.empty_like(host, pin_memory=memory == "pinned")

    def call() -> object:
        if direction == "h2d":
            return device.copy_(host, non_blocking=True)
        return target.copy_(device, non_blocking=True)

    def check() -> str:
        call()
        torch.cuda.synchronize()
        found = device.cpu() if direction == "h2d" else target
        return "" if torch.equal(found, host) else "the bytes that arrived are not those sent"

    notes: dict[str, AxisValue] = {"direction": direction, "memory": memory}
    return Prepared(
        sample=events_sampler(call, notes),
        bytes_moved=float(copy_bytes),
        check_result=check,
        relative_half_width=0.01,
        least_kept=LEAST_KEPT,
        notes=notes,
    )


def _flush_bytes(cache: str) -> int:
    import torch

    if cache == "hot":
        return 0
    return FLUSH_OF_L2 * int(torch.cuda.get_device_properties(0).L2_cache_size)


def need_gpu() -> None:
    """Raise ``DeviceError`` where torch sees no GPU."""
    import torch

    if not torch.cuda.is_available():
        raise DeviceError(
            "torch sees no GPU: install a CUDA build of torch beside the driver, "
            "or use --device cpu"
        )
