"""The measured acceptance checks of the papers: what a run of sweeps says of each, as a table.

hwprof bench --only cpu.clock,cpu.compute.fma,cpu.workloads.sweep --name sweeps
python benchmarks/paper_checks.py --store results.sqlite --run sweeps
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from costmodel.analytic import batching
from costmodel.analytic.crossing import Crossing, Timed, crossing, linearity
from costmodel.analytic.fftconv import cost_per_token_s, fit_machine
from microbench.benchmark import Measurement
from microbench.store import open_store
from microbench.suites.cpu_sweeps import NAME
from microbench.workloads import long_convolution, random_features, toeplitz_attention
from microbench.workloads.precision_ladder import macs_per_clock, rate_problem
from microbench.workloads.sweeps import DIRECT_LONG, SWEEPS, find

PEAK_SLACK = 1.02
"""Clock and peak were measured minutes apart on a machine whose clock moves by 1% to 2%."""


@dataclass(frozen=True, slots=True)
class Run:
    """The usable measurements of a run, by sweep, arm and value."""

    by_arm: Mapping[tuple[str, str], Mapping[int, Measurement]]
    others: Sequence[Measurement]

    def arm(self, sweep: str, arm: str) -> dict[int, Measurement]:
        return dict(self.by_arm.get((sweep, arm), {}))

    def timed(
        self, sweep: str, arm: str, of: Callable[[Measurement, int], float] = lambda _, v: v
    ) -> list[Timed]:
        """Return seconds against the axis, or against what ``of`` makes of a measurement."""
        return [_timed(of(one, value), one) for value, one in sorted(self.arm(sweep, arm).items())]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One acceptance check as it came out."""

    page: str
    """Under ``docs/papers``, without its ending."""
    check: str
    found: str
    held: str
    """``yes``, ``no``, or what it is instead."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--store", type=Path, default=None)
    parser.add_argument("--run", default="sweeps")
    arguments = parser.parse_args()
    store = open_store(arguments.store, create=False)
    run = read(store.measurements(store.run(arguments.run, device="cpu")))
    print("| page | check | found | held |\n| --- | --- | --- | --- |")
    for one in (outcome for check in CHECKS for outcome in check(run)):
        print(f"| {one.page} | {one.check} | {one.found} | {one.held} |")


def read(measurements: Sequence[Measurement]) -> Run:
    by_arm: dict[tuple[str, str], dict[int, Measurement]] = {}
    axes = {sweep.name: sweep.axis for sweep in SWEEPS}
    for one in measurements:
        if one.point.benchmark == NAME and one.value is not None:
            sweep = str(one.point["sweep"])
            key = (sweep, str(one.point["arm"]))
            by_arm.setdefault(key, {})[int(one.point[axes[sweep]])] = one
    return Run(by_arm, [one for one in measurements if one.point.benchmark != NAME])


def sparse(run: Run) -> list[Outcome]:
    """Sparse convolutions: where sparse overtakes dense, and time against non-zeros."""
    found = []
    for arm, name in (("rows", "compressed rows"), ("blocks", "32 x 32 blocks")):
        at = _turned(run, "density", "dense", arm)
        found.append(
            Outcome(
                "fast-sparse-convnets",
                f"break-even density of {name}; dense faster above it",
                f"{at} of the weights; dense is faster at every density measured above it",
                "yes" if at else "no crossing",
            )
        )
        r2 = linearity(_by_work(run, "density", arm))
        found.append(
            Outcome(
                "sparsebytenn",
                f"time of {name} a line in non-zeros, R2 > 0.95",
                f"R2 {r2:.3f}",
                "yes" if r2 > 0.95 else "no",
            )
        )
    return found


def delta(run: Run) -> list[Outcome]:
    """Delta inference: unchanged inputs from which it pays; shifted by 1, for 0 has no log."""
    delta_s, dense_s = (
        run.timed("delta", arm, lambda _, percent: percent + 1) for arm in ("delta", "dense")
    )
    found = crossing(delta_s, dense_s)
    text = "always faster" if found is None else _interval(found, shift=-1, unit="%")
    return [Outcome("delta-activation", "break-even sparsity of delta inference", text, "measured")]


def filter_size(run: Run) -> list[Outcome]:
    """Scaling Up Your Kernels: filter side from which an FFT is faster."""
    found = crossing(run.timed("filter-size", "fft"), run.timed("filter-size", "direct"))
    text = "never" if found is None else _interval(found)
    return [
        Outcome("large-kernels", "filter side k from which an FFT beats direct", text, "measured")
    ]


def lengths(run: Run) -> list[Outcome]:
    """SGConv, kernelised attention: lengths from which an FFT wins, counted and measured."""
    flop_length = next(
        n
        for n in (2**power for power in range(1, 20))
        if long_convolution.fft_flop(_long(n)) < DIRECT_LONG.flop(_long(n))
    )
    cases = (
        ("sgconv", "long-convolution", "windows", flop_length),
        ("sgconv", "long-convolution", "grouped", flop_length),
        ("kernelized-attention", "toeplitz", "quadratic", toeplitz_attention.crossing_length(8)),
    )
    found = []
    for paper, sweep, arm, predicted in cases:
        at = crossing(run.timed(sweep, "fft"), run.timed(sweep, arm))
        ratio = predicted / at.value if at else float("inf")
        found.append(
            Outcome(
                paper,
                f"FFT beats {arm} within 2x of the length predicted by FLOP, {predicted}",
                _interval(at) if at else "at every length measured",
                "yes" if 0.5 <= ratio <= 2 else "no",
            )
        )
    return found


def orders(run: Run) -> list[Outcome]:
    """FlashFFTConv: best order by length, and four constants fitted to measured times."""
    samples, best = [], dict[int, tuple[float, int]]()
    for order in (2, 3, 4):
        for n, one in run.arm("orders", f"order-{order}").items():
            time_s = one.value or 0.0
            samples.append((n, order, time_s / (float(one.notes["shape_h"]) * n)))
            best[n] = min(best.get(n, (float("inf"), 0)), (time_s, order))
    machine = fit_machine(samples)
    errors = [abs(cost_per_token_s(n, p, machine) / t - 1) for n, p, t in samples]
    mean = sum(errors) / len(errors)
    table = ", ".join(f"{n}: {order}" for n, (_, order) in sorted(best.items()))
    return [
        Outcome("flashfftconv", "best order grows with length", table, _grows(best)),
        Outcome(
            "flashfftconv",
            f"error after fitting 4 constants to {len(samples)} measured times < 30%",
            f"mean {mean:.0%}, largest {max(errors):.0%}",
            "yes" if mean < 0.3 else "no",
        ),
    ]


def features(run: Run) -> list[Outcome]:
    """Scalable Neural Network Kernels: break-even number of features, counted and measured."""
    at = crossing(run.timed("features", "dense"), run.timed("features", "features"))
    counted = random_features.break_even_features(512, 512)
    if at is None:
        return [Outcome("scalable-kernels", "break-even features within 20%", "no crossing", "no")]
    error = counted / at.value - 1
    return [
        Outcome(
            "scalable-kernels",
            f"break-even features within 20% of the counted {counted:.0f}",
            f"{_interval(at)}: counted is off by {error:+.0%}",
            "yes" if abs(error) <= 0.2 else "no",
        )
    ]


def variates(run: Run) -> list[Outcome]:
    """iTransformer: attention over variates is faster where T / V says so."""
    slow, fast = (run.arm("variates", arm) for arm in ("over-time", "over-variates"))
    pairs = [(512 / v, (slow[v].value or 0) / (fast[v].value or 1)) for v in sorted(slow)]
    same = all((predicted > 1) == (measured > 1) for predicted, measured in pairs)
    text = ", ".join(f"{predicted:g}: {measured:.2g}" for predicted, measured in pairs)
    return [
        Outcome("itransformer", "speed-up has the sign of T / V", text, "yes" if same else "no")
    ]


def sparse_products(run: Run) -> list[Outcome]:
    """SMASH: ranking of three dataflows at density 1e-3."""
    arms = ("row-by-row", "outer", "inner")
    held, texts = [], []
    for n in find("sparse-product").values:
        times = [run.arm("sparse-product", arm)[n].value or 0.0 for arm in arms]
        held.append(times == sorted(times))
        texts.append(f"{n}: " + " / ".join(f"{time_s * 1e3:.3g}" for time_s in times))
    return [
        Outcome(
            "smash",
            "traffic models rank " + " < ".join(arms) + " at density 1e-3; times in ms",
            "; ".join(texts),
            f"{sum(held)} of {len(held)}",
        )
    ]


def squeezed(run: Run) -> list[Outcome]:
    """SqueezeTime: time in the channels against a 3-D convolution, by FLOP and measured."""
    found = []
    for frames in find("squeezed-time").values:
        conv3d, by_frame, flat = (
            run.arm("squeezed-time", arm)[frames] for arm in ("conv3d", "frames", "squeezed")
        )
        counted = conv3d.work_flop / flat.work_flop
        best = min(conv3d.value or 0, by_frame.value or 0) / (flat.value or 1)
        library = (conv3d.value or 0) / (flat.value or 1)
        found.append(
            Outcome(
                "squeezetime",
                f"{frames} frames: speed-up within 30% of the counted {counted:.2f}",
                f"{best:.2f} over the faster 3-D form, {library:.2f} over conv3d",
                "yes" if abs(best / counted - 1) <= 0.3 else "no",
            )
        )
    return found


def decode(run: Run) -> list[Outcome]:
    """Flover: arrivals simulated with measured times of a step."""
    step = {b: one.value or 0.0 for b, one in run.arm("decode-batch", "batched").items()}

    def time_s(batch: int) -> float:
        return next(t for b, t in sorted(step.items()) if b >= batch)

    gains = {n: batching.simulate([0.0] * n, 64, time_s).speed_up for n in sorted(step) if n > 1}
    text = ", ".join(f"{n}: {gain:.2f}" for n, gain in gains.items())
    return [
        Outcome("flover", "speed-up of n requests at once, measured step times", text, "measured")
    ]


def random_access(run: Run) -> list[Outcome]:
    """NAT: bytes a second at random places, as a share of streaming."""
    texts = []
    for d, one in sorted(run.arm("random-access", "random").items()):
        stream = run.arm("random-access", "streaming")[d]
        rates = [(m.bytes_moved / (m.value or 1)) for m in (one, stream)]
        texts.append(f"rows of {4 * d} B: {rates[0] / rates[1]:.0%}")
    return [Outcome("nat", "random updates as a share of streaming", ", ".join(texts), "measured")]


def precision(run: Run) -> list[Outcome]:
    """Reduced precision: multiply-adds a clock, held to the measured peak of the format."""
    clock_hz = max(one.value or 0 for one in run.others if one.point.benchmark == "cpu.clock")
    peaks = {
        str(one.point["number_format"]): one.value or 0
        for one in run.others
        if one.point.benchmark == "cpu.compute.fma"
        and one.value
        and one.point["cores"] == 1
        and one.point["vector_bits"] == "widest"
    }
    found = []
    for size in find("precision").values:
        rates = {}
        for arm in find("precision").arms:
            one = run.arm("precision", arm.name)[size]
            rates[arm.name] = macs_per_clock(one.work_flop, one.value or 1, clock_hz)
        most = {form: peak / 2 / clock_hz for form, peak in peaks.items()}
        checked = [form for form in rates if form in most]
        odd = [rate_problem(rates[form], most[form] * PEAK_SLACK) for form in checked]
        text = ", ".join(f"{name} {rate:.3g}" for name, rate in rates.items())
        allowed = ", ".join(f"{form} {rate:.3g}" for form, rate in most.items() if form in rates)
        found.append(
            Outcome(
                "on-device-precision",
                f"MAC/clk at side {size}, at most the measured peak ({allowed})",
                text,
                "; ".join(filter(None, odd)) or "yes",
            )
        )
    return found


CHECKS = (
    *(orders, features, sparse_products, filter_size, lengths, variates, decode),
    *(random_access, squeezed, precision, delta, sparse),
)


def _long(n: int) -> dict[str, int]:
    return dict(find("long-convolution").arms[0].shape(n))


def _by_work(run: Run, sweep: str, arm: str) -> list[Timed]:
    return run.timed(sweep, arm, lambda one, _: one.work_flop)


def _turned(run: Run, sweep: str, first: str, second: str) -> str:
    found = crossing(run.timed(sweep, first), run.timed(sweep, second))
    return "" if found is None else _interval(found, unit="%")


def _timed(value: float, one: Measurement) -> Timed:
    """Return a median with its interval; too few samples for one have their whole range."""
    times = [sample.time_s for sample in one.samples]
    middle = one.value or 0.0
    low, high = one.low or min(times), one.high or max(times)
    return Timed(value, middle, min(low, middle), max(high, middle))


def _interval(found: Crossing, shift: float = 0.0, unit: str = "") -> str:
    numbers = [
        f"{number + shift:.3g}{unit}"
        for number in (found.value, found.low, found.high, found.below, found.above)
    ]
    return "{} (95%: {} to {}; measured at {} and {})".format(*numbers)


def _grows(best: Mapping[int, tuple[float, int]]) -> str:
    picked = [order for _, (_, order) in sorted(best.items())]
    return "yes" if picked == sorted(picked) and picked[0] < picked[-1] else "no"


if __name__ == "__main__":
    main()
