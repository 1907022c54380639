"""Run time of whole modules under XLA-CPU and IREE-CPU against predictions for those stacks.

    python benchmarks/cpu_modules.py measure FOLDER
    python benchmarks/cpu_modules.py fit FOLDER --store results.sqlite

``measure`` writes modules (programs of ``token_programs.py`` at several sizes, and examples) as
StableHLO, runs each under both stacks on one thread, and appends median CPU seconds of a call to
FOLDER/times.jsonl, with a control kernel timed before and after; run again to go on. Needs jax,
iree-base-compiler and iree-base-runtime. ``fit`` predicts each module from the newest CPU run of
the store and fits what each stack makes of it, program families left out in turn; it prints the
share inside the 90% interval and Spearman's rank correlation, and writes
costmodel/fitted/cpu_stacks.json. Modules whose control kernel changed by more than CONTROL_DRIFT
meanwhile are left out. The rates of a compiler's own algorithms (``Unit``) come from modules made
for them alone, of other sizes than the modules scored.
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from costmodel.analytic.cpu_siblings import conformal_quantile
from costmodel.analytic.cpu_stacks import FITTED, CpuStack, Unit, amount

SEEDS = (11, 12, 13)
EXAMPLES = ("lstm", "fft_convolution", "efficientnet_b0", "gpt2_block", "resnet50", "scan32")
SAMPLES, SAMPLE_S, LONGEST_S = 5, 5e-3, 2.0
CONTROL_DRIFT = 1.5
LEAST_SHARE = 0.05
"""Of a module's time that counts as work when the call seems to take all of it."""
PROBE_UNITS = {
    "xla": {
        "sort": Unit.SORT_COMPARISON,
        "top_k": Unit.TOP_K_COMPARISON,
        "top_1": Unit.TOP_1_ELEMENT,
        "depthwise": Unit.DEPTHWISE_FLOP,
        "loop": Unit.LOOP_LAUNCH,
    },
    "iree": {
        "sort": Unit.SORT_PAIR,
        "top_k": Unit.TOP_K_INSERTION,
        "top_1": Unit.TOP_1_ELEMENT,
        "loop": Unit.LOOP_LAUNCH,
    },
}
"""What the probes of a kind are priced by under each compiler. IREE's depthwise convolution is as
fast as its others."""
HERE = Path(__file__).resolve().parent
TRIVIAL = """func.func public @main(%arg0: tensor<1xf32>) -> tensor<1xf32> {
  %0 = stablehlo.add %arg0, %arg0 : tensor<1xf32>
  return %0 : tensor<1xf32>
}
"""
"""What a call costs before there is any work."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("what", choices=["measure", "fit"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path, default=None)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.what == "measure":
        measure(given.folder)
    else:
        fit(given.folder, given.store, FITTED)


def measure(folder: Path) -> None:
    """Write what modules are missing and time what has no time yet."""
    flags = " --xla_cpu_multi_thread_eigen=false"
    os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + flags
    import jax

    jax.config.update("jax_cpu_enable_async_dispatch", False)
    write_modules(folder)
    times = folder / "times.jsonl"
    lines = times.read_text().splitlines() if times.exists() else []
    done = {(row["module"], row["stack"]) for row in map(json.loads, lines)}
    for path in sorted(folder.glob("*.mlir"), key=lambda path: path.stat().st_size):
        for stack, prepare in (("xla", xla_call), ("iree", iree_call)):
            if (path.stem, stack) in done:
                continue
            row: dict[str, Any] = {"module": path.stem, "stack": stack}
            try:
                call = prepare(path)
                before_s = control_s()
                row["run_s"] = seconds(call)
                row |= {"control_before_s": before_s, "control_after_s": control_s()}
            except Exception as error:  # whatever a compiler refuses is the result
                row["problem"] = str(error)[:200]
            with times.open("a") as file:
                file.write(json.dumps(row) + "\n")
            print(row, flush=True)


def write_modules(folder: Path) -> None:
    """Lower every program that is not there yet."""
    import jax

    sys.path.insert(0, str(HERE))
    from token_programs import FAMILIES

    (folder / "trivial.mlir").write_text(TRIVIAL)
    for family, program in FAMILIES.items():
        for seed in SEEDS:
            path = folder / f"{family}.{seed}.mlir"
            if not path.exists():
                function, specs = program(Random(seed))
                shaped = [jax.ShapeDtypeStruct(*spec) for spec in specs]
                path.write_text(jax.jit(function).lower(*shaped).as_text())
    for name, (function, shapes) in probes().items():
        shaped = [jax.ShapeDtypeStruct(shape, "float32") for shape in shapes]
        (folder / f"probe-{name}.mlir").write_text(jax.jit(function).lower(*shaped).as_text())
    for name in EXAMPLES:
        text = (HERE.parent / "examples" / f"{name}.stablehlo.mlir").read_text()
        (folder / f"example-{name}.1.mlir").write_text(text)


def probes() -> dict[str, tuple[Callable[..., Any], list[tuple[int, ...]]]]:
    """Return programs of one algorithm each, by kind and size, with their arguments' shapes."""
    import jax.numpy as jnp
    from jax import lax

    found: dict[str, tuple[Callable[..., Any], list[tuple[int, ...]]]] = {}
    for rows, cols in ((1, 300), (1, 1200), (1, 4000), (50, 500)):
        found[f"sort.{rows}x{cols}"] = (jnp.sort, [(rows, cols)])
    for rows, cols, kept in ((1, 1200, 8), (1, 4000, 8), (1, 4000, 200), (20, 500, 30)):
        select = functools.partial(lambda kept, x: lax.top_k(x, kept), kept)
        found[f"top_k.{rows}x{cols}x{kept}"] = (select, [(rows, cols)])
    for rows, cols in ((1, 4000), (20, 500), (40, 1500)):
        largest = functools.partial(lambda kept, x: lax.top_k(x, kept), 1)
        found[f"top_1.{rows}x{cols}"] = (largest, [(rows, cols)])
    for size, channels in ((12, 24), (24, 48), (32, 32), (40, 60)):
        convolve = functools.partial(
            lax.conv_general_dilated,
            window_strides=(1, 1),
            padding="SAME",
            feature_group_count=channels,
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )
        shapes: list[tuple[int, ...]] = [(1, size, size, channels), (3, 3, 1, channels)]
        found[f"depthwise.{size}x{channels}"] = (convolve, shapes)
    for trips in (60, 120, 240):
        again = functools.partial(
            lambda trips, x, w: lax.fori_loop(0, trips, lambda _, y: y @ w, x), trips
        )
        found[f"loop.{trips}"] = (again, [(8, 8), (8, 8)])
    return found


