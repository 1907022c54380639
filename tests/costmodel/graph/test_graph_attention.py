"""Attention as one op: full and causal, in every dialect that writes it so, worked by hand."""

from __future__ import annotations

import pytest

from costmodel.graph.build import build
from costmodel.kernel import Family, Kernel
from costmodel.mlir.reader import read_text

TENSOR = "!torch.vtensor<[2,8,256,64],f16>"
PAIR_FLOP = 4 * 64 + 5
FULL = 2 * 8 * 256 * 256 * PAIR_FLOP
"""Every query of 16 heads meets 256 keys: two products of depth 64 and 5 FLOP of softmax."""
CONSTANTS = """
  %none = torch.constant.none
  %f = torch.constant.float 0.000000e+00
  %false = torch.constant.bool false
  %true = torch.constant.bool true
"""


def only(text: str) -> Kernel:
    found = build(read_text(text), stack="torch-eager")
    assert found.coverage.share == 1
    (kernel,) = found.kernels
    return kernel


def torch(call: str, kinds: str, query: str = TENSOR, key: str = TENSOR) -> str:
    return f"""
func.func @main(%q: {query}, %k: {key}, %v: {key}) -> {query} {{{CONSTANTS}
  %0 = torch.aten.{call} : {query}, {key}, {key}, {kinds} -> {query}
  return %0 : {query}
}}
"""


def sdpa(causal: str, query: str = TENSOR, key: str = TENSOR) -> str:
    kinds = "!torch.none, !torch.float, !torch.bool, !torch.none, !torch.bool"
    call = f"scaled_dot_product_attention %q, %k, %v, %none, %f, {causal}, %none, %false"
    return torch(call, kinds, query, key)


def test_causal_self_attention_does_half_the_work_of_full() -> None:
    full, causal = only(sdpa("%false")), only(sdpa("%true"))
    assert (full.family, full.work_flop) == (Family.ATTENTION_ENCODER, FULL)
    assert (causal.family, causal.work_flop) == (Family.ATTENTION_PREFILL, FULL / 2)
    assert causal.dims == full.dims
    assert causal.bytes_moved == full.bytes_moved == 4 * 2 * 8 * 256 * 64 * 2


def test_the_diagonal_starts_at_the_first_query_and_key() -> None:
    """128 queries of 256 keys see 128^2 / 2 pairs; 256 of 128 keys half of 128^2, then 128 each."""
    short = TENSOR.replace("256", "128")
    assert only(sdpa("%true", short, TENSOR)).work_flop == 16 * 128 * 128 / 2 * PAIR_FLOP
    pairs = 128 * 128 / 2 + 128 * 128
    assert only(sdpa("%true", TENSOR, short)).work_flop == 16 * pairs * PAIR_FLOP


def test_one_query_is_decoding_causal_or_not() -> None:
    query = TENSOR.replace("256", "1")
    for flag in ("%true", "%false"):
        found = only(sdpa(flag, query))
        assert (found.family, found.work_flop) == (Family.ATTENTION_DECODE, 16 * 256 * PAIR_FLOP)


def test_calls_of_both_kinds_in_one_file_are_told_apart() -> None:
    line = next(line for line in sdpa("%true").splitlines() if "scaled_dot" in line)
    other = line.replace("%0 =", "%1 =").replace("%true", "%false")
    again = line.replace("%0 =", "%2 =")
    found = build(read_text(sdpa("%true").replace(line, f"{line}\n{other}\n{again}")))
    assert [k.work_flop for k in found.kernels] == [FULL / 2, FULL, FULL / 2]


@pytest.mark.parametrize(
    ("call", "kinds"),
    [
        (
            "_scaled_dot_product_flash_attention_for_cpu %q, %k, %v, %f, %true, %none, %none",
            "!torch.float, !torch.bool, !torch.none, !torch.none",
        ),
        (
            "_scaled_dot_product_efficient_attention %q, %k, %v, %none, %false, %f, %true, %none",
            "!torch.none, !torch.bool, !torch.float, !torch.bool, !torch.none",
        ),
    ],
)
def test_each_operator_of_torch_has_its_own_place_for_the_flag(call: str, kinds: str) -> None:
    assert only(torch(call, kinds)).work_flop == FULL / 2
    other = call.replace("%true", "%x").replace("%false", "%true").replace("%x", "%false")
    assert only(torch(other, kinds)).work_flop == FULL


def onnx(attributes: str, kind: str) -> str:
    return f"""
func.func @main(%q: {kind}, %k: {kind}, %v: {kind}) -> {kind} {{
  %0 = "onnx.Attention"(%q, %k, %v) {attributes} : ({kind}, {kind}, {kind}) -> {kind}
  return %0 : {kind}
}}
"""


def test_onnx_attention_says_causal_and_heads_in_attributes() -> None:
    four, three = "tensor<2x8x256x64xf16>", "tensor<2x256x512xf16>"
    heads = "q_num_heads = 8 : si64, kv_num_heads = 8 : si64"
    assert only(onnx("", four)).work_flop == FULL
    assert only(onnx("{is_causal = 0 : si64}", four)).work_flop == FULL
    causal = only(onnx("{is_causal = 1 : si64}", four))
    assert (causal.family, causal.work_flop) == (Family.ATTENTION_PREFILL, FULL / 2)
    assert only(onnx(f"{{is_causal = 1 : si64, {heads}}}", three)).dims == causal.dims


@pytest.mark.parametrize(
    "call",
    [
        "tm_tensor.attention ins(%q, %k, %v : {0}, {0}, {0}) outs(%o : {0}) -> {0}",
        "iree_linalg_ext.attention {{indexing_maps = [#q, #k, #v, #o]}} ins(%q, %k, %v, %s : {0}, "
        "{0}, {0}, f32) outs(%o : {0}) {{\n  ^bb0(%a: f32):\n    iree_linalg_ext.yield %a : f32\n"
        "  }} -> {0}",
    ],
    ids=["torch-mlir", "iree"],
)
def test_attention_over_tensors_of_heads(call: str) -> None:
    kind = "tensor<16x256x64xf16>"
    text = f"""
func.func @main(%q: {kind}, %k: {kind}, %v: {kind}, %s: f32) -> {kind} {{
  %o = tensor.empty() : {kind}
  %0 = {call.format(kind)}
  return %0 : {kind}
}}
"""
    found = only(text)
    assert (found.family, found.work_flop) == (Family.ATTENTION_ENCODER, FULL)
    assert (found.dims["heads"], found.dims["kv_len"]) == (16, 256)


def test_flex_attention_counts_all_pairs() -> None:
    text = torch("x %q, %k, %v, %f", "!torch.float").replace(
        "torch.aten.x %q, %k, %v, %f", "torch.hop_flex_attention %q, %k, %v, %f"
    )
    assert only(text).work_flop == FULL
