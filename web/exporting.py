"""The register as a file for a spreadsheet: CSV, and XLSX with numbers as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from qa_service.escaping import for_xml
from qa_service.register import Row
from web.files import csv_file
from web.rendering import plain
from web.typography import kind_label, pages_label, period_label

HEADERS = ("Chiffre", "Valeur", "Unité", "Sorte", "Période", "Ce qu'il compte", "Phrase", "Section", "Pages", "Rapport")
_WIDTHS = (16, 16, 12, 14, 14, 40, 80, 40, 10, 40)


def as_csv(rows: Sequence[Row]) -> bytes:
    """Return rows as CSV, below their headers."""
    return csv_file([HEADERS, *map(_cells, rows)])


def as_xlsx(rows: Sequence[Row]) -> bytes:
    """Return rows as a workbook with one sheet; its values are numbers, all else is text."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Chiffres"
    sheet.append(list(HEADERS))
    for cells in map(_cells, rows):
        sheet.append(list(cells))
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that opens with "=" is no formula
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _cells(row: Row) -> tuple[str | Decimal | None, ...]:
    figure, pages = row.figure, row.passage.pages
    printed = f"{figure.qualifier} {figure.text}" if figure.qualifier else figure.text
    return (
        printed,
        figure.value,
        figure.unit,
        kind_label(figure.kind),
        period_label(figure.period or figure.date),
        figure.label,
        " ".join(for_xml(plain(row.text)).split()),
        " › ".join(row.passage.section_path),
        pages_label(pages.first, pages.last) if pages else "",
        row.document.title,
    )
