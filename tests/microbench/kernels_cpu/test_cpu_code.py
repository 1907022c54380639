"""The gate on machine code: right kernels pass on both instruction sets, planted ones fail."""

from __future__ import annotations

import pytest

from microbench.errors import DeviceError
from microbench.formats import NumberFormat
from microbench.kernels import cpu_check, cpu_ir, cpu_jit, cpu_windows
from microbench.suites import cpu_arithmetic, cpu_bandwidth

AVX512 = ("x86_64-unknown-linux-gnu", "znver4", 512, True)
AVX2 = ("x86_64-unknown-linux-gnu", "haswell", 256, True)
NEON = ("aarch64-unknown-linux-gnu", "neoverse-v1", 128, False)
Target = tuple[str, str, int, bool]
targets = pytest.mark.parametrize("target", [AVX512, AVX2, NEON], ids=["avx512", "avx2", "neon"])


@targets
@pytest.mark.parametrize("number_format", [NumberFormat.FP32, NumberFormat.FP64])
def test_multiply_add_loop_holds_exactly_its_chains(
    target: Target, number_format: NumberFormat
) -> None:
    triple, cpu, bits, x86 = target
    chains = cpu_arithmetic.CHAINS[bits] if x86 else cpu_arithmetic.ARM_CHAINS
    dot, opcode = cpu_arithmetic.instruction(number_format, bits, {"fma"}, x86)
    text = cpu_jit.assembly_for(cpu_ir.multiply_add(dot, chains), triple, cpu)
    assert cpu_check.check_loop(text, cpu_check.LoopClaim({opcode: chains})).ok


@pytest.mark.parametrize("number_format", [NumberFormat.BF16, NumberFormat.INT8])
@pytest.mark.parametrize("bits", [256, 512])
def test_dot_products_become_their_instruction(number_format: NumberFormat, bits: int) -> None:
    features = {"avx512bf16", "avx512vnni", "avx512vl"}
    dot, opcode = cpu_arithmetic.instruction(number_format, bits, features, True)
    text = cpu_jit.assembly_for(cpu_ir.multiply_add(dot, 12), AVX512[0], AVX512[1])
    assert cpu_check.check_loop(text, cpu_check.LoopClaim({opcode: 12})).ok


@pytest.mark.parametrize(
    ("triple", "cpu", "bits"),
    [
        ("x86_64-unknown-linux-gnu", "sapphirerapids", 512),
        ("x86_64-unknown-linux-gnu", "sapphirerapids", 256),
        NEON[:3],
    ],
)
def test_fp16_adds_in_fp16_where_the_processor_does(triple: str, cpu: str, bits: int) -> None:
    x86, features = triple.startswith("x86"), {"avx512fp16", "avx512vl", "fullfp16"}
    dot, opcode = cpu_arithmetic.instruction(NumberFormat.FP16, bits, features, x86)
    text = cpu_jit.assembly_for(cpu_ir.multiply_add(dot, 12), triple, cpu)
    assert cpu_check.check_loop(text, cpu_check.LoopClaim({opcode: 12})).ok
    assert dot.flop == 2 * bits // 16


def test_fp16_that_is_converted_is_no_multiply_add_of_fp16() -> None:
    dot, opcode = cpu_arithmetic.instruction(
        NumberFormat.FP16, 256, {"avx512fp16", "avx512vl"}, True
    )
    text = cpu_jit.assembly_for(cpu_ir.multiply_add(dot, 12), AVX2[0], AVX2[1])
    assert not cpu_check.check_loop(text, cpu_check.LoopClaim({opcode: 12})).ok


@pytest.mark.parametrize(
    ("number_format", "features", "x86"),
    [
        (NumberFormat.FP32, set(), True),
        (NumberFormat.BF16, {"fma", "avx512vnni"}, True),
        (NumberFormat.INT8, {"fma"}, True),
        (NumberFormat.BF16, {"neon"}, False),
        (NumberFormat.FP16, {"fma", "f16c", "avx512vl"}, True),
        (NumberFormat.FP16, {"neon"}, False),
    ],
)
def test_absent_instructions_are_named_not_replaced(
    number_format: NumberFormat, features: set[str], x86: bool
) -> None:
    with pytest.raises(DeviceError, match="no "):
        cpu_arithmetic.instruction(number_format, 256, features, x86)


