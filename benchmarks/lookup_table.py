"""Does a table of single times predict a chain? The sum of entries against networks run whole.

Chains are every convolution, product, row-wise, elementwise and copy kernel of the example models,
in order, and sub-networks drawn from a space of inverted bottlenecks; a kernel reads what the one
before it wrote wherever the sizes allow, and has weights of its own. Entries are measured three
ways:

* ``hot``: a kernel called over and over;
* ``mixed``: all kernels in random order, so that each finds the caches as others left them;
* ``produced``: the same, but its input is written right before, as a network's previous layer does.

Everything is timed in CPU seconds of one thread, all of it once a round, and the medians leave out
what was preempted: chains are cut into stretches of about a millisecond for that.

    python benchmarks/lookup_table.py --rounds 9
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from costmodel.analytic.cpu_features import op_class
from costmodel.analytic.lookup import Key, LookupTable, key_of
from costmodel.graph.build import build
from costmodel.kernel import Family, Kernel
from costmodel.mlir.reader import read_file
from microbench.formats import NumberFormat
from microbench.workloads import convolution, elastic

if TYPE_CHECKING:
    import torch

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
MODELS = ("resnet50", "efficientnet_b0", "convnext_tiny", "gpt2_block")
SUB_NETWORKS, SEED = 4, 0
WAYS = ("hot", "mixed", "produced")
BAR = 0.15
"""Mean error allowed to the sum of a table (docs/papers/proxylessnas.md)."""
STRETCH_S = 1e-3
LARGEST_FLOP, LARGEST_BYTES = 8e9, 5e8
LARGEST_VALUE = 1e6
"""exp takes five times as long on values that overflow: the data of a chain must stay moderate."""


@dataclass
class Layer:
    """A kernel as a library call on its input and on weights or a second operand."""

    call: Callable[..., torch.Tensor]
    given: torch.Tensor
    weights: tuple[torch.Tensor, ...] = ()
    samples: dict[str, list[tuple[float, bool]]] = field(
        default_factory=lambda: {way: [] for way in WAYS}
    )

    def run(self) -> None:
        self.call(self.given, *self.weights)


@dataclass
class Chain:
    """Kernels in order, each with its layer and weights of its own, cut into stretches."""

    kernels: list[Kernel]
    steps: list[tuple[Layer, tuple[torch.Tensor, ...]]]
    cuts: list[int] = field(default_factory=list)
    samples: list[list[tuple[float, bool]]] = field(default_factory=list)

    def run(self, first: int, last: int, value: torch.Tensor | None) -> torch.Tensor | None:
        """Run some steps on what came before; where sizes differ a step reads its own input."""
        for layer, weights in self.steps[first:last]:
            fits = value is not None and value.numel() == layer.given.numel()
            given = value.reshape(layer.given.shape) if fits and value is not None else layer.given
            value = layer.call(given, *weights)
        return value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--model", action="append", choices=MODELS, help="Only these models.")
    arguments = parser.parse_args()
    import torch

    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    layers: dict[Key, Layer] = {}
    networks = {name: _kernels(name) for name in arguments.model or MODELS}
    networks |= dict(_sub_networks(0 if arguments.model else SUB_NETWORKS))
    chains = {name: _chain(kernels, layers) for name, kernels in networks.items()}
    for chain in chains.values():
        _check(chain)
        _cut(chain)
    order = random.Random(SEED)
    for _ in range(arguments.rounds):
        for chain in chains.values():
            _time_chain(chain)
        _time_layers(list(layers.values()), order)
    report(chains, layers)


def report(chains: dict[str, Chain], layers: dict[Key, Layer]) -> None:
    """Print every chain beside the sums of the tables, and the mean error of each table."""
    clock_s = statistics.median(_timed(lambda: None)[0] for _ in range(300))
    tables = {
        way: LookupTable({key: _median(one.samples[way], clock_s) for key, one in layers.items()})
        for way in WAYS
    }
    errors: dict[str, list[float]] = {way: [] for way in WAYS}
    for name, chain in chains.items():
        measured_s = sum(_median(samples, clock_s) for samples in chain.samples)
        off = {way: tables[way].chain_s(chain.kernels) / measured_s - 1 for way in WAYS}
        kept = [held for samples in chain.samples for _, held in samples]
        print(
            f"{name:16} {len(chain.kernels):3} kernels: {measured_s * 1e3:7.2f} ms "
            f"({sum(kept) / len(kept):.0%} of samples not preempted), "
            + ", ".join(f"{way} {error:+.1%}" for way, error in off.items())
        )
        for way, error in off.items():
            errors[way].append(abs(error))
    for way, found in errors.items():
        mean = statistics.fmean(found)
        print(
            f"table, {way}: mean error {mean:.1%}, worst {max(found):.1%}; "
            f"bar {BAR:.0%} {'held' if mean < BAR else 'not held'}"
        )


def _kernels(name: str) -> list[Kernel]:
    found = build(read_file(EXAMPLES / f"{name}.stablehlo.mlir"), stack="torch-eager").kernels
    return [k for k in found if k.work_flop <= LARGEST_FLOP and k.bytes_moved <= LARGEST_BYTES]


def _sub_networks(count: int) -> Iterator[tuple[str, list[Kernel]]]:
    for index, network in enumerate(
        itertools.islice(elastic.sample(elastic.Ranges(), SEED), count)
    ):
        blocks = (block for stage in network for block in stage)
        shapes = (shape for block in blocks for shape in block.shapes)
        yield f"sub-network {index}", [kernel for shape in shapes for kernel in _pair(shape)]


def _pair(shape: convolution.Shape) -> tuple[Kernel, Kernel]:
    """Return a convolution and the ReLU behind it."""
    n, c, k, h, w = (shape[name] for name in ("n", "c", "k", "h", "w"))
    dims = {"batch": n, "c_in": c, "c_out": k, "h_in": h, "w_in": w, "h_out": h, "w_out": w}
    dims |= {"kh": shape["r"], "kw": shape["r"], "stride_h": 1, "stride_w": 1}
    conv = Kernel(
        *("", Family.CONVOLUTION, "conv2d", NumberFormat.FP32),
        *(convolution.flop(shape), convolution.min_bytes(shape, 4)),
        dims | {"groups": shape["groups"]},
    )
    elements = float(n * k * h * w)
    rows = {"rows": n * k, "cols": h * w, "inputs": 1}
    relu = Kernel("", Family.ELEMENTWISE, "relu", NumberFormat.FP32, elements, 8 * elements, rows)
    return conv, relu


def _chain(kernels: Sequence[Kernel], layers: dict[Key, Layer]) -> Chain:
    """Make a chain of the kernels there is a library call for; equal ones share a table's entry."""
    kept, steps = [], []
    for kernel in kernels:
        layer = layers.get(key_of(kernel)) or _layer(kernel)
        if layer is None:
            continue
        layers[key_of(kernel)] = layer
        own = kernel.family in {Family.CONVOLUTION, Family.GEMM}
        kept.append(kernel)
        steps.append((layer, tuple(w.clone() for w in layer.weights) if own else layer.weights))
    return Chain(kept, steps)


