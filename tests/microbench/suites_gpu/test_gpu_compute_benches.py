"""Tensor cores, arithmetic, clusters, copies, atomics and launches on a GPU made of Python."""

from __future__ import annotations

import re

import numpy as np
import pytest

from microbench.benchmark import Effort, Point, Quantity, Verdict
from microbench.formats import NumberFormat
from microbench.kernels import (
    cuda_arithmetic,
    cuda_atomics,
    cuda_clusters,
    cuda_copies,
    cuda_launches,
    cuda_tensor,
)
from microbench.kernels.cuda import alu, mma, tcgen05, wgmma
from microbench.kernels.cuda_kernel import find_kernel
from microbench.protocol.measure import measure


def bf16(words):
    """The two bf16 values of each word, low half first."""
    return (words.view(np.uint16).astype(np.uint32) << 16).view(np.float32).astype(float)


def warp_product(a_words, b_words):
    """A x B of mma.m16n8k16 by the formulas of the PTX ISA, element by element."""
    a, b = np.zeros((16, 16)), np.zeros((16, 8))
    for lane in range(32):
        group, thread = lane >> 2, lane % 4
        values = bf16(a_words[lane])
        for i in range(8):
            row = group if i < 2 or 4 <= i < 6 else group + 8
            a[row, thread * 2 + (i & 1) + (0 if i < 4 else 8)] = values[i]
        values = bf16(b_words[lane])
        for i in range(4):
            b[thread * 2 + (i & 1) + (0 if i < 2 else 8), group] = values[i]
    return a @ b


