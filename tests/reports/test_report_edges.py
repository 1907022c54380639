"""Reports of odd data: still useful, still quick; and what the command refuses."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import escape

from microbench.devices import catalogue
from microbench.errors import HwprofError, InputError
from microbench.formats import NumberFormat
from reports.data import DeviceSection, KernelRecord, MeasuredPoint, ReportData, warnings_of
from reports.evidence import Pair, Published, Trial
from reports.export import FORMATS, csv_text, trace, write
from reports.figures.calibration import coverage, mean_factor, median_factor
from reports.figures.catalogue import FIGURES, draw, figures_for
from reports.figures.efficiency_gap import of_sections
from reports.figures.fusion import fusion, speedup
from reports.figures.labels import Label, place
from reports.figures.memory_ladder import memory_ladder
from reports.figures.style import canvas, render, si
from reports.page.build import page

PEAK, BANDWIDTH = 1e14, 1e12


def kernel(
    name: str = "k", work: float = 1e9, moved: float = 1e6, time_s: float = 1e-4
) -> KernelRecord:
    attainable = max(work / PEAK, moved / BANDWIDTH)
    return KernelRecord(
        name, "gemm", "fp32", 1, work, moved, time_s, time_s / 2, time_s * 2, attainable, "compute"
    )


def section(*kernels: KernelRecord, peak: float | None = PEAK) -> DeviceSection:
    return DeviceSection("d", "Device", "xla", "fp32", peak, BANDWIDTH, kernels)


def point(verdict: str = "ok", value: float | None = 1e-9) -> MeasuredPoint:
    axes = {"size_bytes": 4096, "page_bytes": 4096}
    return MeasuredPoint(
        "cpu.memory.latency", axes, "latency_s", verdict, "why", value, value, value
    )


CASES = {
    "empty": ReportData("x"),
    "no kernels": ReportData("x", (section(),)),
    "one sample": ReportData("x", (), (point(),)),
    "all failed": ReportData("x", (), (point("failed", None), point("timed out", None))),
    "zero bytes": ReportData("x", (section(kernel(moved=0.0), kernel(work=0.0, moved=0.0)),)),
    "zero time": ReportData("x", (section(kernel(time_s=0.0)),)),
    "no work": ReportData("x", (section(kernel(work=0.0)),)),
    "unknown peak": ReportData("x", (section(kernel(), peak=None),)),
}


@pytest.mark.parametrize("name", CASES)
def test_odd_reports_make_a_page_and_every_file(name: str, tmp_path: Path) -> None:
    text = page(CASES[name])
    assert "<h1>x</h1>" in text
    assert "nan" not in text.lower().replace("nanme", "")
    assert "Infinity" not in text
    for path in write(CASES[name], tmp_path / "out", FORMATS):
        assert path.stat().st_size > 0
    again = ReportData.from_json((tmp_path / "out" / "report.json").read_text())
    assert again == CASES[name]


def test_page_of_200_kernels_is_light_and_of_10000_is_made() -> None:
    chance = random.Random(0)
    many = [
        kernel(f"convolution 3x3 256 -> 256, 14x14 number {i}", chance.uniform(1e7, 1e10),
               chance.uniform(1e5, 1e8), chance.uniform(1e-5, 1e-3))
        for i in range(10_000)
    ]  # fmt: skip
    light = page(ReportData("x", (section(*many[:200]),)))
    assert len(light.encode()) <= 300_000
    assert light.count("<tr><td>") == 200
    assert len(set(re.findall(r'id="(f0-model-\d+)"', light))) == 200
    heavy = page(ReportData("x", (section(*many),)))
    assert "10000 kernels" in heavy.replace(",", "")
    assert "400 slowest" in heavy
    assert len(csv_text(ReportData("x", (section(*many),))).splitlines()) == 10_001


def test_page_needs_nothing_from_elsewhere() -> None:
    text = page(ReportData("x", (section(kernel()),), (point(),)))
    links = set(re.findall(r"https?://[\w./-]+", text))
    assert links <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"<(link|img|iframe)\b|@import|url\((?!#)", text)


def test_names_are_text_everywhere(tmp_path: Path) -> None:
    evil = '<script>alert("x")</script>|&'
    data = ReportData(evil, (section(kernel(evil)),), (), {"key": evil}, (evil,))
    text = page(data)
    assert "<script>alert" not in text
    assert text.count("<script>") == 1
    assert json.loads(trace(data))["traceEvents"][1]["name"] == evil
    svg = next(path for path in write(data, tmp_path, ["svg"]) if "waterline.svg" in path.name)
    assert "<script>" not in svg.read_text()


def test_above_peak_is_loud() -> None:
    fast = section(kernel(time_s=1e-6))
    (warning,) = warnings_of((fast,), ())
    assert "above 1" in warning
    assert "TF32" in warning
    drawn = render(draw("waterline-time", ReportData("x", (fast,)))[0].figure, "svg").decode()
    assert "above the peak" in drawn


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not a hwprof report"),
        ("[]", "not a hwprof report"),
        ('{"schema": "hwprof.run/1"}', "expected 'hwprof.report'"),
        ('{"schema": "hwprof.report/3"}', "newer"),
        ('{"schema": "hwprof.report/1"}', "damaged"),
        ('{"schema": "hwprof.report/1", "title": "", "sections": [{}]}', "damaged"),
    ],
)
def test_foreign_reports_are_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        ReportData.from_json(text)


PAIRS = (
    Pair("a", "gemm", 1e-3, 1.1e-3, 0.9e-3, 1.3e-3),
    Pair("b", "gemm", 2e-3, 1.0e-3, 0.9e-3, 1.2e-3),
)
FULL = ReportData(
    "x",
    (section(kernel()),),
    tuple(
        MeasuredPoint("gpu.tensor.wgmma.throughput", {"format": name, "columns": n},
                      "throughput_flop_per_s", "ok", value=n * 1e12, peak_flop_per_s=4e14)
        for name in ("bf16", "int8") for n in (64, 128, 256)
    ),
    pairs=PAIRS,
    trials=(Trial(1, 2e-3, "m=16"), Trial(2, None, "m=32"), Trial(3, 1e-3, "m=64", True)),
    published=(Published("L1 latency", "s", 1e-9, 0.9e-9, 1.1e-9, 1.0e-9, 1.2e-9, "A, 2022"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("latency_s", "abc", 'latency_s is "abc", not a number'),
        ("latency_s", -1.0, "latency_s is -1.0, not a number of 0 or more"),
        ("work_flop", float("inf"), "work_flop is Infinity, not a finite number"),
        ("low_s", None, "low_s is null, not a number"),
        ("bound", "magic", 'bound is "magic", not one of compute, memory, latency'),
        ("flags", "outside", 'flags is "outside", not a valid array'),
        ("name", ["a"] * 99, 'name is \\["a",.*…, not a valid string'),
    ],
)
def test_an_altered_report_is_refused_by_field_and_value(
    field: str, value: object, told: str
) -> None:
    document = json.loads(ReportData("x", (section(kernel(), kernel()),)).to_json())
    document["sections"][0]["kernels"][1][field] = value
    with pytest.raises(InputError, match=rf"^r\.json: .*sections\[0\]\.kernels\[1\]\.{told}"):
        ReportData.from_json(json.dumps(document), "r.json")


def test_a_report_of_the_first_version_is_read() -> None:
    data = ReportData("x", (section(kernel()),), (point(),))
    document = json.loads(data.to_json()) | {"schema": "hwprof.report/1"}
    del document["sections"][0]["queued_s"]
    del document["sections"][0]["kernels"][0]["launch_s"]
    assert ReportData.from_json(json.dumps(document)) == data


def test_every_figure_is_drawn_with_units_on_its_axes() -> None:
    assert ReportData.from_json(FULL.to_json()) == FULL
    names = {one.name: one.figure for one in figures_for(FULL)}
    assert set(names) == set(FIGURES) - {"memory-ladder", "fusion"}
    for name, figure in names.items():
        for axes in figure.axes:
            assert axes.get_xlabel() or axes.get_ylabel(), name


@pytest.mark.parametrize(("clock_hz", "texts"), [(None, []), (4e9, ["4.0 cycles"])])
def test_a_ladder_names_its_first_step_in_cycles(clock_hz: float | None, texts: list[str]) -> None:
    first = replace(point(), clock_hz=clock_hz)
    later = replace(first, axes={"size_bytes": 2**16, "page_bytes": 4096}, value=3e-9)
    (axes,) = memory_ladder([later, first]).axes
    assert [one.get_text() for one in axes.texts if "cycles" in one.get_text()] == texts


def test_a_gpu_s_ladders_are_a_line_for_each_way_its_loads_go() -> None:
    def rung(space: str, size_bytes: int, seconds: float) -> MeasuredPoint:
        axes = {"space": space, "size_bytes": size_bytes}
        return replace(
            point(), benchmark="gpu.memory.latency", axes=axes, value=seconds, clock_hz=None
        )

    mixed = [
        *(rung("shared", size, 16e-9) for size in (4096, 16384, 32768)),
        *(rung("l1", size, 20e-9) for size in (8192, 65536)),
        *(rung("l2", size, 150e-9) for size in (2**20, 2**22)),
    ]
    (axes,) = memory_ladder(mixed).axes
    lines = {
        one.get_label(): list(one.get_ydata())
        for one in axes.lines
        if not str(one.get_label()).startswith("_")
    }
    assert len(lines) == 3
    assert all(len(set(values)) == 1 for values in lines.values())


def test_calibration_numbers() -> None:
    assert coverage(PAIRS) == 0.5
    assert mean_factor(PAIRS) == pytest.approx((1.1 * 2) ** 0.5)
    assert median_factor(PAIRS) == pytest.approx((1.1 + 2) / 2)
    low = Pair("c", "gemm", 50.0, 1.0, 1.0, 1.0)
    assert (mean_factor((low,)), median_factor((low,))) == pytest.approx((50, 50))


def test_labels_never_overlap() -> None:
    figure, axes = canvas(6, 4)
    chance = random.Random(1)
    labels = [Label(chance.random(), chance.random(), f"label {i}", "black") for i in range(60)]
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    figure.draw_without_rendering()
    place(axes, labels)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) > 40
    overlaps = [
        (a, b) for i, a in enumerate(boxes) for b in boxes[:i]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 2 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
    ]  # fmt: skip
    assert overlaps == []


def test_a_published_132_percent_of_peak_is_called_tf32() -> None:
    """InceptionNeXt's README: ResNet-50, 4.1 GMAC an image, 3149 images/s in "full precision"."""
    images, rate = 128, 3149.0
    a100 = catalogue.find("A100-SXM-40GB")
    peak = a100.peak(NumberFormat.FP32)
    assert peak == 19.5e12
    work = images * 2 * 4.1e9
    batch = replace(kernel("resnet50", work, 1e9, images / rate), attainable_s=work / peak)
    (warning,) = warnings_of([section(batch, peak=peak)], ())
    assert "132%" in warning
    assert "TF32" in warning


