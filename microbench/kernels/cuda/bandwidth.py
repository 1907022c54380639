"""Bandwidth: DRAM and L2 read, write, copy and triad; L1 and shared memory of one SM."""

from __future__ import annotations

from microbench.kernels.cuda_kernel import CudaKernel
from microbench.kernels.cuda_signature import Signature

THREADS = 256
IN_FLIGHT = (1, 2, 4, 8)
"""16-byte accesses per thread that are under way together."""
ACCESS_BYTES = 16
DIRECTIONS = {"read": (1, 0), "write": (0, 1), "copy": (1, 1), "triad": (2, 1)}
"""Arrays read and written."""

_LOAD = """DEVICE uint4 load({argument}) {{
    uint4 value;
    asm volatile("{instruction} {{%0, %1, %2, %3}}, [%4];"
                 : "=r"(value.x), "=r"(value.y), "=r"(value.z), "=r"(value.w) : "{letter}"(at));
    return value;
}}
"""


def vector_load(argument: str, instruction: str, letter: str) -> str:
    """Return a 16-byte load as ``load(at)``."""
    return _LOAD.format(argument=argument, instruction=instruction, letter=letter)


_STORE = """DEVICE void store(uint4 *at, uint4 value) {
    asm volatile("st.global.v4.u32 [%0], {%1, %2, %3, %4};"
                 :: "l"(at), "r"(value.x), "r"(value.y), "r"(value.z), "r"(value.w) : "memory");
}
"""
LOAD_OPCODE = r"LDG\.E\.128(\.STRONG\.GPU)?"
STORE_OPCODE = r"STG\.E\.128"


def _device_wide(level: str, direction: str, in_flight: int) -> CudaKernel:
    instruction = "ld.global.cg.v4.u32" if level == "l2" else "ld.global.v4.u32"
    reads, writes = (count * in_flight for count in DIRECTIONS[direction])
    store_also = {STORE_OPCODE: writes} if reads and writes else {}
    return CudaKernel(
        name=f"bandwidth.{level}.{direction}_{in_flight}",
        source="bandwidth.cu",
        wrapper=vector_load("const uint4 *at", instruction, "l") + _STORE,
        defines={direction.upper(): 1, "IN_FLIGHT": in_flight, "THREADS": THREADS},
        signature=Signature(
            LOAD_OPCODE if reads else STORE_OPCODE,
            (reads or writes,),
            also=store_also,
            overhead=16 + (4 if direction in {"read", "triad"} else 2) * in_flight,
            max_registers=128,
        ),
        operations=(reads + writes,),
        bytes_per_operation=32 * ACCESS_BYTES,
    )


def _own(level: str, in_flight: int) -> CudaKernel:
    shared = level == "shared"
    instruction = "ld.shared.v4.u32" if shared else "ld.global.ca.v4.u32"
    kind, letter = ("u32", "r") if shared else ("u64", "l")
    return CudaKernel(
        name=f"bandwidth.onchip.{level}_{in_flight}",
        source="onchip.cu",
        wrapper=f"typedef {kind} address_t;\n" + vector_load("address_t at", instruction, letter),
        defines={"IN_FLIGHT": in_flight, **({"SHARED": 1} if shared else {})},
        signature=Signature(
            r"LDS\.128" if shared else r"LDG\.E\.128(\.STRONG\.SM)?",
            (in_flight,),
            overhead=16 + 8 * in_flight,
            outside=None,
            max_registers=64,
        ),
        operations=(in_flight,),
        bytes_per_operation=32 * ACCESS_BYTES,
    )


KERNELS = (
    *(_device_wide(lv, way, n) for lv in ("dram", "l2") for way in DIRECTIONS for n in IN_FLIGHT),
    *(_own(level, in_flight) for level in ("l1", "shared") for in_flight in IN_FLIGHT),
)
