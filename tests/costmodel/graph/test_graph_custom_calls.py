"""Library calls as JAX 0.10 writes them, told by their targets and worked out by hand."""

from __future__ import annotations

import json

import pytest

from costmodel.graph.build import Graph, build
from costmodel.kernel import Family, Kernel
from costmodel.mlir.reader import read_text

HEADS, SEQ, DEPTH = 8, 1024, 64
QUERY = "tensor<2x1024x8x64xbf16>"
RESULT = "tensor<2x8x1024x64xbf16>"
ONE = 2 * SEQ * HEADS * DEPTH * 2
"""Bytes of queries, keys, values or results."""
PAIRS = 2 * HEADS * SEQ * SEQ
FORWARD = 4 * DEPTH + 5
BACKWARD = 10 * DEPTH + 5
"""Five products of depth 64 and 5 FLOP of softmax a pair."""


def configured(backward: bool = False, tokens_first: bool = True, **said: object) -> str:
    """Return a call's configuration, escaped as MLIR prints it, and as long as JAX's."""
    heads_at = "2" if tokens_first else "1"
    product = {"lhs_contracting_dimensions": ["3"], "lhs_batch_dimensions": ["0", heads_at]}
    name = "bmm2_grad_gemm2" if backward else "bmm1"
    told = {
        "algorithm": {"algo_id": "0", "math_type": "TENSOR_OP_MATH", "tuning_knobs": {"17": "1"}},
        "intermediate_tensor_shape": {"layout": {"tiles": [], "minor_to_major": ["3", "2"] * 99}},
        "mask_type": "NO_MASK",
        f"{name}_dot_dimension_numbers": product,
        "sliding_window_length": 0,
        "is_paged_attention": False,
    }
    text = json.dumps({"cudnn_fmha_backend_config": told | said})
    return text.replace('"', "\\22")


def call(target: str, operands: list[str], results: list[str], config: str = "") -> str:
    """Return a function of one call that returns every result."""
    named = [f"%a{at}" for at in range(len(operands))]
    given = ", ".join(f"{name}: {kind}" for name, kind in zip(named, operands, strict=True))
    made = [f"%r#{at}" if len(results) > 1 else "%r" for at in range(len(results))]
    count = f":{len(results)}" if len(results) > 1 else ""
    return f"""
func.func @main({given}) -> ({", ".join(results)}) {{
  %r{count} = stablehlo.custom_call @{target}({", ".join(named)}) {{{config}}} : (
    {", ".join(operands)}) -> ({", ".join(results)})
  return {", ".join(made)} : {", ".join(results)}
}}
"""


def attention(target: str = "__cudnn$fmhaSoftmax", *more: str, **said: object) -> str:
    config = f'api_version = 2 : i32, backend_config = "{configured(**said)}"'  # type: ignore[arg-type]
    return call(target, [QUERY, QUERY, QUERY, *more], [RESULT, "tensor<0xui8>"], config)


def graph(text: str) -> Graph:
    return build(read_text(text), stack="xla")


def only(text: str) -> Kernel:
    found = graph(text)
    assert found.coverage.share == 1
    (kernel,) = found.kernels
    return kernel


def test_full_attention_reads_three_operands_and_writes_one() -> None:
    found = only(attention())
    assert (found.family, found.op) == (Family.ATTENTION_ENCODER, "attention")
    assert found.work_flop == PAIRS * FORWARD
    assert found.bytes_moved == 4 * ONE
    assert found.dims["heads"] == found.dims["kv_heads"] == HEADS
    assert (found.dims["seq"], found.dims["kv_len"], found.dims["head_dim"]) == (SEQ, SEQ, DEPTH)


def test_causal_masks_halve_the_work_and_differ_by_the_configuration_alone() -> None:
    full, causal = attention(), attention(mask_type="CAUSAL")
    both = full.replace("@main", "@one") + causal.replace("@main", "@other")
    work = [kernel.work_flop for kernel in graph(both).kernels]
    assert work == [PAIRS * FORWARD, PAIRS * FORWARD / 2]
    assert only(causal).family is Family.ATTENTION_PREFILL
    assert only(attention(mask_type="PADDING_CAUSAL")).work_flop == PAIRS * FORWARD / 2
    assert only(attention(mask_type="PADDING")).work_flop == PAIRS * FORWARD


def test_a_window_leaves_each_query_its_last_keys() -> None:
    """128^2 / 2 pairs of the first 128 queries, 128 each of the other 896: 122,880."""
    found = only(attention(mask_type="CAUSAL", sliding_window_length=128))
    assert found.work_flop == 2 * HEADS * (8192 + 896 * 128) * FORWARD
    assert found.dims["window"] == 128