def arguments(path: Path) -> list[Any]:
    """Draw the arguments of a module's entry: small normal numbers, or zero indices."""
    import numpy as np

    from costmodel.graph.functions import Survey
    from costmodel.graph.functions import arguments as declared
    from costmodel.mlir.reader import read_file
    from costmodel.mlir.types import parse_type

    generator = np.random.default_rng(0)
    found = []
    for _, text in declared(Survey.of(read_file(path)).functions["main"]):
        kind = parse_type(text)
        if kind is None or kind.dynamic:
            raise ValueError(f"argument of type {text}")
        shape = [size or 0 for size in kind.shape]
        if kind.floating:
            found.append((0.1 * generator.standard_normal(shape)).astype(np.float32))
        else:
            found.append(np.zeros(shape, {"i1": np.bool_}.get(text[-3:-1], np.int32)))
    return found


def xla_call(path: Path) -> Callable[[], Any]:
    """Compile a module's text with XLA for CPU and return a call that waits for its results."""
    import jax
    from jax._src import xla_bridge
    from jax._src.interpreters import mlir
    from jaxlib import xla_client
    from jaxlib.mlir import ir

    backend = xla_bridge.get_backend("cpu")
    devices = xla_client._xla.DeviceList(tuple(backend.local_devices()[:1]))
    with mlir.make_ir_context():
        code = mlir.module_to_bytecode(ir.Module.parse(path.read_text()))
        done = backend.compile_and_load(code, devices, xla_client.CompileOptions())
    given = [jax.device_put(argument) for argument in arguments(path)]
    return lambda: [one.block_until_ready() for one in done.execute(given)]


