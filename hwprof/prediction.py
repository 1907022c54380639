"""From an MLIR file and device names to predictions: the path predict and report share."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from microbench.errors import DeviceError, InputError

if TYPE_CHECKING:
    from costmodel.analytic.cpu_model import CpuModel
    from costmodel.graph.build import Graph
    from costmodel.kernel import Prediction
    from costmodel.learned.whole_model import Total
    from costmodel.mlir.ir import Module
    from microbench.benchmark import Measurement
    from microbench.devices.spec import DeviceSpec
    from microbench.formats import NumberFormat
    from microbench.store.run import Run

STACKS = ("torch-eager", "inductor", "xla", "iree", "vendor")
MOST_BATCH = 2**31 - 1
"""What 32-bit indices of libraries reach: a larger batch is a mistake, not a model."""
DEFAULT_STACK = "inductor"
STDIN = Path("-")
NAME_OF_STDIN = "<stdin>"
BLAS_THREADS = "OPENBLAS_NUM_THREADS"
DRAM_SIZED = float(2**40)
"""A working set no cache holds: asks a measured CPU for its DRAM bandwidth."""


@dataclass(frozen=True, slots=True)
class ModelPrediction:
    """One model on one device: each kernel's prediction, in program order."""

    model: Path
    device: DeviceSpec
    stack: str
    graph: Graph
    predictions: tuple[Prediction, ...]
    basis: str = ""
    """What the times rest on, in a sentence for the reader."""
    queue: Total | None = None
    """The total where the host queues kernels and its launches hide behind their work."""
    eager_launch_s: float = 0.0
    """Launches of eager calls in a plain sum, which the total of a queue would hide."""

    @property
    def kernels_s(self) -> float:
        """Sum over kernels of latency times count, in seconds."""
        return sum(p.total_s for p in self.predictions)

    @property
    def latency_s(self) -> float:
        """The whole model in seconds: the sum, or the total of kernels that queue."""
        return self.queue.latency_s if self.queue else self.kernels_s

    @property
    def interval_s(self) -> tuple[float, float]:
        """Sums of the kernels' interval ends: holds even if all errors go the same way."""
        if self.queue:
            return self.queue.low_s, self.queue.high_s
        low_s = sum(p.low_s * p.kernel.count for p in self.predictions)
        high_s = sum(p.high_s * p.kernel.count for p in self.predictions)
        return low_s, high_s


def read_module(model: Path) -> Module:
    """Read an MLIR file, or standard input where it is called ``-``."""
    from costmodel.mlir.reader import MAX_BYTES, read_bytes, read_file

    if model != STDIN:
        return read_file(model)
    if sys.stdin is None:
        raise InputError(f"{NAME_OF_STDIN}: closed, no MLIR text")
    return read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), NAME_OF_STDIN)


def shown(model: Path) -> Path:
    """Return a model's path as messages name it."""
    return Path(NAME_OF_STDIN) if model == STDIN else model


def read_graph(
    model: Path,
    shapes: Mapping[str, int],
    batch: int | None,
    stack: str = DEFAULT_STACK,
    count_padding: bool = False,
) -> Graph:
    """Read an MLIR file and form its kernels; ``InputError`` with file:line:column if it cannot."""
    from costmodel.graph.build import build
    from costmodel.mlir.collector import without_collecting

    if stack not in STACKS:
        raise InputError(f"unknown stack {stack!r}: choose one of {', '.join(STACKS)}")
    with without_collecting():
        return build(read_module(model), shapes, batch, stack, count_padding)


def predictions_for(
    model: Path,
    devices: str,
    *,
    stack: str = DEFAULT_STACK,
    shapes: Mapping[str, int] | None = None,
    batch: int | None = None,
    model_file: Path | None = None,
    store: Path | None = None,
    choose_blocks: bool = True,
    count_padding: bool = False,
) -> tuple[ModelPrediction, ...]:
    """Predict a model on each device of a comma-separated list, catalogue names or local ones.

    Raises ``InputError`` for an unreadable file, an unknown device or missing CPU measurements.
    """
    _load_numpy_on_one_thread()
    specs = device_specs(devices)
    graph = read_graph(model, shapes or {}, batch, stack, count_padding)
    return tuple(
        ModelPrediction(
            shown(model),
            spec,
            stack,
            graph,
            *_predict(graph, spec, stack, model_file, store, choose_blocks),
        )
        for spec in specs
    )


def _load_numpy_on_one_thread() -> None:
    """Load NumPy, if nobody has, with a BLAS of one thread.

    The products of one model's prediction are a few hundred rows. Threads make none of them
    faster, and waiting for them spins: on two cores a fifth of the command's CPU time.
    """
    if "numpy" in sys.modules or BLAS_THREADS in os.environ:
        return
    os.environ[BLAS_THREADS] = "1"
    import numpy as np  # noqa: F401 - OpenBLAS reads the variable while it is loaded

    del os.environ[BLAS_THREADS]


