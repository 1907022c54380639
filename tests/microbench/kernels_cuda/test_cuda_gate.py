"""Every kernel on every architecture holds its claim; planted wrong ones do not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from microbench.kernels.architectures import ARCHITECTURES
from microbench.kernels.cuda.atomic import SWAPPED
from microbench.kernels.cuda.mma import SHAPES, wrapper
from microbench.kernels.cuda_compile import KernelCompileError
from microbench.kernels.cuda_kernel import CudaKernel, all_kernels, find_kernel
from microbench.kernels.cuda_module import build, load_module, modules
from microbench.kernels.cuda_signature import Signature, check_function

MODULES = [(arch, name) for arch in ARCHITECTURES for name in modules(arch)]


@pytest.mark.parametrize(("arch", "name"), MODULES, ids=lambda value: value)
def test_machine_code_holds_every_claim(arch, name):
    module = load_module(name, arch)
    wrong = {
        kernel.name: check.signature
        for kernel in modules(arch)[name]
        if not (check := module.check(kernel)).ok
    }
    assert wrong == {}


def verdict(kernel: CudaKernel, arch: str):
    return build((kernel,), arch).check(kernel)


def test_loop_invariant_operands_that_the_assembler_merges_are_caught():
    """FP8 products on Hopper with operands that never change become a few HMMA and many FADD."""
    honest = find_kernel("mma.throughput.fp8_e4m3_m16n8k32_1")
    planted = replace(
        honest,
        name="planted.merged",
        signature=replace(honest.signature, opcode=r"HMMA\.16816\.F32", emulated_on={}),
    )
    check = verdict(planted, "sm_90a")
    assert not check.ok
    assert "wanted 64" in check.signature


def test_sums_that_the_assembler_folds_are_caught():
    add = find_kernel("alu.throughput.int32_add3_1")
    planted = replace(
        add,
        name="planted.folded",
        wrapper=add.wrapper.replace(
            "{.reg .u32 t; add.u32 t, %0, %1; add.u32 %0, t, %2;}", "add.u32 %0, %0, %1;"
        ),
        signature=replace(add.signature, opcode=r"I?ADD3|IADD3"),
    )
    for arch in ARCHITECTURES:
        check = verdict(planted, arch)
        assert not check.ok, arch
        assert "wanted 240" in check.signature


def test_reciprocals_that_cancel_are_caught():
    log2 = find_kernel("alu.latency.special_lg2")
    planted = replace(
        log2,
        name="planted.cancelled",
        wrapper=log2.wrapper.replace("lg2.approx.ftz", "rcp.approx.ftz"),
        signature=replace(log2.signature, opcode=r"MUFU\.RCP"),
    )
    check = verdict(planted, "sm_90a")
    assert not check.ok
    assert check.signature.startswith("0 x")


def test_a_loop_that_was_not_unrolled_is_caught():
    fma = find_kernel("alu.throughput.fp32_fma_1")
    once = "fma.rn.f32 %0, %0, %1, %2;"
    rolled = re.sub(rf"({re.escape(once)}(\\n)?)+", once, fma.wrapper)
    assert rolled.count(once) == 1
    planted = replace(fma, name="planted.rolled", wrapper=rolled)
    check = verdict(planted, "sm_90a")
    assert not check.ok
    assert "wanted 240 x FFMA" in check.signature


def test_emulated_fp8_that_claims_to_be_fp8_is_caught():
    fp8 = find_kernel("mma.throughput.fp8_e4m3_m16n8k32_4")
    planted = replace(
        fp8, name="planted.emulated", signature=replace(fp8.signature, emulated_on={})
    )
    assert not verdict(planted, "sm_90a").ok
    assert verdict(replace(planted, name="planted.real"), "sm_89").ok


def test_an_emulation_whose_products_were_merged_is_caught():
    """The same FP8 products with operands that never change: 64 of them become a few HMMA."""
    honest = find_kernel("mma.throughput.fp8_e4m3_m16n8k32_1")
    declared = replace(honest.signature, emulated_on={"sm_90a": r"HMMA\.16816\.F32"})
    unchanged = replace(honest, name="planted.merged", signature=replace(declared, emulated_on={}))
    module = build((unchanged,), "sm_90a")
    function = module.functions[unchanged.entry]
    check = check_function(function, module.usages[unchanged.entry], declared, "sm_90a")
    assert check.emulated
    assert not check.ok
    assert "wanted [64] or more" in check.signature


def test_independent_operations_are_no_latency_chain():
    chase = find_kernel("alu.latency.fp32_fma")
    planted = replace(
        chase,
        name="planted.independent",
        wrapper=chase.wrapper.replace("fma.rn.f32 %0, %0,", "fma.rn.f32 %0, %1,"),
    )
    check = verdict(planted, "sm_90a")
    assert not check.ok


def test_a_move_in_each_step_of_a_chain_is_caught():
    """A compare-and-swap that writes the answer before it: copied into the next register first."""
    cas = find_kernel("atomic.latency.shared_cas")
    moved = cas.wrapper.replace(f"%2, {SWAPPED};", "%2, %2;")
    assert moved != cas.wrapper
    check = verdict(replace(cas, name="planted.moved", wrapper=moved), "sm_90a")
    assert "other instructions in a loop" in check.signature


def test_spilled_registers_are_caught():
    mma = find_kernel("mma.throughput.fp64_m16n8k16_4")
    shape = next(one for one in SHAPES if one.name == "fp64_m16n8k16")
    planted = replace(
        mma,
        name="planted.spilled",
        defines={**mma.defines, "CHAINS": 8, "SETS": 4},
        wrapper=wrapper(shape, 8, False, 4),
    )
    check = verdict(planted, "sm_90a")
    assert not check.ok
    assert "spilled" in check.signature


def test_too_many_registers_are_caught():
    fma = find_kernel("alu.throughput.fp32_fma_8")
    planted = replace(fma, name="planted.fat", signature=replace(fma.signature, max_registers=8))
    assert "8 allowed" in verdict(planted, "sm_90a").signature


def test_emulated_kernels_say_so_and_name_what_runs_instead():
    seen = 0
    for arch in ARCHITECTURES:
        for kernel in all_kernels().values():
            if kernel.on(arch) and arch in kernel.signature.emulated_on:
                check = load_module(kernel.module, arch).check(kernel)
                assert check.emulated
                assert check.signature.startswith("emulated by ")
                seen += 1
    assert seen > 10


def test_a_swept_kernel_is_not_declared_where_it_is_emulated():
    assert not find_kernel("mma.throughput.fp8_e4m3_m16n8k32_2").on("sm_90a")
    assert find_kernel("mma.throughput.fp8_e4m3_m16n8k32_2").on("sm_89")
    assert find_kernel("mma.throughput.fp8_e4m3_m16n8k32_4").on("sm_90a")


@pytest.mark.parametrize(("name", "arch"), [("mma.latency.fp8_e4m3_m16n8k32", "sm_80")])
def test_the_assembler_refuses_what_an_architecture_lacks(name, arch):
    kernel = find_kernel(name)
    planted = replace(kernel, signature=replace(kernel.signature, architectures=ARCHITECTURES))
    with pytest.raises(KernelCompileError, match=arch):
        build((planted,), arch)


def test_a_signature_may_name_operands():
    assert Signature("IADD3 .*", (1,)).opcode == "IADD3 .*"
