"""Plain text and Markdown: what cannot be read is refused by name, what can keeps every character."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import ReportFormatError, ReportLimitError, ReportNotFoundError
from index.model import PageRange, UnitKind
from index.reading.limits import Limits
from index.reading.report import Report, read_report, read_source
from tests.support.mini import write_seed

MARKDOWN = """# Rapport 2019

Le mot du président.

## Cadre de vie

### Jardins partagés

En 2019, **37 jardins** ont été ouverts.

- 12 motoculteurs
- 8 brouettes

## Culture ##

| Salle | Places | Subvention |
|---|---:|---|
| Le Tilleul | 320 | 15 000 € |
| La Grange | | 9 500 € |

#culture n'est pas un titre.
"""

DOTTED = """Table des matières

Introduction ........... 2
1. Jardins partagés . . . . . . 3
1.1 Outils prêtés ……………… 4
2. Patinoire 6

Introduction

Le texte commence ici.

1. Jardins partagés

Il y a 37 jardins.

1.1 Outils prêtés

Il y a 12 motoculteurs.

2. Patinoire

La patinoire a accueilli 48 250 patineurs.
"""


def read(tmp_path: Path, text: str, name: str = "report.txt") -> Report:
    """Return a text as a report is read from a seed folder."""
    return read_report(write_seed(tmp_path / "seed", text=text, name=name), limits=Limits())


def units(report: Report) -> list[str]:
    """Return the reading form of each unit."""
    return [unit.text for passage in report.passages for unit in passage.units]


@pytest.mark.parametrize("name", ["report.txt", "report.md"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Été 2019".encode("latin-1"), r"n'est pas en UTF-8 \(octet 0\) ; réenregistrez-le"),
        (b"Bon d\xc3", r"n'est pas en UTF-8 \(octet 5\)"),
        ("Été 2019".encode("utf-16"), r"n'est pas en UTF-8 \(octet 0\)"),
        (b"", r"est vide ; donnez le rapport"),
        (b" \n\t\r\n", r"est vide"),
        ("\ufeff".encode(), r"est vide"),
        (b"Un rapport\x00 cache un octet nul.", r"n'est pas un fichier de texte"),
    ],
)
def test_bytes_that_are_no_text_are_refused(content: bytes, message: str, name: str, tmp_path: Path) -> None:
    """By the file's name, with what to do."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReportFormatError, match=f"« {name} » {message}"):
        read_source(path, limits=Limits())


@pytest.mark.parametrize("name", ["report.txt", "report.md"])
def test_a_file_larger_than_allowed_is_refused_unread(name: str, tmp_path: Path) -> None:
    """A sparse file of 500 MB costs nothing."""
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(ReportLimitError, match=f"« {name} » pèse 500 Mo, plus que les 200 Mo acceptés ; découpez"):
        read_source(path, limits=Limits())


def test_a_file_just_as_large_as_allowed_is_read(tmp_path: Path) -> None:
    """The limit is in bytes and included."""
    path = tmp_path / "report.txt"
    path.write_text("Été.", encoding="utf-8")
    assert read_source(path, limits=Limits(max_bytes=6)).text == "Été."
    with pytest.raises(ReportLimitError):
        read_source(path, limits=Limits(max_bytes=5))


@pytest.mark.parametrize("name", ["report.txt", "report.md"])
def test_a_missing_file_and_a_folder_are_refused(name: str, tmp_path: Path) -> None:
    """With the path that was looked for."""
    with pytest.raises(ReportNotFoundError, match=f"{name} » n'existe pas ou n'est pas un fichier"):
        read_source(tmp_path / name, limits=Limits())
    (tmp_path / name).mkdir()
    with pytest.raises(ReportNotFoundError, match=f"{name} » n'existe pas ou n'est pas un fichier"):
        read_source(tmp_path / name, limits=Limits())


@pytest.mark.parametrize("name", ["report.docx", "report", "report.html"])
def test_a_file_of_another_type_is_refused(name: str, tmp_path: Path) -> None:
    """The message lists the types that can be read."""
    (tmp_path / name).write_text("Un rapport.", encoding="utf-8")
    with pytest.raises(ReportFormatError, match=rf"« {name} » : type inconnu ; acceptés : \.md, \.pdf, \.txt"):
        read_source(tmp_path / name, limits=Limits())


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    """As cameras and old systems write it."""
    (tmp_path / "REPORT.TXT").write_text("Un rapport.", encoding="utf-8")
    assert read_source(tmp_path / "REPORT.TXT", limits=Limits()).text == "Un rapport."


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    """The first heading is found and offsets count without it."""
    report = read(tmp_path, "\ufeffLa patinoire a accueilli 48 250 patineurs.")
    assert report.document.text.startswith("La patinoire")
    assert report.passages[0].span.start == 0


def test_the_text_is_kept_to_the_last_character(tmp_path: Path) -> None:
    """Line ends, no-break spaces and blank lines stay: citations are verbatim."""
    text = "\n\nJardins\r\n\r\n  En\u00a02019, 37\u202fjardins ont été ouverts.  \r\n"
    report = read(tmp_path, text)
    assert report.document.text == text
    assert units(report) == ["En 2019, 37 jardins ont été ouverts."]


