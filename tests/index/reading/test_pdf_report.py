"""The real report, printed with known pages, comes back as it was: words, pages, headings, lists and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.model import SourceText
from index.reading.pdf import read_pdf
from tests.support.report_pdf import FOOTER, KnownPages, write_report_pdf

REPORT = Path(__file__).parents[3] / "seeds" / "rapport-activites-2021" / "report.txt"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnownPages, SourceText]:
    """What was printed where, and what was read."""
    path = tmp_path_factory.mktemp("report") / "report.pdf"
    return write_report_pdf(path, REPORT.read_text(encoding="utf-8")), read_pdf(path)


def unspaced(text: str) -> str:
    """Return the characters that are no white space."""
    return "".join(text.split())


def test_no_character_is_lost_or_added(printed: tuple[KnownPages, SourceText]) -> None:
    """All 189 154 characters of the report come back in order, without the 67 footers and page numbers."""
    known, source = printed
    read = unspaced(source.text)
    assert len(read) == 189_154
    assert read == unspaced(REPORT.read_text(encoding="utf-8"))
    assert FOOTER not in source.text
    assert known.count == len(source.pages) == 67


def test_each_line_stands_on_its_page(printed: tuple[KnownPages, SourceText]) -> None:
    """A line printed on one page is one line of that page; one that runs over is cut where the page ends."""
    known, source = printed
    pages = [page.span.of(source.text) for page in source.pages]
    lines = [set(page.split("\n")) for page in pages]
    cut = [line for line in known.lines if line.first_page < line.last_page]
    assert len(cut) == 20
    assert [line.text for line in known.lines if line not in cut and line.text not in lines[line.first_page - 1]] == []
    for line in cut:
        assert unspaced(line.text) in unspaced("".join(pages[line.first_page - 1 : line.last_page]))


def test_page_spans_cover_the_text(printed: tuple[KnownPages, SourceText]) -> None:
    """The spans of pages 1 to 67 follow each other without a gap from the first character to the last."""
    _, source = printed
    assert [page.number for page in source.pages] == list(range(1, 68))
    assert [page.span.start for page in source.pages] == [0, *(page.span.end for page in source.pages[:-1])]
    assert source.pages[-1].span.end == len(source.text)


def test_headings_keep_their_level(printed: tuple[KnownPages, SourceText]) -> None:
    """Titles of the contents and numbered lines, no others, are headings, of the level they were printed in."""
    known, source = printed
    found = [(mark.span.of(source.text), mark.level) for mark in source.headings]
    assert found == [(line.text, line.level) for line in known.lines if line.level]
    assert found[:3] == [
        ("Administration générale", 1), ("Ressources et relations humaines", 2), ("1 - Les missions", 3),
    ]  # fmt: skip


def test_table_keeps_rows_and_columns(printed: tuple[KnownPages, SourceText]) -> None:
    """The table of benefits comes back row by row with its header, empty cells in their place."""
    _, source = printed
    at = source.text.index("Prestation\t")
    table = source.text[at : source.text.index("\n\n", at)].split("\n")
    assert len(table) == 14
    assert table[0] == (
        "Prestation\tNombre d'utilisateurs\tNombre de prestations\tMontant versé des prestations\t"
        "Montant des avantages\tMontant Urssaf\tMontant indirect\tMontant total"
    )
    assert table[6] == "CESU\t18\t74\t3 715 €\t0 €\t0 €\t234 €\t3 949 €"
    assert table[9] == "Ecoute Sociale\t\t0\t19 €\t0 €\t0 €\t0 €\t19 €"


def test_list_items_follow_each_other(printed: tuple[KnownPages, SourceText]) -> None:
    """Items printed with bullets are lines that start with a dash, without blank lines between them."""
    _, source = printed
    assert (
        "\n- Dématérialisation des entretiens professionnels.\n"
        "- Développer ASTRE RH pour la GPEC, la formation et le recrutement.\n"
    ) in source.text
