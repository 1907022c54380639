"""LLVM IR of a cache-blocked fp32 matrix product, with every block size of its tuning space.

Five loops around a micro-kernel of MR x NR results held in registers, operands packed into panels
that stay in L2 (A) and L3 (B). Source: K. Goto, R. van de Geijn, "Anatomy of High-Performance
Matrix Multiplication", TOMS 34(3), 2008. Sizes are constants of the code; operands are padded with
zeros to whole tiles, so that the micro-kernel has no edges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from microbench.kernels.cpu_ir import HEAD

Carried = list[tuple[str, str]]
"""IR type and value of what a loop hands from trip to trip."""
ELEMENT_BYTES = 4


@dataclass(frozen=True, slots=True)
class Blocked:
    """The sizes of a product and its blocks, rounded so that everything divides."""

    m: int
    n: int
    k: int
    blocks: Mapping[str, int]

    @property
    def padded(self) -> tuple[int, int, int]:
        """Return m, n, k as the kernel sees them: whole micro-tiles and unrolled steps."""
        sides = (self.m, self.n, self.k)
        tiles = (self.blocks["MR"], self.blocks["NR"], self.blocks["UNROLL"])
        m, n, k = (-(-side // tile) * tile for side, tile in zip(sides, tiles, strict=True))
        return m, n, k

    @property
    def steps(self) -> tuple[int, int, int]:
        """Return MC, NC, KC as whole tiles, at most the product itself."""
        m, n, k = self.padded
        mr, nr, unroll = (self.blocks[name] for name in ("MR", "NR", "UNROLL"))
        return (
            min(m, max(mr, self.blocks["MC"] // mr * mr)),
            min(n, max(nr, self.blocks["NC"] // nr * nr)),
            min(k, max(unroll, self.blocks["KC"] // unroll * unroll)),
        )

    @property
    def packed_elements(self) -> int:
        """Return the elements of both packed panels."""
        mc, nc, kc = self.steps
        return (mc + nc) * kc


@dataclass(slots=True)
class Writer:
    """IR text with counted loops; names are numbered."""

    lines: list[str] = field(default_factory=list)
    block: str = "%entry"
    count: int = 0

    def value(self, text: str) -> str:
        """Write an instruction and return the name of its result."""
        self.count += 1
        name = f"%v{self.count}"
        self.lines.append(f"  {name} = {text}")
        return name

    def loop(
        self,
        stop: str,
        step: int,
        body: Callable[[str, list[str]], list[str]],
        carried: Carried | None = None,
    ) -> list[str]:
        """Write a loop from 0 to ``stop``, at least one trip; return what it carried out."""
        self.count += 1
        number, before, carried = self.count, self.block, carried or []
        head, after = f"head{number}", f"after{number}"
        self.lines += [f"  br label %{head}", f"{head}:"]
        self.block = f"%{head}"
        place = len(self.lines)
        names = [f"%c{number}.{index}" for index in range(len(carried))]
        made = body(f"%i{number}", names)
        phis = [f"  %i{number} = phi i64 [ 0, {before} ], [ %n{number}, {self.block} ]"]
        phis += [
            f"  {name} = phi {kind} [ {first}, {before} ], [ {last}, {self.block} ]"
            for name, (kind, first), last in zip(names, carried, made, strict=True)
        ]
        self.lines[place:place] = phis
        self.lines += [
            f"  %n{number} = add i64 %i{number}, {step}",
            f"  %more{number} = icmp slt i64 %n{number}, {stop}",
            f"  br i1 %more{number}, label %{head}, label %{after}",
            f"{after}:",
        ]
        self.block = f"%{after}"
        return made

    def at(self, base: str, *terms: tuple[str, str | int]) -> str:
        """Return the address of an element: base plus the sum of products, in elements."""
        total = "0"
        for left, right in terms:
            total = self.value(f"add i64 {total}, {self.value(f'mul i64 {left}, {right}')}")
        return self.value(f"getelementptr float, ptr {base}, i64 {total}")

    def shorter(self, whole: int, used: str, most: int) -> str:
        """Return min(whole - used, most)."""
        left = self.value(f"sub i64 {whole}, {used}")
        less = self.value(f"icmp slt i64 {left}, {most}")
        return self.value(f"select i1 {less}, i64 {left}, i64 {most}")


def blocked_gemm(size: Blocked, lanes: int) -> str:
    """Return ``kernel(a, b, c, panels, -, repeats)``: C = A B on padded row-major operands."""
    m, n, k = size.padded
    mc, nc, kc = size.steps
    w = Writer()

    def columns(jc: str, _: list[str]) -> list[str]:
        width = w.shorter(n, jc, nc)

        def depths(pc: str, _: list[str]) -> list[str]:
            depth = w.shorter(k, pc, kc)
            panel = w.value(f"getelementptr float, ptr %d, i64 {mc * kc}")
            _pack_b(w, size, lanes, panel, (jc, pc), (width, depth))

            def rows(ic: str, _: list[str]) -> list[str]:
                height = w.shorter(m, ic, mc)
                _pack_a(w, size, (ic, pc), (height, depth))
                _macro(w, size, lanes, panel, (ic, jc, pc), (height, width, depth))
                return []

            return w.loop(str(m), mc, rows)

        return w.loop(str(k), kc, depths)

    w.loop("%repeats", 1, lambda _, __: w.loop(str(n), nc, columns))
    vector = f"<{lanes} x float>"
    declare = f"declare {vector} @llvm.fma.v{lanes}f32({', '.join([vector] * 3)})"
    return "\n".join([declare, HEAD, *w.lines, "  ret void", "}"])


def _pack_b(
    w: Writer, size: Blocked, lanes: int, panel: str, at: tuple[str, str], part: tuple[str, str]
) -> None:
    """Copy a block of B into slivers of NR columns, each row of a sliver after the other."""
    (jc, pc), (width, depth), nr, n = at, part, size.blocks["NR"], size.padded[1]
    kind = f"<{lanes} x float>"

    def sliver(jr: str, _: list[str]) -> list[str]:
        def row(p: str, _: list[str]) -> list[str]:
            line = w.value(f"add i64 {pc}, {p}")
            source = w.at("%b", (line, n), (jc, 1), (jr, 1))
            target = w.at(panel, (jr, depth), (p, nr))
            for place in range(0, nr, lanes):
                got = w.value(f"getelementptr float, ptr {source}, i64 {place}")
                loaded = w.value(f"load {kind}, ptr {got}, align 4")
                put = w.value(f"getelementptr float, ptr {target}, i64 {place}")
                w.lines.append(f"  store {kind} {loaded}, ptr {put}, align 4")
            return []

        return w.loop(depth, 1, row)

    w.loop(width, nr, sliver)


def _pack_a(w: Writer, size: Blocked, at: tuple[str, str], part: tuple[str, str]) -> None:
    """Copy a block of A into slivers of MR rows, each column of a sliver after the other."""
    (ic, pc), (height, depth), mr, k = at, part, size.blocks["MR"], size.padded[2]

    def sliver(ir: str, _: list[str]) -> list[str]:
        def column(p: str, _: list[str]) -> list[str]:
            first = w.value(f"add i64 {ic}, {ir}")
            source = w.at("%a", (first, k), (pc, 1), (p, 1))
            target = w.at("%d", (ir, depth), (p, mr))
            for row in range(mr):
                got = w.value(f"getelementptr float, ptr {source}, i64 {row * k}")
                loaded = w.value(f"load float, ptr {got}, align 4")
                put = w.value(f"getelementptr float, ptr {target}, i64 {row}")
                w.lines.append(f"  store float {loaded}, ptr {put}, align 4")
            return []

        return w.loop(depth, 1, column)

    w.loop(height, mr, sliver)


def _macro(
    w: Writer,
    size: Blocked,
    lanes: int,
    panel: str,
    at: tuple[str, str, str],
    part: tuple[str, str, str],
) -> None:
    """Multiply the packed panels, micro-tile by micro-tile."""
    (ic, jc, pc), (height, width, depth), n = at, part, size.padded[1]
    first = w.value(f"icmp eq i64 {pc}, 0")

    def across(jr: str, _: list[str]) -> list[str]:
        def down(ir: str, _: list[str]) -> list[str]:
            sums = _micro(w, size, lanes, w.at("%d", (ir, depth)), w.at(panel, (jr, depth)), depth)
            row = w.value(f"add i64 {ic}, {ir}")
            _store(w, size, lanes, w.at("%c", (row, n), (jc, 1), (jr, 1)), sums, first)
            return []

        return w.loop(height, size.blocks["MR"], down)

    w.loop(width, size.blocks["NR"], across)


def _micro(w: Writer, size: Blocked, lanes: int, a: str, b: str, depth: str) -> list[str]:
    """Return MR x NR / lanes vectors of sums over ``depth``, held in registers."""
    mr, nr, unroll = (size.blocks[name] for name in ("MR", "NR", "UNROLL"))
    kind = f"<{lanes} x float>"

    def step(p: str, sums: list[str]) -> list[str]:
        a_at, b_at = w.at(a, (p, mr)), w.at(b, (p, nr))
        for u in range(unroll):
            columns = [_load(w, b_at, u * nr + place, kind) for place in range(0, nr, lanes)]
            for row in range(mr):
                one = _load(w, a_at, u * mr + row, "float")
                put = w.value(f"insertelement {kind} poison, float {one}, i64 0")
                spread = w.value(
                    f"shufflevector {kind} {put}, {kind} poison, <{lanes} x i32> zeroinitializer"
                )
                for place, column in enumerate(columns):
                    index = row * len(columns) + place
                    sums = [*sums]
                    sums[index] = w.value(
                        f"call {kind} @llvm.fma.v{lanes}f32("
                        f"{kind} {spread}, {kind} {column}, {kind} {sums[index]})"
                    )
        return sums

    zeros: Carried = [(kind, "zeroinitializer")] * (mr * nr // lanes)
    return w.loop(depth, unroll, step, zeros)


def _load(w: Writer, base: str, element: int, kind: str) -> str:
    got = w.value(f"getelementptr float, ptr {base}, i64 {element}")
    return w.value(f"load {kind}, ptr {got}, align 4")


def _store(w: Writer, size: Blocked, lanes: int, c: str, sums: list[str], first: str) -> None:
    """Write a tile, over what was there in the first block of k, added to it later."""
    nr, n, kind = size.blocks["NR"], size.padded[1], f"<{lanes} x float>"
    for index, value in enumerate(sums):
        row, place = divmod(index * lanes, nr)
        at = w.value(f"getelementptr float, ptr {c}, i64 {row * n + place}")
        there = w.value(f"load {kind}, ptr {at}, align 4")
        before = w.value(f"select i1 {first}, {kind} zeroinitializer, {kind} {there}")
        total = w.value(f"fadd {kind} {before}, {value}")
        w.lines.append(f"  store {kind} {total}, ptr {at}, align 4")
