"""The kernels compute what they claim, compared with NumPy on this machine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microbench.kernels import cpu_fused_ir, cpu_ir, cpu_jit, cpu_memory, cpu_windows
from microbench.protocol.threads import Job, Team

LANES = cpu_jit.vector_bits() // 32
GROUP = 8 * LANES


def arrays(count: int, elements: int) -> list[cpu_memory.Block]:
    rng = np.random.default_rng(3)
    blocks = [cpu_memory.allocate(4 * elements) for _ in range(count)]
    for block in blocks:
        block.view("f4")[:] = rng.normal(size=elements)
    return blocks


@pytest.mark.parametrize("nontemporal", [False, True])
@pytest.mark.parametrize("repeats", [1, 3])
def test_streams_move_and_combine_what_they_say(nontemporal: bool, repeats: int) -> None:
    elements = 5 * GROUP
    for operation in ("write", "copy", "triad"):
        a, b, c = arrays(3, elements)
        kernel = cpu_jit.compile_ir(cpu_ir.stream(operation, LANES, 8, nontemporal)).stream()
        kernel(a.address, b.address, c.address, 0, elements // GROUP, repeats)
        y, z = b.view("f4"), c.view("f4")
        right = {"write": np.full(elements, 3.0), "copy": y, "triad": y + 3 * z}[operation]
        np.testing.assert_allclose(a.view("f4"), right, rtol=1e-5, atol=1e-6)


def test_reading_adds_every_element_once_a_pass() -> None:
    elements = 7 * GROUP
    (a,) = arrays(1, elements)
    a.view("f4")[:] = 1.0
    sink = cpu_memory.allocate(4096)
    kernel = cpu_jit.compile_ir(cpu_ir.stream("read", LANES, 8, False)).stream()
    kernel(a.address, a.address, a.address, sink.address, elements // GROUP, 4)
    assert sink.view("f4")[:GROUP].sum() == 4 * elements


@pytest.mark.parametrize("activation", ["relu", "silu"])
def test_fused_chains_agree_with_double_precision(activation: str) -> None:
    elements = 64 * LANES
    a, x, w, b = arrays(4, elements)
    x.view("f4")[:8] = [-200, 200, -88, 88, 0, -0.0, 1e-30, -1e-30]
    w.view("f4")[:8] = 1.0
    b.view("f4")[:8] = 0.0
    kernel = cpu_jit.compile_ir(cpu_fused_ir.fused_chain(activation, LANES)).stream()
    kernel(a.address, x.address, w.address, b.address, elements // LANES, 1)
    z = x.view("f4").astype("f8") * w.view("f4") + b.view("f4")
    right = np.maximum(z, 0) if activation == "relu" else z / (1 + np.exp(-z))
    np.testing.assert_allclose(a.view("f4"), right, rtol=2e-6, atol=2e-6)


def test_multiply_chain_squares_each_time() -> None:
    memory = cpu_memory.allocate(4096)
    memory.view("u4")[16] = 3
    kernel = cpu_jit.compile_ir(cpu_ir.multiply_chain()).stream()
    kernel(memory.address, memory.address + 64, 0, 0, 2, 1)
    assert int(memory.view("u4")[0]) == pow(3, 2 ** (2 * cpu_ir.MULTIPLY_UNROLL), 2**32)


counted = pytest.mark.skipif(
    bool(cpu_windows.counter_problem()), reason=cpu_windows.counter_problem() or "counter"
)


@counted
@pytest.mark.parametrize(("windows", "trips", "multiplies"), [(1, 1, 1), (3, 2, 5)])
def test_windows_walk_the_ring_and_square_each_time(
    windows: int, trips: int, multiplies: int
) -> None:
    lines = 101
    block, stamps = cpu_memory.allocate(64 * lines), cpu_memory.allocate(4096)
    start = cpu_memory.write_ring(block, np.arange(lines), np.random.default_rng(5))
    kernel = cpu_jit.compile_ir(cpu_windows.chase_windows()).windows()
    found = kernel(start, stamps.address, windows, trips, multiplies, 3)
    right = start
    for _ in range(windows * trips * cpu_ir.CHASE_UNROLL):
        right = int(block.view("u8")[(right - block.address) // 8])
    assert found == right
    ticks = stamps.view("u8")
    assert (ticks[: 2 * windows] > 0).all()
    squared = windows * multiplies * cpu_ir.MULTIPLY_UNROLL
    assert int(ticks[2 * windows]) == pow(3, 2**squared, 2**32)
    assert not ticks[2 * windows + 1 :].any()


@counted
def test_the_counter_ticks_as_processors_do() -> None:
    assert 1e8 < cpu_windows.counter_hz() < 1e10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("flags\t\t: fpu rdtscp constant_tsc nonstop_tsc sse\n", ""),
        ("flags\t\t: fpu tsc rdtscp constant_tsc\n", "not nonstop_tsc"),
        ("", "not constant_tsc, nonstop_tsc, rdtscp"),
        (None, "not known"),
    ],
)
def test_a_counter_that_stops_or_is_not_known_times_nothing(
    text: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cpu_jit, "is_x86", lambda: True)
    cpuinfo = tmp_path / "cpuinfo"
    if text is not None:
        cpuinfo.write_text(text)
    problem = cpu_windows.counter_problem(cpuinfo)
    assert bool(problem) is bool(said)
    assert said in problem
    monkeypatch.setattr(cpu_jit, "is_x86", lambda: False)
    assert cpu_windows.counter_problem(cpuinfo)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 700), st.integers(0, 2**32))
def test_the_ring_visits_every_line_once(lines: int, seed: int) -> None:
    block = cpu_memory.allocate(lines * cpu_memory.LINE_BYTES)
    start = cpu_memory.write_ring(block, np.arange(lines), np.random.default_rng(seed))
    assert cpu_memory.ring_length(block, start) == lines
    seen, at = set(), start
    for _ in range(lines):
        seen.add(at)
        at = int(block.view("u8")[(at - block.address) // 8])
    assert len(seen) == lines
    assert at == start


def test_a_ring_over_chosen_lines_stays_on_them() -> None:
    block = cpu_memory.allocate(64 * 4096)
    nodes = np.arange(64) * 64 + np.arange(64) % 64
    start = cpu_memory.write_ring(block, nodes, np.random.default_rng(1))
    assert cpu_memory.ring_length(block, start) == 64
    written = np.flatnonzero(block.view("u8")[::8])
    assert set(written) == set(nodes)


def test_a_broken_ring_is_found() -> None:
    block = cpu_memory.allocate(100 * 64)
    start = cpu_memory.write_ring(block, np.arange(100), np.random.default_rng(1))
    block.view("u8")[(start - block.address) // 8] = start
    assert cpu_memory.ring_length(block, start) == 1


def test_the_native_chase_follows_the_ring() -> None:
    block = cpu_memory.allocate(160 * 64)
    start = cpu_memory.write_ring(block, np.arange(160), np.random.default_rng(1))
    chase = cpu_jit.compile_ir(cpu_ir.chase()).chase()
    assert chase(start, 160 // cpu_ir.CHASE_UNROLL) == start
    assert chase(start, 1) != start


def test_a_team_runs_every_job_each_round() -> None:
    blocks = arrays(2, GROUP)
    compiled = cpu_jit.compile_ir(cpu_ir.stream("write", LANES, 8, False))

    def job(block: cpu_memory.Block) -> Job:
        at = block.address
        return Job(compiled.address, lambda repeats: (at, at, at, 0, 1, repeats))

    team = Team([job(block) for block in blocks])
    for _ in range(3):
        for block in blocks:
            block.view("f4")[:] = 0
        laps = team.round(1000)
        assert all((block.view("f4") == 3.0).all() for block in blocks)
        assert len(laps) == 2
        assert all(lap.end_s > lap.start_s and lap.cpu_s > 0 for lap in laps)


def test_blocks_are_aligned_zeroed_and_of_the_asked_page() -> None:
    block = cpu_memory.allocate(10_000)
    assert block.address % cpu_memory.HUGE_PAGE == 0
    assert block.size_bytes == 10_000
    assert not block.view("u1").any()
    large = cpu_memory.allocate_large(3 * 2**20)
    assert large.page_bytes in {cpu_memory.SMALL_PAGE, cpu_memory.HUGE_PAGE}
    if large.page_bytes == cpu_memory.HUGE_PAGE:
        assert cpu_memory.huge_bytes(large.address) >= large.size_bytes
