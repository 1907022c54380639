"""The measured acceptance checks of the papers: what a run of sweeps says of each, as a table.

hwprof bench --name device
hwprof bench --suite sweeps --name sweeps
python benchmarks/paper_checks.py --run sweeps --device device

Crossings and ratios are predicted from the library calls of the device's run, none of which is a
workload, and from FLOP alone. Where so many other programs run that no call of a millisecond goes
undisturbed, ``--rounds 9`` times the sweeps here and now instead of reading a run: all arms in
turns, in processor seconds; ``--cpu-time`` takes those seconds of a run's samples.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from costmodel.analytic import batching
from costmodel.analytic.crossing import Crossing, Timed, crossing, linearity
from costmodel.analytic.fftconv import best_order, cost_per_token_s, fit_machine
from costmodel.analytic.sweep_run import SweepRun, read
from microbench.protocol.cpu_time import in_cpu_time
from microbench.store import open_store
from microbench.suites.cpu_sweeps import NAME
from microbench.workloads import long_convolution, random_features, toeplitz_attention
from microbench.workloads.precision_ladder import macs_per_clock, rate_problem
from microbench.workloads.sweep_times import in_turns
from microbench.workloads.sweeps import DIRECT_LONG, find

PEAK_SLACK = 1.02
"""Clock and peak were measured minutes apart on a machine whose clock moves by 1% to 2%."""


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
    parser.add_argument("--device", default="", help="Run with clock and library calls.")
    parser.add_argument("--cpu-time", action="store_true", help="Seconds of the processor.")
    parser.add_argument("--rounds", type=int, default=0, help="Time the sweeps here, in turns.")
    parser.add_argument("--sweep", action="append", default=[], help="With --rounds: only these.")
    arguments = parser.parse_args()
    store = open_store(arguments.store, create=False)
    names = [arguments.device or arguments.run, *([] if arguments.rounds else [arguments.run])]
    found = [one for n in {*names} for one in store.measurements(store.run(n, device="cpu"))]
    if arguments.cpu_time or arguments.rounds:
        found = [in_cpu_time(one) for one in found]
    if arguments.rounds:
        found = [one for one in found if one.point.benchmark != NAME]
        found += in_turns(arguments.sweep, arguments.rounds)
    run = read(found)
    timed = {sweep for sweep, _ in run.by_arm}
    print("| page | check | found | held |\n| --- | --- | --- | --- |")
    checks = (check for sweep, check in CHECKS if sweep in timed)
    for one in (outcome for check in checks for outcome in check(run)):
        print(f"| {one.page} | {one.check} | {one.found} | {one.held} |")


def sparse(run: SweepRun) -> list[Outcome]:
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


def delta(run: SweepRun) -> list[Outcome]:
    """Delta inference: unchanged inputs from which it pays; shifted by 1, for 0 has no log."""
    delta_s, dense_s = (
        run.timed("delta", arm, lambda _, percent: percent + 1) for arm in ("delta", "dense")
    )
    found = crossing(delta_s, dense_s)
    text = "always faster" if found is None else _interval(found, shift=-1, unit="%")
    return [Outcome("delta-activation", "break-even sparsity of delta inference", text, "measured")]


def filter_size(run: SweepRun) -> list[Outcome]:
    """Scaling Up Your Kernels: filter side from which an FFT is faster."""
    found = crossing(run.timed("filter-size", "fft"), run.timed("filter-size", "direct"))
    text = "never" if found is None else _interval(found)
    return [
        Outcome("large-kernels", "filter side k from which an FFT beats direct", text, "measured")
    ]


def long_lengths(run: SweepRun) -> list[Outcome]:
    """SGConv: lengths from which an FFT beats a direct convolution, predicted and measured."""
    by_flop = next(
        n
        for n in (2**power for power in range(1, 20))
        if long_convolution.fft_flop(_long(n)) < DIRECT_LONG.flop(_long(n))
    )
    return [
        _length(run, "sgconv", "long-convolution", arm, by_flop) for arm in ("windows", "grouped")
    ]


def relative(run: SweepRun) -> list[Outcome]:
    """Kernelised attention: length from which an FFT beats quadratic weights."""
    by_flop = toeplitz_attention.crossing_length(8)
    return [_length(run, "kernelized-attention", "toeplitz", "quadratic", by_flop)]


def _length(run: SweepRun, paper: str, sweep: str, arm: str, by_flop: int) -> Outcome:
    ours, theirs = (run.timed(sweep, name) for name in ("fft", arm))
    measured = crossing(ours, theirs)
    pair = run.predicted(sweep, "fft"), run.predicted(sweep, arm)
    expected = crossing(*pair) if pair[0] else None
    held = "cannot tell: no crossing"
    if measured is not None and expected is not None:
        held = "yes" if 0.5 <= expected.value / measured.value <= 2 else "no"
    always = f"faster from {ours[0].value:.0f} on, the shortest measured"
    return Outcome(
        paper,
        f"FFT beats {arm} within 2x of the length predicted from library calls, "
        f"{f'{expected.value:.0f}' if expected else 'none'}",
        f"{_interval(measured) if measured else always}; by FLOP alone {by_flop}",
        held,
    )


def orders(run: SweepRun) -> list[Outcome]:
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
    model = ", ".join(f"{n}: {best_order(n, machine)}" for n in sorted(best))
    matrix, general, onchip, dram = (
        f"{rate / 1e9:.2g}"
        for rate in (
            *(machine.matrix_flop_per_s, machine.general_flop_per_s),
            *(machine.onchip_bytes_per_s, machine.dram_bytes_per_s),
        )
    )
    rates = f"{matrix} and {general} GFLOP/s, {onchip} and {dram} GB/s"
    return [
        Outcome("flashfftconv", "best order grows with length", table, _grows(best)),
        Outcome(
            "flashfftconv",
            f"error after fitting 4 constants to {len(samples)} measured times < 30%",
            f"mean {mean:.0%}, largest {max(errors):.0%}; {rates}; best by the model {model}",
            "yes" if mean < 0.3 else "no",
        ),
    ]


def features(run: SweepRun) -> list[Outcome]:
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


def variates(run: SweepRun) -> list[Outcome]:
    """iTransformer: attention over variates is faster where T / V says so."""
    slow, fast = (run.arm("variates", arm) for arm in ("over-time", "over-variates"))
    pairs = [(512 / v, (slow[v].value or 0) / (fast[v].value or 1)) for v in sorted(slow)]
    same = all((predicted > 1) == (measured > 1) for predicted, measured in pairs)
    text = ", ".join(f"{predicted:g}: {measured:.2g}" for predicted, measured in pairs)
    return [
        Outcome("itransformer", "speed-up has the sign of T / V", text, "yes" if same else "no")
    ]


def sparse_products(run: SweepRun) -> list[Outcome]:
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


def squeezed(run: SweepRun) -> list[Outcome]:
    """SqueezeTime: time in the channels against a 3-D convolution, predicted and measured."""
    expected = {
        arm: {one.value: one.time_s for one in run.predicted("squeezed-time", arm)}
        for arm in ("frames", "squeezed")
    }
    found = []
    for frames in find("squeezed-time").values:
        conv3d, by_frame, flat = (
            run.arm("squeezed-time", arm)[frames] for arm in ("conv3d", "frames", "squeezed")
        )
        counted = conv3d.work_flop / flat.work_flop
        measured = (by_frame.value or 0) / (flat.value or 1)
        library = (conv3d.value or 0) / (flat.value or 1)
        if not expected["frames"]:
            continue
        ratio = expected["frames"][frames] / expected["squeezed"][frames]
        found.append(
            Outcome(
                "squeezetime",
                f"{frames} frames: speed-up over single frames, predicted {ratio:.2f} within 30%",
                f"{measured:.2f}: off by {ratio / measured - 1:+.0%} ({library:.2f} over conv3d); "
                f"by FLOP alone {counted:.2f}, {counted / measured - 1:+.0%}",
                "yes" if abs(ratio / measured - 1) <= 0.3 else "no",
            )
        )
    return found


def decode(run: SweepRun) -> list[Outcome]:
    """Flover: arrivals simulated with measured times of a step."""
    step = {b: one.value or 0.0 for b, one in run.arm("decode-batch", "batched").items()}

    def time_s(batch: int) -> float:
        return next(t for b, t in sorted(step.items()) if b >= batch)

    gains = {n: batching.simulate([0.0] * n, 64, time_s).speed_up for n in sorted(step) if n > 1}
    text = ", ".join(f"{n}: {gain:.2f}" for n, gain in gains.items())
    return [
        Outcome("flover", "speed-up of n requests at once, measured step times", text, "measured")
    ]


def random_access(run: SweepRun) -> list[Outcome]:
    """NAT: bytes a second at random places, as a share of streaming."""
    texts = []
    for d, one in sorted(run.arm("random-access", "random").items()):
        stream = run.arm("random-access", "streaming")[d]
        rates = [(m.bytes_moved / (m.value or 1)) for m in (one, stream)]
        texts.append(f"rows of {4 * d} B: {rates[0] / rates[1]:.0%}")
    return [Outcome("nat", "random updates as a share of streaming", ", ".join(texts), "measured")]


def precision(run: SweepRun) -> list[Outcome]:
    """Reduced precision: multiply-adds a clock, held to the measured peak of the format."""
    clock_hz = max(one.value or 0 for one in run.device if one.point.benchmark == "cpu.clock")
    peaks = {
        str(one.point["number_format"]): one.value or 0
        for one in run.device
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
    *(("orders", orders), ("features", features), ("sparse-product", sparse_products)),
    *(("filter-size", filter_size), ("long-convolution", long_lengths), ("toeplitz", relative)),
    *(("variates", variates), ("decode-batch", decode), ("random-access", random_access)),
    *(("squeezed-time", squeezed), ("precision", precision), ("delta", delta), ("density", sparse)),
)
"""A check and the sweep it needs."""


def _long(n: int) -> dict[str, int]:
    return dict(find("long-convolution").arms[0].shape(n))


def _by_work(run: SweepRun, sweep: str, arm: str) -> list[Timed]:
    return run.timed(sweep, arm, lambda one, _: one.work_flop)


def _turned(run: SweepRun, sweep: str, first: str, second: str) -> str:
    found = crossing(run.timed(sweep, first), run.timed(sweep, second))
    return "" if found is None else _interval(found, unit="%")


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
