"""LAPACK's and cuSOLVER's routines as JAX 0.10 calls them, with closed forms worked by hand."""

from __future__ import annotations

import pytest

from costmodel.graph.build import build
from costmodel.kernel import Family, Kernel
from costmodel.mlir.reader import read_text


def called(target: str, operands: list[str], results: list[str], config: str = "") -> Kernel:
    given = ", ".join(f"%a{at}: tensor<{kind}>" for at, kind in enumerate(operands))
    names = ", ".join(f"%a{at}" for at in range(len(operands)))
    takes, gives = (", ".join(f"tensor<{k}>" for k in kinds) for kinds in (operands, results))
    count = f":{len(results)}" if len(results) > 1 else ""
    first = "%0#0" if count else "%0"
    found = build(
        read_text(f"""
func.func @main({given}) -> tensor<{results[0]}> {{
  %0{count} = stablehlo.custom_call @{target}({names}) {{mhlo.backend_config = {{{config}}},
    mhlo.frontend_attributes = {{num_batch_dims = "1"}}}} : ({takes}) -> ({gives})
  return {first} : tensor<{results[0]}>
}}
"""),
        stack="xla",
    )
    assert found.coverage.share == 1
    (kernel,) = found.kernels
    assert kernel.family is Family.OTHER
    return kernel


SQUARE, TALL = "4x30x30xf32", "4x60x30xf32"
CUBE = 4 * 30**3
"""n^3 of four matrices."""


@pytest.mark.parametrize(
    ("target", "config", "operand", "cubes"),
    [
        ("lapack_spotrf_ffi", "uplo = 76 : ui8", SQUARE, 1 / 3),
        ("cusolver_potrf_ffi", "lower = true", SQUARE, 1 / 3),
        ("lapack_sgetrf_ffi", "", SQUARE, 2 / 3),
        ("cusolver_getrf_ffi", "", TALL, 2 - 1 / 3),
        ("cublas_getrf_batched_ffi", "", SQUARE, 2 / 3),
        ("LuDecomposition", "", SQUARE, 2 / 3),
        ("lapack_sgeqrf_ffi", "", TALL, 2 * 2 - 2 / 3),
        ("hipsolver_geqrf_ffi", "", "4x30x60xf32", 2 * 2 - 2 / 3),
        ("cuhybrid_geqp3", "", SQUARE, 4 / 3),
        ("lapack_sgehrd_ffi", "high = 30 : i32, low = 1 : i32", SQUARE, 10 / 3),
        ("cusolver_sytrd_ffi", "", SQUARE, 4 / 3),
        ("lapack_ssyevd_ffi", "mode = 86 : ui8, uplo = 76 : ui8", SQUARE, 9),
        ("lapack_ssyevd_ffi", "mode = 78 : ui8, uplo = 76 : ui8", SQUARE, 4 / 3),
        ("cusolver_syevd_ffi", "algorithm = 0 : ui8, lower = true", SQUARE, 9),
        ("lapack_sgeev_ffi", "compute_left = 78 : ui8, compute_right = 86 : ui8", SQUARE, 25),
        ("lapack_sgeev_ffi", "compute_left = 78 : ui8, compute_right = 78 : ui8", SQUARE, 10),
        ("cuhybrid_eig_real", 'left = false, magma = "auto", right = true', SQUARE, 25),
        ("lapack_sgees_ffi", "mode = 86 : ui8, sort = 78 : ui8", SQUARE, 25),
        ("lapack_sgesdd_ffi", "mode = 78 : ui8", TALL, 4 * 2 - 4 / 3),
        ("lapack_sgesdd_ffi", "mode = 83 : ui8", TALL, 14 * 2 + 8),
        ("lapack_sgesdd_ffi", "mode = 65 : ui8", TALL, 4 * 4 + 8 * 2 + 9),
        ("cusolver_gesvdj_ffi", "compute_uv = true, full_matrices = false", TALL, 14 * 2 + 8),
        ("cusolver_gesvdj_ffi", "compute_uv = false, full_matrices = true", TALL, 4 * 2 - 4 / 3),
    ],
)
def test_a_routine_takes_its_closed_form(
    target: str, config: str, operand: str, cubes: float
) -> None:
    found = called(target, [operand], [operand, "4xi32"], config)
    assert found.work_flop == pytest.approx(cubes * CUBE)
    elements = 4 * 30 * (30 if operand == SQUARE else 60)
    assert found.bytes_moved == 2 * 4 * elements + 4 * 4


def test_reflectors_become_columns() -> None:
    """4 m n k - 2 (m + n) k^2 + 4/3 k^3 of m = 60, n = k = 30: (8 - 6 + 4/3) n^3."""
    found = called("cusolver_orgqr_ffi", [TALL, "4x30xf32"], [TALL])
    assert found.work_flop == pytest.approx((8 - 6 + 4 / 3) * CUBE)


def test_triangular_systems_take_n_squared_a_right_hand_side_on_either_side() -> None:
    for right in ("4x30x7xf32", "4x7x30xf32"):
        found = called("lapack_strsm_ffi", [SQUARE, right], [right], "side = 76 : ui8")
        assert found.work_flop == 4 * 30**2 * 7


def test_tridiagonal_systems_take_8_n_flop_and_5_n_for_each_further_right_hand_side() -> None:
    line = "4x30xf32"
    for target in ("lapack_sgtsv_ffi", "cusparse_gtsv2_ffi"):
        found = called(target, [line, line, line, "4x30x2xf32"], ["4x30x2xf32"])
        assert found.work_flop == 4 * 30 * (3 + 5 * 2)


def test_complex_numbers_take_four_times_as_many() -> None:
    kind = "4x30x30xcomplex<f32>"
    found = called("lapack_cheevd_ffi", [kind], [kind, "4x30xf32"], "mode = 86 : ui8")
    assert found.work_flop == 4 * 9 * CUBE


def test_a_routine_nobody_knows_is_unknown() -> None:
    with pytest.raises(AssertionError):
        called("cusolver_mystery_ffi", [SQUARE], [SQUARE])
