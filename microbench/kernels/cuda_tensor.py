"""Tensor-core kernels on a GPU: operands in place, and the product every sum must hold.

Before timing, operands that every format holds exactly are multiplied and the sums compared with a
float64 product, element by element. Then the operands asked for are put in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from microbench.benchmark import AxisValue, Prepared
from microbench.errors import InputError
from microbench.formats import NumberFormat
from microbench.kernels import cuda_fragments as fragments
from microbench.kernels.cuda import mma, tcgen05, wgmma
from microbench.kernels.cuda_device import U32, U64, Argument, Gpu, Launch, fresh_gpu
from microbench.kernels.cuda_kernel import find_kernel
from microbench.kernels.cuda_sampling import Basis, KernelBench, upload_new

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

GROUP = 128
CONSTANTS = {"zeros": 0.0, "ones": 1.0}
STILL = "still"
"""Random operands, but the same for each product: what a loop over one pair of fragments reads."""
EMULATION_STEP = 0x01010101
"""Added to A before each emulated product, so that no two are equal."""


@dataclass(frozen=True, slots=True)
class Operands:
    """Codes of A (as stored: half of it when sparse) and of B, and their float64 product."""

    a: Array
    b: Array
    product: Array


Pairs = tuple[Operands, ...]
"""Pairs of A and B that take turns in a loop."""


def make_operands(
    m: int, n: int, k: int, number_format: NumberFormat, sparse: bool, kind: str, seed: int
) -> Operands:
    """Return operands: ``simple`` or ``units`` (sums exact), ``normal``, ``zeros`` or ``ones``."""
    import numpy as np

    shape_a, shape_b = (m, k // 2 if sparse else k), (k, n)
    if kind in CONSTANTS:
        values = np.full(shape_a, CONSTANTS[kind]), np.full(shape_b, CONSTANTS[kind])
    else:
        draw = {
            "simple": fragments.simple_values,
            "units": lambda size, _form, seed: fragments.unit_values(size, seed),
            "normal": fragments.normal_values,
        }.get(kind)
        if draw is None:
            raise InputError(f"operands {kind!r}: normal, still, zeros or ones are known")
        values = draw(shape_a, number_format, seed), draw(shape_b, number_format, seed + 1)
    a, b = (fragments.encode(value, number_format) for value in values)
    left = fragments.decode(a, number_format)
    whole = fragments.expand_sparse(left, number_format) if sparse else left
    return Operands(a, b, whole @ fragments.decode(b, number_format))


def make_sets(make: Callable[[str, int], Operands], count: int, kind: str, seed: int) -> Pairs:
    """Return the pairs that take turns: drawn one by one, or one for all (``still``)."""
    if kind == STILL:
        return (make("normal", seed),) * count
    return tuple(make(kind, seed + 2 * number) for number in range(count))


def mma_fragments(shape: mma.Shape, operands: Operands) -> tuple[Array, Array]:
    """Return the words each lane loads for A and for B (lanes x parts)."""
    in_a, in_b, _ = shape.parts
    bits = 8 if shape.in_bytes else fragments.bits_of(shape.number_format)
    per_part = 1 if bits == 64 else 32 // bits
    depth = shape.k // 2 if shape.sparse else shape.k
    a = operands.a[fragments.a_places(in_a, per_part, depth)]
    b = operands.b[fragments.b_places(in_b, per_part, shape.k)]
    if shape.in_bytes:
        a, b = (fragments.in_bytes(codes, shape.number_format) for codes in (a, b))
    return _words(a, bits), _words(b, bits)


def mma_sums(shape: mma.Shape, words: Array) -> Array:
    """Return the m x n sums from the words each lane left (lanes x parts), in float64."""
    import numpy as np

    values = _sum_values(words, shape.acc, packed=shape.acc == "r" and _half_sum(shape))
    place = fragments.c_places(values.shape[1], values.shape[2])
    sums = np.full((shape.m, shape.n), np.nan)
    sums[place] = values
    return sums


def group_sums(form: wgmma.Format, columns: int, words: Array) -> Array:
    """Return the 64 x N sums from the words each of 128 threads left."""
    import numpy as np

    values = _sum_values(words, form.letter, packed=form.name == "fp16acc")
    sums = np.full((wgmma.ROWS, columns), np.nan)
    sums[fragments.group_places(values.shape[1], values.shape[2])] = values
    return sums


def total(pairs: Pairs, times: Sequence[int]) -> Array:
    """Return the float64 sum of each pair's product as often as it was multiplied."""
    import numpy as np

    products = np.stack([pair.product for pair in pairs])
    found: Array = np.tensordot(np.asarray(times, np.float64), products, 1)
    return found