def device_specs(devices: str) -> tuple[DeviceSpec, ...]:
    """Resolve ``cpu``, ``0``, ``all`` or catalogue names, in the order given, each once."""
    from microbench.devices import catalogue, detect

    found: dict[str, DeviceSpec] = {}
    for name in filter(None, (part.strip() for part in devices.split(","))):
        specs = detect.resolve(name) if detect.is_local(name) else (catalogue.find(name),)
        found.update((spec.name, spec) for spec in specs)
    if not found:
        raise InputError("no device named: pass --device cpu or a name from `hwprof devices`")
    return tuple(found.values())


def _predict(
    graph: Graph,
    spec: DeviceSpec,
    stack: str,
    model_file: Path | None,
    store: Path | None,
    choose_blocks: bool,
) -> tuple[tuple[Prediction, ...], str, Total | None, float]:
    """Return predictions, what they rest on, their total where it is no sum, else its launches."""
    from microbench.devices.spec import DeviceKind

    if spec.kind is DeviceKind.CPU:
        cpu_model, basis = _cpu_model(spec, store, model_file)
        return tuple(cpu_model.predict(graph.kernels, stack)), basis, None, 0.0
    from costmodel.learned import whole_model
    from costmodel.learned.predictor import Predictor

    predictor = Predictor.load(model_file)
    predictions = predictor.predict(graph.kernels, spec, stack)
    queued = whole_model.total(predictions, predictor.eager_gap_s(spec)) if predictions else None
    queue = queued if stack in whole_model.STACKS else None
    launch_s = queued.hidden_s if queued and not queue else 0.0
    basis = "" if model_file is None else f"model of {model_file}"
    blocked = _with_blocks(predictions, spec) if choose_blocks else predictions
    return tuple(blocked), basis, queue, launch_s


def _cpu_model(
    spec: DeviceSpec, store: Path | None, model_file: Path | None
) -> tuple[CpuModel, str]:
    """Return a processor's model; only this machine's own, ``cpu``, comes from its store."""
    if model_file is not None:
        from costmodel.analytic.cpu_file import read

        model, basis = read(model_file)
        return model, f"model of {model_file}, measured on {basis}"
    if spec.name != "cpu":
        raise InputError(
            f"{spec.name}: no model for this CPU: measure there and pass --cost-model (`hwprof fit "
            "--from latest --out cpu.npz` there, `hwprof predict --cost-model cpu.npz` here); "
            "this machine's own is --device cpu"
        )
    run, measurements, model = cpu_run(store)
    noisy = sum(one.verdict == "noisy" for one in measurements)
    name = run.name or run.id
    told = "; ".join(filter(None, (f"{len(measurements)} points, {noisy} noisy", run.unfinished)))
    return model, f"one thread, rates of run {name}: {told}"


def cpu_run(store: Path | None) -> tuple[Run, tuple[Measurement, ...], CpuModel]:
    """Return the newest run of this processor that holds enough to predict from.

    A later run of a few benchmarks does not hide a whole one, nor another machine's in a shared
    store. Raises ``InputError`` where there is none.
    """
    from costmodel.analytic.cpu_model import CpuModel
    from microbench.devices.detect import local_cpu
    from microbench.store import open_store

    advice = "run `hwprof bench --device cpu --quick` first"
    try:
        opened = open_store(store, create=False)
    except (DeviceError, InputError) as error:
        if "hwprof bench" not in str(error):  # a store is there, and says what to do
            raise
        raise InputError(f"no measurements of this CPU: {error}") from error
    problem = f"none of {local_cpu().title} in the store"
    for run in sorted(opened.runs(), key=lambda one: one.id, reverse=True):
        if run.device != "cpu" or run.device_spec.title != local_cpu().title:
            continue
        measurements = opened.measurements(run)
        try:
            return run, measurements, CpuModel.from_measurements(measurements)
        except InputError as error:
            problem = str(error)
    told = problem if "hwprof bench" in problem else f"{problem}: {advice}"
    raise InputError(f"no measurements of this CPU to predict from: {told}")


def cpu_rates(model: CpuModel) -> tuple[dict[NumberFormat, float], float]:
    """Return a CPU's measured peaks in FLOP/s by format, and its DRAM bandwidth in bytes/s."""
    return dict(model.rates.peak_flop_per_s), model.rates.bandwidth(DRAM_SIZED)


def _with_blocks(predictions: Sequence[Prediction], spec: DeviceSpec) -> list[Prediction]:
    from contextlib import suppress
    from dataclasses import replace

    from costmodel.blocks.choose import choose
    from costmodel.blocks.enumerate import InfeasibleError

    chosen = []
    for prediction in predictions:
        choice = None
        with suppress(InfeasibleError):  # heads too wide for any tile: the time stands without
            choice = choose(prediction.kernel, spec)
        chosen.append(
            replace(prediction, blocks=choice.blocks, resources=choice.resources)
            if choice
            else prediction
        )
    return chosen
