"""Library kernels the CPU predictor learns from, called through torch, family by family.

What a reader of stored measurements finds in ``Measurement.notes`` (and the ``bytes_moved`` and
``work_flop`` beside it; ``time_s`` is seconds a call):

=================  =============================================================================
``family``         value of ``costmodel.kernel.Family``: ``gemm``, ``convolution``,
                   ``attention_encoder``, ``fft``, ``rowwise``, ``elementwise``,
                   ``data_movement``
``op``             ``mm``, ``bmm``, ``int_mm``; ``conv2d``; ``sdpa``; ``r2c``, ``c2r``, ``c2c``;
                   ``softmax``, ``layer_norm``, ``sum``; ``add``, ``relu``, ``exp``, ``gelu``,
                   ``log``, ``where``; ``copy``, ``transpose``, ``gather``
``number_format``  ``fp32``, ``bf16``, ``fp16``, ``int8``
``threads``        torch threads: 1, or all usable cores
dimensions         the names that stand beside the family in ``costmodel.kernel.Family``, e.g.
                   ``b, m, n, k``; ``batch, c_in, ..., groups``; ``rows, cols``;
                   ``rows, cols, inputs``; ``elements``; ``batch, n`` of a transform
``stack``          ``torch-eager``
=================  =============================================================================

``cpu.gemm`` (``cpu_gemm.py``), ``cpu.fusion`` (``cpu_fusion.py``) and ``cpu.library`` (this file)
carry these notes. The elementwise ``add`` of one element is the call overhead of an empty op.
Every case is hot: operands stay where the previous call left them. Outputs are allocated by the
call, as eager mode does.
"""

from __future__ import annotations

from collections.abc import Mapping

from microbench.benchmark import AxisValue, Benchmark, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.formats import NumberFormat

NAME = "cpu.library"
COMPUTE_BOUND = 8.0
"""FLOP per byte beyond which CPU time may stand in for wall time: other programs slow memory down,
and the time a core waits for it counts as CPU time."""

Dims = tuple[tuple[str, int], ...]
Case = tuple[str, str, str, Dims]
"""Family, op, number format, dimensions."""