def test_unknown_figure_lists_those_there_are() -> None:
    with pytest.raises(InputError, match="choose from waterline"):
        draw("pie", FULL)
    with pytest.raises(InputError, match="no data"):
        draw("tuning", replace(FULL, trials=()))


def hwprof(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hwprof", "report", *map(str, arguments)],
        capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}, check=False,
    )  # fmt: skip


def test_command_rebuilds_from_json_and_refuses_to_overwrite(tmp_path: Path) -> None:
    source, out = tmp_path / "r.json", tmp_path / "out"
    source.write_text(FULL.to_json())
    first = hwprof(source, "--out", out)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [str(out / "report.html"), str(out / "report.json")]
    before = (out / "report.html").read_bytes()
    second = hwprof(source, "--out", out)
    assert second.returncode == 2
    assert "exists" in second.stderr
    forced = hwprof(out / "report.json", "--out", out, "--force")
    assert forced.returncode == 0
    assert (out / "report.html").read_bytes() == before
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "report.json"]


def test_command_draws_one_figure(tmp_path: Path) -> None:
    source = tmp_path / "r.json"
    source.write_text(FULL.to_json())
    done = hwprof(source, "--figure", "calibration", "--format", "svg", "--out", tmp_path)
    assert done.stdout.splitlines() == [str(tmp_path / "calibration.svg")]
    wrong = hwprof(source, "--format", "gif", "--out", tmp_path)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    missing = hwprof(tmp_path / "none.json")
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)


