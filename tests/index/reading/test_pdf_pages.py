"""Pages, their headers and footers, titles and contents, drawn for the purpose."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from index.model import SourceText
from tests.support.drawn_pdf import put, read_drawn, wrapped

BODY = (
    "La collecte des déchets est assurée chaque semaine dans toutes les communes du territoire, par des équipes en "
    "régie et par des prestataires. Les tournées ont été revues au printemps afin de réduire les distances parcourues."
)


def headings(source: SourceText) -> list[tuple[str, int]]:
    """Return the words and levels of the headings."""
    return [(mark.span.of(source.text), mark.level) for mark in source.headings]


def test_headings_rank_by_size_then_number(tmp_path: Path) -> None:
    """Large type ranks above bold of the body's size; a figure in large type and a bold sentence are no headings."""
    body = wrapped(BODY, 480)

    def draw(canvas: Canvas) -> None:
        y = put(canvas, 60, 790, ["Budget principal"], font="Helvetica-Bold", size=20)
        y = put(canvas, 60, y - 10, ["1 - Dépenses"], font="Helvetica-Bold", size=13)
        y = put(canvas, 60, y - 10, body)
        y = put(canvas, 60, y - 10, ["1.1 Personnel"], font="Helvetica-Bold", size=13)
        y = put(canvas, 60, y - 10, ["240 agents"], size=20)
        y = put(canvas, 60, y - 10, ["Mutualisation"], font="Helvetica-Bold")
        put(canvas, 60, y - 10, ["Tous les postes sont pourvus."], font="Helvetica-Bold")

    expected = [("Budget principal", 1), ("1 - Dépenses", 2), ("1.1 Personnel", 3), ("Mutualisation", 4)]
    assert headings(read_drawn(tmp_path, draw)) == expected


def test_contents_are_titles_and_pages(tmp_path: Path) -> None:
    """Entries lose their leaders, wrapped ones are joined, and none of them is a heading."""

    def entry(canvas: Canvas, y: float, title: str, page: str) -> None:
        canvas.drawString(60, y, title + "." * 20)
        canvas.drawRightString(500, y, page)

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, ["Sommaire"], font="Helvetica-Bold", size=18)
        canvas.setFont("Helvetica-Bold", 10)
        entry(canvas, 740, "1. Eau potable", "3")
        canvas.setFont("Helvetica", 10)
        entry(canvas, 725, "1.1. Prix du service", "p. 4")
        canvas.drawString(60, 710, "1.2. Indice de connaissance et de gestion patri-")
        entry(canvas, 698, "moniale des réseaux", "12")
        put(canvas, 60, 600, wrapped(BODY, 480))

    source = read_drawn(tmp_path, draw)
    assert source.text.split("\n")[:6] == [
        "Sommaire", "", "1. Eau potable\t3", "1.1. Prix du service\t4",
        "1.2. Indice de connaissance et de gestion patrimoniale des réseaux\t12", "",
    ]  # fmt: skip
    assert headings(source) == [("Sommaire", 1)]


def test_running_headers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    """What returns at the head or foot of the pages goes, left and right pages told apart; numbers of the text stay."""

    def draw(canvas: Canvas) -> None:
        for page in range(1, 9):
            put(canvas, 60 if page % 2 else 400, 810, ["Rapport annuel" if page % 2 else f"Exercice 2021 - {page + 2}"])
            put(canvas, 60, 700, [f"Texte de la page {page}."])
            put(canvas, 290 if page % 2 else 300, 40 + page, [f"- {page + 2} -"])
            canvas.showPage()

    assert read_drawn(tmp_path, draw).text == "".join(f"Texte de la page {page}.\n\n" for page in range(1, 9))


def test_numbered_titles_of_pages_are_no_headers(tmp_path: Path) -> None:
    """Titles that differ by a number of their own, not the page's, stay."""

    def draw(canvas: Canvas) -> None:
        for number in (4, 7, 9, 12):
            put(canvas, 60, 800, [f"Fiche {number}"])
            canvas.showPage()

    assert read_drawn(tmp_path, draw).text == "Fiche 4\n\nFiche 7\n\nFiche 9\n\nFiche 12\n\n"


def test_word_that_returns_on_a_line_of_text_is_no_header(tmp_path: Path) -> None:
    """A word between wide justified spaces stays, though it stands on the same spot of every page."""
    words = ("L'ouverture", "La fermeture", "Le transfert", "Le retour", "La reprise")

    def draw(canvas: Canvas) -> None:
        for word in words:
            put(canvas, 60, 790, [word])
            put(canvas, 135, 790, ["du"])
            put(canvas, 165, 790, ["service aux communes"])
            canvas.showPage()

    assert read_drawn(tmp_path, draw).text == "".join(f"{word} du service aux communes\n\n" for word in words)


def test_pages_cover_the_text(tmp_path: Path) -> None:
    """Each page has its number and its part of the text, an empty page an empty one; no line stands on two pages."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, ["Une phrase commence sur cette page et elle ne s'y"])
        canvas.showPage()
        canvas.showPage()
        put(canvas, 60, 780, ["arrête pas."])

    source = read_drawn(tmp_path, draw)
    assert [(page.number, page.span.of(source.text)) for page in source.pages] == [
        (1, "Une phrase commence sur cette page et elle ne s'y\n\n"), (2, ""), (3, "arrête pas.\n\n"),
    ]  # fmt: skip