def compare(sums: Array, expected: Array) -> str:
    """Return "" when every sum is as expected, else the first that is not."""
    import numpy as np

    wrong = np.argwhere(~(np.abs(sums - expected) <= 1e-6 * np.abs(expected) + 1e-9))
    if wrong.size:
        row, column = (int(index) for index in wrong[0])
        return (
            f"sum ({row}, {column}) is {sums[row, column]:g}, the float64 products add up to "
            f"{expected[row, column]:g}; {len(wrong)} of {sums.size} are wrong"
        )
    return ""


def mma_bench(
    name: str,
    chains: int,
    warps: int,
    kind: str,
    seed: int,
    latency: bool = False,
    gpu: Gpu | None = None,
    settle_s: float = 0.0,
) -> Prepared:
    """Return one warp in a chain (latency), or ``warps`` on every SM in ``chains`` each."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    shape = next(one for one in mma.SHAPES if one.name == name)
    kernel = find_kernel(f"mma.latency.{name}" if latency else f"mma.throughput.{name}_{chains}")
    blocks = 1 if latency else gpu.facts.sm_count
    in_c = shape.parts[2]

    sets = mma.sets_of(shape, latency)

    def make(draw: str, seed: int) -> Operands:
        return make_operands(
            shape.m, shape.n, shape.k, shape.number_format, shape.sparse, draw, seed
        )

    def load(draw: str) -> tuple[Pairs, Array, Array]:
        made = make_sets(make, sets, draw, seed)
        left, right = zip(*(mma_fragments(shape, one) for one in made), strict=True)
        return made, np.stack(left), np.stack(right)

    exact, a_words, b_words = load("units" if _half_sum(shape) else "simple")
    a, b = upload_new(gpu, a_words), upload_new(gpu, b_words)
    meta = upload_new(gpu, np.full(32, shape.scales or fragments.SPARSE_INDICES, np.uint32))
    # One element more: the short loop of a latency kernel leaves its sum there.
    word = np.uint64 if shape.acc == "d" else np.uint32
    out = gpu.allocate((blocks * 32 * warps * chains * in_c + 1) * np.dtype(word).itemsize)

    def arguments(trips: int) -> Sequence[Argument]:
        return [
            (trips, U32),
            (a, U64),
            (b, U64),
            (meta, U64),
            (EMULATION_STEP, U32),
            (out, U64),
        ]

    bench = KernelBench(
        gpu,
        kernel,
        Launch(blocks, 32 * warps),
        arguments,
        Basis.SLOPE if latency else Basis.TIMER,
        notes=_notes(shape.number_format, kind, shape.sparse),
    )

    def check() -> str:
        problem = ""
        if bench.arch not in shape.emulated_on:
            bench.run(1)
            found = np.zeros((32, chains, in_c), word)
            gpu.download(out, found)
            times = mma.turns(chains, sum(kernel.operations), sets)
            for chain in {0, chains - 1}:
                sums = mma_sums(shape, found[:, chain])
                problem = problem or compare(sums, total(exact, times[chain]))
        _, a_timed, b_timed = load(kind)
        gpu.upload(a, a_timed)
        gpu.upload(b, b_timed)
        return problem

    if latency:
        return bench.prepared(kernel.operations[1] - kernel.operations[0], check_result=check)
    work = kernel.flop_per_operation * kernel.operations[0] * warps * blocks
    return _loaded(bench, work, check, settle_s)


def wgmma_bench(
    name: str,
    columns: int,
    source: str,
    sparse: bool,
    groups: int,
    kind: str,
    seed: int,
    latency: bool = False,
    gpu: Gpu | None = None,
    settle_s: float = 0.0,
) -> Prepared:
    """Return one warpgroup that waits each time (latency), or ``groups`` on every SM."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    form = next(one for one in wgmma.FORMATS if one.name == name)
    family = f"{'latency' if latency else 'throughput'}{'_sparse' if sparse else ''}"
    kernel = find_kernel(f"wgmma.{family}.{name}_n{columns}_{source}")
    blocks = 1 if latency else gpu.facts.sm_count
    depth = wgmma.depth(form.number_format, sparse)
    in_c = wgmma.accumulators(form, columns)

    sets = wgmma.sets_of(columns, sparse, latency)

    def make(draw: str, seed: int) -> Operands:
        return make_operands(wgmma.ROWS, columns, depth, form.number_format, sparse, draw, seed)

    def load(draw: str) -> tuple[Pairs, Array, Array]:
        made = make_sets(make, sets, draw, seed)
        loaded = [group_operands(form.number_format, one) for one in made]
        shared, held = zip(*loaded, strict=True)
        return made, np.stack(shared), np.stack(held)

    exact, tile_bytes, a_words = load("units" if name == "fp16acc" else "simple")
    tiles, a = upload_new(gpu, tile_bytes), upload_new(gpu, a_words)
    meta = upload_new(gpu, np.full(GROUP, fragments.SPARSE_INDICES, np.uint32))
    out = gpu.allocate(blocks * GROUP * groups * in_c * 4)

    def arguments(trips: int) -> Sequence[Argument]:
        return [(trips, U32), (tiles, U64), (a, U64), (meta, U64), (out, U64)]

    bench = KernelBench(
        gpu,
        kernel,
        Launch(blocks, GROUP * groups),
        arguments,
        Basis.SLOPE if latency else Basis.TIMER,
        notes=_notes(form.number_format, kind, sparse),
    )

    def check() -> str:
        bench.run(1)
        found = np.zeros((GROUP, in_c), np.uint32)
        gpu.download(out, found)
        times = [sum(kernel.operations) // sets] * sets
        problem = compare(group_sums(form, columns, found), total(exact, times))
        _, tile_timed, a_timed = load(kind)
        gpu.upload(tiles, tile_timed)
        gpu.upload(a, a_timed)
        return problem

    if latency:
        return bench.prepared(kernel.operations[1] - kernel.operations[0], check_result=check)
    work = kernel.flop_per_operation * kernel.operations[0] * groups * blocks
    return _loaded(bench, work, check, settle_s)


def group_operands(number_format: NumberFormat, operands: Operands) -> tuple[Array, Array]:
    """Return A and B as shared memory holds them, and A as 128 threads hold it in registers."""
    import numpy as np

    bits = fragments.bits_of(number_format)
    a, b = operands.a, operands.b
    tile = np.concatenate([fragments.core_matrices(a, bits), fragments.core_matrices(b.T, bits)])
    row, column = fragments.a_places(4, 32 // bits, a.shape[1])
    warps = [a[row + 16 * warp, column] for warp in range(4)]
    return tile, _words(np.concatenate(warps), bits)


def tcgen05_tiles(form: tcgen05.Format, operands: Operands, blocks: int) -> list[Array]:
    """Return A and B as each block of a pair (or the only one) holds them in shared memory."""
    import numpy as np

    bits = fragments.bits_of(form.number_format)
    pack = fragments.pack_sixteens if form.in_bytes and bits < 8 else fragments.pack_bytes
    halves = [np.split(codes, blocks) for codes in (operands.a, operands.b.T)]
    return [
        np.concatenate([fragments.core_bytes(pack(codes, bits)) for codes in own])
        for own in zip(*halves, strict=True)
    ]


def tcgen05_bench(
    name: str,
    columns: int,
    pattern: str,
    kind: str,
    seed: int,
    latency: bool = False,
    gpu: Gpu | None = None,
    settle_s: float = 0.0,
) -> Prepared:
    """Return one block that awaits each product (latency), or one on every SM, or pairs of them."""
    import numpy as np

    gpu = gpu or fresh_gpu()
    form = next(one for one in tcgen05.FORMATS if one.name == name)
    family = "latency" if latency else f"throughput{'' if pattern == 'dense' else f'_{pattern}'}"
    kernel = find_kernel(f"tcgen05.{family}.{name}_n{columns}")
    cluster = 2 if pattern == tcgen05.PAIR else 1
    sparse = pattern == tcgen05.SPARSE
    blocks = 1 if latency else gpu.facts.sm_count // cluster * cluster
    sets, rows = tcgen05.sets_of(columns, pattern, latency), cluster * tcgen05.ROWS
    depth = tcgen05.depth(form, pattern)

    def make(draw: str, seed: int) -> Operands:
        return make_operands(rows, columns, depth, form.number_format, sparse, draw, seed)

    def load(draw: str) -> tuple[Pairs, Array]:
        made = make_sets(make, sets, draw, seed)
        tiles = [tcgen05_tiles(form, one, cluster) for one in made]
        return made, np.concatenate([tile[rank] for rank in range(cluster) for tile in tiles])

    exact, tile = load("simple")
    tiles = upload_new(gpu, tile)
    out = gpu.allocate(blocks * tcgen05.ROWS * columns * 4)
    word = form.scale_word or fragments.SPARSE_INDICES

    def arguments(trips: int) -> Sequence[Argument]:
        return [(trips, U32), (tiles, U64), (word, U32), (out, U64)]

    bench = KernelBench(
        gpu,
        kernel,
        Launch(blocks, GROUP, cluster=cluster),
        arguments,
        Basis.SLOPE if latency else Basis.TIMER,
        notes=_notes(form.number_format, kind, sparse),
    )

    def check() -> str:
        bench.run(1)
        found = np.zeros((rows, columns), np.uint32)
        gpu.download(out, found)
        sums = _sum_values(found, "r" if form.c_code == 2 else "f", packed=False)[..., 0]
        times = tcgen05.turns(sum(kernel.operations), sets)
        problem = compare(sums, total(exact, times))
        gpu.upload(tiles, load(kind)[1])
        return problem

    if latency:
        return bench.prepared(kernel.operations[1] - kernel.operations[0], check_result=check)
    work = kernel.flop_per_operation * kernel.operations[0] * blocks // cluster
    return _loaded(bench, work, check, settle_s)


def _loaded(
    bench: KernelBench, work_flop: float, check: Callable[[], str], settle_s: float
) -> Prepared:
    """Power limits tensor loads, so the clock wanders: one per cent is asked for."""
    return bench.prepared(
        work_flop=work_flop, check_result=check, relative_half_width=0.01, settle_s=settle_s
    )


def _notes(number_format: NumberFormat, kind: str, sparse: bool) -> dict[str, AxisValue]:
    return {
        "number_format": number_format.value,
        "operands": kind,
        "pattern": "sparse 2:4, products counted as written" if sparse else "dense",
    }


def _words(codes: Array, bits: int) -> Array:
    """Return element codes (threads x parts x elements) as one word a part."""
    import numpy as np

    kind = np.uint64 if bits == 64 else np.uint32
    packed: Array = fragments.pack_bytes(codes, bits).view(kind)
    return packed.reshape(codes.shape[0], codes.shape[1])


def _half_sum(shape: mma.Shape) -> bool:
    return ".f16.f16.f16" in f".{shape.instruction}" or ".f16.e4m3" in f".{shape.instruction}"


def _sum_values(words: Array, letter: str, packed: bool) -> Array:
    """Return sums as float64 (threads x parts x elements of a part)."""
    import numpy as np

    kind: Any = {
        "d": np.float64,
        "f": np.float32,
        "r": np.float16 if packed else np.int32,
    }[letter]
    values: Array = np.ascontiguousarray(words).view(kind).astype(np.float64)
    return values.reshape(*words.shape, -1)
