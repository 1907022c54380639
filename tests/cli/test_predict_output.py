"""What ``hwprof predict`` prints, from predictions known by hand."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from costmodel.kernel import Bound, Family, Flag, Kernel, Launch, Prediction, Resources
from costmodel.learned.whole_model import Total
from hwprof.commands.predict import parse_shapes
from hwprof.prediction import ModelPrediction, predictions_for
from hwprof.prediction_records import document, rows
from hwprof.prediction_tables import (
    basis,
    beyond_bound,
    coverage_line,
    headline,
    held_at_bound,
    holds_launches,
    merged,
    table,
    warnings_of,
)
from microbench.devices.spec import DeviceKind, DeviceSpec
from microbench.errors import InputError
from microbench.formats import NumberFormat


@dataclass
class KnownCoverage:
    costed: int = 9
    free: int = 1
    assumed: int = 0
    unknown: dict[str, int] = field(default_factory=lambda: {"acme.widget": 2})
    share: float = 10 / 12

    def warnings(self) -> list[str]:
        return []


@dataclass
class KnownGraph:
    coverage: KnownCoverage = field(default_factory=KnownCoverage)
    resident_bytes: float = 0.0


SPEC = DeviceSpec("X1", "Example X1", DeviceKind.GPU, "acme", "x", None, 4, 1e9, 1e12, 1, 1)
GEMM = Kernel(
    "dot 64x64x64",
    Family.GEMM,
    "linear",
    NumberFormat.FP32,
    524288.0,
    49152.0,
    dims={"b": 1, "m": 64, "n": 64, "k": 64},
    count=3,
    location="model.mlir:4:10",
    flags=frozenset({Flag.ASSUMED_SHAPE}),
)
ADD = Kernel("add 64x64", Family.ELEMENTWISE, "add", NumberFormat.FP32, 4096.0, 49152.0)


def result() -> ModelPrediction:
    gemm = Prediction(
        GEMM,
        "X1",
        "xla",
        latency_s=10e-6,
        low_s=8e-6,
        high_s=13e-6,
        attainable_s=5e-6,
        bound=Bound.COMPUTE,
        parts_s={"launch": 2e-6, "compute": 8e-6},
        resources=Resources(64, 16384, 0.5),
        blocks={"BLOCK_M": 64, "BLOCK_N": 32, "num_warps": 4, "GROUP_M": 1, "SPLIT_K": 2},
    )
    add = Prediction(ADD, "X1", "xla", 2e-6, 1e-6, 4e-6, 1e-6, Bound.MEMORY)
    graph: Any = KnownGraph()
    return ModelPrediction(Path("model.mlir"), SPEC, "xla", graph, (add, gemm))


def printed(drawn: object, width: int = 200) -> str:
    stream = io.StringIO()
    Console(file=stream, width=width, no_color=True).print(drawn)
    return stream.getvalue()


def test_the_model_sums_kernels_times_their_counts() -> None:
    assert result().latency_s == pytest.approx(32e-6)
    assert result().interval_s == pytest.approx((25e-6, 43e-6))


def test_headline_says_time_interval_kernels_and_distance() -> None:
    assert headline(result()) == (
        "model.mlir on Example X1 (xla): 32.0 µs (25.0 µs to 43.0 µs), 4 kernels, "
        "50.0% of attainable; without 2 ops nobody costed"
    )


def test_a_processors_times_are_of_one_thread_and_of_torchs_calls_where_they_are() -> None:
    cpu = DeviceSpec("cpu", "a CPU", DeviceKind.CPU, "v", "x86", None, 2, None, None, None, None)
    assert headline(replace(result(), device=cpu)).startswith(
        "model.mlir on one thread of a CPU (xla): "
    )
    calls = tuple(replace(one, stack="torch-eager") for one in result().predictions)
    told = headline(replace(result(), device=cpu, stack="inductor", predictions=calls))
    assert told.startswith(
        "model.mlir on one thread of a CPU (kernels of inductor as eager calls): "
    )


def test_the_slowest_kernel_stands_first_and_the_rest_is_summed() -> None:
    text = printed(table(result(), top=1, width=200)[0])
    assert text.index("dot 64x64x64") < text.index("1 more (--top 0")
    assert "add 64x64" not in text
    for cell in ("524 kFLOP", "49.2 kB", "30.0 µs", "93.8%", "compute", "assumed-shape"):
        assert cell in text
    assert "64x32 w4 split_k=2" in text


def test_all_rows_are_printed_on_request() -> None:
    text = printed(table(result(), top=0, width=200)[0])
    assert "add 64x64" in text
    assert "more (--top" not in text


def test_equal_kernels_share_a_row() -> None:
    twice = result()
    both = merged((*twice.predictions, *twice.predictions))
    assert [one.kernel.count for one in both] == [6, 2]
    assert sum(one.total_s for one in both) == pytest.approx(2 * twice.latency_s)


def test_columns_nobody_fills_are_left_out() -> None:
    bare = replace(result(), predictions=result().predictions[:1])
    text = printed(table(bare, top=0, width=200)[0])
    assert "blocks" not in text
    assert "flags" not in text


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_a_narrow_console_keeps_names_times_and_shares_and_tells_flags_below(width: int) -> None:
    drawn, notes = table(result(), top=0, width=width)
    text = printed(drawn, width)
    for cell in ("dot 64x64x64", "add 64x64", "30.0 µs", "93.8%", "2.00 µs"):
        assert cell in text
    assert "resources" not in text
    assert notes[0].startswith("no room here for resources, flags")
    assert ("3 kernels: assumed-shape" in notes) is ("assumed-shape" not in text)
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width


def test_a_wide_console_needs_no_lines_below() -> None:
    assert table(result(), top=0, width=200)[1] == []


def test_coverage_names_what_is_unknown() -> None:
    assert coverage_line(result()) == (
        "83.3% of ops understood: 9 costed, 1 free, 0 assumed, 2 unknown (acme.widget x2)"
    )


def test_json_is_versioned_and_complete() -> None:
    read = json.loads(json.dumps(document((result(),)), allow_nan=False))
    assert read["schema"] == "hwprof.predict/1"
    assert read["coverage"]["unknown"] == {"acme.widget": 2}
    (device,) = read["devices"]
    assert device["device"] == "X1"
    gemm = device["kernels"][1]
    assert gemm["dims"] == {"b": 1, "m": 64, "n": 64, "k": 64}
    assert gemm["flags"] == ["assumed-shape"]
    assert gemm["registers_per_thread"] == 64
    assert gemm["efficiency"] == pytest.approx(0.5)


def test_csv_rows_are_flat() -> None:
    flat = rows((result(),))[1]
    assert flat["dims"] == "b=1 m=64 n=64 k=64"
    assert flat["flags"] == "assumed-shape"
    assert all(not isinstance(value, (dict, list)) for value in flat.values())


def test_shapes_are_names_and_sizes() -> None:
    assert parse_shapes(["N=8", "seq=128"]) == {"N": 8, "seq": 128}


@pytest.mark.parametrize("pair", ["N", "=8", "N=", "N=-1", "N=0", "N=x", "N=1e3", "N=²"])
def test_a_bad_shape_is_named(pair: str) -> None:
    with pytest.raises(InputError, match="NAME=SIZE"):
        parse_shapes([pair])


def test_a_model_without_kernels_says_so() -> None:
    bare = replace(result(), predictions=())
    assert headline(bare) == "model.mlir on Example X1 (xla): no kernel to run"
    assert printed(table(bare, top=5, width=200)[0]).strip()
    assert rows((bare,)) == []


def test_a_prediction_above_its_bound_is_named_as_one() -> None:
    sound = result()
    assert beyond_bound(sound) == ""
    gemm, add = sound.predictions[1], sound.predictions[0]
    told = beyond_bound(replace(sound, predictions=(add, replace(gemm, attainable_s=11e-6))))
    assert told.startswith("X1: dot 64x64x64 predicted, not measured, at efficiency above 1 (110%)")


def test_kernels_held_at_their_bound_are_one_warning() -> None:
    sound = result()
    gemm, add = sound.predictions[1], sound.predictions[0]
    flagged = replace(gemm, flags=gemm.flags | {Flag.ABOVE_PEAK})
    assert held_at_bound(sound) == ""
    told = held_at_bound(replace(sound, predictions=(add, flagged)))
    assert told.startswith("X1: dot 64x64x64 (")
    assert "held at the bound" in told
    brief = replace(flagged, latency_s=1e-3 * add.total_s)
    assert held_at_bound(replace(sound, predictions=(add, brief))) == ""


@pytest.mark.parametrize(
    ("resident_bytes", "memory_bytes", "told"),
    [
        (2e9, 1 << 30, "not the 2.00 GB that the model's arguments and results take"),
        (2e4, 40_000, "X1 has 40.0 kB of memory, not the 49.2 kB that add 64x64 reads and writes"),
        (2e9, 2_000_000_000, ""),
        (2e9, None, ""),
    ],
)
def test_data_beyond_the_memory_is_one_warning(
    resident_bytes: float, memory_bytes: int | None, told: str
) -> None:
    graph: Any = KnownGraph(resident_bytes=resident_bytes)
    spec = replace(SPEC, dram_bytes=memory_bytes)
    found = replace(result(), graph=graph, device=spec)
    (device,) = document((found,))["devices"]
    assert device["warnings"] == warnings_of(found)
    assert len(device["warnings"]) == bool(told)
    assert told in "".join(device["warnings"])


def test_a_model_larger_than_the_device_is_told_in_every_form(tmp_path: Path) -> None:
    kind = "tensor<1000000x1000000xf64>"
    model = tmp_path / "big.mlir"
    model.write_text(
        f"func.func @main(%a: {kind}, %b: {kind}) -> {kind} {{\n"
        f"%0 = stablehlo.add %a, %b : {kind}\nreturn %0 : {kind}\n}}\n"
    )
    told = "has 85.9 GB of memory, not the 24.0 TB that the model's arguments and results take"
    for form, warnings in ((), 1), (("--csv",), 1), (("--json",), 0):
        done = subprocess.run(
            [sys.executable, "-m", "hwprof", "predict", str(model), "--device", "h100", *form],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr.count(told) == done.stderr.count("\n") == warnings
        if form == ("--json",):
            assert told in json.loads(done.stdout)["devices"][0]["warnings"][0]


def test_times_that_hold_launches_say_so_in_title_line_and_records() -> None:
    plain = result()
    add, gemm = plain.predictions
    assert basis(plain) == ""
    eager = replace(
        plain, predictions=(add, replace(gemm, launch=Launch.EAGER)), basis="model of x"
    )
    assert "(kernels of xla as eager calls): 32.0 µs" in headline(eager)
    assert basis(eager).startswith(
        "model of x; 3 of 4 kernels (93.8% of the time) were learned from"
    )
    (device,) = document((eager,))["devices"]
    assert device["basis"] == basis(eager)
    assert [one["launch"] for one in device["kernels"]] == [None, "eager-call"]
    little = replace(plain, predictions=(replace(add, launch=Launch.EAGER), gemm))
    assert "(xla)" in headline(little)
    assert basis(little).startswith("1 of 4 kernels (6.2% of the time)")
    assert basis(replace(eager, stack="torch-eager")) == "model of x"


def test_a_total_of_queued_kernels_says_what_it_holds() -> None:
    plain = result()
    queue = Total(25e-6, 20e-6, 40e-6, kernels_s=32e-6, hidden_s=7e-6, host_s=20e-6, gap_s=5e-6)
    eager = replace(plain, stack="torch-eager", queue=queue)
    assert eager.latency_s == 25e-6
    assert eager.interval_s == (20e-6, 40e-6)
    assert "25.0 µs (20.0 µs to 40.0 µs)" in headline(eager)
    assert basis(eager) == (
        "the kernels one by one take 32.0 µs; in the total 7.00 µs of launches, up to 5.00 µs "
        "each, run behind the work of earlier kernels"
    )
    (device,) = document((eager,))["devices"]
    assert device["latency_s"] == 25e-6
    assert device["total"] == {
        "kind": "queue",
        "kernels_s": 32e-6,
        "launch_gap_s": 5e-6,
        "hidden_launch_s": 7e-6,
        "host_launch_s": 20e-6,
        "bound_by": "kernels",
    }
    slow = replace(eager, queue=replace(queue, latency_s=20e-6))
    assert "the total is the host's 20.0 µs to launch them" in basis(slow)
    assert document((slow,))["devices"][0]["total"]["bound_by"] == "host"
    nothing = replace(eager, queue=replace(queue, hidden_s=0.0))
    assert "and so does the model" in basis(nothing)
    (summed,) = document((plain,))["devices"]
    assert summed["total"] == {"kind": "sum", "kernels_s": pytest.approx(32e-6)}


def test_predict_totals_an_eager_model_as_a_queue() -> None:
    example = Path(__file__).parents[2] / "examples" / "gpt2_block.stablehlo.mlir"
    eager, compiled = (
        predictions_for(example, "v100-pcie-32gb", stack=stack, choose_blocks=False)[0]
        for stack in ("torch-eager", "inductor")
    )
    assert eager.queue is not None
    assert eager.latency_s < eager.kernels_s
    assert eager.interval_s[0] < eager.latency_s < eager.interval_s[1]
    assert compiled.queue is None
    assert compiled.latency_s == compiled.kernels_s


def test_a_sum_that_holds_launches_warns_against_comparing_stacks() -> None:
    few = replace(result(), eager_launch_s=1e-6)
    many = replace(result(), eager_launch_s=8e-6)
    assert holds_launches(few) == ""
    assert holds_launches(many) == (
        "X1: times of stack xla hold launches (8.00 µs of 32.0 µs) that the total of torch-eager "
        "hides; do not compare stacks"
    )
    assert holds_launches(many) in warnings_of(many)


def test_kernels_of_a_compiled_stack_say_whose_launch_was_taken_out() -> None:
    plain = result()
    add, gemm = plain.predictions
    taken = replace(plain, predictions=(add, replace(gemm, launch=Launch.TAKEN_OUT)))
    assert "(xla): 32.0 µs" in headline(taken)
    assert basis(taken) == (
        "3 of 4 kernels (93.8% of the time) were learned from single PyTorch calls in eager mode, "
        "the only ones measured: the host's launch, which xla does not make, is taken out; nobody "
        "measured what is left, and the intervals reach up to the call itself"
    )
    (device,) = document((taken,))["devices"]
    assert [one["launch"] for one in device["kernels"]] == [None, "launch-taken-out"]


def test_every_stack_without_a_queue_says_what_its_sum_holds() -> None:
    model = Path(__file__).parents[2] / "examples" / "resnet50.stablehlo.mlir"
    by_stack = {
        stack: predictions_for(model, "h100", stack=stack, choose_blocks=False)[0]
        for stack in ("torch-eager", "vendor", "inductor")
    }
    eager, called = by_stack["torch-eager"], by_stack["vendor"]
    assert eager.queue
    assert holds_launches(eager) == ""
    assert called.eager_launch_s > 0.05 * called.latency_s
    told = [one for one in warnings_of(called) if "do not compare stacks" in one]
    assert len(told) == 1
    assert document((called,))["devices"][0]["warnings"] == warnings_of(called)
    assert by_stack["inductor"].eager_launch_s == 0.0
    assert by_stack["inductor"].latency_s < called.latency_s
