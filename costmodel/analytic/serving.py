"""Long-context serving of a transformer: what limits users, prefill, decode and switching.

After Y. Fu, "Challenges in Deploying Long-Context Transformers", arXiv 2405.08944: concurrency is
bound by memory size, prefill by FLOP/s, decode by memory bandwidth, a context switch by PCIe. The
equations below are hwprof's own, fitted so that the paper's printed figures come out. Tensor
parallelism is taken to cost nothing, as in the paper.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from costmodel.analytic.roofline import peak_flop_per_s
from microbench.devices.spec import DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat

GIB = 2**30
PCIE_BYTES_PER_S = 20e9
"""PCIe 4.0 x16 as the paper assumes it: about two thirds of the 31.5 GB/s of the link."""
QUADRATIC = 1.0
"""Operations of attention per layer, width and token pair. 1 fits the paper's figures; causal QK
and PV together cost 2, and full attention 4."""


@dataclass(frozen=True, slots=True)
class Transformer:
    """A decoder: parameters, layers, width, and what a token leaves in the KV cache."""

    parameters: float
    layers: int
    width: int
    kv_heads: int
    head_dim: int
    number_format: NumberFormat = NumberFormat.FP16
    active_parameters: float | None = None
    """Parameters a token uses (mixture of experts); all of them when ``None``."""
    latent_width: int | None = None
    """Elements a token keeps in a layer under latent attention; else 2 x kv_heads x head_dim."""

    @property
    def weight_bytes(self) -> float:
        """Bytes of all weights."""
        return self.parameters * self.number_format.size_bytes

    @property
    def active_weight_bytes(self) -> float:
        """Bytes of the weights one token uses."""
        return (self.active_parameters or self.parameters) * self.number_format.size_bytes

    @property
    def kv_bytes_per_token(self) -> float:
        """2 x layers x kv_heads x head_dim x element bytes."""
        elements = self.latent_width or 2 * self.kv_heads * self.head_dim
        return self.layers * elements * self.number_format.size_bytes


@dataclass(frozen=True, slots=True)
class Server:
    """The figures of a device, or of several seen as one, that serving rests on."""

    peak_flop_per_s: float
    bandwidth_bytes_per_s: float
    memory_bytes: float
    host_link_bytes_per_s: float = PCIE_BYTES_PER_S

    @classmethod
    def of(
        cls,
        spec: DeviceSpec,
        number_format: NumberFormat = NumberFormat.FP16,
        devices: int = 1,
        host_link_bytes_per_s: float = PCIE_BYTES_PER_S,
    ) -> Server:
        """Take a device's figures times ``devices``; ``InputError`` when one is unknown."""
        peak, _ = peak_flop_per_s(spec, number_format)
        if peak is None or not spec.dram_bandwidth_bytes_per_s or not spec.dram_bytes:
            raise InputError(f"{spec.name}: peak, bandwidth or memory size is unknown")
        return cls(
            peak * devices,
            spec.dram_bandwidth_bytes_per_s * devices,
            float(spec.dram_bytes) * devices,
            host_link_bytes_per_s * devices,
        )


@dataclass(frozen=True, slots=True)
class Serving:
    """The four figures of one context length."""

    context_tokens: int
    kv_bytes: float
    prefill_s: float
    decode_s: float
    decoded_tokens: int
    concurrency: int
    switch_s: float


def serve(
    model: Transformer,
    server: Server,
    context_tokens: int,
    decoded_tokens: int = 250,
    quadratic: float = QUADRATIC,
) -> Serving:
    """Return KV size, prefill, decode, concurrent users and context switch of a context length."""
    if context_tokens < 1 or decoded_tokens < 0:
        raise InputError("context length must be at least 1 token, decoded tokens at least 0")
    return Serving(
        context_tokens=context_tokens,
        kv_bytes=context_tokens * model.kv_bytes_per_token,
        prefill_s=prefill_s(model, server, context_tokens, quadratic),
        decode_s=decode_s(model, server, context_tokens, decoded_tokens),
        decoded_tokens=decoded_tokens,
        concurrency=concurrency(model, server, context_tokens),
        switch_s=2 * context_tokens * model.kv_bytes_per_token / server.host_link_bytes_per_s,
    )


