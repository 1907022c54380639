"""The shipped kernel sources as a host library, with C++ in place of each inline instruction."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from microbench.kernels.cuda import alu, atomic
from microbench.kernels.cuda_kernel import CudaKernel, all_kernels
from microbench.kernels.cuda_module import compose

HERE = Path(__file__).parent
FLAGS = ("-std=c++17", "-O1", "-shared", "-fPIC", "-pthread", "-w")

LIKE_OTHERS = ("bandwidth.dram.",)
"""Left out: only the cache operator of their loads differs from ``bandwidth.l2``."""

_LOAD16 = "DEVICE uint4 load({kind} at) {{ return *(const uint4 *){place}; }}\n"
_STORE16 = "DEVICE void store(uint4 *at, uint4 value) { *at = value; }\n"
_CLUSTER = """
DEVICE u32 rank_in_cluster() { return blockIdx.x % cluster_size; }
DEVICE u32 blocks_in_cluster() { return cluster_size; }
DEVICE u32 address_in(u32 address, u32 rank) {
    return address + (rank - rank_in_cluster()) * ROOM;
}
"""
_ATOMIC = {
    ("latency", "add"): "const u32 before = *cell; *cell += value; return before;",
    ("latency", "cas"): "const u32 before = *cell; "
    f"if (before == value) *cell = {atomic.SWAPPED}; return before;",
    ("throughput", "add"): "*cell += 1; return value;",
}
_ALU = {
    "fp32_fma": ("float", "fmaf(x, a, b)"),
    "fp64_fma": ("double", "fma(x, a, b)"),
    "int32_mad": ("u32", "x * a + b"),
    "int32_add3": ("u32", "x + a + b"),
    "int32_shf": ("u32", "b & 31 ? (a << (b & 31)) | (x >> (32 - (b & 31))) : a"),
    "block_barrier": ("u32", "(__syncthreads(), x)"),
}
_COPY = {
    "groups": "DEVICE void copy(u32 to, const char *from) { memcpy(at_shared(to), from, 16); }",
    "bulk": "DEVICE void copy(u32 to, const char *from, u32 bytes, u32) {"
    " memcpy(at_shared(to), from, bytes); }",
    "tensor": """
struct Map { u64 address, width, rows, stride; u32 box_width, box_rows, rank, check; };
DEVICE void copy(u32 to, const void *map, u32 column, u32 row, u32) {
    const Map &m = *(const Map *)map;
    for (u32 r = 0; r < m.box_rows; ++r)
        memcpy((char *)at_shared(to) + r * m.box_width,
               (const char *)m.address + (row + r) * m.stride + column, m.box_width);
}""",
}
_GRID = """
DEVICE void add_release(u32 *at) { *at += 1; }
DEVICE u32 load_acquire(u32 *at) { yield(); return *at; }
"""


def wrapper(kernel: CudaKernel) -> str | None:
    """Return what stands in for a kernel's instruction, or ``None`` where nothing can."""
    family, kind, *rest = kernel.name.split(".")
    variant = rest[0] if rest else kind
    if family == "chase":
        word, place = ("u32", "at_shared(node)") if kind == "shared" else ("u64", "node")
        return (
            f"typedef {word} address_t;\n"
            f"DEVICE address_t load(address_t node) {{ return *({word} *){place}; }}\n"
        )
    if family == "bandwidth" and kind == "onchip":
        word, place = ("u32", "at_shared(at)") if "shared" in variant else ("u64", "at")
        return f"typedef {word} address_t;\n" + _LOAD16.format(kind="address_t", place=place)
    if family == "bandwidth":
        return _LOAD16.format(kind="const uint4 *", place="at") + _STORE16
    if family == "cluster":
        chase = "DEVICE u32 load(u32 node) { return *(u32 *)at_shared(node); }\n"
        read = _LOAD16.format(kind="u32", place="at_shared(at)")
        return _CLUSTER + (chase if variant == "latency" else read)
    if family == "atomic":
        space, operation = variant.split("_")
        word, place = ("u32", "at_shared(at)") if space == "shared" else ("u64", "at")
        return (
            f"typedef {word} address_t;\nDEVICE u32 operate(address_t at, u32 value) {{ "
            f"u32 *cell = (u32 *){place}; {_ATOMIC[kind, operation]} }}\n"
        )
    if family == "alu":
        name = variant if kind == "latency" else variant.rpartition("_")[0]
        if name not in _ALU or (kind == "throughput" and not variant.endswith("_4")):
            return None
        word, step = _ALU[name]
        operation = next(one for one in alu.OPERATIONS if one.name == name)
        bodies = (
            (("short", alu.SHORT_STEPS, 1), ("long", alu.LONG_STEPS, 1))
            if kind == "latency"
            else (("long", operation.body, 4),)
        )
        return f"typedef {word} value_t;\n" + "".join(
            alu.called(step, chains, f"operate_{name}", count) for name, count, chains in bodies
        )
    if family == "copy":
        return _COPY[kind]
    if family == "launch":
        return _GRID
    return "" if family == "support" else None


def build_kernels(folder: Path) -> Path:
    """Build every kernel that can run on a host into one library; return its path."""
    kernels = tuple(
        one
        for one in all_kernels().values()
        if not one.name.startswith(LIKE_OTHERS) and wrapper(one) is not None
    )
    source, headers = compose(kernels, "sm_90a")
    headers["common.cuh"] = ""
    for kernel in kernels:
        headers[f"{kernel.entry}.cuh"] = wrapper(kernel) or ""
    for name, text in headers.items():
        (folder / name).write_text(_dynamic_shared(text), encoding="utf-8")
    binds = "".join(
        f'extern "C" void *bind_{one.entry}(void **p) {{\n'
        f"    return bound(in_{one.entry}::{one.entry}, p);\n}}\n"
        for one in kernels
    )
    (folder / "kernels.cpp").write_text(
        f'#include "{HERE / "host_cuda.h"}"\n{source}{binds}', encoding="utf-8"
    )
    return _compile(folder / "kernels.cpp", folder / "kernels.so", folder)


def build_driver(folder: Path) -> Path:
    """Build the driver as ``libcuda.so.1``; return the folder it is in."""
    return _compile(HERE / "fake_libcuda.cpp", folder / "libcuda.so.1", folder).parent


def _dynamic_shared(text: str) -> str:
    return re.sub(
        r"extern __shared__ (?:__align__\(\d+\) )?(\w+) (\w+)\[\];",
        r"\1 *\2 = (\1 *)block_shared();",
        text,
    )


def _compile(source: Path, library: Path, folder: Path) -> Path:
    command = ["g++", *FLAGS, f"-I{folder}", str(source), "-o", str(library), "-ldl"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return library