def test_a_bias_is_read_too() -> None:
    bias = "tensor<1x8x1024x1024xbf16>"
    found = only(attention("__cudnn$fmhaScaleBiasSoftmax", bias))
    assert found.bytes_moved == 4 * ONE + HEADS * SEQ * SEQ * 2
    assert found.work_flop == PAIRS * FORWARD


def test_heads_first_and_fewer_key_heads() -> None:
    key = "tensor<2x2x2048x64xf16>"
    config = f'backend_config = "{configured(tokens_first=False)}"'
    operands = ["tensor<2x8x1024x64xf16>", key, key]
    found = only(call("__cudnn$fmhaSoftmax", operands, ["tensor<2x8x1024x64xf16>"], config))
    assert (found.dims["kv_heads"], found.dims["kv_len"]) == (2, 2048)
    assert found.work_flop == 2 * PAIRS * FORWARD
    assert found.bytes_moved == 2 * ONE + 2 * (2 * 2 * 2048 * 64 * 2)


def test_pages_are_as_many_keys_as_the_page_table_holds() -> None:
    pool, table = "tensor<64x16x2x64xbf16>", "tensor<2x1x32x1xi32>"
    query, lengths = "tensor<2x1x8x64xbf16>", "tensor<2xi32>"
    config = f'backend_config = "{configured(mask_type="PADDING", is_paged_attention=True)}"'
    operands = [query, pool, pool, lengths, lengths, table, table]
    found = only(call("__cudnn$fmhaSoftmax", operands, ["tensor<2x8x1x64xbf16>"], config))
    assert found.family is Family.ATTENTION_DECODE
    assert found.dims["kv_len"] == 32 * 16
    assert found.work_flop == 2 * HEADS * 512 * FORWARD


def test_the_backward_pass_takes_five_products() -> None:
    saved = "tensor<2x8x1024xf32>"
    config = f'backend_config = "{configured(backward=True, mask_type="CAUSAL")}"'
    operands = [QUERY, QUERY, QUERY, saved, QUERY, QUERY]
    results = [RESULT, RESULT, RESULT, "tensor<0xui8>"]
    found = only(call("__cudnn$fmhaSoftmaxBackward", operands, results, config))
    assert (found.family, found.op) == (Family.OTHER, "attention_backward")
    assert found.work_flop == PAIRS * BACKWARD / 2
    assert found.dims["matrix_flop"] == pytest.approx(PAIRS * 10 * DEPTH / 2)
    assert found.bytes_moved == 8 * ONE + 2 * HEADS * SEQ * 4
    assert found.name == "attention backward 8 heads of 64, 1024 by 1024"


def test_the_transpose_behind_a_call_is_the_layout_it_is_stored_in() -> None:
    """JAX states results as batch, heads, tokens; cuDNN writes batch, tokens, heads."""
    returned = f"return %r#0, %r#1 : {RESULT}, tensor<0xui8>"
    for axes, kind, copies in (
        ("0, 2, 1, 3", QUERY, 0),
        ("0, 1, 2, 3", RESULT, 0),
        ("0, 2, 3, 1", "tensor<2x1024x64x8xbf16>", 1),
    ):
        turned = f"%t = stablehlo.transpose %r#0, dims = [{axes}] : ({RESULT}) -> {kind}"
        text = attention().replace(returned, f"{turned}\n  return %t : {kind}")
        assert graph(text).bytes_moved == 4 * ONE + copies * 2 * ONE


def test_a_call_whose_configuration_is_lost_is_unknown_by_name() -> None:
    found = graph(call("__cudnn$fmhaSoftmax", [QUERY, QUERY, QUERY], [RESULT]))
    assert dict(found.coverage.unknown) == {"stablehlo.custom_call @__cudnn$fmhaSoftmax": 1}


@pytest.mark.parametrize(
    "config",
    ["{", "[1]", '{"cudnn_fmha_backend_config": []}', "[" * 20000 + "]" * 20000, '{"a": 1}']
    + [f'{{"custom_call_config": {{"cost_estimate": {{"flops": {n}}}}}}}' for n in ("[]", "-1")]
    + ['{"custom_call_config": []}', '{"gemm_backend_config": {"dot_dimension_numbers": 3}}'],
)
def test_configurations_of_no_known_form_make_a_call_unknown(config: str) -> None:
    text = config.replace('"', "\\22")
    for target in ("__cudnn$fmhaSoftmax", "__cublas$gemm", "tpu_custom_call"):
        found = graph(call(target, [QUERY, QUERY, QUERY], [RESULT], f'backend_config = "{text}"'))
        assert sum(found.coverage.unknown.values()) == 1


