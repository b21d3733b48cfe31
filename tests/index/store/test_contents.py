"""What an index says in words comes back from disk as it was."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.errors import IndexCorruptError
from index.figures import extract_figures
from index.reading.report import Report
from index.store.contents import Contents, read_contents, write_contents
from index.store.report_index import ReportIndex


def test_contents_come_back_as_they_were(built: ReportIndex, tmp_path: Path) -> None:
    """Every part of the made-up report: cards, glossary, nested sections, cells, exact values."""
    write_contents(tmp_path, built.contents)
    again = read_contents(tmp_path)
    assert again == built.contents
    assert [figure.value for figure in again.figures if figure.text == "48 250"] == [Decimal(48250)]


def test_the_real_report_comes_back_as_it_was(report: Report, tmp_path: Path) -> None:
    """All its passages, units and figures, and its text to the last character."""
    figures = extract_figures(report.document.text, report.passages, period="2021")
    contents = Contents(
        metadata=report.metadata, document=report.document, passages=report.passages, figures=figures
    )  # fmt: skip
    write_contents(tmp_path, contents)
    again = read_contents(tmp_path)
    assert again.document.text == report.document.text
    assert again == contents


@pytest.mark.parametrize("content", [None, b"", b"{}", b'{"document": 1}', b"\xff\xff"])
def test_contents_that_cannot_be_read_are_named(content: bytes | None, tmp_path: Path) -> None:
    """With the command that mends it."""
    if content is not None:
        (tmp_path / "contents.json").write_bytes(content)
    with pytest.raises(IndexCorruptError, match=r"contents\.json » est illisible ; lancez : qa-service build"):
        read_contents(tmp_path)
