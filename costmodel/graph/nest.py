"""Loop nests over scalars and memory, and device functions: one kernel each.

Work is each op's own times the trips of the loops around it. Traffic is each buffer once, or its
accesses where they are fewer. A nest that multiplies and adds over three buffers whose sizes are
those of a matrix product is one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import islice

from costmodel.graph.cost import FUSED, Role
from costmodel.graph.coverage import Loop
from costmodel.graph.domain import MOST_AROUND, Dimension, dimensions, turns
from costmodel.graph.integers import FOLLOWED, Integers
from costmodel.graph.loops import constant_value
from costmodel.graph.matrix_units import (
    MatrixTile,
    accumulator,
    fragment_elements,
    is_matrix,
    matrix_tile,
)
from costmodel.graph.nest_cost import LEAST_SHARE, Access, Nest, matrix_cost, scalar_cost
from costmodel.graph.products import Around, Products
from costmodel.graph.rules import Control, control_of, rule_of
from costmodel.graph.signatures import Signatures
from costmodel.kernel import Family
from costmodel.mlir.ir import Module, Op
from costmodel.mlir.types import TensorType

SCAN_LIMIT = 300_000
"""Ops looked at, over a whole module, to tell whether loops are nests of scalars."""
_DIALECTS = frozenset(
    """arith math affine scf memref vector index cf gpu nvgpu nvvm tt ttg llvm builtin ub rocdl
    triton_gpu triton_nvidia_gpu ttng amdgpu complex""".split()
)
_WORKING = frozenset(["math", "nvgpu", "nvvm", "arith", "llvm"])
_LOADS = frozenset(
    """memref.load affine.load vector.load vector.transfer_read affine.vector_load load tt.load
    vector.maskedload vector.gather gpu.subgroup_mma_load_matrix nvgpu.ldmatrix
    tt.descriptor_load tt.experimental_descriptor_load tt.descriptor_gather llvm.load
    nvgpu.device_async_copy ttg.async_copy_global_to_local triton_gpu.async_copy_global_to_local
    ttng.async_tma_copy_global_to_local""".split()
)
_STORES = frozenset(
    """memref.store affine.store vector.store vector.transfer_write affine.vector_store store
    tt.store vector.maskedstore vector.scatter gpu.subgroup_mma_store_matrix memref.atomic_rmw
    tt.atomic_rmw tt.descriptor_store tt.experimental_descriptor_store tt.descriptor_scatter
    tt.descriptor_reduce llvm.store llvm.atomicrmw ttng.async_tma_copy_local_to_global""".split()
)
_MOVES_ONLY = frozenset("gpu nvgpu nvvm rocdl amdgpu tt ttg triton_gpu ttng cf llvm".split())
"""Dialects whose ops without a rule move, synchronise or address."""
_ON_CHIP = re.compile(
    r"memref<[^>]*(?:,\s*[35]\s*(?::\s*i\d+)?>|address_space<(?:workgroup|private)>)"
    r"|!llvm\.ptr<[35]>"
)
"""Shared and private memory: no traffic to DRAM."""
_COPIED = re.compile(r"\],\s*(\d+)\s*(?:,|:|\{)")
_DESCRIBED = re.compile(r"tensordesc<(tensor<[\dx]+x\w+)")
_MULTIPLY, _ADD = (".mulf", ".muli", *FUSED), (".addf", ".addi", *FUSED)


class NestReader:
    """Tells nests from other loops and costs them."""

    def __init__(self, module: Module, signatures: Signatures) -> None:
        self.module, self.signatures = module, signatures
        self._left = SCAN_LIMIT

    def is_nest(self, op: Op) -> bool:
        """Say whether all inside works on scalars or vectors, and does anything.

        Triton's functions work on tensors that live in registers: there they count as scalars.
        """
        works, tiles = False, op.name.startswith("tt.")
        stack = [op]
        while stack:
            for region in stack.pop().regions:
                for nested in region.ops:
                    self._left -= 1
                    if self._left < 0:
                        return False
                    name = nested.name
                    dialect, dot, _ = name.partition(".")
                    if (dot and dialect not in _DIALECTS) or control_of(name) is Control.CALL:
                        return False
                    if not tiles and "tensor<" in nested.header:
                        return False
                    works = works or dialect in _WORKING or name in _LOADS or name in _STORES
                    if nested.regions:
                        stack.append(nested)
        return works

    def read(
        self, op: Op, trips: float, outside: Integers, enclosing: Sequence[Dimension] = ()
    ) -> Nest:
        """Cost a nest whose outermost op's body runs ``trips`` times its own trip count.

        ``outside`` are the whole numbers known where it stands, ``enclosing`` the loops over
        tensors that it stands in, outer first.
        """
        nest = Nest()
        buffers: dict[str, Access] = {}
        known, kinds = dict(outside.known), dict[str, TensorType | None]()
        defined: dict[str, Op] = {}
        integers = outside.within(known, defined)
        flop, deepest, product, most = 0.0, trips, [False, False], 0.0
        products = Products()
        stack: list[tuple[Op, float, Around | None]] = [(op, trips, None)]
        while stack:
            outer, count, around = stack.pop()
            if control_of(outer.name) is Control.LOOP:
                around = self._turns(outer, around, enclosing, integers, nest)
                count *= around.trips
            deepest = max(deepest, count)
            for region in outer.regions:
                if region.turns_back:
                    nest.loops.append(Loop(self.module.location(outer.offset), 1, True))
                for nested in region.ops:
                    value = constant_value(nested)
                    if value is not None and nested.results:
                        known[nested.results[0]] = value
                    elif nested.name in FOLLOWED and nested.results:
                        defined[nested.results[0]] = nested
                    if nested.name in _LOADS or nested.name in _STORES:
                        self._access(nested, count, buffers)
                        nest.costed += 1
                        continue
                    if nested.name in {"tt.reduce", "tt.scan"}:
                        flop += self._folded(nested) * count
                        nest.costed += 1
                        continue
                    if nested.regions:
                        stack.append((nested, count, around))
                        nest.free += control_of(nested.name) is not Control.LOOP
                        continue
                    tile = self._tile(nested, kinds, nest)
                    if tile is not None:
                        products.add(nested, tile, count, accumulator(nested), around)
                        continue
                    work = self._work(nested, kinds, nest)
                    flop += work * count
                    if work and count >= most:
                        most = count
                        product[0] |= nested.name.endswith(_MULTIPLY)
                        product[1] |= nested.name.endswith(_ADD)
        self._traffic(nest, buffers)
        if products.flop and products.flop >= LEAST_SHARE * (flop + products.flop):
            matrix_cost(nest, flop + products.flop, products, buffers, op)
        else:
            nest.cost = scalar_cost(flop + products.flop, deepest, all(product), buffers, op)
        return nest

    def _turns(
        self,
        op: Op,
        around: Around | None,
        enclosing: Sequence[Dimension],
        integers: Integers,
        nest: Nest,
    ) -> Around:
        """Return how often a loop runs each time it is reached, on average, and note it."""
        own = tuple(dimensions(op, self.module.aliases))
        outer = list(islice(around.outward() if around else (), MOST_AROUND))
        if outer and outer[-1].outer is not None:
            outer = []  # too many to look at
        inside = [dimension for one in outer[::-1] for dimension in one.dimensions]
        trips, assumed = turns(op, own, [*enclosing, *inside], integers)
        shown = int(trips) if trips == int(trips) else trips
        nest.loops.append(Loop(self.module.location(op.offset), shown, assumed))
        nest.free += not assumed
        return Around(op, float(trips), own, around)

    def _tile(self, op: Op, kinds: dict[str, TensorType | None], nest: Nest) -> MatrixTile | None:
        """Return what a matrix instruction multiplies, ``None`` for any other op."""
        if op.name == "vector.contract":
            found = self.signatures.of(op, [kinds.get(name) for name in self.signatures.names(op)])
            if found.cost is None or found.cost.family is not Family.GEMM:
                return None
            left = found.operands[0]
            b, m, n, k = (found.cost.dims[name] for name in "bmnk")
            kind = left.number_format if left else None
            tile: MatrixTile | None = MatrixTile(b, m, n, k, 1, kind)
        elif is_matrix(op.name):
            tile = matrix_tile(op)
        else:
            return None
        nest.costed += tile is not None
        kinds.update(dict.fromkeys(op.results, None))
        return tile

    def _work(self, op: Op, kinds: dict[str, TensorType | None], nest: Nest) -> float:
        """FLOP of one execution of an op on scalars, vectors or tiles."""
        if op.name == "gpu.subgroup_mma_elementwise":
            nest.costed += 1
            return fragment_elements(op.header) or 0.0
        rule = rule_of(op.name)
        if rule is None:
            known = op.name.partition(".")[0] in _MOVES_ONLY and not is_matrix(op.name)
            nest.free += known
            if not known:
                nest.unknown[op.name] += 1
            return 0.0
        names = self.signatures.names(op)
        found = self.signatures.of(op, [kinds.get(name) for name in names])
        kinds.update(zip(op.results, found.results, strict=False))
        cost = found.cost
        if cost is None or cost.role is Role.UNKNOWN:
            nest.unknown[op.name] += 1
            return 0.0
        index = all(kind is None or kind.kind == "scalar" for kind in found.results) and any(
            text.strip() == "index" for text in op.type_lists[1]
        )
        tile = found.results[0] if found.results else None
        addresses = tile is not None and tile.kind == "tensor" and not tile.floating
        free = cost.role in {Role.FREE, Role.VIEW} or index or addresses
        nest.free += free
        nest.costed += not free
        return 0.0 if free else cost.work_flop

    def _folded(self, op: Op) -> float:
        """One FLOP an element that a reduction or scan over a tile takes in."""
        kinds = [self.signatures.kind(text, op) for text in op.type_lists[0]]
        return sum(kind.elements for kind in kinds if kind)

    def _access(self, op: Op, count: float, buffers: dict[str, Access]) -> None:
        """Add an access to the buffer it names: the first operand with a memref or pointer type."""
        store = op.name in _STORES
        texts = [text for side in op.type_lists for text in side]
        if any(_ON_CHIP.match(text) for text in texts[: None if store else 1]):
            return
        shaped = [self.signatures.kind(text, op) for text in texts]
        buffer = next((k for k in shaped if k and k.kind == "memref"), None)
        moved = next((k for k in shaped if k and k.kind != "memref"), None)
        described = _DESCRIBED.search(op.header)
        if moved is None and described:
            moved = self.signatures.kind(f"{described.group(1)}>", op)
        bracket = re.search(r"(%[\w$.\-#]+)\s*\[", op.header)
        names = self.signatures.names(op)
        name = bracket.group(1) if bracket else (names[0] if names else "")
        if buffer is not None and buffer.dynamic:
            buffer = self.signatures.filled(buffer)[0]
        access = buffers.setdefault(name, Access(buffer))
        kind = moved or buffer
        access.element_bytes = kind.element_bytes if kind else 4.0
        elements = count * (moved.elements if moved and not moved.dynamic else 1.0)
        fragment = fragment_elements(op.header) if "subgroup_mma" in op.name else None
        if fragment is not None:
            elements = count * fragment
        copied = _COPIED.search(op.header) if op.name == "nvgpu.device_async_copy" else None
        if copied:
            elements = count * int(copied.group(1))
        if store:
            access.written += elements
        else:
            access.read += elements

    def _traffic(self, nest: Nest, buffers: dict[str, Access]) -> None:
        for access in buffers.values():
            size = access.kind.elements if access.kind else math.inf
            nest.bytes_read += min(access.read, size) * access.element_bytes
            nest.bytes_written += min(access.written, size) * access.element_bytes
            if nest.kind is None or access.written:
                nest.kind = access.kind
