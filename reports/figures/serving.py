"""Serving a transformer: what a longer context costs, by device."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from costmodel.analytic.serving import Serving
from reports.figures.style import GREY, SERIES, canvas, legend, log_ticks, nothing, title

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def serving(rows: Sequence[tuple[str, Serving]]) -> Figure:
    """Draw prefill and decode (left) and users that fit (right) against the context's length.

    One colour a device in both panels; times are least times. A length at which not one user
    fits has no times, and a mark below the others.
    """
    figure, (times, users) = canvas(9.0, 3.8, axes=2)
    if not rows:
        nothing(times, "nothing to serve")
        nothing(users, "")
        return figure
    by_device: dict[str, list[Serving]] = {}
    for device, one in rows:
        by_device.setdefault(device, []).append(one)
    for index, (device, found) in enumerate(by_device.items()):
        colour = SERIES[index % len(SERIES)]
        own = sorted(found, key=lambda one: one.context_tokens)
        fit = [one for one in own if one.concurrency]
        tokens = [one.context_tokens for one in fit]
        if fit:
            prefill_s, decode_s = [one.prefill_s for one in fit], [one.decode_s for one in fit]
            times.plot(tokens, prefill_s, "o-", color=colour, ms=4, label=device)
            times.plot(tokens, decode_s, "s--", color=colour, mfc="white", ms=4)
            served = [one.concurrency for one in fit]
            users.plot(tokens, served, "o-", color=colour, ms=4, label=device)
        missing = [one.context_tokens for one in own if not one.concurrency]
        label = f"{device}: does not fit"
        if missing:
            users.plot(missing, [0.5] * len(missing), "x", color=colour, ms=6, label=label)
    for axes, text in ((times, "least time (s)"), (users, "users at once")):
        axes.set_xscale("log")
        axes.set_yscale("log")
        lengths = [one.context_tokens for _, one in rows]
        log_ticks(axes.xaxis, min(lengths), max(lengths), "")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.grid(axis="y", which="both", color=GREY, alpha=0.15)
        axes.set_xlabel("context (tokens)")
        axes.set_ylabel(text)
    if not any(one.concurrency for _, one in rows):
        nothing(times, "fits no device at any of these lengths")
        title(users, "Users whose KV cache fits")
        legend(users, "upper right")
        return figure
    decoded = f"{rows[0][1].decoded_tokens} tokens decoded"
    for style, label in (("o-", "prefill"), ("s--", decoded)):
        times.plot([], [], style, color=GREY, mfc=GREY if style == "o-" else "white", label=label)
    title(times, "Compute-bound prefill, memory-bound decode")
    title(users, "Users whose KV cache fits")
    legend(times, "lower right")
    legend(users, "upper right")
    return figure
