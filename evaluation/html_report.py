"""The totals of a run as one self-contained page in French, for readers who are no developers."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from evaluation import wording
from evaluation.runs import Run
from evaluation.summary import Summary

_TEMPLATES = Path(__file__).parent / "templates"


def render_report(run: Run, summary: Summary) -> str:
    """Return the page: HTML with its style inside, no script and nothing to fetch."""
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters["percent"] = wording.percent
    environment.filters["decimal"] = wording.decimal
    axes = [(wording.AXES[axis], list(groups)) for axis, groups in groupby(summary.groups, key=attrgetter("axis"))]
    asked_at = f"{datetime.fromisoformat(run.created_at):%d/%m/%Y à %H:%M}"
    template = environment.get_template("report.html")
    return template.render(run=run, asked_at=asked_at, summary=summary, axes=axes, wording=wording)
