"""The curves of growth as a picture, both axes logarithmic, each with its exponent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter

from evaluation.benchmarks.curves import Curve

mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "growth", "font.family": "sans-serif", "font.size": 9})
# What grows with what: the curves of a panel share what they grow with, and how their names begin.
_PANELS = (
    ("search of the index, ms", "passages", "search"),
    ("recall@10 against exact search", "passages", "recall@10"),
    ("build of the index, s", "passages", "build"),
    ("index on disk, MiB", "passages", "size"),
    ("answer, by reports of a service, ms", "reports", "answer"),
    ("memory, by reports of a service, MiB", "reports", "memory"),
    ("answer, by turns of the conversation, ms", "turns", "answer"),
    ("check, by characters of the text, ms", "characters", "check"),
)


_KINDS = ("bm25", "Flat", "as built", "SQ8", "HNSW32", "all")


def draw(curves: Sequence[Curve], path: Path) -> None:
    """Write the picture as SVG."""
    figure = Figure(figsize=(15, 7.5), layout="constrained")
    for axis, (title, of, begins) in zip(figure.subplots(2, 4).flat, _PANELS, strict=True):
        _draw_panel(axis, title, [curve for curve in curves if curve.of == of and curve.name.startswith(begins)])
    figure.savefig(path, format="svg", metadata={"Date": None})


def _draw_panel(axis: Axes, title: str, curves: Sequence[Curve]) -> None:
    if not curves:
        axis.set_visible(False)
        return
    for curve in curves:
        kind = curve.name.split(", ", 1)[-1]
        label = f"{kind}: exponent {curve.exponent:g}"
        colour = f"C{_KINDS.index(kind) if kind in _KINDS else 0}"  # a kind of index has one colour in all panels
        axis.plot([point.x for point in curve.points], [point.y for point in curve.points], "o-", color=colour, label=label)
        axis.set_xlabel(curve.of)
    axis.set_xscale("log")
    axis.xaxis.set_minor_formatter(NullFormatter())  # between powers of ten there is no room
    if not title.startswith("recall"):
        axis.set_yscale("log")
    axis.set_title(title, loc="left", fontsize=10)
    axis.legend(fontsize=8)
    axis.spines[["top", "right"]].set_visible(False)
