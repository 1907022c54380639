"""Names of a roofline's roofs: under the peak, off the dots, and along their lines."""

from __future__ import annotations

import math

from reports.data import DeviceSection, KernelRecord
from reports.figures.roofline import roofline
from reports.roofs import Origin, Roof

PEAK = 9e10
BANDWIDTHS = {
    "L1, 1 core": 1.88e11,
    "last-level cache, 1 core": 4.8e10,
    "DRAM, 1 core": 1.3e10,
}
DOTS = ((0.12, 2e9), (0.17, 2.9e9), (0.6, 1.4e9), (1.0, 5e9), (1.3, 2.1e10), (3, 7e10), (200, 6e10))


def cpu() -> DeviceSection:
    kernels = tuple(
        KernelRecord(
            f"k{at}", "gemm", "fp32", 1, 1e9, 1e9 / intensity, 1e9 / rate, 0.9e9 / rate,
            1.1e9 / rate, 1e9 / PEAK, "memory",
        )
        for at, (intensity, rate) in enumerate(DOTS)
    )  # fmt: skip
    roofs = [Roof(name, Origin.MEASURED, rate, True) for name, rate in BANDWIDTHS.items()]
    roofs.append(Roof("fp32, 1 core", Origin.MEASURED, PEAK, False))
    return DeviceSection("cpu", "CPU", "xla", "fp32", PEAK, 1.3e10, kernels, roofs=tuple(roofs))


def test_names_of_roofs_stay_under_the_peak_off_the_dots_and_along_their_lines() -> None:
    figure = roofline(cpu(), beside=True)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    peak_px = axes.transData.transform((1, PEAK))[1]
    inside = axes.get_window_extent()
    names = [text for text in axes.texts if text.get_rotation()]
    assert len(names) == len(BANDWIDTHS)
    (x0, y0), (x1, y1) = axes.transData.transform([(1, 1e10), (10, 1e11)])
    angle = math.atan2(y1 - y0, x1 - x0)
    for name in names:
        box = name.get_window_extent()
        assert box.y1 < peak_px
        assert box.x0 >= inside.x0
        assert box.y0 >= inside.y0
        assert math.isclose(math.radians(name.get_rotation()), angle, abs_tol=0.01)
        middle_x, middle_y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        name.set_rotation(0)
        flat = name.get_window_extent()
        for dot in DOTS:
            x, y = axes.transData.transform(dot)
            along = (x - middle_x) * math.cos(angle) + (y - middle_y) * math.sin(angle)
            across = (y - middle_y) * math.cos(angle) - (x - middle_x) * math.sin(angle)
            assert abs(along) > flat.width / 2 or abs(across) > flat.height / 2
