"""The choice for a kernel: it fits the device, moves with the shape, and costs milliseconds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from costmodel.blocks import enumerate as listing
from costmodel.blocks.choose import choose
from costmodel.blocks.library import THREAD_REGISTERS, cpu_gemm
from costmodel.blocks.problems import numbers, parse_kernel
from microbench.devices import catalogue
from microbench.errors import InputError

KERNELS = [
    "gemm:4096,4096,4096,bf16",
    "gemm:1,4096,4096,fp16",
    "gemm:8192,8192,8192,fp8_e4m3",
    "grouped_gemm:8,512,2,4096,14336,bf16",
    "conv:32,64,56,56,64,3,1,fp16",
    "attention:4,32,8,2048,128,bf16",
    "decode:16,32,8,8192,128,bf16",
    "softmax:4096,8192,bf16",
]
DEVICES = ["v100-sxm2-16gb", "a100-sxm-80gb", "l4", "rtx-4090", "h100-sxm", "b200", "mi300x"]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("text", KERNELS)
def test_every_choice_fits_its_device(text: str, device: str) -> None:
    spec = catalogue.find(device)
    found = choose(parse_kernel(text), spec)
    assert found is not None
    assert found.predicted_s > 0
    assert found.margin >= 0
    assert 1 <= len(found.lite) <= 64
    assert found.lite[0] == found.blocks
    assert found.resources.shared_bytes is not None
    assert found.resources.shared_bytes <= (spec.shared_bytes_per_block or 0)
    assert 0 < (found.resources.registers_per_thread or 0) <= THREAD_REGISTERS
    assert 0 < (found.resources.occupancy or 0) <= 1


@pytest.mark.parametrize("device", [one for one in DEVICES if one != "mi300x"])
@pytest.mark.parametrize(
    "text", ["cutlass_gemm:4096,4096,4096,fp16", "recurrent:16,512,256,4,fp16"]
)
def test_spaces_of_nvidia_kernels_fit_their_device(text: str, device: str) -> None:
    spec = catalogue.find(device)
    found = choose(parse_kernel(text), spec)
    assert found is not None
    assert found.predicted_s > 0
    assert 0 < (found.resources.shared_bytes or 0) <= (spec.shared_bytes_per_block or 0)
    clusters = found.blocks.get("CLUSTER_M", 1) * found.blocks.get("CLUSTER_N", 1)
    assert clusters <= (8 if device in ("h100-sxm", "b200") else 1)
    assert found.blocks.get("TCG", 1) * found.blocks.get("TCH", 1) <= (spec.sm_count or 0)


def test_a_recurrent_step_too_large_for_a_device_says_what_clashes() -> None:
    kernel = parse_kernel("recurrent:16,8192,256,4,fp16")
    with pytest.raises(InputError, match="recurrent step of 8192: no configuration satisfies"):
        choose(kernel, catalogue.find("a100-sxm-80gb"))
    with pytest.raises(InputError, match="on NVIDIA GPUs only"):
        choose(kernel, catalogue.find("mi300x"))


def test_a_cluster_loads_shared_operands_once() -> None:
    spec = catalogue.find("h100-sxm")
    found = choose(parse_kernel("cutlass_gemm:8192,8192,8192,fp16"), spec)
    plain = choose(parse_kernel("gemm:8192,8192,8192,fp16"), spec)
    assert found is not None
    assert plain is not None
    assert found.blocks["CLUSTER_M"] * found.blocks["CLUSTER_N"] > 1
    assert found.predicted_s <= plain.predicted_s * 1.05


def test_tall_tiles_are_for_tall_products() -> None:
    spec = catalogue.find("h100-sxm")
    one = choose(parse_kernel("gemm:1,8192,8192,bf16"), spec)
    many = choose(parse_kernel("gemm:8192,8192,8192,bf16"), spec)
    assert one is not None
    assert many is not None
    assert one.blocks["BLOCK_M"] == 16
    assert many.blocks["BLOCK_M"] >= 128


def test_a_long_k_is_split_where_there_are_few_tiles() -> None:
    found = choose(parse_kernel("gemm:128,128,65536,bf16"), catalogue.find("h100-sxm"))
    assert found is not None
    assert found.blocks["SPLIT_K"] > 1


def test_an_empty_product_has_no_tile() -> None:
    kernel = parse_kernel("gemm:8,8,8,bf16")
    empty = replace(kernel, dims={**kernel.dims, "k": 0})
    assert choose(empty, catalogue.find("h100-sxm")) is None


@pytest.mark.parametrize("text", ["gemm:2048,4096,4096,fp32", "gemm:2048,4096,4096,bf16"])
@pytest.mark.parametrize("device", ["h100-sxm", "a100-sxm-80gb", "l4"])
def test_large_products_get_the_tiles_experts_launch(text: str, device: str) -> None:
    found = choose(parse_kernel(text), catalogue.find(device))
    assert found is not None
    assert found.blocks["BLOCK_M"] * found.blocks["BLOCK_N"] >= 64 * 128
    assert found.blocks["num_warps"] in (4, 8)
    assert found.blocks["num_stages"] >= 2
    assert found.blocks["SPLIT_K"] <= 4


def test_cpu_blocks_fit_their_caches() -> None:
    columns = listing.feasible(cpu_gemm(4, 32 << 10, 1 << 20, 32 << 20, vector_bytes=64))
    assert (columns["KC"].astype(int) * columns["NR"] * 4 <= 16 << 10).all()
    assert (columns["MC"].astype(int) * columns["KC"] * 4 <= 512 << 10).all()


def test_choosing_needs_numpy_only() -> None:
    code = (
        "import sys\n"
        "from costmodel.blocks.choose import choose\n"
        "from costmodel.blocks.problems import parse_kernel\n"
        "from microbench.devices import catalogue\n"
        "choose(parse_kernel('gemm:64,64,64,bf16'), catalogue.find('l4'))\n"
        "heavy = {'torch', 'pandas', 'sklearn', 'ortools', 'scipy', 'pyarrow'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_attention_is_causal_unless_it_is_called_full() -> None:
    plain, causal, full = (
        parse_kernel(f"attention:8,32,8,4096,128,bf16{word}") for word in ("", ",causal", ", FULL")
    )
    assert plain.work_flop == causal.work_flop == full.work_flop / 2 == 2 * 8 * 32 * 4096**2 * 128
    assert plain.bytes_moved == full.bytes_moved
    assert numbers("attention:8,32,8,4096,128,bf16,full") == ("attention", (8, 32, 8, 4096, 128))
    times = [choose(one, catalogue.find("h100")) for one in (plain, causal, full)]
    assert None not in times
    assert times[0].predicted_s == times[1].predicted_s < times[2].predicted_s  # type: ignore[union-attr]
    assert full.work_flop / times[2].predicted_s < 989.4e12  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("attention:8,32,8,4096,128,bf16,ful", "'ful' is neither causal nor full: attention:batch"),
        ("attention:8,32,8,4096,128", "has 5 fields, not 6: attention:batch"),
        ("gemm:8,8,8,bf16,full", "has 5 fields, not 4: gemm:m"),
    ],
)
def test_a_word_nobody_knows_is_refused_with_the_form(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_kernel(text)
