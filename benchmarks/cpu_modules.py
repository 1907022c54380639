"""Run time of whole modules under XLA-CPU and IREE-CPU against predictions for those stacks.

    python benchmarks/cpu_modules.py measure FOLDER
    python benchmarks/cpu_modules.py fit FOLDER --store results.sqlite

``measure`` writes modules (programs of ``token_programs.py`` at several sizes, and examples) and
the probes of ``cpu_probes.py`` as StableHLO, compiles each for both stacks, visits all of them
several times over on one thread, and appends CPU seconds of a call to FOLDER/times.jsonl, with a
control kernel timed before and after; run again to go on. The least of a module's visits counts: a
neighbour on the core adds up to its own time for seconds. Needs jax, iree-base-compiler and
iree-base-runtime.

``fit`` takes what each stack makes of a kind of code from the probes, over the newest CPU run of
the store, predicts each module from it, and fits one factor on whole modules, program families
left out in turn; it prints the share inside the 90% interval and Spearman's rank correlation, and
writes costmodel/fitted/cpu_stacks.json. Visits during which the control kernel changed by more
than CONTROL_DRIFT do not count. No probe has the sizes of a module that is scored.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import math
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from costmodel.analytic.cpu_siblings import conformal_quantile
from costmodel.analytic.cpu_stacks import (
    CALLS,
    FITTED,
    Code,
    CpuStack,
    Unit,
    amount,
    code_of,
    cold_s,
)
from costmodel.kernel import Kernel

SEEDS = (11, 12, 13, 14, 15, 16)
LOOKED_AT = frozenset({"1", "11", "12", "13"})
"""Modules that the kinds of code were chosen with in view: examples (1) and the first seeds."""
EXAMPLES = ("lstm", "fft_convolution", "efficientnet_b0", "gpt2_block", "resnet50", "scan32")
VISITS = 5
CONTROL_DRIFT = 1.5
LEAST_SHARE = 0.05
"""Of a module's time that counts as work when the call seems to take all of it."""
SOFT = 0.1
"""Error in logs from which a probe counts linearly: some programs are compiled badly."""
PROBE_UNITS = {
    "xla": {
        "sort": Unit.SORT_COMPARISON,
        "top_k": Unit.TOP_K_COMPARISON,
        "top_1": Unit.TOP_1_ELEMENT,
        "depthwise": Unit.DEPTHWISE_ELEMENT,
        "loop": Unit.LOOP_LAUNCH,
    },
    "iree": {
        "sort": Unit.SORT_PAIR,
        "top_k": Unit.TOP_K_INSERTION,
        "top_1": Unit.TOP_1_ELEMENT,
        "loop": Unit.LOOP_LAUNCH,
    },
}
"""What the probes of a kind are priced by under each compiler."""
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
    sys.path.insert(0, str(HERE))
    from cpu_module_runs import control_s, iree_call, one_thread, seconds, xla_call

    one_thread()
    write_modules(folder)
    times = folder / "times.jsonl"
    lines = times.read_text().splitlines() if times.exists() else []
    seen = Counter((row["module"], row["stack"]) for row in map(json.loads, lines))
    calls = {}
    for path in sorted(folder.glob("*.mlir"), key=lambda path: path.stat().st_size):
        for stack, prepare in (("xla", xla_call), ("iree", iree_call)):
            if seen[path.stem, stack] >= VISITS:
                continue
            try:
                calls[path.stem, stack] = prepare(path)
            except Exception as error:  # whatever a compiler refuses is the result
                print(path.stem, stack, str(error)[:200], flush=True)
    for visit in range(VISITS):
        for (module, stack), call in calls.items():
            if seen[module, stack] > visit:
                continue
            before_s = control_s()
            row = {"module": module, "stack": stack, "run_s": seconds(call)}
            row |= {"control_before_s": before_s, "control_after_s": control_s()}
            with times.open("a") as file:
                file.write(json.dumps(row) + "\n")
        print(f"visit {visit + 1} of {VISITS}", flush=True)


def write_modules(folder: Path) -> None:
    """Lower every program that is not there yet."""
    import jax
    from cpu_probes import probes
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
        path = folder / f"probe-{name}.mlir"
        if not path.exists():
            shaped = [jax.ShapeDtypeStruct(shape, "float32") for shape in shapes]
            path.write_text(jax.jit(function).lower(*shaped).as_text())
    for name in EXAMPLES:
        text = (HERE.parent / "examples" / f"{name}.stablehlo.mlir").read_text()
        (folder / f"example-{name}.1.mlir").write_text(text)