def _conv(c_in: int, c_out: int, side: int, kernel: int, stride: int = 1, groups: int = 1) -> Dims:
    out = -(-side // stride)
    return (
        *(("batch", 1), ("c_in", c_in), ("c_out", c_out), ("h_in", side), ("w_in", side)),
        *(("h_out", out), ("w_out", out), ("kh", kernel), ("kw", kernel)),
        *(("stride_h", stride), ("stride_w", stride), ("groups", groups)),
    )


def _batch(images: int, one: Dims) -> Dims:
    return (("batch", images), *one[1:])


def _filter(taps: int, channels: int = 64) -> Dims:
    """Slide ``taps`` weights a channel over as many steps, as a causal 1-D convolution does."""
    return (
        *(("batch", 1), ("c_in", channels), ("c_out", channels), ("h_in", 1), ("h_out", 1)),
        *(("w_in", 2 * taps - 1), ("w_out", taps), ("kh", 1), ("kw", taps)),
        *(("stride_h", 1), ("stride_w", 1), ("groups", channels)),
    )


def _products(b: int, m: int, n: int, k: int) -> Dims:
    return (("b", b), ("m", m), ("n", n), ("k", k))


def _attention(seq: int, heads: int, head_dim: int) -> Dims:
    return (
        *(("batch", 1), ("seq", seq), ("kv_len", seq), ("heads", heads)),
        *(("kv_heads", heads), ("head_dim", head_dim)),
    )


def _pointwise(elements: int, inputs: int) -> Dims:
    cols = min(elements, 1024)
    return (("rows", elements // cols), ("cols", cols), ("inputs", inputs))


def _transform(batch: int, n: int) -> Dims:
    return (("batch", batch), ("n", n))


def _rows(rows: int, cols: int) -> Dims:
    return (("rows", rows), ("cols", cols))


QUICK: tuple[Case, ...] = (
    ("elementwise", "add", "fp32", _pointwise(1, 2)),
    *(("elementwise", "add", "fp32", _pointwise(2**power, 2)) for power in (10, 16, 20, 22)),
    ("elementwise", "exp", "fp32", _pointwise(2**16, 1)),
    ("elementwise", "gelu", "fp32", _pointwise(2**20, 1)),
    ("convolution", "conv2d", "fp32", _conv(3, 64, 224, 7, 2)),
    ("convolution", "conv2d", "fp32", _conv(64, 64, 56, 3)),
    ("convolution", "conv2d", "fp32", _conv(256, 64, 56, 1)),
    ("convolution", "conv2d", "fp32", _conv(256, 256, 14, 3)),
    ("convolution", "conv2d", "fp32", _conv(512, 2048, 7, 1)),
    ("rowwise", "softmax", "fp32", _rows(1024, 1024)),
    ("rowwise", "layer_norm", "fp32", _rows(1024, 1024)),
    ("rowwise", "sum", "fp32", _rows(1024, 1024)),
    ("data_movement", "copy", "fp32", (("elements", 2**20),)),
    ("data_movement", "transpose", "fp32", (("elements", 2**20),)),
    ("attention_encoder", "sdpa", "fp32", _attention(128, 12, 64)),
    ("attention_encoder", "sdpa", "fp32", _attention(512, 12, 64)),
)

DEFAULT: tuple[Case, ...] = (
    *(("elementwise", "add", "fp32", _pointwise(2**power, 2)) for power in (12, 14, 18, 24)),
    *(
        ("elementwise", "relu", "fp32", _pointwise(2**power, 1))
        for power in (10, 14, 17, 20, 22, 24)
    ),
    *(("elementwise", "exp", "fp32", _pointwise(2**power, 1)) for power in (12, 20)),
    *(("elementwise", "gelu", "fp32", _pointwise(2**power, 1)) for power in (12, 16)),
    *(("elementwise", "log", "fp32", _pointwise(2**power, 1)) for power in (12, 20)),
    *(("elementwise", "where", "fp32", _pointwise(2**power, 3)) for power in (12, 20)),
    *(("gemm", "bmm", "fp32", _products(64, side, 1, side)) for side in (16, 64, 256)),
    *(("gemm", "bmm", "fp32", _products(256, side, side, side)) for side in (8, 32)),
    *(("elementwise", "add", "bf16", _pointwise(2**power, 2)) for power in (12, 20, 24)),
    ("convolution", "conv2d", "fp32", _conv(64, 256, 56, 1)),
    ("convolution", "conv2d", "fp32", _conv(128, 128, 28, 3)),
    ("convolution", "conv2d", "fp32", _conv(128, 128, 56, 3, 2)),
    ("convolution", "conv2d", "fp32", _conv(512, 128, 28, 1)),
    ("convolution", "conv2d", "fp32", _conv(256, 512, 56, 1, 2)),
    ("convolution", "conv2d", "fp32", _conv(1024, 256, 14, 1)),
    ("convolution", "conv2d", "fp32", _conv(512, 512, 7, 3)),
    ("convolution", "conv2d", "fp32", _conv(2048, 512, 7, 1)),
    ("convolution", "conv2d", "fp32", _conv(96, 96, 56, 7, 1, 96)),
    ("convolution", "conv2d", "fp32", _conv(144, 144, 56, 3, 1, 144)),
    *(("convolution", "conv2d", "fp32", _conv(16, 16, side, 3)) for side in (28, 112)),
    ("convolution", "conv2d", "fp32", _conv(24, 144, 56, 1)),
    *(("convolution", "conv2d", "fp32", _batch(b, _conv(24, 24, 28, 3))) for b in (4, 16)),
    ("convolution", "conv2d", "fp32", _batch(8, _conv(64, 64, 14, 3))),
    *(("convolution", "conv2d", "fp32", _conv(32, 32, 28, k, 1, 32)) for k in (5, 13, 31)),
    *(("convolution", "conv2d", "fp32", _filter(taps)) for taps in (16, 64, 512)),
    ("convolution", "conv2d", "bf16", _conv(64, 64, 56, 3)),
    *(("rowwise", "softmax", "fp32", _rows(rows, cols)) for rows, cols in ((64, 64), (8192, 512))),
    *(("rowwise", "softmax", "fp32", _rows(rows, cols)) for rows, cols in ((16, 32768), (1, 1000))),
    *(("rowwise", "layer_norm", "fp32", _rows(rows, 768)) for rows in (8, 128, 4096)),
    *(("rowwise", "sum", "fp32", _rows(rows, 512)) for rows in (64, 8192)),
    *(("data_movement", "copy", "fp32", (("elements", 4**power),)) for power in (6, 8, 12)),
    *(("data_movement", "transpose", "fp32", (("elements", 4**power),)) for power in (6, 8, 12)),
    *(("data_movement", "gather", "fp32", (("elements", 4**power),)) for power in (8, 10)),
    *(("fft", "r2c", "fp32", _transform(64, n)) for n in (16, 128, 1024, 8192)),
    *(("fft", "r2c", "fp32", _transform(batch, 2**16)) for batch in (1, 8)),
    *(("fft", "c2r", "fp32", _transform(64, n)) for n in (16, 128, 1024, 8192)),
    *(("fft", "c2c", "fp32", _transform(64, n)) for n in (64, 1024)),
    ("attention_encoder", "sdpa", "fp32", _attention(1024, 8, 64)),
    ("attention_encoder", "sdpa", "fp32", _attention(256, 16, 128)),
    ("attention_encoder", "sdpa", "bf16", _attention(512, 12, 64)),
)


def cases(effort: Effort) -> tuple[Case, ...]:
    """Return what an effort measures: the quick set, or all of it."""
    return QUICK if effort is Effort.QUICK else QUICK + DEFAULT


def points(_device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """One point a case, on one thread: what two cores add is ``cpu.gemm``'s question."""
    return tuple(
        Point(
            NAME,
            (
                *(("family", family), ("op", op), ("number_format", number_format), ("threads", 1)),
                *dims,
            ),
        )
        for family, op, number_format, dims in cases(effort)
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make the library call of a point ready on its number of threads."""
    return library_call(dict(point.axes), seed)


def library_call(axes: Mapping[str, AxisValue], seed: int) -> Prepared:
    """Turn axes (family, op, number format, threads, dimensions) into a prepared torch call."""
    import torch

    from microbench.kernels import cpu_torch
    from microbench.protocol.sampling import host_sample

    threads = int(axes["threads"])
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    named = ("family", "op", "number_format", "threads")
    case = cpu_torch.build(
        str(axes["family"]),
        str(axes["op"]),
        NumberFormat(str(axes["number_format"])),
        {name: int(value) for name, value in axes.items() if name not in named},
        seed,
    )

    def run(iterations: int) -> None:
        for _ in range(iterations):
            case.call()

    return Prepared(
        sample=host_sample(run, threads=threads),
        work_flop=case.work_flop,
        bytes_moved=case.bytes_moved,
        check_result=case.check,
        relative_half_width=0.01,
        cpu_time_valid=threads == 1 and case.work_flop > COMPUTE_BOUND * case.bytes_moved,
        notes={**axes, "stack": "torch-eager"},
    )


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="How long do the library's convolutions, transforms, norms and copies take?",
        kind=DeviceKind.CPU,
        suite="library",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="layer shapes of ResNet-50 (He et al. 2016) and BERT-base (Devlin et al. 2019)",
        seconds_per_point={Effort.QUICK: 0.4, Effort.DEFAULT: 0.9, Effort.THOROUGH: 10},
    ),
)