@targets
@pytest.mark.parametrize("nontemporal", [False, True])
@pytest.mark.parametrize("operation", list(cpu_bandwidth.ARRAYS))
def test_stream_loops_hold_their_loads_and_stores(
    target: Target, operation: str, nontemporal: bool
) -> None:
    triple, cpu, bits, x86 = target
    ir = cpu_ir.stream(operation, bits // 32, cpu_bandwidth.UNROLL, nontemporal)
    text = cpu_jit.assembly_for(ir, triple, cpu)
    claim = cpu_bandwidth.claim(operation, nontemporal, x86)
    check = cpu_check.check_loop(text, claim)
    assert check.ok, check.signature
    if operation != "read":
        other = cpu_bandwidth.claim(operation, not nontemporal, x86)
        assert not cpu_check.check_loop(text, other).ok


@targets
def test_scalar_chains_hold_every_step(target: Target) -> None:
    triple, cpu, _, x86 = target
    chase = cpu_jit.assembly_for(cpu_ir.chase(), triple, cpu)
    loads = {cpu_check.scalar_load(x86): cpu_ir.CHASE_UNROLL}
    assert cpu_check.check_loop(chase, cpu_check.LoopClaim(loads)).ok
    multiply = cpu_jit.assembly_for(cpu_ir.multiply_chain(), triple, cpu)
    steps = {cpu_check.scalar_multiply(x86): cpu_ir.MULTIPLY_UNROLL}
    assert cpu_check.check_loop(multiply, cpu_check.LoopClaim(steps)).ok
    assert not cpu_check.check_loop(chase, cpu_check.LoopClaim(steps)).ok


@pytest.mark.parametrize("cpu", [AVX512[1], AVX2[1], "icelake-server", "znver3"])
def test_windows_hold_both_chains_and_read_the_counter_around_them(cpu: str) -> None:
    text = cpu_jit.assembly_for(cpu_windows.chase_windows(), AVX2[0], cpu)
    check = cpu_windows.check(text)
    assert check.ok, check.signature
    assert "16 x 64-bit load" in check.signature
    assert "32 x 32-bit multiply" in check.signature


@pytest.mark.parametrize(
    ("right", "planted", "said"),
    [
        (
            "%p5 = load ptr, ptr %p4, align 8",
            "%p5 = getelementptr i8, ptr %p4, i64 8",
            "14 x 64-bit load, wanted 16",
        ),
        ("mul i32 %x7, %x7", "add i32 %x7, 1", "31 x 32-bit multiply, wanted 32"),
    ],
)
def test_the_gate_catches_windows_of_something_else(right: str, planted: str, said: str) -> None:
    ir = cpu_windows.chase_windows()
    assert right in ir
    check = cpu_windows.check(cpu_jit.assembly_for(ir.replace(right, planted), AVX2[0], AVX2[1]))
    assert not check.ok
    assert said in check.signature


READ, LOAD_LOOP = "\trdtscp\n", ".LBB0_1:\n\tmovq\t(%rax), %rax\n\tjne\t.LBB0_1\n"
LOAD = cpu_check.LoopClaim({cpu_check.scalar_load(x86=True): 1})


@pytest.mark.parametrize(
    ("assembly", "said"),
    [
        (READ + LOAD_LOOP + READ, ""),
        (READ + LOAD_LOOP, "no single counter read after the last loop"),
        (LOAD_LOOP + READ, "0 x counter read before a loop and 0 inside"),
        (LOAD_LOOP.replace("\tjne", READ + "\tjne") + READ, "0 x counter read before a loop and 1"),
        (READ + LOAD_LOOP + LOAD_LOOP.replace("0_1", "0_2") + READ, "2 loops, wanted 1"),
        (READ + READ, "0 loops, wanted 1"),
    ],
)
def test_the_counter_is_read_around_the_loop_that_is_claimed(assembly: str, said: str) -> None:
    check = cpu_check.check_timed_loops(assembly, cpu_check.counter_read(), [LOAD])
    assert check.ok is not bool(said)
    assert said in check.signature


def test_the_gate_catches_spilled_accumulators() -> None:
    """40 accumulators do not fit 16 registers: the loop would measure the stack."""
    dot, opcode = cpu_arithmetic.instruction(NumberFormat.FP32, 256, {"fma"}, True)
    text = cpu_jit.assembly_for(cpu_ir.multiply_add(dot, 40), AVX2[0], AVX2[1])
    check = cpu_check.check_loop(text, cpu_check.LoopClaim({opcode: 40}))
    assert not check.ok
    assert "stack access" in check.signature


def test_the_gate_catches_multiply_and_add_that_were_not_fused() -> None:
    dot, opcode = cpu_arithmetic.instruction(NumberFormat.FP32, 256, {"fma"}, True)
    text = cpu_jit.assembly_for(cpu_ir.multiply_add(dot, 12), AVX2[0], "sandybridge")
    assert not cpu_check.check_loop(text, cpu_check.LoopClaim({opcode: 12})).ok


def test_the_gate_catches_a_narrower_register() -> None:
    dot, _ = cpu_arithmetic.instruction(NumberFormat.FP32, 256, {"fma"}, True)
    _, wide = cpu_arithmetic.instruction(NumberFormat.FP32, 512, {"fma"}, True)
    text = cpu_jit.assembly_for(cpu_ir.multiply_add(dot, 12), AVX512[0], AVX512[1])
    assert not cpu_check.check_loop(text, cpu_check.LoopClaim({wide: 12})).ok


def test_the_gate_catches_a_folded_chain() -> None:
    """A factor known to the compiler would be folded; here the chain is planted short."""
    planted = cpu_ir.multiply_chain().replace("mul i32 %x5, %x5", "add i32 %x5, 1")
    text = cpu_jit.assembly_for(planted, AVX2[0], AVX2[1])
    steps = {cpu_check.scalar_multiply(True): cpu_ir.MULTIPLY_UNROLL}
    check = cpu_check.check_loop(text, cpu_check.LoopClaim(steps))
    assert not check.ok
    assert "31 x 32-bit multiply, wanted 32" in check.signature


def test_code_without_a_loop_never_passes() -> None:
    assert not cpu_check.check_loop("kernel:\n\tretq\n", cpu_check.LoopClaim({})).ok


def test_bad_ir_is_one_clear_error() -> None:
    with pytest.raises(DeviceError, match="LLVM refused"):
        cpu_jit.compile_ir("define void @kernel() { nonsense }")