def iree_call(path: Path) -> Callable[[], Any]:
    """Compile a module with IREE for this CPU and return a call of its synchronous driver."""
    import iree.runtime as runtime

    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder, "module.vmfb")
        compiler = Path(sys.executable).parent / "iree-compile"
        options = ["--iree-input-type=stablehlo", "--iree-hal-target-backends=llvm-cpu"]
        options += ["--iree-llvmcpu-target-cpu=host", "-o", str(compiled)]
        done = subprocess.run(
            [compiler, path, *options], capture_output=True, text=True, check=False, timeout=900
        )
        if done.returncode:
            raise ValueError(done.stderr.strip()[-200:])
        config = runtime.Config("local-sync")
        module = runtime.load_vm_module(
            runtime.VmModule.copy_buffer(config.vm_instance, compiled.read_bytes()), config
        )
    given = [runtime.asdevicearray(config.device, argument) for argument in arguments(path)]
    return lambda: module.main(*given)


def seconds(call: Callable[[], Any]) -> float:
    """Return the median CPU seconds of a call over the samples, several calls to each."""
    call()
    start_s = time.process_time()
    call()
    once_s = max(time.process_time() - start_s, 1e-6)
    if once_s > LONGEST_S:
        return once_s
    count = max(1, int(SAMPLE_S / once_s))
    samples = []
    for _ in range(SAMPLES):
        start_s = time.process_time()
        for _ in range(count):
            call()
        samples.append((time.process_time() - start_s) / count)
    return statistics.median(samples)


def control_s() -> float:
    """Return the CPU seconds of a fixed product and pass over memory: how fast the core is now."""
    import numpy as np

    square = np.ones((256, 256), np.float32)
    samples = []
    for _ in range(SAMPLES):
        start_s = time.process_time()
        for _ in range(4):
            np.tanh(square @ square)
        samples.append(time.process_time() - start_s)
    return statistics.median(samples)


def fit(folder: Path, store: Path | None, out: Path) -> None:
    """Fit each stack's slowdown, print how it scores on families left out, and write it."""
    import importlib.metadata

    from hwprof.prediction import cpu_run

    run, _, _ = cpu_run(store)
    stacks = {}
    for stack in ("xla", "iree"):
        call_s, seconds_per = measured_alone(folder, stack)
        rows = scored(folder, store, stack, CpuStack(call_s, 1.0, 0.0, seconds_per))
        errors = left_out_errors(rows)
        stacks[stack] = {
            "call_s": call_s,
            "slowdown": slowdown(rows),
            "spread": conformal_quantile([abs(error) for error in errors]),
            "seconds_per": {unit.value: seconds for unit, seconds in seconds_per.items()},
            "modules": len(rows),
            "families": len({row.family for row in rows}),
        }
        report(stack, rows, call_s, errors)
    names = ("jax", "iree-base-compiler")
    document = {
        "measured_by": "benchmarks/cpu_modules.py: one thread, CPU seconds, other programs running",
        "device": run.device_spec.title,
        "date": time.strftime("%Y-%m-%d"),
        "versions": {name: importlib.metadata.version(name) for name in names},
        "library_rates": f"run {run.id}",
        "stacks": stacks,
    }
    out.write_text(json.dumps(document, indent=1) + "\n")


@dataclass(frozen=True, slots=True)
class Row:
    """A module measured and predicted, seconds."""

    family: str
    run_s: float
    fixed_s: float
    """The call, launches in loops and what the compiler's own algorithms take."""
    library_s: float
    """Predicted library times of the rest, beyond their overheads."""


