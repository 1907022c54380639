"""Reading machine code, finding loops, caching cubins, naming what is missing; clocks, slopes."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.errors import DeviceError, InputError
from microbench.kernels import cuda_compile, cuda_sass
from microbench.kernels.cuda_compile import compile_cubin, kept_text
from microbench.kernels.cuda_kernel import all_kernels, find_kernel
from microbench.kernels.cuda_module import load_module, modules
from microbench.kernels.cuda_sass import parse, usage
from microbench.kernels.cuda_signature import Signature, chained, check_function, hot_loops
from microbench.kernels.cuda_stamps import (
    ClockGuard,
    clock_note,
    disagreement,
    read_stamps,
    slope_cycles,
)

LISTING = """
	.section	.text.walk,"ax",@progbits
.text.walk:
        /*0000*/                   MOV R1, c[0x0][0x28] ;
.L_x_2:
        /*0010*/                   LDG.E.64 R2, desc[UR4][R2.64] ;
        /*0020*/              @!P0 BRA `(.L_x_9) ;
.L_x_3:
        /*0030*/                   LDG.E.64 R2, desc[UR4][R2.64+0x8] ;
        /*0040*/                   ISETP.NE.AND P0, PT, R4, RZ, PT ;
        /*0050*/               @P0 BRA `(.L_x_2) ;
        /*0060*/                   EXIT ;
.L_x_9:
        /*0070*/                   SYNCS.PHASECHK.TRANS64.TRYWAIT P1, [R6+URZ], R11 ;
        /*0080*/              @!P1 BRA `(.L_x_9) ;
        /*0090*/                   BRA `(.L_x_3) ;
