"""Loops whose bounds are arithmetic: on given scalars, and on the loops around them."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costmodel.graph.affine import evaluated
from costmodel.graph.arithmetic import combined
from costmodel.graph.build import Graph, build
from costmodel.kernel import Flag
from costmodel.mlir.reader import read_text
from microbench.errors import InputError


def graph(body: str, arguments: str = "%m: memref<64xf32>", **shapes: int) -> Graph:
    text = f"func.func @main({arguments}) {{\n%c0 = arith.constant 0 : index\n%c1 = arith.constant 1 : index\n{body}\nreturn\n}}\n"
    return build(read_text(text), stack="torch-eager", shapes=shapes)


WORK = "%v = arith.addf %s, %s : f32"


def nest(*headers: str, before: str = "") -> str:
    return before + " {\n".join(headers) + " {\n" + WORK + "\n" + "}\n" * len(headers)


@pytest.mark.parametrize(
    ("headers", "flop"),
    [
        # 1 + 2 + ... + 64 and 0 + 1 + ... + 63
        (("affine.for %i = 0 to 64", "affine.for %j = 0 to affine_map<(d0) -> (d0 + 1)>(%i)"), 2080),
        (("affine.for %i = 0 to 64", "affine.for %j = 0 to %i"), 2016),
        (("scf.for %i = %c0 to %c64 step %c1", "scf.for %j = %c0 to %i step %c1"), 2016),
        (("scf.for %i = %c0 to %c64 step %c1", "scf.for %j = %i to %c64 step %c1"), 2080),
        # 100 in tiles of 32: the last has 4
        (("affine.for %i = 0 to 100 step 32", "affine.for %j = affine_map<(d0) -> (d0)>(%i) to min affine_map<(d0) -> (d0 + 32, 100)>(%i)"), 100),
        (("affine.for %i = 0 to 128 step 32", "affine.for %j = affine_map<(d0) -> (d0)>(%i) to min affine_map<(d0) -> (d0 + 32, 128)>(%i)"), 128),
        # max of two lower bounds: 5 from 3 for i <= 3, then 5 - i: 4 * 2 + 1
        (("affine.for %i = 0 to 8", "affine.for %j = max affine_map<(d0) -> (d0, 3)>(%i) to 5"), 9),
        # a tetrahedron: n (n + 1) (n + 2) / 6
        (("affine.for %i = 0 to 20", "affine.for %j = 0 to affine_map<(d0) -> (d0 + 1)>(%i)", "affine.for %k = 0 to affine_map<(d0) -> (d0 + 1)>(%j)"), 20 * 21 * 22 // 6),
        # both inner loops by the outer one: the sum of squares
        (("affine.for %i = 0 to 20", "affine.for %j = 0 to %i", "affine.for %k = 0 to %i"), sum(i * i for i in range(20))),
        # a loop between that decides nothing
        (("affine.for %i = 0 to 20", "affine.for %j = 0 to 7", "affine.for %k = 0 to %i"), 7 * 190),
        (("scf.parallel (%i, %j) = (%c0, %c0) to (%c64, %c8) step (%c1, %c1)", "scf.for %k = %c0 to %i step %c1"), 8 * 2016),
        (("affine.for %i = 0 to 20", "affine.for %j = 0 to affine_map<(d0) -> (d0 floordiv 4)>(%i)"), sum(i // 4 for i in range(20))),
    ],
)  # fmt: skip
def test_loops_count_the_sum_over_the_loops_around(headers: tuple[str, ...], flop: int) -> None:
    constants = "%c64 = arith.constant 64 : index\n%c8 = arith.constant 8 : index\n"
    found = graph(nest(*headers, before=constants))
    assert found.work_flop == pytest.approx(flop, rel=1e-12)
    assert not any(loop.assumed for loop in found.loops)
    assert not found.kernels[0].flags


def test_bounds_worked_out_from_the_loop_outside_count_too() -> None:
    found = graph(
        f"""affine.for %i = 0 to 64 {{
  %n = affine.apply affine_map<(d0) -> (d0 * 2)>(%i)
  %n1 = arith.addi %n, %c1 : index
  scf.for %j = %c0 to %n1 step %c1 {{
    {WORK}
  }}
}}"""
    )
    assert found.work_flop == 64**2  # the sum of odd numbers
    assert [loop.trips for loop in found.loops] == [64, 64]


def test_too_many_iterations_to_sum_keep_the_flag() -> None:
    found = graph(nest("affine.for %i = 0 to 100000000", "affine.for %j = 0 to %i"))
    assert Flag.ASSUMED_TRIP_COUNT in found.kernels[0].flags
    assert found.work_flop == 1e8


def test_a_least_bound_nobody_knows_counts_whole_tiles_flagged() -> None:
    tile = "affine.for %j = affine_map<(d0) -> (d0)>(%i) to min affine_map<(d0)[s0] -> (d0 + 32, s0)>(%i)[%n]"
    found = graph(nest("affine.for %i = 0 to 128 step 32", tile), "%n: index")
    assert found.work_flop == 128
    assert Flag.ASSUMED_TRIP_COUNT in found.kernels[0].flags
    told = graph(nest("affine.for %i = 0 to 128 step 32", tile), "%n: index", n=100)
    assert told.work_flop == 100
    assert not told.kernels[0].flags


ARITHMETIC = [
    ("%x = arith.addi %K, %c63 : i32\n%t = arith.divsi %x, %c64 : i32", 1000, 16),
    ("%t = arith.ceildivsi %K, %c64 : i32", 1000, 16),
    ("%t = arith.floordivsi %K, %c64 : i32", 1000, 15),
    ("%t = arith.remui %K, %c64 : i32", 1000, 40),
    ("%t = arith.minsi %K, %c64 : i32", 1000, 64),
    ("%t = arith.maxsi %K, %c64 : i32", 1000, 1000),
    ("%x = arith.extsi %K : i32 to i64\n%y = arith.trunci %x : i64 to i32\n%t = arith.index_cast %y : i32 to index", 7, 7),
    ("%x = arith.muli %K, %c64 : i32\n%t = arith.subi %x, %c63 : i32", 2, 65),
    ("%t = affine.apply affine_map<(d0)[s0] -> ((d0 + s0 - 1) floordiv s0)>(%K)[%c64]", 1000, 16),
    ("%t = affine.min affine_map<(d0) -> (d0 ceildiv 64, 100)>(%K)", 1000, 16),
    ("%t = affine.max affine_map<(d0) -> (d0 mod 64, 3)>(%K)", 1000, 40),
    ("%t = index.ceildivu %K, %c64", 1000, 16),
]  # fmt: skip
CONSTANTS = "%c63 = arith.constant 63 : i32\n%c64 = arith.constant 64 : i32\n"


@pytest.mark.parametrize(("text", "size", "trips"), ARITHMETIC, ids=lambda v: str(v)[:24])
def test_a_given_scalar_reaches_a_bound_through_arithmetic(
    text: str, size: int, trips: int
) -> None:
    loop = nest("scf.for %i = %c0 to %t step %c1", before=f"{CONSTANTS}{text}\n")
    found = graph(loop, "%K: i32", K=size)
    assert found.work_flop == trips
    assert not found.kernels[0].flags
    assert Flag.ASSUMED_TRIP_COUNT in graph(loop, "%K: i32").kernels[0].flags


TRITON = """tt.func public @k(%p: !tt.ptr<f32>, %M: i32, %K: i32) {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c63 = arith.constant 63 : i32
  %c64 = arith.constant 64 : i32
  %a = arith.addi %K, %c63 : i32
  %n = arith.divsi %a, %c64 : i32
  scf.for %i = %c0 to %n step %c1 : i32 {
    %v = math.exp %x : tensor<64xf32>
  }
  %q = arith.cmpi slt, %M, %K : i32
  tt.return
}
"""


def triton(**shapes: int) -> Graph:
    return build(read_text(TRITON), shapes=shapes)


def test_a_triton_loop_follows_its_scalar_argument() -> None:
    assert triton(K=1024, grid=10).work_flop == 10 * (16 * 64 + 3)  # and three scalar ops


def test_a_scalar_or_grid_that_changes_nothing_is_refused() -> None:
    with pytest.raises(InputError, match=r"--shape M: %M bounds no loop"):
        triton(K=1024, M=4096, grid=10)
    with pytest.raises(InputError, match=r"--shape grid: no device function"):
        graph(nest("affine.for %i = 0 to 4"), grid=4)


def test_scalars_reach_called_functions_and_launches() -> None:
    text = """module attributes {gpu.container_module} {
  gpu.module @kernels {
    gpu.func @k(%m: memref<1024xf32>, %n: index) kernel {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      scf.for %i = %c0 to %n step %c1 {
        %v = arith.addf %s, %s : f32
      }
      gpu.return
    }
  }
  func.func @main(%m: memref<1024xf32>, %N: index) {
    %c1 = arith.constant 1 : index
    %c128 = arith.constant 128 : index
    %g = arith.ceildivui %N, %c128 : index
    gpu.launch_func @kernels::@k blocks in (%g, %c1, %c1) threads in (%c128, %c1, %c1) args(%m : memref<1024xf32>, %g : index)
    return
  }
}
"""
    found = build(read_text(text), shapes={"N": 1000})
    assert found.work_flop == 8 * 128 * 8
    assert not found.kernels[0].flags


@given(st.integers(-50, 50), st.integers(1, 20))
def test_affine_division_is_pythons_and_mlirs_rounds_towards_zero(a: int, b: int) -> None:
    values = {"d0": a, "d1": b}
    assert evaluated("d0 floordiv d1", values) == a // b
    assert evaluated("d0 ceildiv d1", values) == math.ceil(a / b)
    assert evaluated("-(d0 - 3) * 2 + d1 mod 7", values) == -(a - 3) * 2 + b % 7
    assert combined("divide", a, b) == int(a / b)
    assert combined("remainder", a, b) == math.fmod(a, b)


@given(st.lists(st.integers(-50, 50), min_size=1), st.integers(-9, 9))
def test_arrays_follow_the_numbers(left: list[int], right: int) -> None:
    import numpy as np

    for kind in "add sub mul divide remainder ceiling floor modulo least most".split():
        found = combined(kind, np.array(left), right)
        expected = [combined(kind, one, right) for one in left]
        assert (found is None) == (None in expected)
        if found is not None:
            assert found.tolist() == expected


@pytest.mark.parametrize("text", ["", "d0 +", "(d0", "d0)", "d0 d0", "* d0", "d0 floordiv 0", "e"])
def test_what_is_no_affine_expression_has_no_value(text: str) -> None:
    assert evaluated(text, {"d0": 3}) is None


def test_a_nest_of_5_000_loops_takes_linear_time_and_beyond_64_keeps_the_flag() -> None:
    depth = 5_000
    loops = "".join(f"affine.for %i{at} = 0 to %i{at - 1} {{\n" for at in range(1, depth))
    found = graph(f"affine.for %i0 = 0 to 1 {{\n{loops}{WORK}\n" + "}\n" * depth)
    assert len(found.loops) == depth
    assert found.loops[-1].assumed


def test_long_chains_of_arithmetic_are_given_up() -> None:
    chain = "".join(f"%k{at} = arith.addi %k{at - 1}, %c0 : index\n" for at in range(1, 5000))
    near, far = (nest(f"scf.for %i = %c0 to %k{at} step %c1", before=chain) for at in (30, 4999))
    assert graph(near, "%k0: index", k0=7).work_flop == 7
    assert Flag.ASSUMED_TRIP_COUNT in graph(far, "%k0: index").kernels[-1].flags
