"""Model families: which shape columns and categories each one sees, and where its data lies."""

from __future__ import annotations

from dataclasses import dataclass

from costmodel.kernel import Family


@dataclass(frozen=True, slots=True)
class ModelFamily:
    """One model: rows it is fitted on and the columns that describe a row."""

    name: str
    ops: tuple[str, ...]
    """Values of the column ``op`` that this model predicts."""
    shapes: tuple[str, ...]
    """Numeric shape columns; all must be present in a row."""
    files: tuple[str, ...]
    """Data packs, as folder/file, that hold such rows."""
    dtypes: tuple[str, ...] | None = None
    """Number formats of the data this model covers; ``None`` for all."""
    tiles: tuple[tuple[int, int], ...] = ()
    """Output tiles whose wave quantisation is offered as features."""
    kernel_is_input: bool = True
    """Whether ``kernel`` names a backend the user chooses, not one known only after running."""
    options: tuple[str, ...] = ()
    """Numeric columns used where a row has them; they do not tell one shape from another."""


FP32 = ("fp32",)
_TILES = ((16, 128), (64, 64), (64, 128), (128, 64), (128, 128), (128, 256), (256, 128))

FAMILIES = (
    ModelFamily(
        "gemm",
        ("gemm",),
        ("m", "n", "k"),
        ("aiconfigurator/gemm", "vidur/gemm", "llmservingsim/gemm", "deepbench/gemm"),
        tiles=_TILES,
    ),
    ModelFamily(
        "matmul_fp32",
        ("bmm", "linear"),
        ("b", "m", "n", "k"),
        ("neusight/matmul",),
        dtypes=FP32,
        tiles=((32, 32), *_TILES),
        kernel_is_input=False,
    ),
    ModelFamily(
        "attention_prefill",
        ("attn_prefill",),
        ("batch", "seq", "heads", "kv_heads", "head_dim", "window"),
        ("aiconfigurator/attn_prefill",),
    ),
    ModelFamily(
        "attention_decode",
        ("attn_decode",),
        ("batch", "kv_len", "heads", "kv_heads", "head_dim", "window"),
        ("aiconfigurator/attn_decode",),
    ),
    ModelFamily(
        "attention_encoder",
        ("attn_encoder",),
        ("batch", "seq", "heads", "head_dim"),
        ("aiconfigurator/attn_encoder",),
    ),
    ModelFamily(
        "latent_attention",
        ("mla_prefill", "mla_decode"),
        ("batch", "seq", "heads"),
        ("aiconfigurator/mla",),
    ),
    ModelFamily(
        "latent_product",
        ("mla_gen_pre", "mla_gen_post"),
        ("tokens", "heads"),
        ("aiconfigurator/mla_bmm",),
    ),
    ModelFamily(
        "mixture_of_experts",
        ("moe",),
        ("tokens", "hidden", "inter", "topk", "experts", "tp", "ep"),
        ("aiconfigurator/moe",),
    ),
    ModelFamily("quantise", ("quant_fp8",), ("rows", "cols"), ("aiconfigurator/quant",)),
    ModelFamily(
        "rowwise",
        (
            *("add", "addu", "div", "divu", "gelu", "ln", "mul", "mulu", "pow", "powu", "relu"),
            *("softmax", "tanh", "rmsnorm", "silu_mul"),
        ),
        ("rows", "cols"),
        ("neusight/rowwise", "vidur/rowwise"),
        kernel_is_input=False,
    ),
    ModelFamily(
        "convolution",
        ("conv2d",),
        ("batch", "c_in", "c_out", "ksize", "hw_in", "stride", "hw_out"),
        ("neusight/conv2d",),
        dtypes=FP32,
        kernel_is_input=False,
    ),
    ModelFamily(
        "collective",
        ("all_reduce", "all_gather", "reduce_scatter", "alltoall", "send_recv"),
        ("n_gpus", "message_bytes"),
        ("aiconfigurator/collectives", "vidur/collectives"),
        options=("devices_per_node",),
    ),
    ModelFamily(
        "recurrent",
        tuple(
            f"rnn_{cell}_{part}"
            for cell in ("gru", "lstm", "vanilla")
            for part in ("fwd", "bwd", "bwd_data", "bwd_weight")
        ),
        ("hidden", "batch", "timesteps"),
        ("deepbench/rnn",),
        kernel_is_input=False,
    ),
)
BY_NAME = {family.name: family for family in FAMILIES}
BY_OP = {op: family for family in FAMILIES for op in family.ops}

OF_KERNEL = {
    Family.GEMM: "gemm",
    Family.CONVOLUTION: "convolution",
    Family.ATTENTION_PREFILL: "attention_prefill",
    Family.ATTENTION_DECODE: "attention_decode",
    Family.ATTENTION_ENCODER: "attention_encoder",
    Family.LATENT_ATTENTION: "latent_attention",
    Family.MIXTURE_OF_EXPERTS: "mixture_of_experts",
    Family.ROWWISE: "rowwise",
    Family.ELEMENTWISE: "rowwise",
    Family.DATA_MOVEMENT: "rowwise",
    Family.QUANTISE: "quantise",
}
"""Which model answers for a kernel of an MLIR file."""