@dataclass(frozen=True, slots=True)
class Timed:
    """A module or probe as measured, and its kernels with what the processor's rates say."""

    name: str
    run_s: float
    kernels: list[tuple[Kernel, float, float]]
    """Kernel, a library's time of it without overhead, and its traffic's; seconds."""

    @property
    def family(self) -> str:
        """Return the program family, or the kind of a probe."""
        return self.name.removeprefix("probe-").partition(".")[0]


def fit(folder: Path, store: Path | None, out: Path) -> None:
    """Fit what each stack takes, print how it scores on families left out, and write it."""
    from hwprof.prediction import cpu_run

    run, _, _ = cpu_run(store)
    stacks = {}
    for name in ("xla", "iree"):
        rows = timed(folder, store, name)
        stack, errors = fitted_stack(name, rows)
        modules = [row for row in rows if not row.name.startswith(("probe-", "trivial"))]
        report(name, modules, errors, stack)
        stacks[name] = as_json(stack) | {
            "modules": len(modules),
            "families": len({row.family for row in modules}),
            "probes": sum(row.name.startswith("probe-") for row in rows),
        }
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


def as_json(stack: CpuStack) -> dict[str, Any]:
    """Return a stack's row of ``cpu_stacks.json``."""
    maps: dict[str, Mapping[Any, float]] = {
        "launch_s": stack.launch_s,
        "slowdown": stack.slowdown,
        "seconds_per_element": stack.seconds_per_element,
        "seconds_per_evaluation": stack.seconds_per_evaluation,
        "seconds_per": stack.seconds_per,
    }
    rounded = {
        name: {str(key): float(f"{value:.4g}") for key, value in sorted(found.items())}
        for name, found in maps.items()
    }
    return {"call_s": stack.call_s, "scale": stack.scale, "spread": stack.spread, **rounded}


def timed(folder: Path, store: Path | None, stack: str) -> list[Timed]:
    """Return the least times of visits during which the control kernel kept its own."""
    from hwprof.prediction import cpu_run, read_graph

    model = cpu_run(store)[2]
    least_s: dict[str, float] = {}
    for row in map(json.loads, (folder / "times.jsonl").read_text().splitlines()):
        drift = row["control_after_s"] / row["control_before_s"]
        if row["stack"] == stack and 1 / CONTROL_DRIFT <= drift <= CONTROL_DRIFT:
            module = row["module"]
            least_s[module] = min(row["run_s"], least_s.get(module, math.inf))
    rows = []
    for module, run_s in least_s.items():
        graph = read_graph(folder / f"{module}.mlir", {}, None, stack)
        kernels = [
            (p.kernel, max(p.latency_s - model.rates.overhead_s, 0.0), p.parts_s["memory"])
            for p in model.predict(graph.kernels)
        ]
        rows.append(Timed(module, run_s, kernels))
    return rows


def fitted_stack(name: str, rows: Sequence[Timed]) -> tuple[CpuStack, list[float]]:
    """Return a stack and log(measured / predicted) of each module, its family left out."""
    probes = [row for row in rows if row.name.startswith("probe-")]
    modules = [row for row in rows if not row.name.startswith(("probe-", "trivial"))]
    start = CpuStack(0.0, 0.0, seconds_per_evaluation=evaluations(probes))
    whole = [row for row in probes if not row.family.startswith("evaluate-")]
    stack = rates(start, [row for row in whole if row.family not in PROBE_UNITS[name]])
    units = {
        unit: statistics.median(
            max(row.run_s - stack.call_s, 0.0)
            / sum(amount(unit, kernel) * kernel.count for kernel, _, _ in row.kernels)
            for row in probes
            if row.family == kind
        )
        for kind, unit in PROBE_UNITS[name].items()
    }
    stack = replace(stack, seconds_per=units)
    errors = []
    for row in modules:
        own = scaled(stack, [other for other in modules if other.family != row.family])
        errors.append(math.log(row.run_s / module_s(own, row)))
    spread = conformal_quantile([abs(error) for error in errors])
    return replace(scaled(stack, modules), spread=spread), errors


def evaluations(probes: Iterable[Timed]) -> dict[str, float]:
    """Return seconds of one more evaluation at an element, from programs with few and many."""
    from cpu_probes import FEW, MANY, SIDE

    times = {row.name.removeprefix("probe-evaluate-"): row.run_s for row in probes}
    steps = (MANY - FEW) * SIDE**2
    return {
        name.partition(".")[0]: max(times[name] - times[name[:-1] + str(FEW)], 0.0) / steps
        for name in times
        if name.endswith(f".{MANY}") and name[:-1] + str(FEW) in times
    }