def prefill_s(
    model: Transformer, server: Server, tokens: int, quadratic: float = QUADRATIC
) -> float:
    """Return s (2N + q L s d) / P: weights and attention over a prompt of s tokens."""
    active = model.active_parameters or model.parameters
    attention_flop = quadratic * model.layers * tokens * model.width
    return tokens * (2 * active + attention_flop) / server.peak_flop_per_s


def decode_s(model: Transformer, server: Server, context_tokens: int, decoded_tokens: int) -> float:
    """Return n (weights + KV) / B: each token reads all weights it uses and the whole cache."""
    read_bytes = model.active_weight_bytes + context_tokens * model.kv_bytes_per_token
    return decoded_tokens * read_bytes / server.bandwidth_bytes_per_s


def concurrency(model: Transformer, server: Server, context_tokens: int) -> int:
    """Return users whose KV caches fit beside the weights; 0 when not even one does.

    Memory sizes are binary: an 80 GB card has 80 GiB. Reading it as 80e9 turns one user into none.
    """
    free_bytes = server.memory_bytes - model.weight_bytes
    return max(0, math.floor(free_bytes / (context_tokens * model.kv_bytes_per_token)))


def from_config(
    config: Mapping[str, object], number_format: NumberFormat = NumberFormat.FP16
) -> Transformer:
    """Read a model's published configuration (the keys of a Hugging Face ``config.json``).

    Parameters are counted from shapes unless ``num_parameters`` states them: embeddings (twice if
    not tied), attention projections, gated feed-forward, experts. ``InputError`` names a missing
    or impossible key.
    """
    width, layers, heads = (
        _integer(config, key) for key in ("hidden_size", "num_hidden_layers", "num_attention_heads")
    )
    kv_heads = _integer(config, "num_key_value_heads", heads)
    head_dim = _integer(config, "head_dim", width // heads)
    latent = config.get("kv_lora_rank")
    total, active = _parameters(config, width, layers, heads, kv_heads, head_dim)
    return Transformer(
        parameters=float(_integer(config, "num_parameters", round(total))),
        layers=layers,
        width=width,
        kv_heads=kv_heads,
        head_dim=head_dim,
        number_format=number_format,
        active_parameters=active if active < total else None,
        latent_width=None
        if latent is None
        else _integer(config, "kv_lora_rank") + _integer(config, "qk_rope_head_dim", 0),
    )


def _parameters(
    config: Mapping[str, object], width: int, layers: int, heads: int, kv_heads: int, head_dim: int
) -> tuple[float, float]:
    inner = _integer(config, "intermediate_size", 4 * width)
    experts = _integer(config, "num_local_experts", _integer(config, "num_experts", 1))
    used = _integer(config, "num_experts_per_tok", 1) if experts > 1 else 1
    attention = 2 * width * heads * head_dim + 2 * width * kv_heads * head_dim
    feed_forward = 3 * width * _integer(config, "moe_intermediate_size", inner)
    tables = 1 if config.get("tie_word_embeddings") else 2
    embeddings = tables * _integer(config, "vocab_size", 0) * width
    router = experts * width if experts > 1 else 0
    norms = 2 * width

    def count(experts_counted: int) -> float:
        layer = attention + feed_forward * experts_counted + router + norms
        return float(embeddings + layers * layer + width)

    return count(experts), count(used)


def _integer(config: Mapping[str, object], key: str, default: int | None = None) -> int:
    value = config.get(key, default)
    if value is None and default is not None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InputError(f"model configuration: {key} is {value!r}, expected a whole number")
    return value