MATRIX = "tensor<256x256xf32>"


def test_a_kernel_of_its_own_compiler_is_unknown_unless_its_author_gives_an_estimate() -> None:
    body = "TUzvUgFN" * 200
    told = {"custom_call_config": {"body": body, "cost_estimate": {"flops": 65536}}}
    text = json.dumps(told).replace('"', "\\22")
    found = only(
        call("tpu_custom_call", [MATRIX], [MATRIX], f'backend_config = "{text}", kernel_name = "k"')
    )
    assert (found.op, found.work_flop, found.bytes_moved) == ("k", 65536, 2 * 256 * 256 * 4)
    bare = text.replace("cost_estimate", "other")
    for target, config in (
        ("tpu_custom_call", f'backend_config = "{bare}", kernel_name = "flash"'),
        ("__gpu$xla.gpu.triton", 'backend_config = "", mhlo.backend_config = {name = "flash"}'),
    ):
        unknown = graph(call(target, [MATRIX], [MATRIX], config)).coverage
        assert dict(unknown.unknown) == {f"stablehlo.custom_call @{target} flash": 1}
        assert unknown.hidden_flop == 2 * 256**3


def test_the_generic_form_names_its_target_in_an_attribute() -> None:
    text = f"""
func.func @main(%a: {MATRIX}) -> {MATRIX} {{
  %0 = "stablehlo.custom_call"(%a) <{{call_target_name = "NAME"}}> : ({MATRIX}) -> {MATRIX}
  return %0 : {MATRIX}
}}
"""
    assert dict(graph(text).coverage.unknown) == {"stablehlo.custom_call @NAME": 1}
    assert graph(text.replace("NAME", "Sharding")).kernels == ()


def test_products_of_cublas_read_their_dimension_numbers() -> None:
    numbers = {"lhs_contracting_dimensions": ["2"], "rhs_contracting_dimensions": ["0"]}
    told = {"gemm_backend_config": {"alpha_real": 1, "dot_dimension_numbers": numbers}}
    config = json.dumps(told).replace('"', "\\22")
    operands = ["tensor<4x64x256xbf16>", "tensor<256x128xbf16>", "tensor<128xbf16>"]
    results = ["tensor<4x64x128xbf16>", "tensor<1024xi8>"]
    for target in ("__cublas$gemm", "__cublas$lt$matmul"):
        found = only(call(target, operands, results, f'backend_config = "{config}"'))
        assert found.family is Family.GEMM
        assert [found.dims[name] for name in "bmnk"] == [1, 4 * 64, 128, 256]
        assert found.work_flop == 2 * 256 * 128 * 256


def test_block_scaled_products_contract_the_last_axes() -> None:
    operands = ["tensor<3x256x512xf8E4M3FN>", "tensor<3x128x512xf8E4M3FN>"]
    operands += ["tensor<3x256x16xf8E8M0FNU>", "tensor<3x128x16xf8E8M0FNU>"]
    found = only(call("__op$block_scaled_dot", operands, ["tensor<3x256x128xf32>"]))
    assert [found.dims[name] for name in "bmnk"] == [3, 256, 128, 512]
    assert found.bytes_moved == 3 * ((256 + 128) * (512 + 16) + 256 * 128 * 4)


def test_the_largest_of_a_row_random_numbers_and_special_functions() -> None:
    row, kept = "tensor<64x4096xf32>", ["tensor<64x16xf32>", "tensor<64x16xi32>"]
    for target in ("mhlo.topk", "ApproxTopK"):
        found = only(call(target, [row], kept, "mhlo.backend_config = {top_k = 16 : i64}"))
        assert (found.op, found.work_flop) == ("top_k", 64 * 4096 * (1 + 4))
    words = "tensor<1000xui32>"
    assert only(call("cu_threefry2x32_ffi", [words] * 4, [words] * 2)).work_flop == 10 * 2000
    assert only(call("mhlo.erf", [row], [row])).work_flop == 64 * 4096
    pivots = "tensor<4x256xi32>"
    assert only(call("cu_lu_pivots_to_permutation", [pivots], [pivots])).bytes_moved == 2 * 4096


@pytest.mark.parametrize("target", ["Sharding", "SPMDFullToShardShape", "SPMDShardToFullShape"])
def test_annotations_of_shardings_cost_nothing(target: str) -> None:
    found = graph(call(target, [MATRIX], ["tensor<64x256xf32>"]))
    assert found.coverage.share == 1
    assert found.kernels == ()