def test_devices_stand_side_by_side() -> None:
    one = section(kernel("a"), kernel("b"))
    alone = ReportData("x", (one,))
    slower = section(kernel("a", time_s=4e-4), kernel("b", time_s=5e-4))
    several = replace(alone, sections=(one, replace(slower, name="second", title="Second")))
    drawn = {picture.name: picture for picture in figures_for(several, one_picture=True)}
    assert len(drawn["waterline"].figure.axes) == len(drawn["waterline-time"].figure.axes) == 2
    keys = [
        [text.get_text() for text in legend.get_texts()]
        for name in ("waterline", "waterline-time")
        for legend in drawn[name].figure.legends
    ]
    assert all(len(key) == len(set(key)) for key in keys)
    assert keys[1] == ["achieved", "attainable"]
    apart = [picture.name for picture in figures_for(several) if picture.beside]
    assert apart == [
        f"{name}-{device}"
        for name in ("waterline", "waterline-time", "roofline")
        for device in ("d", "second")
    ]
    assert page(several).count('<div class="beside">') == 3
    four = replace(alone, sections=tuple(replace(one, name=f"d{at}") for at in range(4)))
    assert '<div class="cards pairs">' in page(four)
    assert page(four).count('<div class="beside pairs">') == 3
    assert '<div class="beside">' not in page(alone)


