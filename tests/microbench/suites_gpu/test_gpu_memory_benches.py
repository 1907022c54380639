"""Chases and streams on a GPU made of Python: what is reported, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from microbench import suites
from microbench.benchmark import Effort, Point, Quantity, Verdict
from microbench.devices import catalogue
from microbench.devices.spec import DeviceKind
from microbench.kernels import cuda_chase, cuda_streams
from microbench.kernels.cuda.bandwidth import DIRECTIONS
from microbench.kernels.cuda_stamps import read_stamps
from microbench.protocol.measure import measure
from microbench.suites import gpu_latency

KIB = 1024


def measured(prepared, quantity):
    return measure(Point("gpu.test"), quantity, prepared, Effort.QUICK, 5.0)


@pytest.mark.parametrize(("space", "cycles"), [("shared", 29), ("l1", 38), ("l2", 265)])
def test_a_chase_reports_the_cycles_of_one_load(gpu, space, cycles):
    prepared = cuda_chase.ladder((space, 16 * KIB), 1, gpu)
    found = prepared.sample(20)
    assert found.discarded == ""
    assert found.time_s * gpu.clock_hz / 20 / prepared.operations == pytest.approx(cycles, 1e-4)
    assert prepared.check_result() == ""
    assert prepared.check_code().ok


def test_a_walk_that_ends_elsewhere_is_no_result(gpu):
    prepared = cuda_chase.ladder(("l2", 16 * KIB), 1, gpu)
    honest = gpu.programs["chase_l2"]

    def stray(fake, launch, values):
        cycles = honest(fake, launch, values)
        fake.view(values[4], 2, np.uint64)[1] += np.uint64(128)
        return cycles

    gpu.programs["chase_l2"] = stray
    assert "the ring says" in prepared.check_result()
    assert measured(prepared, Quantity.LATENCY).verdict is Verdict.WRONG_RESULT


def test_a_page_walk_visits_one_line_a_page(gpu):
    prepared = cuda_chase.pages(7, 64 * KIB * 2, 3, gpu)
    assert prepared.check_result() == ""
    assert prepared.notes["page_bytes"] == 128 * KIB


def test_a_large_ring_goes_on_where_it_stopped(gpu):
    prepared = cuda_chase.ladder(("l2", 128 * KIB), 1, gpu)
    starts = []
    honest = gpu.programs["chase_l2"]

    def watched(fake, launch, values):
        starts.append(values[1])
        return honest(fake, launch, values)

    gpu.programs["chase_l2"] = watched
    for _ in range(4):
        prepared.sample(3)
    assert len(set(starts)) == 4


def test_near_and_far_lines_show_as_two_modes(gpu):
    def run(fake, launch, values):
        _, first, _, trips, last, _, _, alone = values
        assert launch.grid == fake.facts.sm_count
        fake.view(last + 16 * alone, 2, np.uint64)[:] = first
        far = (first // 128 + alone) % 2
        return 0, trips * 32 * (414 if far else 258)

    gpu.programs["chase_l2"] = run
    prepared = cuda_chase.distance(512, 7, gpu)
    found = measured(prepared, Quantity.LATENCY)
    assert "two modes" in found.reason
    cycles = sorted({round(s.time_s * gpu.clock_hz) for s in found.samples})
    assert cycles == [258, 414]


def stream(gpu, launch, values):
    """What the bandwidth kernels leave behind, whatever the direction."""
    _, a, b, c, tiles, passes, factor, total = values
    count = tiles * gpu.tile_words
    x = gpu.view(a, count, np.uint32) if a else None
    if not c:
        # The kernel adds up with atomics, modulo 2**32.
        gpu.view(total, 1, np.uint32)[0] += np.uint32(int(x.sum(dtype=np.uint64)) % 2**32)
    else:
        out = gpu.view(c, count, np.uint32)
        out[:] = factor if x is None else x
        if b:
            out += np.uint32(factor) * gpu.view(b, count, np.uint32)
    return 0, passes * tiles * 1000


@pytest.fixture
def streams(gpu, monkeypatch):
    monkeypatch.setattr(cuda_streams, "FOOTPRINT_OF_L2", 0)
    monkeypatch.setattr(cuda_streams, "SAMPLED_WORDS", 1 << 10)
    gpu.tile_words = 256 * 4 * 2
    for level in ("dram", "l2"):
        for direction in DIRECTIONS:
            gpu.programs[f"bandwidth_{level}_{direction}_2"] = stream
    return gpu


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_streams_count_each_byte_once_and_check_what_they_wrote(streams, direction):
    prepared = cuda_streams.device_wide("l2", direction, 2, 1, 5, streams)
    arrays = sum(DIRECTIONS[direction])
    assert prepared.bytes_moved == arrays * prepared.notes["array_bytes"]
    assert prepared.check_code().ok
    assert prepared.check_result() == ""


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_lost_word_is_found(streams, direction):
    prepared = cuda_streams.device_wide("l2", direction, 2, 1, 5, streams)

    def broken(gpu, launch, values):
        cycles = stream(gpu, launch, values)
        target = values[3] or values[7]
        gpu.view(target, 1, np.uint32)[0] ^= np.uint32(4)
        return cycles

    streams.programs[f"bandwidth_l2_{direction}_2"] = broken
    assert prepared.check_result() != ""


def test_the_pattern_has_a_closed_sum():
    words = cuda_streams.pattern(0, 1000, 77)
    assert int(words.sum(dtype=np.uint64)) % 2**32 == cuda_streams.pattern_sum(1000, 77)
    assert len(set(words.tolist())) == 1000


def test_clocks_that_disagree_discard_the_sample(gpu):
    prepared = cuda_chase.ladder(("l1", 8 * KIB), 1, gpu)
    gpu.event_factor = 1.5
    assert prepared.sample(5000).discarded == "clocks-disagree"


def test_a_clock_on_its_way_elsewhere_discards_the_sample(gpu):
    prepared = cuda_chase.ladder(("l1", 8 * KIB), 1, gpu)
    for _ in range(8):
        assert prepared.sample(5000).discarded == ""
    gpu.clock_hz *= 0.9
    assert prepared.sample(5000).discarded == "clock-shift"


def test_a_clock_that_power_limits_may_move(gpu, monkeypatch):
    """Samples of a load at the power limit stay, whatever its clock does meanwhile."""
    monkeypatch.setattr(
        "microbench.kernels.cuda_sampling.watching",
        lambda _uuid: Readings({"software-power-cap"}),
    )
    prepared = cuda_chase.ladder(("l1", 8 * KIB), 1, gpu)
    for _ in range(8):
        assert prepared.sample(5000).discarded == ""
    gpu.clock_hz *= 0.9
    assert prepared.sample(5000).discarded == ""
    assert prepared.notes["power_limited"] == "yes"


class Readings:
    """Telemetry that always saw the same."""

    def __init__(self, reasons=frozenset(), pids=(), clock_hz=1.5e9):
        from microbench.devices.telemetry import Reading

        self.one = Reading(0.0, clock_hz, 2e9, 650.0, 60.0, frozenset(reasons), tuple(pids))

    def between(self, _start, _end):
        return (self.one,)


@pytest.mark.parametrize(
    ("readings", "discarded", "note"),
    [
        (Readings({"hardware-thermal"}), "throttled", ""),
        (Readings({"software-power-cap"}), "", "power_limited"),
        (Readings(pids=(4711,)), "other-process", ""),
        (Readings(clock_hz=1.2e9), "", "clock_remark"),
    ],
)
def test_what_the_driver_says_decides(gpu, monkeypatch, readings, discarded, note):
    monkeypatch.setattr("microbench.kernels.cuda_sampling.watching", lambda _uuid: readings)
    prepared = cuda_chase.ladder(("l1", 8 * KIB), 1, gpu)
    assert prepared.sample(5000).discarded == discarded
    assert not note or note in prepared.notes
    assert prepared.notes["power_w"] == 650.0


def test_disturbed_samples_never_end_empty(gpu, monkeypatch):
    """Every sample throttled: an upper bound and a noisy verdict, not silence."""
    monkeypatch.setattr(
        "microbench.kernels.cuda_sampling.watching",
        lambda _uuid: Readings({"hardware-thermal"}),
    )
    found = measured(cuda_chase.ladder(("l1", 8 * KIB), 1, gpu), Quantity.LATENCY)
    assert found.value is not None
    assert found.kept_fraction == 0
    assert "upper bound" in found.reason


def test_bytes_in_flight_are_those_of_blocks_that_run_at_once(gpu):
    """Eight blocks are asked for; a triad of 40 registers a thread leaves room for six."""
    notes = cuda_streams.device_wide("l2", "triad", 4, 8, 0, gpu).notes
    assert notes["registers"] == 40
    assert notes["grid"] == 6 * gpu.facts.sm_count
    assert notes["resident_warps_per_sm"] == 48
    assert notes["bytes_in_flight_per_sm"] == 6 * 256 * 16 * 4 * 2


def test_the_map_of_l2_loads_the_line_and_sm_of_its_point(gpu):
    seen = set()

    def run(fake, launch, values):
        _, first, _, trips, last, _, _, alone = values
        seen.add(((first - base) // 128, alone))
        fake.view(last + 16 * alone, 2, np.uint64)[:] = first
        return 0, trips * 32 * 258

    gpu.programs["chase_l2"] = run
    base = -(-gpu.used // 256) * 256
    prepared = cuda_chase.distance(512, 7, gpu, pair=(3, 17))
    assert prepared.check_result() == ""
    for _ in range(3):
        prepared.sample(2)
    assert seen == {(17, 3)}


def test_the_map_of_l2_is_measured_only_when_asked_for():
    spec = catalogue.find("H200-SXM")
    assert gpu_latency.MAP not in {one.name for one in suites.select(kind=DeviceKind.GPU)}
    (found,) = suites.select([gpu_latency.MAP], kind=DeviceKind.GPU)
    points = found.points(spec, Effort.THOROUGH)
    assert {point["block"] for point in points} == set(range(132))
    assert len({point["line"] for point in points}) == 8
    assert found.points(catalogue.find("MI300X"), Effort.THOROUGH) == ()


def test_a_single_block_says_where_it_ran():
    words = np.zeros((4, 6), np.uint64)
    words[2] = (100, 100, 300, 50, 1050, 71)
    assert read_stamps(words).alone_on == 71
    words[3] = words[2]
    assert read_stamps(words).alone_on is None
