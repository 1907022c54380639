"""What fusing an elementwise chain saves: three ways to compute activation(x * w + b).

Eager mode allocates an output for every operator; in place it writes into one array three times;
the fused loop reads each input and writes the output once. Allocation and page faults are about
half of what eager mode loses, so two variants would credit fusion with the allocator's share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from microbench.benchmark import Benchmark, CodeCheck, Effort, Point, Prepared, Quantity
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.formats import NumberFormat

if TYPE_CHECKING:
    import torch

NAME = "cpu.fusion"
VARIANTS = ("eager", "in-place", "fused")
ACTIVATIONS = ("relu", "silu")
COLS = 1024
FLOP = {"relu": 3, "silu": 7}
"""A multiply-add is 2; relu 1; silu's negate, exp, add, divide and multiply 5 with exp as 1."""
PASSES = {
    "fused": {"relu": 4, "silu": 4},
    "in-place": {"relu": 8, "silu": 8},
    "eager": {"relu": 8, "silu": 8},
}
"""Arrays read or written: x*w 3, +b 3 (in place the output is read again), activation 2."""
TOLERANCE = 2e-6
"""A few fp32 roundings (2^-24 each): the fused chain rounds once where eager mode rounds twice."""


def points(_device: DeviceSpec, effort: Effort) -> tuple[Point, ...]:
    """Each activation and variant, in cache and in DRAM."""
    quick = effort is Effort.QUICK
    powers = (16, 22) if quick else (12, 14, 16, 18, 20, 22)
    return tuple(
        Point(NAME, (("activation", activation), ("variant", variant), ("elements", 2**power)))
        for power in powers
        for activation in (ACTIVATIONS[1:] if quick else ACTIVATIONS)
        for variant in VARIANTS
    )


def prepare(point: Point, _device: DeviceSpec, seed: int) -> Prepared:
    """Make one variant ready; each is checked against double precision over the whole array."""
    import torch

    from microbench.kernels import cpu_torch_case
    from microbench.protocol.sampling import host_sample

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    activation, variant = str(point["activation"]), str(point["variant"])
    elements, check_code = int(point["elements"]), None
    x, w, b = (cpu_torch_case.normal((elements,), NumberFormat.FP32, seed + i) for i in (0, 1, 2))
    out = torch.empty_like(x)
    calls: dict[str, Callable[[], torch.Tensor]] = {
        "eager": lambda: eager(activation, x, w, b),
        "in-place": lambda: in_place(activation, x, w, b, out),
    }
    if variant == "fused":
        calls["fused"], check_code = fused(activation, x, w, b, out)
    call = calls[variant]

    def run(iterations: int) -> None:
        for _ in range(iterations):
            call()

    def check_result() -> str:
        exact = x.double() * w.double() + b.double()
        exact = torch.relu(exact) if activation == "relu" else torch.nn.functional.silu(exact)
        scale = (x.double() * w.double()).abs() + b.double().abs()
        worst = float(((call().double() - exact).abs() / scale).max())
        return "" if worst <= TOLERANCE else f"largest relative error {worst:.2g}"

    return Prepared(
        sample=host_sample(run),
        work_flop=float(FLOP[activation] * elements),
        bytes_moved=16.0 * elements,
        check_code=check_code,
        check_result=check_result,
        relative_half_width=0.01,
        notes={
            "family": "elementwise",
            "op": f"{activation}(x*w+b)",
            "number_format": "fp32",
            "threads": 1,
            "rows": max(1, elements // COLS),
            "cols": min(elements, COLS),
            "inputs": 3,
            "requested_bytes": 4 * PASSES[variant][activation] * elements,
            "stack": "llvm-fused" if variant == "fused" else f"torch-{variant}",
        },
    )


def eager(activation: str, x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the chain as a user writes it: three operators, three allocations."""
    import torch

    chain = x * w + b
    return torch.relu(chain) if activation == "relu" else torch.nn.functional.silu(chain)


def in_place(
    activation: str, x: torch.Tensor, w: torch.Tensor, b: torch.Tensor, out: torch.Tensor
) -> torch.Tensor:
    """Return the chain computed in one array allocated beforehand."""
    import torch

    torch.mul(x, w, out=out)
    out.add_(b)
    return out.relu_() if activation == "relu" else torch.nn.functional.silu(out, inplace=True)


def fused(
    activation: str, x: torch.Tensor, w: torch.Tensor, b: torch.Tensor, out: torch.Tensor
) -> tuple[Callable[[], torch.Tensor], Callable[[], CodeCheck]]:
    """Return the chain as one native loop that allocates nothing, and the check of its code."""
    from microbench.kernels import cpu_check, cpu_fused_ir, cpu_jit

    lanes, x86 = cpu_jit.vector_bits() // 32, cpu_jit.is_x86()
    compiled = cpu_jit.compile_ir(cpu_fused_ir.fused_chain(activation, lanes))
    kernel, trips = compiled.stream(), x.numel() // lanes
    to, of_x, of_w, of_b = (tensor.data_ptr() for tensor in (out, x, w, b))
    claim = cpu_check.LoopClaim(
        {cpu_check.vector_store(x86): 1}, at_least={cpu_check.vector_load(x86): 3}
    )

    def call() -> torch.Tensor:
        kernel(to, of_x, of_w, of_b, trips, 1)
        return out

    return call, lambda: cpu_check.check_loop(compiled.assembly, claim)


BENCHMARKS = (
    Benchmark(
        name=NAME,
        question="What does fusing an elementwise chain save, with and without the allocator?",
        kind=DeviceKind.CPU,
        suite="fusion",
        quantity=Quantity.LATENCY,
        points=points,
        prepare=prepare,
        source="minimum bytes: three inputs read and one output written once, fp32",
        seconds_per_point={Effort.QUICK: 1.3, Effort.DEFAULT: 0.9, Effort.THOROUGH: 10},
    ),
)