def mma_program(chains, times, warps):
    def run(gpu, launch, values):
        _, trips, a, b, meta, _, out = values
        assert int(gpu.view(meta, 32, np.uint32)[0]) == 0x44444444
        sets = mma.SETS if chains > 1 else 1
        left_words = gpu.view(a, sets * 128, np.uint32).reshape(sets, 32, 4)
        right_words = gpu.view(b, sets * 64, np.uint32).reshape(sets, 32, 2)
        # Chain after chain meets pair after pair: with as many of both, each has its own.
        products = list(map(warp_product, left_words, right_words))
        left = gpu.view(out, 32 * chains * 4, np.float32).reshape(32, chains, 4)
        for lane in range(32):
            group, thread = lane >> 2, lane % 4
            for i in range(4):
                place = group + 8 * (i // 2), thread * 2 + (i & 1)
                for chain in range(chains):
                    left[lane, chain, i] = trips * times * products[chain][place]
        return 16 * 33 * trips, 48 * 33 * trips

    return run


def test_mma_latency_is_the_slope_and_sums_are_checked(gpu):
    gpu.programs["mma_latency_bf16_m16n8k16"] = mma_program(1, 64, 1)
    prepared = cuda_tensor.mma_bench("bf16_m16n8k16", 1, 1, "normal", 7, True, gpu)
    assert prepared.check_result() == ""
    found = prepared.sample(100)
    assert found.time_s * gpu.clock_hz / 100 / prepared.operations == pytest.approx(33, 1e-4)


def test_mma_rate_counts_every_warp_of_every_multiprocessor(gpu):
    gpu.programs["mma_throughput_bf16_m16n8k16_4"] = mma_program(4, 16, 8)
    prepared = cuda_tensor.mma_bench("bf16_m16n8k16", 4, 8, "zeros", 7, False, gpu)
    assert prepared.work_flop == 2 * 16 * 8 * 16 * 64 * 8 * gpu.facts.sm_count
    assert prepared.check_result() == ""
    seen = []
    gpu.programs["mma_throughput_bf16_m16n8k16_4"] = lambda fake, launch, values: (
        seen.append(fake.view(values[2], 128, np.uint32).any()) or (0, 10**6)
    )
    prepared.sample(1)
    assert seen == [False], "the operands asked for are in place once the result was checked"


def test_one_missing_product_is_a_wrong_result(gpu):
    gpu.programs["mma_throughput_bf16_m16n8k16_4"] = mma_program(4, 15, 8)
    prepared = cuda_tensor.mma_bench("bf16_m16n8k16", 4, 8, "normal", 7, False, gpu)
    found = measure(Point("gpu.test"), Quantity.THROUGHPUT, prepared, Effort.QUICK, 5.0)
    assert found.verdict is Verdict.WRONG_RESULT
    assert found.value is None
    assert "float64 products" in found.reason


def test_wgmma_reads_shared_memory_as_the_descriptor_says(gpu):
    """The fake decodes A and B from core matrices of 8 rows by 16 bytes."""

    def offset(row, column, rows):
        byte = 2 * column
        return byte // 16 * rows * 16 + row // 8 * 128 + row % 8 * 16 + byte % 16

    def run(fake, launch, values):
        _, trips, tiles, _, _, out = values
        product = np.zeros((64, 64))
        for pair in range(wgmma.SETS):
            first = tiles + pair * (64 * 32 + 64 * 32)
            data = fake.memory[first : first + 64 * 32 + 64 * 32].view(np.uint16)
            a, b = (
                np.array([[data[at + offset(r, c, 64) // 2] for c in range(16)] for r in range(64)])
                for at in (0, 1024)
            )
            left, right = (
                (x.astype(np.uint32) << 16).view(np.float32).astype(float) for x in (a, b)
            )
            product += left @ right.T / wgmma.SETS
        sums = fake.view(out, 128 * 32, np.float32).reshape(128, 32)
        for thread in range(128):
            warp, lane = divmod(thread, 32)
            for i in range(32):
                row = 16 * warp + lane // 4 + (8 if i % 4 >= 2 else 0)
                column = i // 4 * 8 + lane % 4 * 2 + i % 2
                sums[thread, i] = trips * wgmma.BODIES[64] * product[row, column]
        return 0, trips * 16 * 32

    gpu.programs["wgmma_throughput_bf16_n64_ss"] = run
    prepared = cuda_tensor.wgmma_bench("bf16", 64, "ss", False, 2, "normal", 3, False, gpu)
    assert prepared.check_result() == ""
    assert prepared.check_code().ok
    assert prepared.work_flop == 2 * 64 * 64 * 16 * 16 * 2 * gpu.facts.sm_count


@pytest.mark.parametrize(("columns", "pattern"), [(64, "dense"), (256, "pair")])
def test_tcgen05_reads_shared_memory_as_the_descriptor_says(blackwell, columns, pattern):
    """The fake decodes bf16 core matrices; of a pair each block holds half of A and of B."""
    gpu = blackwell
    blocks, sets = (2 if pattern == "pair" else 1), tcgen05.SETS
    held = columns // blocks

    def matrix(words, rows):
        row, column = np.meshgrid(np.arange(rows), np.arange(16), indexing="ij")
        byte = 2 * column
        at = byte // 16 * rows * 16 + row // 8 * 128 + row % 8 * 16 + byte % 16
        return (words[at // 2].astype(np.uint32) << 16).view(np.float32).astype(float)

    def run(fake, launch, values):
        _, trips, tiles, _, out = values
        assert launch.cluster == blocks
        size = 32 * (128 + held)
        total = np.zeros((128 * blocks, columns))
        for pair in range(sets):
            parts = [
                fake.view(tiles + (rank * sets + pair) * size, size // 2, np.uint16)
                for rank in range(blocks)
            ]
            a = np.concatenate([matrix(words[: 128 * 16], 128) for words in parts])
            b = np.concatenate([matrix(words[128 * 16 :], held) for words in parts])
            times = trips * tcgen05.BODY // sets + (pair == 0)
            total += times * (a @ b.T)
        fake.view(out, total.size, np.float32)[:] = total.reshape(-1)
        return 0, trips * 1000

    family = "throughput" if pattern == "dense" else f"throughput_{pattern}"
    gpu.programs[f"tcgen05_{family}_bf16_n{columns}"] = run
    prepared = cuda_tensor.tcgen05_bench("bf16", columns, pattern, "normal", 3, gpu=gpu)
    assert prepared.check_result() == ""
    assert prepared.check_code().ok
    assert prepared.work_flop == 2 * 128 * columns * 16 * 16 * gpu.facts.sm_count


def test_an_emulated_product_is_reported_as_emulated(gpu):
    gpu.programs["mma_throughput_fp8_e4m3_m16n8k32_4"] = lambda g, launch, v: (0, v[1] * 4000)
    prepared = cuda_tensor.mma_bench("fp8_e4m3_m16n8k32", 4, 8, "normal", 1, False, gpu)
    found = measure(Point("gpu.test"), Quantity.THROUGHPUT, prepared, Effort.QUICK, 5.0)
    assert found.verdict is Verdict.EMULATED
    assert found.code.signature.startswith("emulated by")


@pytest.mark.parametrize("shape", mma.SHAPES, ids=lambda one: one.name)
def test_operands_are_exact_in_their_format(shape):
    from microbench.kernels.cuda_fragments import decode, encode, simple_values

    values = simple_values((shape.m, shape.k), shape.number_format, 5)
    assert (decode(encode(values, shape.number_format), shape.number_format) == values).all()


def test_operands_of_unknown_kind_are_named():
    from microbench.errors import InputError

    with pytest.raises(InputError, match="zeros or ones"):
        cuda_tensor.make_operands(16, 8, 16, NumberFormat.BF16, False, "twos", 0)


def test_pairs_differ_unless_they_are_to_be_still():
    def make(kind, seed):
        return cuda_tensor.make_operands(16, 8, 16, NumberFormat.BF16, False, kind, seed)

    drawn = cuda_tensor.make_sets(make, 4, "normal", 3)
    assert len({pair.a.tobytes() for pair in drawn} | {pair.b.tobytes() for pair in drawn}) == 8
    still = cuda_tensor.make_sets(make, 4, "still", 3)
    assert len({pair.a.tobytes() for pair in still}) == 1
    assert (make("ones", 3).product == 16).all()


@pytest.mark.parametrize("shape", mma.SHAPES, ids=lambda one: one.name)
def test_pairs_take_turns_as_the_assembly_says(shape):
    """The registers of every statement: no pair twice in a row, each chain and pair as counted."""
    in_a, in_b, in_c = shape.parts
    for chains in shape.chains:
        sets = mma.sets_of(shape, latency=False)
        text = mma.wrapper(shape, chains, False, sets)
        body = text.split("#else", 1)[1]
        found = [
            tuple(int(number) for number in groups)
            for groups in re.findall(r" \{%(\d+)[^}]*\}, \{%(\d+)[^}]*\}, \{%(\d+)", body)
        ]
        assert len(found) == mma.BODY
        counted = [[0] * sets for _ in range(chains)]
        before = None
        for c, a, b in found:
            chain, pair = c // in_c, (a - chains * in_c) // (in_a + in_b)
            assert b == a + in_a
            assert pair != before
            counted[chain][pair], before = counted[chain][pair] + 1, pair
        assert tuple(map(tuple, counted)) == mma.turns(chains, mma.BODY, sets)


def arithmetic_program(name, steps):
    def run(gpu, launch, values):
        _, trips, source, out = values
        operation = next(one for one in alu.OPERATIONS if one.name == name)
        start = cuda_arithmetic.operands(operation, 32 * 3, 11)
        found = np.zeros_like(start)
        gpu.download(source, found)
        assert (found == start).all()
        step = cuda_arithmetic.reference_step(name)
        x, a, b = start[:32], start[-64:-32], start[-32:]
        with np.errstate(over="ignore"):
            for _ in range(trips * steps):
                x = step(x, a, b).astype(start.dtype)
        gpu.upload(out, x)
        return 32 * 4 * trips, 96 * 4 * trips

    return run


@pytest.mark.parametrize(
    "name", ["fp32_fma", "fp64_fma", "fp32_add", "int32_mad", "int32_lop3", "dpx_vimax3_s32"]
)
def test_a_chain_of_four_cycles_reads_four_cycles(gpu, name):
    gpu.programs[f"alu_latency_{name}"] = arithmetic_program(name, 128)
    prepared = cuda_arithmetic.latency(name, 1, 11, gpu)
    assert prepared.check_result() == ""
    found = prepared.sample(1000)
    assert found.time_s * gpu.clock_hz / 1000 / prepared.operations == pytest.approx(4.0, 1e-4)


def test_a_chain_that_was_cut_short_is_a_wrong_result(gpu):
    gpu.programs["alu_latency_int32_mad"] = arithmetic_program("int32_mad", 127)
    assert "steps of int32_mad" in cuda_arithmetic.latency("int32_mad", 1, 11, gpu).check_result()


def test_dsm_chase_ends_where_the_ring_says(gpu):
    def run(fake, launch, values):
        _, ring, _, target, _, trips, result = values
        assert launch.cluster == 4
        assert target == 1
        node = 0
        for _ in range(trips * 32):
            node = int(fake.view(ring + 4 * node, 1, np.uint32)[0])
        fake.view(result, 1, np.uint32)[0] = 4 * node
        return 0, trips * 32 * 200

    gpu.programs["cluster_dsm_latency"] = run
    prepared = cuda_clusters.latency(4, 1, 3, gpu)
    assert prepared.check_result() == ""
    found = prepared.sample(40)
    assert found.time_s * gpu.clock_hz / 40 / 32 == pytest.approx(200, 1e-4)


def test_dsm_reads_are_summed(gpu):
    def run(fake, launch, values):
        _, source, words, _, _, trips, total = values
        one = int(fake.view(source, words, np.uint32).sum(dtype=np.uint64))
        fake.view(total, 1, np.uint32)[0] = launch.grid * trips * one % 2**32
        return 0, trips * 1000

    gpu.programs["cluster_dsm_read_4"] = run
    prepared = cuda_clusters.bandwidth(2, 4, 3, gpu)
    assert prepared.check_result() == ""
    assert prepared.bytes_moved == 4 * (64 << 10)


@pytest.mark.parametrize("kind", ["groups", "bulk"])
def test_copies_are_checked_by_the_last_bytes_they_brought(gpu, kind):
    stages, copy_bytes = 2, 4096

    def run(fake, launch, values):
        _, source, slice_bytes, size, _, trips, sums = values[:7]
        for block in range(launch.grid):
            total = 0
            for copy in range((trips - 1) * stages, trips * stages):
                at = source + block * slice_bytes + copy * size % slice_bytes
                total += int(fake.view(at, size // 4, np.uint32).sum(dtype=np.uint64))
            fake.view(sums, launch.grid, np.uint32)[block] = total % 2**32
        return 0, trips * 1000

    gpu.programs[f"copy_{kind}_stages_2"] = lambda f, launch, v: run(f, launch, v)
    prepared = cuda_copies.copies(kind, stages, copy_bytes, "l2", 9, False, gpu)
    assert prepared.check_result() == ""
    assert prepared.bytes_moved == gpu.facts.sm_count * stages * copy_bytes


def test_atomic_sums_are_counted(gpu):
    def run(fake, launch, values):
        _, trips, cells, _, _ = values
        fake.view(cells, 1, np.uint32)[0] += np.uint32(trips * 32 * launch.grid * launch.block)
        return 0, trips * 1000

    gpu.programs["atomic_throughput_global_add"] = run
    assert cuda_atomics.throughput("global", 0, gpu).check_result() == ""
    gpu.programs["atomic_throughput_global_add"] = lambda *_: (0, 1000)
    assert "sums, not" in cuda_atomics.throughput("global", 0, gpu).check_result()


def test_launches_are_divided_by_their_number(gpu):
    gpu.programs["launch_kernels_empty"] = lambda *_: (0, 0)
    ticks = iter(range(100))
    prepared = cuda_launches.empty_kernels("graph", gpu, now=lambda: float(next(ticks)))
    assert prepared.operations == 200
    assert prepared.sample(3).time_s == 1.0
    assert gpu.launches.count("launch_kernels_empty") == 600
    assert prepared.check_code().ok


def test_a_grid_barrier_that_lost_a_block_is_found(gpu):
    gpu.programs["launch_kernels_grid_barrier"] = lambda g, launch, v: (0, v[1] * 2000)
    assert "arrivals" in cuda_launches.grid_barrier(1, gpu).check_result()


def test_kernels_used_here_are_declared():
    assert find_kernel("support.memory.gate").entry == "support_memory_gate"


def test_no_more_clusters_are_started_than_run_at_once(gpu):
    """Four SMs hold two clusters of two, but a driver may say that their groups hold only one."""
    assert cuda_clusters.bandwidth(2, 4, 3, gpu).notes["clusters"] == 2
    gpu.clusters = 1
    prepared = cuda_clusters.bandwidth(2, 4, 3, gpu)
    assert prepared.notes["clusters"] == 1
    assert prepared.notes["grid"] == 2
    assert prepared.bytes_moved == 2 * cuda_clusters.SLICE_BYTES
