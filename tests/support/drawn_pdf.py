"""Pages drawn for a test, and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from index.model import SourceText
from index.reading.pdf.worker import extract


def read_drawn(folder: Path, draw: Callable[[Canvas], None]) -> SourceText:
    """Return what is read from the A4 pages that `draw` draws."""
    canvas = Canvas(str(folder / "page.pdf"), pagesize=(595, 842))
    draw(canvas)
    canvas.save()
    return extract(folder / "page.pdf", max_pages=100)


def put(canvas: Canvas, x: float, y: float, lines: Sequence[str], *, font: str = "Helvetica", size: float = 10) -> float:
    """Print lines under each other, the first one's foot at `y`, and return where the next one would stand."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= 1.2 * size
    return y


def wrapped(text: str, width: float, size: float = 10) -> list[str]:
    """Return the lines of a text as set in a column."""
    return list(simpleSplit(text, "Helvetica", size, width))


def ruled(canvas: Canvas, xs: Sequence[float], ys: Sequence[float]) -> None:
    """Draw the rules of a table without merged cells."""
    canvas.grid(list(xs), list(ys))