.L_x_5:
        /*00a0*/                   BRA `(.L_x_5);
        /*00b0*/                   NOP;
"""


def test_a_jump_back_from_code_moved_out_of_line_is_no_loop():
    """The wait at .L_x_9 is laid out after the loop and jumps back into its middle."""
    function = parse(LISTING)["walk"]
    loops = hot_loops(function, r"LDG\.E\.64")
    assert [loop.opcodes()["LDG.E.64"] for loop in loops] == [2]
    assert chained([i for i in loops[0].body if i.opcode == "LDG.E.64"])
    spin = hot_loops(function, r"SYNCS\..*")
    assert [len(loop.body) for loop in spin] == [2]


def test_an_instruction_outside_of_loops_is_counted_apart():
    function = parse(LISTING)["walk"]
    used = cuda_sass.Usage(20, 0, 0)
    fits = Signature(r"LDG\.E\.64", (2,), overhead=20)
    assert check_function(function, used, fits, "sm_90a").ok
    assert (
        "1 outside"
        in check_function(function, used, replace(fits, opcode="MOV", loops=()), "sm_90a").signature
    )


def test_usage_is_read_for_every_kernel_of_a_log():
    log = (
        "ptxas info    : Compiling entry function 'one' for 'sm_90a'\n"
        "ptxas info    : Function properties for one\n"
        "    8 bytes stack frame, 4 bytes spill stores, 12 bytes spill loads\n"
        "ptxas info    : Used 40 registers, used 0 barriers\n"
        "ptxas info    : Compiling entry function 'two' for 'sm_90a'\n"
        "ptxas info    : Function properties for two\n"
        "    0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads\n"
        "ptxas info    : Used 12 registers\n"
    )
    assert usage(log) == {"one": cuda_sass.Usage(40, 8, 16), "two": cuda_sass.Usage(12, 0, 0)}


def test_a_kernel_the_assembler_said_nothing_about_does_not_pass():
    function = parse(LISTING)["walk"]
    assert not check_function(function, None, Signature(r"LDG\.E\.64", (2,)), "sm_90a").ok


def test_assembler_notes_about_the_kernel_are_held_against_it():
    function = parse(LISTING)["walk"]
    used, fits = cuda_sass.Usage(20, 0, 0), Signature(r"LDG\.E\.64", (2,), overhead=20)
    note = "ptxas info : (C7510) Potential Performance Loss: serialized in function 'walk'"
    assert "C7510" in check_function(function, used, fits, "sm_90a", note).signature
    other = note.replace("walk", "another")
    assert check_function(function, used, fits, "sm_90a", other).ok


SOURCE = 'extern "C" __global__ void k(int *p) { *p = 1; }'


def test_a_cubin_is_kept_and_found_again(tmp_path, monkeypatch):
    first = compile_cubin(SOURCE, "sm_90a", folder=tmp_path)
    monkeypatch.setattr(cuda_compile, "_compile", lambda *_: pytest.fail("compiled again"))
    again = compile_cubin(SOURCE, "sm_90a", folder=tmp_path)
    assert again == first
    assert len(list(tmp_path.glob("*.cubin"))) == 1


def test_another_text_header_or_architecture_is_another_cubin(tmp_path):
    compile_cubin(SOURCE, "sm_90a", folder=tmp_path)
    compile_cubin(SOURCE.replace("1", "2"), "sm_90a", folder=tmp_path)
    compile_cubin(SOURCE, "sm_80", folder=tmp_path)
    compile_cubin(SOURCE, "sm_80", {"a.cuh": ""}, folder=tmp_path)
    assert len(list(tmp_path.glob("*.cubin"))) == 4


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert compile_cubin(SOURCE, "sm_90a", folder=blocked / "below").code


def test_the_text_of_machine_code_is_kept_with_it(tmp_path):
    made = []

    def make():
        made.append(1)
        return "text"

    assert [kept_text("code", make, tmp_path) for _ in range(2)] == ["text"] * 2
    assert kept_text("other code", make, tmp_path) == "text"
    assert len(made) == 2


def test_a_source_that_does_not_compile_names_its_line(tmp_path):
    with pytest.raises(DeviceError, match=r"kernel\.cu\(1\): error"):
        compile_cubin("broken", "sm_90a", folder=tmp_path)


def test_a_missing_disassembler_says_what_to_install(monkeypatch):
    monkeypatch.setattr(cuda_sass, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", os.devnull)
    cuda_sass.nvdisasm_path.cache_clear()
    try:
        with pytest.raises(DeviceError, match=r"pip install"):
            cuda_sass.nvdisasm_path()
    finally:
        monkeypatch.undo()
        cuda_sass.nvdisasm_path.cache_clear()


def test_unknown_kernels_and_modules_are_named():
    with pytest.raises(InputError, match="no CUDA kernel"):
        find_kernel("mma.nothing")
    with pytest.raises(InputError, match="sm_80"):
        load_module("wgmma.throughput", "sm_80")


def test_names_are_entries_and_modules_hold_them_once():
    entries = [kernel.entry for kernel in all_kernels().values()]
    assert len(set(entries)) == len(entries)
    assert sum(len(found) for found in modules("sm_90a").values()) > 300


def test_slope_and_clock_come_from_the_stamps():
    words = np.array([[100, 400, 1300, 0, 600_000, 3], [90, 390, 1290, 10, 600_010, 4]], np.uint64)
    words[:, :3] *= 1000
    span = read_stamps(words)
    assert slope_cycles(span) == 600_000
    assert span.timer_s == pytest.approx(600_010e-9)
    assert span.clock_hz == pytest.approx(2e9)


def test_a_short_span_gives_no_clock():
    assert read_stamps(np.array([[0, 5, 10, 0, 1000, 0]], np.uint64)).clock_hz is None


@given(seconds=st.floats(1e-3, 1.0), off=st.floats(0, 0.1))
def test_clocks_may_differ_by_two_percent_and_a_launch(seconds, off):
    apart = off * seconds
    allowed = apart <= 0.02 * seconds + 20e-6
    assert (disagreement(seconds, seconds - apart) == "") == allowed


def test_a_clock_the_driver_does_not_tell_is_remarked_on():
    assert clock_note(1.98e9, 1.97e9) == ""
    assert clock_note(1.5e9, None) == ""
    assert "1500 MHz" in clock_note(1.5e9, 1.98e9)


def test_the_guard_follows_a_clock_that_settles():
    guard = ClockGuard()
    assert [guard.judge(1.98e9) for _ in range(6)] == [""] * 6
    judged = [guard.judge(1.6e9) for _ in range(40)]
    assert judged[0] == "clock-shift"
    assert judged[-1] == ""
    assert guard.judge(None) == ""
