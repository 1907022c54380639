"""Kernels and predictions: what the reader, the cost models, the tuner and the reports share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from microbench.formats import NumberFormat


class Family(StrEnum):
    """Operator families; the names of ``Kernel.dims`` for each stand beside it."""

    GEMM = "gemm"  # b, m, n, k: out[b,m,n] = A[b,m,k] B[b,k,n]
    CONVOLUTION = "convolution"
    # batch, c_in, c_out, h_in, w_in, h_out, w_out, kh, kw, stride_h, stride_w, groups
    # (1-D: h = 1; 3-D: depth folded into batch and kd, d_in, d_out added)
    ATTENTION_PREFILL = "attention_prefill"
    # batch, seq, kv_len, heads, kv_heads, head_dim, window (0: full): causal, seq^2 / 2 pairs
    ATTENTION_DECODE = "attention_decode"  # batch, kv_len, heads, kv_heads, head_dim, window
    ATTENTION_ENCODER = "attention_encoder"
    # batch, seq, kv_len, heads, kv_heads, head_dim: all pairs of a query and a key
    LATENT_ATTENTION = "latent_attention"  # batch, seq, heads
    MIXTURE_OF_EXPERTS = "mixture_of_experts"  # tokens, hidden, inter, topk, experts, tp, ep
    ROWWISE = "rowwise"  # rows, cols: softmax, norms, reductions
    ELEMENTWISE = "elementwise"  # rows, cols, inputs: pointwise work over rows * cols elements
    DATA_MOVEMENT = "data_movement"  # elements: transpose, gather, scatter, concatenate, copy
    QUANTISE = "quantise"  # rows, cols
    COLLECTIVE = "collective"  # n_gpus, message_bytes
    RECURRENT = "recurrent"  # batch, hidden, timesteps, gates
    FFT = "fft"  # batch, n
    SORT = "sort"  # rows, cols
    OTHER = "other"  # known cost, no family of its own; matrix_flop: work in matrix instructions


class Bound(StrEnum):
    """What limits a kernel in the analytic model."""

    COMPUTE = "compute"
    MEMORY = "memory"
    LATENCY = "latency"
    """Launch overhead is the larger part."""


class Flag(StrEnum):
    """Reasons to trust a number less; they travel with it into every table and plot."""

    OUTSIDE_TRAINING = "outside-training-range"
    ASSUMED_TRIP_COUNT = "assumed-trip-count"
    ASSUMED_SHAPE = "assumed-shape"
    UNKNOWN_OP = "unknown-op"
    UNKNOWN_PEAK = "unknown-peak"
    ANALYTIC_ONLY = "analytic-only"
    """No measurement of this family on this device class stands behind the interval."""
    ABOVE_PEAK = "above-peak"
    """The model's answer beat the hardware: the bound stands in its place."""
    NO_HARDWARE_FORMAT = "no-hardware-format"
    """No rate is known for this format: software may emulate it, or (fp64) run it far slower."""
    LAUNCH_TAKEN_OUT = "launch-taken-out"
    """Only eager calls were measured, and a compiled stack makes none: their launch is left out."""


class Launch(StrEnum):
    """How the kernels behind a prediction were launched when they were measured."""

    EAGER = "eager-call"
    """One library call at a time from the host: its launch is inside the time."""
    ALONE = "kernel-alone"
    """Replays of a CUDA graph or a profiler's kernel times: no host in them."""
    TAKEN_OUT = "launch-taken-out"
    """Eager calls, less what an empty one takes beyond a kernel of a queue."""
    MIXED = "mixed"


@dataclass(slots=True)
class Kernel:
    """One launch: a fusion group with its closed-form work and minimum DRAM traffic.

    ``work_flop`` counts a multiply-add as 2; ``bytes_moved`` reads each input and writes each
    output once. Both are for ONE execution; ``count`` says how often loops and calls run it.

    Never changed once made (``dataclasses.replace`` makes another); not ``frozen``, as that takes
    seven times as long to make one, and a module has hundreds of thousands.
    """

    name: str
    family: Family
    op: str
    """Detail inside the family, e.g. ``softmax``, ``linear``, ``conv2d``, ``add``."""
    number_format: NumberFormat
    work_flop: float
    bytes_moved: float
    dims: Mapping[str, float] = field(default_factory=dict)
    count: float = 1
    ops: tuple[str, ...] = ()
    """IR op names fused into this kernel, in order."""
    location: str = ""
    """``file:line:column`` of the op that carries the cost."""
    flags: frozenset[Flag] = frozenset()
    evaluations: Mapping[str, float] = field(default_factory=dict)
    """Elements at which functions that cost more than an addition are evaluated, by function."""

    @property
    def intensity(self) -> float:
        """Operational intensity in FLOP per byte (infinite without traffic)."""
        return self.work_flop / self.bytes_moved if self.bytes_moved else float("inf")


@dataclass(frozen=True, slots=True)
class Resources:
    """Compiler-visible resources of a GPU kernel; ``None`` where not predicted."""

    registers_per_thread: int | None = None
    shared_bytes: int | None = None
    occupancy: float | None = None
    spills: bool | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """Predicted time of one execution of a kernel on a device under a software stack.

    ``low_s`` to ``high_s`` is a 90% interval. ``attainable_s`` is the analytic bound
    max(work / peak, bytes / bandwidth); efficiency is ``attainable_s / latency_s``.
    """

    kernel: Kernel
    device: str
    stack: str
    latency_s: float
    low_s: float
    high_s: float
    attainable_s: float
    bound: Bound
    parts_s: Mapping[str, float] = field(default_factory=dict)
    """Explanation: seconds from ``launch``, ``memory``, ``compute``, ``quantisation``."""
    resources: Resources = Resources()
    blocks: Mapping[str, int] = field(default_factory=dict)
    flags: frozenset[Flag] = frozenset()
    launch: Launch | None = None
    """``None`` where it is not known, or no measurement stands behind the time."""

    @property
    def total_s(self) -> float:
        """Time of all executions: ``latency_s`` times the kernel's count."""
        return self.latency_s * self.kernel.count

    @property
    def efficiency(self) -> float:
        """Attainable over predicted time; above 1 is flagged, never hidden."""
        return self.attainable_s / self.latency_s


def blocks_text(blocks: Mapping[str, int]) -> str:
    """Write block sizes short: tile, warps and stages: ``128x128x32 w4 s3 split_k=2``."""
    tile = "x".join(str(size) for name, size in blocks.items() if name.startswith("BLOCK"))
    short = {"num_warps": "w", "num_stages": "s"}
    told = [f"{letter}{blocks[name]}" for name, letter in short.items() if name in blocks]
    rest = [
        f"{name.lower()}={size}"
        for name, size in blocks.items()
        if not name.startswith("BLOCK") and name not in short and size > 1
    ]
    return " ".join(filter(None, [tile, *told, *rest]))
