"""Labels read from cubins: against the assembler's own log, on every template."""

from __future__ import annotations

import itertools

import pytest
from cuda_tools import cuda_tools  # noqa: F401 - an autouse fixture

from costmodel.resources.compile import headers, labels, source_of
from costmodel.resources.plan import (
    SPACES,
    TRITON,
    KernelFamily,
    Sample,
    cap,
    samples,
    shared_bytes,
)
from microbench.errors import InputError
from microbench.kernels.cubin import usages
from microbench.kernels.cuda_compile import compile_cubin
from microbench.kernels.cuda_sass import usage

FIRST = [next(iter(samples({family: 1}))) for family in SPACES if family not in TRITON]


def test_the_list_is_fixed_and_holds_no_kernel_twice():
    once, again = ([s.key for s in samples(dict.fromkeys(SPACES, 40))] for _ in range(2))
    assert once == again
    assert len(set(once)) == len(once) == 40 * 3 * len(SPACES)


@pytest.mark.parametrize("sample", FIRST, ids=lambda s: s.family.value)
def test_registers_and_stack_of_the_cubin_are_those_of_the_log(sample, tmp_path):
    cubin = compile_cubin(source_of([sample]), sample.arch, headers(), tmp_path)
    told, read = usage(cubin.log)["k0"], usages(cubin.code)["k0"]
    assert (read.registers, read.stack_bytes) == (told.registers, told.stack_bytes)
    assert read.instructions > 16


def test_a_kernel_bounded_too_tightly_spills_at_its_cap():
    sums = {"BM": 128, "BN": 128, "BK": 64, "WM": 64, "WN": 64, "STAGES": 2, "AHEAD": 0}
    settings = sums | {"EPILOGUE": 0, "MINIMUM": 5, "ELEMENT": 0, "THREADS": 128}
    (label,) = labels([Sample(KernelFamily.GEMM_MMA, "sm_90a", settings)])
    assert label.registers == cap(settings) == 96
    assert label.stack_bytes > 0
    assert label.spill_bytes > 0
    assert label.shared_bytes == shared_bytes(KernelFamily.GEMM_MMA, settings) == 2 * 256 * 80


def test_shared_memory_counts_no_reserve_of_the_system():
    settings = {"HELD": 1, "ITEMS": 2, "VECTOR": 4, "THREADS": 128, "MINIMUM": 1, "ELEMENT": 4}
    both = [labels([Sample(KernelFamily.SOFTMAX, a, settings)])[0] for a in ("sm_80", "sm_90a")]
    assert [label.shared_bytes for label in both] == [32 * 4] * 2


def test_a_refused_kernel_does_not_take_its_program_along():
    good = FIRST[0]
    bad = Sample(KernelFamily.SOFTMAX, good.arch, {"HELD": 1})
    assert [label.sample for label in labels([good, bad])] == [good]


@pytest.mark.parametrize("code", [b"", b"\x7fELF", b"nothing" * 40])
def test_what_is_no_cubin_is_one_clear_error(code):
    with pytest.raises(InputError, match="not a cubin"):
        usages(code)


def test_every_prefix_of_a_cubin_is_read_or_refused(tmp_path):
    code = compile_cubin(source_of([FIRST[-1]]), "sm_80", headers(), tmp_path).code
    for length in itertools.chain(range(400), range(400, len(code), 997)):
        try:
            usages(code[:length])
        except InputError:
            continue