def test_the_default_folder_takes_a_report_twice_but_no_foreign_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source, out = tmp_path / "r.json", tmp_path / "hwprof-report"
    source.write_text(FULL.to_json())
    assert hwprof(source).returncode == 0
    again = hwprof(source)
    assert (again.returncode, again.stderr) == (0, "")
    assert hwprof(source, "--out", "hwprof-report").returncode == 2
    (out / "report.html").write_text("<title>mine</title>")
    refused = hwprof(source)
    assert refused.returncode == 2
    assert "report.html exists" in refused.stderr
    assert (out / "report.html").read_text() == "<title>mine</title>"


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1e-10, "s", "100 ps"),
        (2.5e-9, "s", "2.5 ns"),
        (0.0, "s", "0 s"),
        (3e15, "FLOP/s", "3 PFLOP/s"),
    ],
)
def test_axes_carry_prefixes_not_powers_of_ten(value: float, unit: str, told: str) -> None:
    assert si(value, unit) == told


def test_a_page_warns_of_launches_as_predict_does(tmp_path: Path) -> None:
    model = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
    formats = ("--format", "html,md,json")
    done = hwprof(model, "--device", "l4,h100-sxm", *formats, "--out", tmp_path)
    assert done.returncode == 0
    warnings = json.loads((tmp_path / "report.json").read_text())["warnings"]
    told = [one for one in warnings if "were learned from single PyTorch calls in eager" in one]
    assert [one.partition(":")[0] for one in told] == ["NVIDIA L4", "NVIDIA H100 SXM5 80GB"]
    markdown = (tmp_path / "report.md").read_text().splitlines()
    listed = (tmp_path / "report.html").read_text().partition("Before you trust a number")[2]
    for one in told:
        assert f"> {one}" in markdown
        assert f"<li>{escape(one)}</li>" in listed.partition("</section>")[0]


def chain(variant: str, value: float, verdict: str, width: float | None = 0.1) -> MeasuredPoint:
    return MeasuredPoint(
        "cpu.fusion", {"activation": "silu", "variant": variant}, "latency_s", verdict, value=value,
        low=value * (1 - width) if width else None, high=value * (1 + width) if width else None,
        requested_bytes=1e6 if variant == "fused" else 2e6,
    )  # fmt: skip


@pytest.mark.parametrize("base_verdict", ["ok", "noisy"])
@pytest.mark.parametrize("verdict", ["ok", "noisy"])
def test_a_speedup_over_or_of_a_noisy_point_is_hatched(base_verdict: str, verdict: str) -> None:
    base, fused = chain("eager", 3.0, base_verdict), chain("fused", 1.0, verdict)
    one = speedup(base, fused)
    assert (one.ratio, one.low, one.high) == pytest.approx((3, 2.7 / 1.1, 3.3 / 0.9))
    (axes,) = fusion((base, fused)).axes
    eager_bar, fused_bar = axes.patches
    assert bool(eager_bar.get_hatch()) is (base_verdict == "noisy")
    assert bool(fused_bar.get_hatch()) is one.noisy is ("noisy" in (base_verdict, verdict))


def test_a_speedup_without_an_interval_says_so_and_no_label_meets_the_mark() -> None:
    points = (chain("eager", 3.0, "noisy", None), chain("in-place", 1.7, "ok"),
              chain("fused", 1.0, "ok"))  # fmt: skip
    figure = fusion(points)
    (axes,) = figure.axes
    assert [text.get_text() for text in axes.texts] == [
        "1.00x, no interval", "1.76x, no interval", "3.00x, no interval",
    ]  # fmt: skip
    figure.draw_without_rendering()
    (mark,) = [line for line in axes.lines if list(line.get_xdata()) == [2.0, 2.0]]
    at = axes.transData.transform((mark.get_xdata()[0], 0))[0]
    for text in axes.texts:
        box = text.get_window_extent()
        assert not box.x0 <= at <= box.x1