def _layer(kernel: Kernel) -> Layer | None:
    """Return the call of a kernel, ``None`` where the library has none of its kind."""
    import torch

    dims = {name: int(size) for name, size in kernel.dims.items()}
    if kernel.family is Family.CONVOLUTION:
        return None if "kd" in dims else _convolution(dims)
    if kernel.family is Family.GEMM:
        b, m, n, k = (dims.get(name, 1) for name in "bmnk")
        lead = () if b == 1 else (b,)
        call = torch.mm if b == 1 else torch.bmm
        return Layer(call, torch.randn(*lead, m, k), (_weights(k, *lead, k, n),))
    if kernel.family in {Family.ELEMENTWISE, Family.ROWWISE}:
        return _along(kernel, torch.randn(dims["rows"], dims["cols"]))
    if kernel.family is Family.DATA_MOVEMENT and op_class(kernel) != "gather":
        side = math.isqrt(dims["elements"])
        moved = torch.clone if op_class(kernel) == "copy" else lambda x: x.t().contiguous()
        return Layer(moved, torch.randn(side, side))
    return None


def _convolution(dims: dict[str, int]) -> Layer:
    import torch

    pads, strides = [], (dims["stride_h"], dims["stride_w"])
    for side, stride in zip("hw", strides, strict=True):
        spread = (dims[f"{side}_out"] - 1) * stride + dims[f"k{side}"] - dims[f"{side}_in"] + 1
        pads.append(max(0, spread // 2))
    taps = (dims["c_in"] // dims["groups"], dims["kh"], dims["kw"])

    def call(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.conv2d(
            x, weight, stride=strides, padding=pads, groups=dims["groups"]
        )

    image = torch.randn(dims["batch"], dims["c_in"], dims["h_in"], dims["w_in"])
    return Layer(call, image, (_weights(math.prod(taps), dims["c_out"], *taps),))


def _along(kernel: Kernel, given: torch.Tensor) -> Layer:
    import torch

    kind = op_class(kernel)
    if kind == "cheap" and kernel.dims.get("inputs") != 1:
        return Layer(torch.add, given, (torch.randn(given.shape) / 2,))
    calls: dict[str, Callable[..., torch.Tensor]] = {
        "cheap": torch.relu,
        "transcendental": torch.exp,
        "softmax": lambda x: torch.softmax(x, -1),
        "norm": lambda x: torch.nn.functional.layer_norm(x, x.shape[-1:]),
        "sum": lambda x: x.mean(-1),
    }
    return Layer(calls[kind], given)


def _weights(fan_in: int, *sizes: int) -> torch.Tensor:
    """Return weights that shrink what they see tenfold: no chain of layers makes values grow."""
    import torch

    return torch.randn(*sizes) * (0.1 / math.sqrt(fan_in))


def _check(chain: Chain) -> None:
    value: torch.Tensor | None = None
    for index, kernel in enumerate(chain.kernels):
        value = chain.run(index, index + 1, value)
        assert value is not None
        if not float(value.abs().max()) < LARGEST_VALUE:
            raise SystemExit(f"values of {kernel.op} at place {index} are too large to be timed")


def _cut(chain: Chain) -> None:
    cuts, since_s = [0], 0.0
    for index, (layer, _) in enumerate(chain.steps):
        layer.run()
        since_s += _timed(layer.run)[0]
        if since_s > STRETCH_S:
            cuts.append(index + 1)
            since_s = 0.0
    chain.cuts = cuts if cuts[-1] == len(chain.steps) else [*cuts, len(chain.steps)]
    chain.samples = [[] for _ in chain.cuts[1:]]


def _time_chain(chain: Chain) -> None:
    value: list[torch.Tensor | None] = [None]
    for (first, last), samples in zip(itertools.pairwise(chain.cuts), chain.samples, strict=True):

        def stretch(first: int = first, last: int = last) -> None:
            value[0] = chain.run(first, last, value[0])

        samples.append(_timed(stretch))


def _time_layers(layers: list[Layer], order: random.Random) -> None:
    order.shuffle(layers)
    for layer in layers:
        layer.samples["mixed"].append(_timed(layer.run))
    for layer in layers:
        layer.given.copy_(layer.given.clone())
        layer.samples["produced"].append(_timed(layer.run))
    for layer in layers:
        layer.run()
        layer.samples["hot"].append(_timed(layer.run))


def _timed(call: Callable[[], None]) -> tuple[float, bool]:
    """Return CPU seconds of a call, and whether nothing preempted it."""
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw
    start_s = time.thread_time()
    call()
    time_s = time.thread_time() - start_s
    return time_s, resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw == before


def _median(samples: Sequence[tuple[float, bool]], clock_s: float) -> float:
    """Return the median of samples not preempted, else the least; less the clock's own time."""
    kept = [time_s for time_s, whole in samples if whole]
    found_s = statistics.median(kept) if kept else min(time_s for time_s, _ in samples)
    return max(found_s - clock_s, 1e-9)


if __name__ == "__main__":
    main()
