"""The page in a real browser, with the network off: errors, hover, sorting, filtering, overflow."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reports.data import DeviceSection, KernelRecord, MeasuredPoint, ReportData
from reports.page.build import page

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=4000", "--dump-dom"),
)
EVIL = "<script>window.stolen = 1</script>"
CHECKS = """
const frame = document.querySelector("iframe"), found = {};
frame.addEventListener("load", () => {
  const w = frame.contentWindow, d = w.document;
  found.errors = w.problems;
  found.stolen = w.stolen === undefined ? "no" : "yes";
  found.requests = w.performance.getEntriesByType("resource").map(e => e.name);
  found.overflow = d.documentElement.scrollWidth - d.documentElement.clientWidth;
  found.hover = [...d.querySelectorAll("svg .bar title")].map(t => t.textContent);
  const table = d.querySelector("table.kernels"), rows = () =>
    [...table.tBodies[0].rows].filter(r => !r.hidden).map(r => r.cells[0].textContent);
  const buttons = [...table.querySelectorAll("th button")];
  const button = name => buttons.find(b => b.textContent.startsWith(name));
  found.initial = rows();
  button("time").click(); found.descending = rows();
  button("time").click(); found.ascending = rows();
  button("kernel").click(); found.named = rows();
  found.sorted = button("kernel").parentElement.getAttribute("aria-sort");
  const box = d.querySelector("input[type=search]");
  box.value = "CONV"; box.dispatchEvent(new w.Event("input")); found.filtered = rows();
  box.value = ""; box.dispatchEvent(new w.Event("input")); found.unfiltered = rows();
  found.reachable = [...buttons, box, ...d.querySelectorAll(".plot, .scroll")].every(
    e => e.tabIndex === 0 && (e.focus(), d.activeElement === e));
  found.count = (box.value = "conv", box.dispatchEvent(new w.Event("input")),
    box.nextElementSibling.textContent);
  box.value = ""; box.dispatchEvent(new w.Event("input"));
  found.smallest_px = Math.min(...[...d.querySelectorAll(".plot text")].map(t => {
    const m = t.getScreenCTM();
    return parseFloat(w.getComputedStyle(t).fontSize) * Math.hypot(m.a, m.b);
  }));
  button("work").focus(); found.focus = d.activeElement === button("work");
  found.clipped = [...d.querySelectorAll("figure svg")].flatMap(svg => {
    const outer = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter(t => {
      const r = t.getBoundingClientRect();
      return r.left < outer.left - 1 || r.right > outer.right + 1 ||
             r.top < outer.top - 1 || r.bottom > outer.bottom + 1;
    }).map(t => t.textContent);
  });
  document.body.textContent = "";
  const out = document.createElement("pre");
  out.textContent = JSON.stringify(found);
  document.body.append(out);
});
"""
CATCH = """<script>window.problems = [];
addEventListener("error", e => problems.push(e.message));
console.error = (...a) => problems.push(a.join(" "));</script>"""


def kernel(name: str, time_s: float, work: float = 1e9) -> KernelRecord:
    return KernelRecord(
        name, "convolution", "fp32", 2, work, 1e6, time_s, 0.8 * time_s, 1.3 * time_s,
        0.5 * time_s, "compute", ("outside-training-range",),
    )  # fmt: skip


def report_of(*names: str) -> ReportData:
    kernels = tuple(kernel(name, (index + 1) * 1e-4) for index, name in enumerate(names))
    one = DeviceSection("d", "Device with a rather long title", "xla", "fp32", 1e14, 1e12, kernels)
    axes = {"size_bytes": 4096, "page_bytes": 4096}
    points = tuple(
        MeasuredPoint("cpu.memory.latency", {**axes, "size_bytes": 4096 * 2**i}, "latency_s", "ok",
                      "", 1e-9 * 2**i, 0.9e-9 * 2**i, 1.1e-9 * 2**i)
        for i in range(6)
    )  # fmt: skip
    environment = {"device": "Device", "kernel": "Linux " + "x" * 90}
    return ReportData("model.mlir", (one,), points, environment, ("a warning to read",))


def browse(text: str, width: int, folder: Path) -> dict[str, Any]:
    inner = html.escape(text.replace("<head>", "<head>" + CATCH, 1))
    harness = folder / "harness.html"
    harness.write_text(
        f'<!DOCTYPE html><html><body><iframe style="width:{width}px;height:900px;border:0"'
        f' srcdoc="{inner}"></iframe><script>{CHECKS}</script></body></html>',
        encoding="utf-8",
    )
    assert CHROMIUM is not None
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--window-size=1600,1000",
         harness.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    start, end = done.stdout.index("<pre>") + 5, done.stdout.index("</pre>")
    found = json.loads(html.unescape(done.stdout[start:end]))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("width", [360, 1440])
def test_page_works(width: int, tmp_path: Path) -> None:
    found = browse(page(report_of("conv a", "gemm b", EVIL, "Conv c")), width, tmp_path)
    assert found["errors"] == []
    assert found["stolen"] == "no"
    assert found["requests"] == []
    assert found["overflow"] <= 0
    assert found["clipped"] == []
    assert any(
        re.match(r"conv a x 2: 200 µs \(.* to .*\), 2 GFLOP, 2 MB", text) for text in found["hover"]
    )
    assert any(EVIL in text for text in found["hover"])
    slowest_first = ["Conv c", EVIL, "gemm b", "conv a"]
    assert found["initial"] == slowest_first
    assert found["descending"] == slowest_first
    assert found["ascending"] == slowest_first[::-1]
    assert found["sorted"] in {"ascending", "descending"}
    assert sorted(found["named"]) == sorted(slowest_first)
    assert sorted(found["filtered"]) == ["Conv c", "conv a"]
    assert len(found["unfiltered"]) == 4
    assert found["focus"]
    assert found["reachable"]
    assert found["count"] == "2 of 4"
    assert found["smallest_px"] > 6.5, "text of a figure cannot be read on a phone"


def test_many_long_names_do_not_overflow(tmp_path: Path) -> None:
    names = [f"fused_{index}_" + "convolution_with_bias_and_activation" * 4 for index in range(40)]
    data = report_of(*names)
    two = replace(data, sections=(*data.sections, replace(data.sections[0], name="e")))
    found = browse(page(two), 360, tmp_path)
    assert (found["errors"], found["overflow"], found["clipped"]) == ([], 0, [])
