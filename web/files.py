"""What is given as a file to save: its type, its name, and CSV that a French spreadsheet opens."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from flask import Response

from qa_service.escaping import for_cell

MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jsonl": "application/x-ndjson",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_to_save(content: bytes, name: str, ending: str) -> Response:
    """Return a file as a browser saves it: `name` without its ending, which says the type."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(content, content_type=MIMETYPES[ending], headers=headers)


def csv_file(rows: Iterable[Sequence[str | Decimal | None]]) -> bytes:
    """Return rows as UTF-8 with its mark, ";" between cells, decimal commas; no text is taken for a formula."""
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(cell: str | Decimal | None) -> str:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return for_cell(cell or "")