def steady(folder: Path, stack: str) -> dict[str, float]:
    """Return seconds by module, of those whose control kernel kept its time."""
    found = {}
    for row in map(json.loads, (folder / "times.jsonl").read_text().splitlines()):
        if row["stack"] == stack and "run_s" in row:
            drift = row["control_after_s"] / row["control_before_s"]
            if row["module"] == "trivial" or 1 / CONTROL_DRIFT <= drift <= CONTROL_DRIFT:
                found[row["module"]] = row["run_s"]
    return found


def measured_alone(folder: Path, stack: str) -> tuple[float, dict[Unit, float]]:
    """Return the cost of a call, and of a unit of each algorithm: the median of its probes."""
    from hwprof.prediction import read_graph

    times = steady(folder, stack)
    found: dict[Unit, list[float]] = {}
    for name, run_s in times.items():
        unit = PROBE_UNITS[stack].get(name.removeprefix("probe-").partition(".")[0])
        if unit is not None and name.startswith("probe-"):
            kernels = read_graph(folder / f"{name}.mlir", {}, None, stack).kernels
            units = sum(amount(unit, kernel) * kernel.count for kernel in kernels)
            found.setdefault(unit, []).append(max(run_s - times["trivial"], 0.0) / units)
    return times["trivial"], {unit: statistics.median(each) for unit, each in found.items()}


def scored(folder: Path, store: Path | None, stack: str, own: CpuStack) -> list[Row]:
    """Return the modules of steady runs with their predictions."""
    from hwprof.prediction import cpu_run, read_graph

    model = cpu_run(store)[2]
    rows = []
    for name, run_s in steady(folder, stack).items():
        if name == "trivial" or name.startswith("probe-"):
            continue
        graph = read_graph(folder / f"{name}.mlir", {}, None, stack)
        fixed_s, library_s = own.call_s, 0.0
        for p in model.predict(graph.kernels):
            own_s = own.own_s(p.kernel)
            fixed_s += p.kernel.count * (own.loop_s(p.kernel) + (own_s or 0.0))
            if own_s is None:
                library_s += (p.latency_s - model.rates.overhead_s) * p.kernel.count
        rows.append(Row(name.partition(".")[0], run_s, fixed_s, library_s))
    return rows


def slowdown(rows: list[Row]) -> float:
    """Return the median of time beyond what is fixed over predicted library time."""
    return statistics.median(
        max(row.run_s - row.fixed_s, LEAST_SHARE * row.run_s) / row.library_s
        for row in rows
        if row.library_s
    )


def left_out_errors(rows: list[Row]) -> list[float]:
    """Return log(measured / predicted) of each module, its program family left out of the fit."""
    errors = []
    for row in rows:
        factor = slowdown([other for other in rows if other.family != row.family])
        errors.append(math.log(row.run_s / (row.fixed_s + factor * row.library_s)))
    return errors


def report(stack: str, rows: list[Row], call_s: float, errors: list[float]) -> None:
    """Print the share inside intervals made without the module's family, and the ranking."""
    from scipy.stats import spearmanr

    inside = []
    for row, error in zip(rows, errors, strict=True):
        others = [abs(e) for e, r in zip(errors, rows, strict=True) if r.family != row.family]
        inside.append(abs(error) <= conformal_quantile(others))
    measured = [row.run_s for row in rows]
    predicted = [row.run_s / math.exp(error) for row, error in zip(rows, errors, strict=True)]
    typical = statistics.median(abs(error) for error in errors)
    print(
        f"{stack}: {len(rows)} modules, call {call_s * 1e6:.0f} us, slowdown "
        f"{slowdown(rows):.2f}; families left out: median error x{math.exp(typical):.2f}, "
        f"inside the 90% interval {statistics.fmean(inside):.1%}, "
        f"Spearman {spearmanr(measured, predicted).statistic:.3f}"
    )


if __name__ == "__main__":
    main()
