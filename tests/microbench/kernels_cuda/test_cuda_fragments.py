"""Every element of a matrix has one place; formats hold what they say; host C++ agrees."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microbench.formats import NumberFormat
from microbench.kernels import cuda_fragments as fragments
from microbench.kernels.cuda import mma, wgmma
from microbench.kernels.cuda_compile import source_text
from microbench.kernels.cuda_ring import node_address, pointer_words, random_ring


def covered_once(places, rows, columns):
    cells = list(zip(places[0].ravel().tolist(), places[1].ravel().tolist(), strict=True))
    assert sorted(cells) == [(r, c) for r in range(rows) for c in range(columns)]


@pytest.mark.parametrize("shape", mma.SHAPES, ids=lambda one: one.name)
def test_each_operand_element_has_one_place(shape):
    bits = 8 if shape.in_bytes else fragments.bits_of(shape.number_format)
    per_part = 1 if bits == 64 else 32 // bits
    depth = shape.k // 2 if shape.sparse else shape.k
    in_a, in_b, in_c = shape.parts
    covered_once(fragments.a_places(in_a, per_part, depth), shape.m, depth)
    covered_once(fragments.b_places(in_b, per_part, shape.k), shape.k, shape.n)
    packed = 2 if shape.instruction.split(".")[-1] == "f16" else 1
    covered_once(fragments.c_places(in_c, packed), shape.m, shape.n)


@pytest.mark.parametrize("columns", wgmma.COLUMNS)
@pytest.mark.parametrize("packed", [1, 2])
def test_each_element_of_a_warpgroup_sum_has_one_place(columns, packed):
    covered_once(fragments.group_places(64 * columns // 128 // packed, packed), 64, columns)


def test_places_are_those_of_the_manual():
    """PTX ISA: mma.m16n8k16 of 16-bit types, lane 5 (group 1, thread 1 of the group)."""
    row, column = fragments.a_places(4, 2, 16)
    assert row[5].ravel().tolist() == [1, 1, 9, 9, 1, 1, 9, 9]
    assert column[5].ravel().tolist() == [2, 3, 2, 3, 10, 11, 10, 11]
    row, column = fragments.b_places(2, 2, 16)
    assert row[5].ravel().tolist() == [2, 3, 10, 11]
    assert column[5].ravel().tolist() == [1, 1, 1, 1]
    # m16n8k32 of 8-bit types
    row, column = fragments.a_places(4, 4, 32)
    assert row[5, :, 0].tolist() == [1, 9, 1, 9]
    assert column[5, :, 0].tolist() == [4, 4, 20, 20]
    # m16n8k8 of tf32
    row, column = fragments.a_places(4, 1, 8)
    assert row[5].ravel().tolist() == [1, 9, 1, 9]
    assert column[5].ravel().tolist() == [1, 1, 5, 5]


@pytest.mark.parametrize(
    "form", [NumberFormat.FP64, NumberFormat.TF32, NumberFormat.BF16, NumberFormat.FP16]
)
@given(value=st.floats(-100, 100))
def test_encoding_rounds_to_the_nearest(form, value):
    got = float(fragments.decode(fragments.encode(np.array([value]), form), form)[0])
    mantissa = {"fp64": 52, "tf32": 10, "bf16": 7, "fp16": 10}[form.value]
    assert abs(got - value) <= max(abs(value) * 2.0 ** -(mantissa + 1), 2.0**-24)


@pytest.mark.parametrize("form", [NumberFormat.FP8_E4M3, NumberFormat.FP8_E5M2])
def test_fp8_codes_round_trip_and_reach_their_largest_value(form):
    table = fragments.small_values(form)
    finite = np.flatnonzero(np.isfinite(table))
    values = table[finite]
    assert values.max() == (448.0 if form is NumberFormat.FP8_E4M3 else 57344.0)
    again = fragments.decode(fragments.encode(values, form), form)
    assert (again == values).all()


@pytest.mark.parametrize(
    ("form", "count", "largest", "least"),
    [
        (NumberFormat.FP4, 16, 6.0, 0.5),
        (NumberFormat.FP6_E2M3, 64, 7.5, 0.125),
        (NumberFormat.FP6_E3M2, 64, 28.0, 0.0625),
    ],
)
def test_small_formats_hold_what_the_standard_lists(form, count, largest, least):
    """OCP microscaling formats 1.0, table of element formats: no infinity, no NaN."""
    table = fragments.small_values(form)
    assert len(table) == count
    assert table.max() == largest
    assert table.min() == -largest
    assert table[table > 0].min() == least
    assert (fragments.decode(fragments.encode(table, form), form) == table).all()
    assert fragments.decode(fragments.encode(np.array([1e3]), form), form)[0] == largest


def test_four_bits_lie_in_the_middle_of_their_byte():
    codes = fragments.encode(np.array([1.0, -6.0]), NumberFormat.FP4)
    assert codes.tolist() == [0b0010, 0b1111]
    assert fragments.in_bytes(codes, NumberFormat.FP4).tolist() == [0b001000, 0b111100]
    six = fragments.encode(np.array([-28.0]), NumberFormat.FP6_E3M2)
    assert fragments.in_bytes(six, NumberFormat.FP6_E3M2).tolist() == [0b111111]


def test_fp8_agrees_with_torch():
    torch = pytest.importorskip("torch")
    for form, kind in (
        (NumberFormat.FP8_E4M3, torch.float8_e4m3fn),
        (NumberFormat.FP8_E5M2, torch.float8_e5m2),
    ):
        theirs = torch.arange(256, dtype=torch.uint8).view(kind).double().numpy()
        assert np.array_equal(theirs, fragments.small_values(form), equal_nan=True)


@pytest.mark.parametrize("form", [NumberFormat.INT8, NumberFormat.INT4])
def test_integers_saturate(form):
    limit = 1 << (form.bits - 1)
    got = fragments.decode(fragments.encode(np.array([1e3, -1e3, 1.4]), form), form)
    assert got.tolist() == [limit - 1, -limit, 1]


def test_a_sparse_matrix_keeps_two_of_four():
    kept = np.arange(1, 9).reshape(1, 8)
    assert fragments.expand_sparse(kept, NumberFormat.BF16).tolist() == [
        [1, 2, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 7, 8, 0, 0]
    ]
    assert fragments.expand_sparse(kept[:, :2], NumberFormat.TF32).tolist() == [[1, 0, 2, 0]]


def test_bits_pack_low_first():
    assert fragments.pack_bytes(np.array([[1, 2]]), 4).tolist() == [[0x21]]
    assert fragments.pack_bytes(np.array([[1, 0, 0, 0, 0, 0, 0, 1]]), 1).tolist() == [[0x81]]
    assert fragments.pack_bytes(np.array([[0x1234]]), 16).tolist() == [[0x34, 0x12]]


@pytest.mark.parametrize(("bits", "used"), [(4, 8), (6, 12)])
def test_sixteen_small_elements_take_sixteen_bytes(bits, used):
    codes = np.random.default_rng(bits).integers(0, 1 << bits, (3, 32)).astype(np.uint64)
    packed = fragments.pack_sixteens(codes, bits)
    assert packed.shape == (3, 32)
    for row in range(3):
        for group in range(2):
            piece = packed[row, 16 * group : 16 * group + 16]
            number = int.from_bytes(piece.tobytes(), "little")
            found = [number >> bits * i & (1 << bits) - 1 for i in range(16)]
            assert found == codes[row, 16 * group : 16 * group + 16].tolist()
            assert not piece[used:].any()


HOST = r"""
#include <cstdio>
#include "descriptor.cuh"
int main() {
    for (u32 row = 0; row < 64; ++row)
        for (u32 byte = 0; byte < 64; ++byte) printf("%u\n", core_offset(row, byte, 64));
    printf("%llx\n", wgmma_descriptor(0x12340, 1024, 128));
    printf("%llx\n", tcgen05_descriptor(0x12340, 2048, 128));
    printf("%x\n", tcgen05_instruction(1, 1, 1, 128, 256));
    printf("%x\n", tcgen05_scaled_instruction(1, 1, 256, 64));
}
"""


def test_the_layout_is_the_manuals_own_example():
    """PTX ISA, wgmma, canonical layouts: K-major, no swizzling, tf32, 16 x 16.

    Exact layout ((8,2),(4,4)):((4,32),(1,64)) in elements: LBO is 64 of them, SBO 32.
    """
    codes = np.arange(256, dtype=np.uint64).reshape(16, 16)
    words = fragments.core_matrices(codes, 32).view(np.uint32)
    for row in range(16):
        for column in range(16):
            at = row % 8 * 4 + row // 8 * 32 + column % 4 + column // 4 * 64
            assert words[at] == codes[row, column]


def test_sparse_places_are_those_of_the_manual():
    """PTX ISA, mma.sp: lane 5 is thread 1 of group 1; columns are those of the kept elements.

    m16n8k32 of s8: four kept of columns 8 to 15, rows 1 and 9. m16n8k16 of tf32: one kept of
    columns 2 and 3 in a0 and a1, of 10 and 11 in a2 and a3.
    """
    row, column = fragments.a_places(2, 4, 16)
    assert row[5, :, 0].tolist() == [1, 9]
    assert column[5].tolist() == [[4, 5, 6, 7]] * 2
    row, column = fragments.a_places(4, 1, 8)
    assert row[5].ravel().tolist() == [1, 9, 1, 9]
    assert column[5].ravel().tolist() == [1, 1, 5, 5]


def test_descriptors_and_layout_agree_with_the_host_build(tmp_path):
    compiler = shutil.which("g++")
    if compiler is None:
        pytest.skip("no g++")
    (tmp_path / "descriptor.cuh").write_text(source_text("descriptor.cuh"))
    (tmp_path / "host.cpp").write_text(HOST)
    program = tmp_path / "host"
    subprocess.run(
        [compiler, "-std=c++17", "-Wall", "-Werror", tmp_path / "host.cpp", "-o", program],
        check=True,
    )
    lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    offsets = np.array([int(line) for line in lines[: 64 * 64]]).reshape(64, 64)
    codes = np.random.default_rng(1).integers(0, 256, (64, 64)).astype(np.uint64)
    laid_out = fragments.core_matrices(codes, 8)
    assert (laid_out[offsets] == codes).all()
    # PTX ISA: address / 16 in bits 0-13, distance along K from bit 16, along M or N from bit 32.
    assert int(lines[-4], 16) == 0x1234 | 64 << 16 | 8 << 32
    assert int(lines[-3], 16) == 0x1234 | 128 << 16 | 8 << 32 | 1 << 46
    assert int(lines[-2], 16) == 1 << 4 | 1 << 7 | 1 << 10 | 32 << 17 | 8 << 24
    # PTX ISA, instruction descriptor, read back field by field: D is fp32 (1), A and B bf16 (1).
    word, fields = int(lines[-2], 16), ((0, 4), (4, 2), (6, 1), (7, 3), (10, 3), (13, 4))
    assert [word >> at & (1 << size) - 1 for at, size in fields] == [0, 1, 0, 1, 1, 0]
    assert (word >> 17 & 63) * 8 == 256
    assert (word >> 24 & 31) * 16 == 128
    assert word >> 29 == 0
    # Of kind::mxf4: E2M1 is 1, bit 23 says ue8m0, M / 128 from bit 27, no identifiers of scales.
    word, fields = int(lines[-1], 16), ((0, 7), (7, 3), (10, 2), (12, 5), (23, 1), (24, 3), (29, 3))
    assert [word >> at & (1 << size) - 1 for at, size in fields] == [0, 1, 1, 0, 1, 0, 0]
    assert (word >> 17 & 63) * 8 == 64
    assert (word >> 27 & 3) * 128 == 256


@given(nodes=st.integers(1, 300), seed=st.integers(0, 2**32 - 1))
def test_a_ring_visits_every_node_once(nodes, seed):
    ring = random_ring(nodes, seed)
    seen, node = [], 0
    for step in range(nodes):
        assert ring.after(step) == node
        seen.append(node)
        node = int(ring.successors[node])
    assert node == 0
    assert sorted(seen) == list(range(nodes))


@given(
    nodes=st.integers(2, 64),
    seed=st.integers(0, 99),
    jitter=st.sampled_from([0, 4, 8]),
)
def test_pointers_lead_around_the_ring(nodes, seed, jitter):
    ring, base, size = random_ring(nodes, seed), 1 << 20, 1024
    memory = pointer_words(ring, size, base, jitter)
    address = base
    for step in range(nodes + 1):
        assert address == node_address(ring.after(step), size, base, jitter)
        address = int(memory[(address - base) // 8])
