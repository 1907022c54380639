"""Loops over tensor ops whose bounds vary with the loops around them, worked by hand."""

# ruff: noqa: E501 - MLIR is printed one op a line, however long
from __future__ import annotations

import pytest

from costmodel.graph.build import Graph, build
from costmodel.kernel import Flag
from costmodel.mlir.reader import read_text

ROW = "tensor<100xf32>"
WORK = f"%v = stablehlo.add %t, %t : {ROW}"


def graph(*headers: str, work: str = WORK, **shapes: int) -> Graph:
    constants = "".join(
        f"  %c{n} = arith.constant {n} : index\n" for n in (0, 1, 2, 3, 4, 7, 10, 32, 64, 100)
    )
    loops = " {\n".join(headers) + f" {{\n{work}\n" + "}\n" * len(headers)
    text = f"func.func @main(%t: {ROW}, %n: index) {{\n{constants}{loops}return\n}}\n"
    return build(read_text(text), stack="torch-eager", shapes=shapes)


OUTER = "scf.for %i = %c0 to %c64 step %c1"


@pytest.mark.parametrize(
    ("headers", "runs"),
    [
        ((OUTER, "scf.for %j = %c0 to %i step %c1"), 64 * 63 / 2),
        ((OUTER, "scf.for %j = %i to %c64 step %c1"), 64 * 65 / 2),
        ((OUTER, "scf.for %j = %c0 to %i step %c1", "scf.for %k = %c0 to %j step %c1"), 41664),
        ((OUTER, "scf.for %j = %c0 to %c7 step %c1", "scf.for %k = %c0 to %i step %c1"), 7 * 2016),
        (("scf.parallel (%i) = (%c0) to (%c64) step (%c1)", "scf.for %j = %c0 to %i step %c1"), 2016),
        (("affine.for %i = 0 to 64", "affine.for %j = 0 to affine_map<(d0) -> (d0 + 1)>(%i)"), 2080),
        # tiles of 32 of 100: the last has 4
        (("affine.for %i = 0 to 100 step 32", "affine.for %j = affine_map<(d0) -> (d0)>(%i) to min affine_map<(d0) -> (d0 + 32, 100)>(%i)"), 100),
        ((OUTER, "scf.for %j = %c0 to %c4 step %c1"), 256),
    ],
)  # fmt: skip
def test_bodies_of_tensors_run_the_sum_over_the_loops_around(
    headers: tuple[str, ...], runs: float
) -> None:
    """The tetrahedron below 64 has 64 * 63 * 62 / 6 = 41,664 places."""
    found = graph(*headers)
    assert found.work_flop == pytest.approx(100 * runs, rel=1e-12)
    assert found.bytes_moved == pytest.approx(800 * runs, rel=1e-12)
    assert found.coverage.assumed == 0
    assert not found.kernels[0].flags
    assert not any(loop.assumed for loop in found.loops)


def test_bounds_may_be_arithmetic_on_the_variables_around() -> None:
    """i + 1 keys of every query of 64, in blocks of 10: the sum of ceil((i + 1) / 10) is 238."""
    body = f"""%e = arith.addi %i, %c1 : index
  scf.for %j = %c0 to %e step %c10 {{
  {WORK}
}}"""
    found = graph(OUTER, work=body)
    assert found.work_flop == 100 * sum(-(-(i + 1) // 10) for i in range(64))
    assert found.loops[1].trips == sum(-(-(i + 1) // 10) for i in range(64)) / 64


def test_counts_are_whole_numbers_though_mean_trips_are_not() -> None:
    """Row i of 100 has i // 7 tiles: 14 * 13 / 2 * 7 of whole sevens and 14 * 2 of the last two."""
    body = f"""%e = arith.divui %i, %c7 : index
  scf.for %j = %c0 to %e step %c1 {{
  {WORK}
}}"""
    (kernel,) = graph("scf.for %i = %c0 to %c100 step %c1", work=body).kernels
    assert kernel.count == sum(i // 7 for i in range(100)) == 7 * 91 + 28


def test_a_given_scalar_bounds_a_triangle_and_without_it_trips_are_assumed() -> None:
    headers = ("scf.for %i = %c0 to %n step %c1", "scf.for %j = %c0 to %i step %c1")
    assert graph(*headers, n=10).work_flop == 100 * 45
    found = graph(*headers)
    assert found.kernels[0].flags == {Flag.ASSUMED_TRIP_COUNT}
    assert found.coverage.assumed == 2


def test_scalars_inside_loops_over_tensors_see_their_variables() -> None:
    """A nest over scalars is one kernel; its bound varies with the loop over tensors around it."""
    inner = """%x = arith.constant 1.0 : f32
  scf.for %j = %c0 to %i step %c1 {
    %y = arith.addf %x, %x : f32
  }"""
    found = graph(OUTER, work=f"{WORK}\n{inner}")
    assert found.work_flop == 64 * 100 + 2016
    assert found.coverage.assumed == 0


def test_names_of_a_called_function_are_its_own() -> None:
    """``%i`` of the function is an argument nobody knows, not the caller's variable."""
    text = f"""
func.func @main(%t: {ROW}, %n: index) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  {OUTER} {{
    func.call @inner(%t, %n) : ({ROW}, index) -> ()
  }}
  return
}}
func.func private @inner(%t: {ROW}, %i: index) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %j = %c0 to %i step %c1 {{
    {WORK}
  }}
  return
}}
"""
    found = build(read_text(text), stack="torch-eager")
    assert found.work_flop == 64 * 100
    assert found.kernels[0].flags == {Flag.ASSUMED_TRIP_COUNT}


@pytest.mark.parametrize(("between", "flags"), [(7, set()), (8, {Flag.ASSUMED_TRIP_COUNT})])
def test_a_bound_by_a_loop_too_far_outside_is_assumed_and_told(
    between: int, flags: set[Flag]
) -> None:
    loops = "".join(f"scf.for %i{at} = %c0 to %c1 step %c1 {{\n" for at in range(between))
    text = f"""func.func @main(%x: tensor<4xf32>) {{
%c0 = arith.constant 0 : index
%c1 = arith.constant 1 : index
%c4 = arith.constant 4 : index
scf.for %outer = %c0 to %c4 step %c1 {{
{loops}scf.for %inner = %c0 to %outer step %c1 {{
%y = stablehlo.add %x, %x : tensor<4xf32>
}}
{"}" * between}
}}
return
}}
"""
    (kernel,) = build(read_text(text)).kernels
    assert kernel.flags == flags
    assert kernel.count == (4 if flags else 6)
