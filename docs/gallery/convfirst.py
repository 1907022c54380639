"""Write reports of the ConvFirst block unfused and fused: ``python docs/gallery/convfirst.py OUT``.

Block after A. Lavin, arXiv 2404.03617: grouped 3x3, expand by 4, project with residual; batch 128,
56 x 56, 64 channels, groups of 8, fp16, on an A100 40 GB. Work and bytes are closed forms; times
are attainable times, so the efficiency is the model's part alone. Draw one with
``hwprof report OUT/unfused.json --figure waterline``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from microbench.devices import catalogue
from microbench.formats import NumberFormat
from reports.data import DeviceSection, KernelRecord, ReportData

SIZE_BYTES = 2
PIXELS, CHANNELS, GROUP, EXPANSION = 128 * 56 * 56, 64, 8, 4
WIDE = EXPANSION * CHANNELS
GROUPED_FLOP = 2 * PIXELS * CHANNELS * 9 * GROUP
POINTWISE_FLOP = 2 * PIXELS * CHANNELS * WIDE
WEIGHTS = (CHANNELS * 9 * GROUP, CHANNELS * WIDE, CHANNELS * WIDE)
UNFUSED = (
    ("grouped 3x3", GROUPED_FLOP, 2 * PIXELS * CHANNELS + WEIGHTS[0]),
    ("1x1 expand", POINTWISE_FLOP, PIXELS * (CHANNELS + WIDE) + WEIGHTS[1]),
    ("1x1 project + residual", POINTWISE_FLOP, PIXELS * (WIDE + 2 * CHANNELS) + WEIGHTS[2]),
)
FUSED = (
    (
        "fused block",
        GROUPED_FLOP + 2 * POINTWISE_FLOP,
        2 * PIXELS * CHANNELS + sum(WEIGHTS),
    ),
)


def report(title: str, rows: tuple[tuple[str, int, int], ...]) -> ReportData:
    """Return a report of kernels that run at their attainable time."""
    spec = catalogue.find("A100-SXM-40GB")
    peak, bandwidth = spec.peak(NumberFormat.FP16), spec.dram_bandwidth_bytes_per_s
    if peak is None or bandwidth is None:
        raise SystemExit("the catalogue has no fp16 peak or bandwidth for the A100")
    kernels = []
    for name, work, elements in rows:
        compute, memory = work / peak, SIZE_BYTES * elements / bandwidth
        time = max(compute, memory)
        bound = "compute" if compute >= memory else "memory"
        kernels.append(
            KernelRecord(
                name, "convolution", "fp16", 1, work, SIZE_BYTES * elements, time, time, time, time,
                bound,
            )
        )  # fmt: skip
    section = DeviceSection(spec.name, spec.title, "ideal", "fp16", peak, bandwidth, tuple(kernels))
    return ReportData(title, (section,))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for title, rows in (("unfused", UNFUSED), ("fused", FUSED)):
        (folder / f"{title}.json").write_text(report(title, rows).to_json(), encoding="utf-8")
