"""The blocked product on a CPU: right for every block size, timed in a child that may die."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microbench.benchmark import Verdict
from microbench.kernels import cpu_jit
from microbench.runner.target import targets
from microbench.tiles import cpu
from microbench.tiles.cpu_gemm_ir import Blocked, blocked_gemm
from microbench.tiles.timer import TileTimer

pytestmark = pytest.mark.skipif(cpu_jit.problem() != "", reason="LLVM does not load here")


@settings(max_examples=12, deadline=None)
@given(
    sizes=st.tuples(st.integers(1, 70), st.integers(1, 70), st.integers(1, 70)),
    mr=st.integers(1, 7),
    vectors=st.integers(1, 3),
    steps=st.tuples(*(st.sampled_from([8, 16, 32, 64]),) * 3),
    unroll=st.sampled_from([1, 2, 4]),
)
def test_blocks_never_change_the_product(
    sizes: tuple[int, int, int], mr: int, vectors: int, steps: tuple[int, int, int], unroll: int
) -> None:
    lanes = 4
    blocks = {"MR": mr, "NR": vectors * lanes, "UNROLL": unroll}
    blocks |= dict(zip(("MC", "NC", "KC"), steps, strict=True))
    size = Blocked(*sizes, blocks)
    a, b, c, panels = cpu.operands(size, seed=1)
    c[:] = 9.0  # what was there before must not be added to
    code = cpu_jit.compile_ir(blocked_gemm(size, lanes))
    code.stream()(a.ctypes.data, b.ctypes.data, c.ctypes.data, panels.ctypes.data, 1, 2)
    assert np.abs(c - a.astype(float) @ b.astype(float)).max() < 1e-4


def test_blocks_larger_than_the_product_are_cut_to_it() -> None:
    size = Blocked(10, 20, 30, {"MR": 4, "NR": 8, "MC": 64, "NC": 256, "KC": 64, "UNROLL": 4})
    assert size.padded == (12, 24, 32)
    assert size.steps == (12, 24, 32)
    assert size.packed_elements == (12 + 24) * 32


def test_a_configuration_is_timed_and_a_wrong_one_costs_itself_only() -> None:
    good = {"MR": 4, "NR": 32, "KC": 64, "MC": 64, "NC": 256, "UNROLL": 2}
    with TileTimer(
        cpu.NAME, cpu.__name__, targets("cpu")[0], {"m": 48, "n": 64, "k": 32}, limit_s=30.0
    ) as timer:
        first = timer.time(good)
        broken = timer.time({**good, "MR": 0})
        again = timer.time(good)
    assert first.time_s > 0
    assert first.verdict in (Verdict.OK, Verdict.NOISY)
    assert math.isnan(broken.time_s)
    assert broken.verdict is Verdict.FAILED
    assert broken.reason
    assert again.time_s > 0