_LAUNCHES = {
    **dict.fromkeys(CALLS, 1),
    **dict.fromkeys((Code.REDUCTION, Code.SOFTMAX), 2),
}
"""Kinds of code that are launched alike, by place among the parameters; all others are loops."""
_LOOPS, _CODES = 3, 4


def rates(start: CpuStack, probes: Sequence[Timed]) -> CpuStack:
    """Fit the call, launches, factors and seconds of an element to probes, robustly in logs."""
    from scipy.optimize import least_squares

    codes = sorted(
        {code for row in probes for kernel, _, _ in row.kernels if (code := code_of(kernel))}
    )

    def stack_of(logs: Sequence[float]) -> CpuStack:
        rate = {code: math.exp(log) for code, log in zip(codes, logs[_CODES:], strict=True)}
        return replace(
            start,
            call_s=math.exp(logs[0]) * 1e-6,
            launch_s={c: math.exp(logs[_LAUNCHES.get(c, _LOOPS)]) * 1e-6 for c in codes},
            slowdown={code: value for code, value in rate.items() if code in CALLS},
            seconds_per_element={c: value * 1e-9 for c, value in rate.items() if c not in CALLS},
        )

    def errors(logs: Sequence[float]) -> list[float]:
        stack = stack_of(logs)
        return [math.log(row.run_s / module_s(stack, row)) for row in probes]

    found = least_squares(
        errors, [0.0] * (_CODES + len(codes)), loss="soft_l1", f_scale=SOFT, bounds=(-4, 5)
    )
    return stack_of(found.x)


def module_s(stack: CpuStack, row: Timed) -> float:
    """Return predicted seconds of a call."""
    fixed_s, alone_s, chilled_s = parts_s(stack, row)
    return fixed_s + alone_s + (stack.scale - 1.0) * chilled_s


def parts_s(stack: CpuStack, row: Timed) -> tuple[float, float, float]:
    """Return what the call, loops and own algorithms take, the rest, and what is cold of it."""
    fixed_s, alone_s, chilled_s = stack.call_s, 0.0, 0.0
    for kernel, library_s, memory_s in row.kernels:
        own_s = stack.own_s(kernel)
        fixed_s += kernel.count * (stack.loop_s(kernel) + (own_s or 0.0))
        if own_s is None:
            one_s = stack.kernel_s(kernel, library_s, memory_s)
            alone_s += kernel.count * one_s
            chilled_s += kernel.count * cold_s(one_s)
    return fixed_s, alone_s, chilled_s


def scaled(stack: CpuStack, modules: Iterable[Timed]) -> CpuStack:
    """Return the stack with the median of the factors that modules ask for."""
    factors = []
    for row in modules:
        fixed_s, alone_s, chilled_s = parts_s(stack, row)
        if chilled_s:
            left_s = max(row.run_s - fixed_s, LEAST_SHARE * row.run_s)
            factors.append(1.0 + (left_s - alone_s) / chilled_s)
    return replace(stack, scale=statistics.median(factors))


def report(name: str, modules: Sequence[Timed], errors: Sequence[float], stack: CpuStack) -> None:
    """Print the share inside intervals made without the module's family, and the ranking."""
    from scipy.stats import spearmanr

    inside = []
    for row, error in zip(modules, errors, strict=True):
        pairs = zip(errors, modules, strict=True)
        others = [abs(e) for e, r in pairs if r.family != row.family]
        inside.append(abs(error) <= conformal_quantile(others))
    print(f"{name}: call {stack.call_s * 1e6:.0f} us, scale {stack.scale:.2f}")
    looked_at = [row.name.rpartition(".")[2] in LOOKED_AT for row in modules]
    for what, kept in (
        ("all", [True] * len(modules)),
        ("looked at", looked_at),
        ("new", [not one for one in looked_at]),
    ):
        some = [i for i, keep in enumerate(kept) if keep]
        measured = [modules[i].run_s for i in some]
        predicted = [modules[i].run_s / math.exp(errors[i]) for i in some]
        typical = statistics.median(abs(errors[i]) for i in some)
        print(
            f"  {what}: {len(some)} modules, families left out: median error "
            f"x{math.exp(typical):.2f}, inside the 90% interval "
            f"{statistics.fmean(inside[i] for i in some):.1%}, "
            f"Spearman {spearmanr(measured, predicted).statistic:.3f}"
        )


if __name__ == "__main__":
    main()