def test_markdown_headings_are_the_outline(tmp_path: Path) -> None:
    """Two levels of sections, then sub-headings; closing marks go, "#culture" is no heading."""
    report = read(tmp_path, MARKDOWN, "report.md")
    assert [(section.title, section.level) for section in report.document.walk()] == [
        ("Rapport 2019", 1),
        ("Cadre de vie", 2),
        ("Culture", 2),
    ]
    gardens = next(passage for passage in report.passages if "37 jardins" in passage.text)
    assert (gardens.section_path, gardens.headings) == (("Rapport 2019", "Cadre de vie"), ("Jardins partagés",))
    assert "#culture n'est pas un titre." in units(report)


def test_markdown_lists_and_stress_are_read(tmp_path: Path) -> None:
    """Items are units of one list; stars are not read aloud."""
    report = read(tmp_path, MARKDOWN, "report.md")
    items = [unit for passage in report.passages for unit in passage.units if unit.kind is UnitKind.ITEM]
    assert [item.text for item in items] == ["12 motoculteurs", "8 brouettes"]
    assert "En 2019, 37 jardins ont été ouverts." in units(report)


@pytest.mark.parametrize("rule", ["|---|---:|---|", "| :-- | :-: | --: |", "|-|-|-|"])
def test_a_pipe_table_is_read_by_row(rule: str, tmp_path: Path) -> None:
    """Cells keep the header of their column; the rule under the headers, of one dash or more, is no row."""
    report = read(tmp_path, MARKDOWN.replace("|---|---:|---|", rule), "report.md")
    rows = [unit for passage in report.passages for unit in passage.units if unit.kind is UnitKind.ROW]
    assert [[(cell.header, cell.text) for cell in row.cells] for row in rows] == [
        [("Salle", "Le Tilleul"), ("Places", "320"), ("Subvention", "15 000 €")],
        [("Salle", "La Grange"), ("Places", ""), ("Subvention", "9 500 €")],
    ]


def test_a_cell_of_a_pipe_table_knows_its_place(tmp_path: Path) -> None:
    """Its span covers its text, without the spaces beside the bars."""
    report = read(tmp_path, MARKDOWN, "report.md")
    row = next(unit for passage in report.passages for unit in passage.units if "Tilleul" in unit.text)
    assert [cell.span.of(report.document.text) for cell in row.cells] == ["Le Tilleul", "320", "15 000 €"]


def test_a_contents_page_with_dotted_leaders(tmp_path: Path) -> None:
    """Titles without their dots and numbers, levels from the numbering, pages from the end of the line."""
    report = read(tmp_path, DOTTED)
    assert [(section.title, section.level, section.pages) for section in report.document.walk()][1:] == [
        ("Introduction", 1, PageRange(2, 2)),
        ("Jardins partagés", 1, PageRange(3, 5)),
        ("Outils prêtés", 2, PageRange(4, 5)),
        ("Patinoire", 1, PageRange(6, 6)),
    ]
    tools = next(passage for passage in report.passages if "motoculteurs" in passage.text)
    assert (tools.section_path, tools.pages) == (("Jardins partagés", "Outils prêtés"), PageRange(4, 5))


def test_a_report_without_contents_page(tmp_path: Path) -> None:
    """Bare headings head passages of one section, which bears the report's title and knows no pages."""
    report = read(tmp_path, "Jardins partagés\n\nIl y a 37 jardins.\n\nPatinoire\n\nElle a accueilli 48 250 patineurs.\n")
    assert [section.title for section in report.document.walk()] == ["Rapport d'activités 2019"]
    assert [(passage.headings, passage.pages) for passage in report.passages] == [
        (("Jardins partagés",), None),
        (("Patinoire",), None),
    ]


def test_decimal_numbers_nest_sub_headings(tmp_path: Path) -> None:
    """A heading 1.2 stands beside 1.1 under 1, and 2 ends them all."""
    titles = ("1. Jardins", "1.1 Outils", "1.2 Serres", "2. Patinoire", "2.1 Glace")
    text = "".join(f"{title}\n\nIl y en a plusieurs.\n\n" for title in titles)
    assert [passage.headings for passage in read(tmp_path, text).passages] == [
        ("1. Jardins",),
        ("1. Jardins", "1.1 Outils"),
        ("1. Jardins", "1.2 Serres"),
        ("2. Patinoire",),
        ("2. Patinoire", "2.1 Glace"),
    ]


def test_a_report_without_any_heading(tmp_path: Path) -> None:
    """Every sentence is there, under the report's title."""
    report = read(tmp_path, "en 2019, 37 jardins ont été ouverts. Deux ont fermé.\n\nles travaux ont coûté 3 M€.")
    assert units(report) == ["en 2019, 37 jardins ont été ouverts.", "Deux ont fermé.", "les travaux ont coûté 3 M€."]
    assert {passage.headings for passage in report.passages} == {()}


def test_contents_of_another_document_are_not_trusted(tmp_path: Path) -> None:
    """A table of contents none of whose titles is in the body makes no outline."""
    text = "SOMMAIRE\n\n3 Ponts\n5 Ports\n7 Phares\n9 Jetées\n\nLes jardins\n\nIl y a 37 jardins.\n"
    report = read(tmp_path, text)
    assert "Ponts" not in [section.title for section in report.document.walk()]
    assert "Il y a 37 jardins." in units(report)


@pytest.mark.parametrize("text", ["Un mot", "a" * 60_000, "x. " * 20_000, "1\n2\n3\n", "- \n- \n", "|a|\n|-|\n"])
def test_an_odd_text_is_read(text: str, tmp_path: Path) -> None:
    """Whatever it is, its passages are its own characters; never an error of Python, nor minutes of work."""
    report = read(tmp_path, text)
    assert report.passages
    assert all(passage.span.of(text) == passage.text for passage in report.passages)