def test_every_family_of_every_device_has_its_label_in_its_row() -> None:
    kernels = [replace(kernel(f"k{i}", 10.0 ** (7 + i)), family=f) for i, f in enumerate("abcd")]
    sections = [replace(section(*kernels), title=f"Device {n}", name=str(n)) for n in range(6)]
    figure = of_sections(sections)
    (axes,) = figure.axes
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) == 24
    inside = axes.get_window_extent()
    assert all(box.x1 <= inside.x1 for box in boxes)
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    names = [label.get_text().split()[0] for label in axes.get_yticklabels()]
    assert names == ["d", "c", "b", "a"]


def test_several_figures_are_named_with_commas(tmp_path: Path) -> None:
    data = ReportData("x", (section(kernel()),))
    drawn = write(data, tmp_path, ["png"], "roofline, efficiency-gap")
    assert [path.name for path in drawn] == ["roofline.png", "efficiency-gap.png"]
    for figure, kind in (("roofline,pie", "svg"), ("", "png"), ("roofline,", "png"), ("a", "html")):
        with pytest.raises(InputError, match=f"unknown figure '{figure.split(',')[-1]}'"):
            write(data, tmp_path / "new", [kind], figure)
    assert not (tmp_path / "new").exists()


def test_equal_kernels_share_a_row_of_the_tables_and_not_of_the_files(tmp_path: Path) -> None:
    alike = kernel("conv", time_s=2e-3)
    placed = replace(alike, location="f.mlir:9:1")
    other = replace(alike, bytes_moved=2e6)
    data = ReportData("x", (section(kernel("slow", time_s=5e-3), alike, other, placed),))
    rows = re.findall(r"<tr><td>(\w+)</td><td data-v=\"(\d)\"", page(data))
    assert rows == [("slow", "1"), ("conv", "2"), ("conv", "1")]
    assert "Equal kernels share" in page(data)
    (path,) = write(data, tmp_path, ["md"])
    lines = [
        line for line in path.read_text().splitlines() if line.startswith(("| conv", "| slow"))
    ]
    assert [line.split("|")[1:4] for line in lines] == [
        [" slow ", " 1 ", " 5.00 ms "],
        [" conv ", " 2 ", " 4.00 ms "],
        [" conv ", " 1 ", " 2.00 ms "],
    ]
    assert csv_text(data).count("\nd,conv,") == 3


def test_a_picture_that_stands_alone_says_whose_times_it_shows(tmp_path: Path) -> None:
    two = replace(section(kernel()), name="e", stack="torch-eager")
    data = ReportData("x", (section(kernel()), two), (point(),))
    for path in write(data, tmp_path, ["svg"]):
        told = "times: xla, torch-eager" in path.read_text()
        assert told == ("ladder" not in path.name), path.name
    assert "times: xla" not in page(data)


def test_the_page_names_the_software_as_predict_does(tmp_path: Path) -> None:
    model = Path(__file__).parents[2] / "examples" / "mlp.linalg.mlir"
    wanted = ("--device", "h100-sxm", "--stack", "vendor")
    done = hwprof(model, *wanted, "--out", tmp_path / "r")
    assert done.returncode == 0, done.stderr
    command = [sys.executable, "-m", "hwprof", "predict", str(model), *wanted]
    said = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"}
    )
    stack = json.loads((tmp_path / "r" / "report.json").read_text())["sections"][0]["stack"]
    assert f"({stack})" in " ".join(said.stdout.split())
    assert (
        f"predicted times \N{MIDDLE DOT} {stack} " in (tmp_path / "r" / "report.html").read_text()
    )


def test_a_report_that_does_not_fit_the_disk_leaves_no_folder(tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    data = ReportData("x", (section(kernel()),))
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(HwprofError, match="File too large; free space") as raised:
            write(data, tmp_path / "new" / "report", ["html", "json"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert raised.value.exit_code == 1
    assert not list(tmp_path.iterdir())


def test_the_page_and_markdown_write_numbers_as_the_commands_do(tmp_path: Path) -> None:
    data = ReportData("x", (section(kernel(moved=3.3e6, time_s=4.3e-3)),))
    write(data, tmp_path, ["html", "md"])
    html, markdown = ((tmp_path / f"report.{kind}").read_text() for kind in ("html", "md"))
    for text in (html, markdown):
        assert "predicted to take 4.30 ms (90% interval" in text
    assert ">3.30 MB</td>" in html
    assert ">4.30 ms</td>" in html
    assert "| 4.30 ms |" in markdown
