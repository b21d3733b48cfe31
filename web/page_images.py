"""Pictures of the pages of a PDF report, to be looked at beside its text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2

from index.reading.metadata import SOURCES
from index.store.manifest import sha256
from index.store.report_index import ReportIndex

_WIDTH = 1000  # pixels: text of 9 points stays legible on a screen of twice the usual density
_one_at_a_time = Lock()  # PDFium keeps its state in globals: "not thread-compatible", says its documentation


def pdf_of(report: ReportIndex, seeds_dir: Path) -> Path | None:
    """Return the file of a PDF report; None for one of another kind, or whose file is no longer the one that was indexed."""
    path = seeds_dir / report.document.slug / SOURCES[0]
    if not report.document.pages or not path.is_file():
        return None
    return path if report.manifest.sources.get(path.name) == sha256(path) else None


def page_image(path: Path, number: int) -> bytes | None:
    """Return a page of a PDF, counted from 1, as PNG, None if it cannot be drawn."""
    with _one_at_a_time:
        try:
            with pypdfium2.PdfDocument(path) as document:
                page = document[number - 1]
                picture = page.render(scale=_WIDTH / page.get_width()).to_pil()
        except (pypdfium2.PdfiumError, IndexError):
            return None
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
