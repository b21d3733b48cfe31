"""The results as a picture: a bar a system for each of six measures. The one module that imports matplotlib."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.benchmarks.results import Measured, Results
from evaluation.benchmarks.systems import OWN, SYSTEMS, System

_OWN_COLOUR, _PEER_COLOUR = "#1f5fa8", "#9aa5b1"
# Text stays text, and the same results give the same bytes.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bench", "font.family": "sans-serif", "font.size": 9})


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    value: Callable[[Measured, Results], float]
    form: str
    logarithmic: bool = False


_PANELS = (
    _Panel("Right passage first, %", lambda row, results: 100 * row.first / results.questions, "{:.0f}"),
    _Panel("Right passage in three, %", lambda row, results: 100 * row.in_three / results.questions, "{:.0f}"),
    _Panel("A question, median, ms (log)", lambda row, _: row.p50_ms, "{:.1f}", logarithmic=True),
    _Panel("Build, s (log)", lambda row, _: row.build_s, "{:.1f}", logarithmic=True),
    _Panel("Cold start to first answer, s", lambda row, _: row.cold_start_s, "{:.1f}"),
    _Panel("Peak memory, MiB", lambda row, _: row.peak_mib, "{:.0f}"),
)


def draw(results: Results, path: Path) -> None:
    """Write the picture of a run as SVG."""
    rows = [(system, row) for system in reversed(SYSTEMS) if (row := results.of(system))]
    figure = Figure(figsize=(12, 1.6 + 0.52 * len(rows)), layout="constrained")
    axes = figure.subplots(2, 3, sharey=True)
    for axis, panel in zip(axes.flat, _PANELS, strict=True):
        _draw_panel(axis, panel, rows, results)
    figure.savefig(path, format="svg", metadata={"Date": None})


def _draw_panel(axis: Axes, panel: _Panel, rows: list[tuple[System, Measured]], results: Results) -> None:
    values = [panel.value(row, results) for _, row in rows]
    colours = [_OWN_COLOUR if system.module == OWN else _PEER_COLOUR for system, _ in rows]
    bars = axis.barh([system.english for system, _ in rows], values, color=colours)
    if panel.logarithmic:
        axis.set_xscale("log")
    axis.bar_label(bars, [panel.form.format(value) for value in values], padding=3)
    axis.set_title(panel.title, loc="left", fontsize=10)
    axis.margins(x=0.18)
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    axis.tick_params(bottom=False, labelbottom=False, which="both", left=False)
