"""Draw the 36 models of the pycls zoo as an efficiency gap: ``python docs/gallery/zoo.py OUT.png``.

Source: facebookresearch/pycls (MIT), MODEL_ZOO.md at commit 3747e12: 64 images on one V100, fp32,
PyTorch 1.6. Peak 15.7 TFLOP/s fp32 (NVIDIA, Tesla V100 datasheet, SXM2).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from reports.figures.efficiency_gap import GapPoint, efficiency_gap
from reports.figures.style import render

PEAK_FLOP_PER_S, IMAGES = 15.7e12, 64
TABLE = Path(__file__).with_name("pycls_zoo.csv")


def points() -> list[GapPoint]:
    """Return every model: ideal time at peak, measured time, accuracy."""
    with TABLE.open(encoding="utf-8") as file:
        return [
            GapPoint(
                family=row["family"],
                label=f"{row['family']}-{row['model']}",
                quality=100 - float(row["top1_error_percent"]),
                ideal_s=2e9 * float(row["gmac"]) * IMAGES / PEAK_FLOP_PER_S,
                actual_s=float(row["infer_ms"]) / 1e3,
            )
            for row in csv.DictReader(file)
        ]


if __name__ == "__main__":
    figure = efficiency_gap(
        points(),
        "top-1 accuracy (%)",
        heading="Efficiency gap: 36 models, 64 images, V100 fp32 (pycls zoo)",
    )
    Path(sys.argv[1]).write_bytes(render(figure, "png", dpi=115))
