"""Long-context serving against the figures printed in arXiv 2405.08944, and its traps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.analytic.serving import GIB, Server, Transformer, from_config, serve
from microbench.devices import catalogue
from microbench.errors import InputError
from microbench.formats import NumberFormat

YI_34B = Transformer(34e9, 60, 7168, 8, 128)
A100 = Server.of(catalogue.find("a100"))


def test_the_server_is_an_80_gib_a100() -> None:
    assert Server(312e12, 2.039e12, 80 * GIB, 20e9) == A100


def test_a_token_keeps_245760_bytes() -> None:
    assert YI_34B.kv_bytes_per_token == 245_760


@pytest.mark.parametrize(
    ("tokens", "gigabytes", "gibibytes"),
    [(4000, 0.983, 0.916), (50_000, 12.288, 11.444), (100_000, 24.576, 22.888)],
)
def test_cache_sizes(tokens: int, gigabytes: float, gibibytes: float) -> None:
    kv_bytes = serve(YI_34B, A100, tokens).kv_bytes
    assert kv_bytes / 1e9 == pytest.approx(gigabytes, abs=5e-4)
    assert kv_bytes / GIB == pytest.approx(gibibytes, abs=5e-4)


@pytest.mark.parametrize(("tokens", "seconds"), [(50_000, 14.34), (4000, 0.894)])
def test_prefill_at_the_models_own_width(tokens: int, seconds: float) -> None:
    assert serve(YI_34B, A100, tokens).prefill_s == pytest.approx(seconds, rel=1e-3)


@pytest.mark.parametrize(("tokens", "seconds"), [(50_000, 14.097), (4000, 0.892)])
def test_prefill_at_the_width_that_gives_the_printed_digits(tokens: int, seconds: float) -> None:
    narrow = Transformer(34e9, 60, 6656, 8, 128)
    assert serve(narrow, A100, tokens).prefill_s == pytest.approx(seconds, rel=1e-3)


def test_counting_causal_attention_in_full_gives_17_8_seconds() -> None:
    assert serve(YI_34B, A100, 50_000, quadratic=2).prefill_s == pytest.approx(17.8, rel=5e-3)


@pytest.mark.parametrize(("tokens", "seconds"), [(50_000, 9.84), (4000, 8.46)])
def test_decode(tokens: int, seconds: float) -> None:
    assert serve(YI_34B, A100, tokens).decode_s == pytest.approx(seconds, rel=1e-2)


def test_a_rounded_bandwidth_misses_the_printed_digits() -> None:
    rounded = Server(312e12, 2.0e12, 80 * GIB)
    assert serve(YI_34B, rounded, 50_000).decode_s == pytest.approx(10.04, abs=0.005)


def test_concurrency_is_18_and_1_with_gib_and_12_and_0_with_gb() -> None:
    assert [serve(YI_34B, A100, s).concurrency for s in (4000, 50_000)] == [18, 1]
    decimal = Server(312e12, 2.039e12, 80e9)
    assert [serve(YI_34B, decimal, s).concurrency for s in (4000, 50_000)] == [12, 0]


def test_context_switch() -> None:
    assert serve(YI_34B, A100, 50_000).switch_s == pytest.approx(1.23, abs=0.005)
    assert serve(YI_34B, A100, 4000).switch_s == pytest.approx(0.10, abs=0.005)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_longer_context_is_never_cheaper(s: int, more: int) -> None:
    near, far = serve(YI_34B, A100, s), serve(YI_34B, A100, s + more)
    assert far.prefill_s > near.prefill_s
    assert far.decode_s > near.decode_s
    assert far.concurrency <= near.concurrency


def test_weights_that_do_not_fit_leave_no_user() -> None:
    assert serve(YI_34B, Server.of(catalogue.find("l4")), 4000).concurrency == 0
    two = Server.of(catalogue.find("a100"), devices=2)
    assert serve(YI_34B, two, 50_000).concurrency > 1


def test_llama_2_7b_from_its_configuration() -> None:
    model = from_config(
        {
            "hidden_size": 4096,
            "num_hidden_layers": 32,
            "num_attention_heads": 32,
            "intermediate_size": 11008,
            "vocab_size": 32000,
            "tie_word_embeddings": False,
        }
    )
    assert model.parameters == 6_738_415_616
    assert model.kv_bytes_per_token == 2 * 32 * 4096 * 2


def test_llama_3_8b_shares_keys_among_heads() -> None:
    model = from_config(
        {
            "hidden_size": 4096,
            "num_hidden_layers": 32,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "intermediate_size": 14336,
            "vocab_size": 128256,
        }
    )
    assert model.parameters == 8_030_261_248
    assert model.kv_bytes_per_token == 131_072


def test_mixtral_uses_two_of_eight_experts() -> None:
    model = from_config(
        {
            "hidden_size": 4096,
            "num_hidden_layers": 32,
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "intermediate_size": 14336,
            "vocab_size": 32000,
            "num_local_experts": 8,
            "num_experts_per_tok": 2,
        }
    )
    assert model.parameters == 46_702_792_704
    assert model.active_parameters == 12_879_925_248


def test_latent_attention_keeps_one_vector_a_layer() -> None:
    model = from_config(
        {
            "hidden_size": 7168,
            "num_hidden_layers": 61,
            "num_attention_heads": 128,
            "kv_lora_rank": 512,
            "qk_rope_head_dim": 64,
            "num_parameters": 671_000_000_000,
        },
        NumberFormat.BF16,
    )
    assert model.kv_bytes_per_token == 61 * 576 * 2


@pytest.mark.parametrize("bad", [{}, {"hidden_size": "big"}, {"hidden_size": -1}])
def test_a_configuration_without_its_sizes_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(InputError, match="hidden_size"):
        from_config(bad)


def test_a_device_without_figures_is_refused() -> None:
    from dataclasses import replace

    with pytest.raises(InputError, match="bandwidth"):
        Server.of(replace(catalogue.find("l4"), dram_bandwidth_bytes_per_s=None))
