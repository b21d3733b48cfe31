"""How a page's layout becomes lines of text, on pages drawn for the purpose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from index.model import SourceText
from index.reading.pdf.worker import extract

Read = Callable[[Callable[[Canvas], None]], SourceText]

LEFT = (
    "La collecte des déchets est assurée chaque semaine dans toutes les communes du territoire, par des équipes en "
    "régie et par des prestataires. Les tournées ont été revues au printemps afin de réduire les distances parcourues."
)
RIGHT = (
    "Les déchèteries ont accueilli davantage de visiteurs que l'année précédente, surtout le samedi matin, malgré les "
    "restrictions. Une carte d'accès est désormais demandée à l'entrée, elle est gratuite pour les habitants."
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Draws pages and reads them."""

    def draw_and_read(draw: Callable[[Canvas], None]) -> SourceText:
        canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=(595, 842))
        draw(canvas)
        canvas.save()
        return extract(tmp_path / "page.pdf", max_pages=100)

    return draw_and_read


def put(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], *, font: str = "Helvetica", size: float = 10
) -> float:
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


def headings(source: SourceText) -> list[tuple[str, int]]:
    """Return the words and levels of the headings."""
    return [(mark.span.of(source.text), mark.level) for mark in source.headings]


def test_columns_follow_each_other_under_a_title_across_both(read: Read) -> None:
    """The left column is read down to its end before the right one, the title before both."""

    def draw(canvas: Canvas) -> None:
        put(
            canvas,
            60,
            780,
            ["Gestion des déchets et transition écologique du territoire"],
            font="Helvetica-Bold",
            size=16,
        )
        # The right column stands half a line lower: its lines are beside none of the left one's.
        put(canvas, 60, 740, wrapped(LEFT, 225))
        put(canvas, 300, 734, wrapped(RIGHT, 225))
        put(canvas, 60, 600, wrapped("Ces résultats sont présentés chaque année au conseil communautaire.", 480))

    title = "Gestion des déchets et transition écologique du territoire"
    end = "Ces résultats sont présentés chaque année au conseil communautaire."
    assert read(draw).text == f"{title}\n\n{LEFT}\n\n{RIGHT}\n\n{end}\n\n"


def test_short_column_follows_the_long_one(read: Read) -> None:
    """Two spaced lines beside a column of text are read after it: they stand on none of its baselines."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, wrapped(f"{LEFT} {RIGHT}", 225))
        put(canvas, 300, 775, ["Publié le 23 novembre."])
        put(canvas, 300, 752, ["Conseil du 17 novembre."])

    assert read(draw).text == f"{LEFT} {RIGHT}\n\nPublié le 23 novembre.\n\nConseil du 17 novembre.\n\n"


def test_word_cut_at_a_line_end_is_joined(read: Read) -> None:
    """A hyphen that only cuts a word goes; one that belongs to it stays."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, [
            "Les établisse-", "ments publics de Saint-", "Malo ont pris rendez-", "vous pour une co-",
            "opération : la coopération des élus, c'est-à-", "dire du conseil.",
        ])  # fmt: skip

    text = (
        "Les établissements publics de Saint-Malo ont pris rendez-vous pour une coopération : la coopération des élus, "
    )
    assert read(draw).text == f"{text}c'est-à-dire du conseil.\n\n"


def test_paragraphs_part_at_spaces_indents_and_short_lines(read: Read) -> None:
    """A paragraph ends where there is more space, where the next one is indented, or where its line stops short."""
    first = (
        "Le service des eaux a renouvelé les canalisations de trois communes, sur une longueur de douze kilomètres, et"
    )
    first += " il a remplacé les compteurs les plus anciens. Les travaux ont duré un an."
    second = "Un emprunt a été souscrit."
    third = (
        "Les abonnés ont été prévenus par courrier, puis par une réunion publique dans chacune des trois communes du"
    )
    third += " territoire concerné."

    def draw(canvas: Canvas) -> None:
        y = put(canvas, 60, 780, [*wrapped(first, 480), second])
        put(canvas, 60, y - 8, wrapped(third, 480))

    assert read(draw).text == f"{first}\n\n{second}\n\n{third}\n\n"


def test_dash_within_a_sentence_opens_no_item(read: Read) -> None:
    """A line may start with the dash of an aside; after a colon it starts with the dash of a list."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, [
            "Est considérée comme habitant toute personne, y compris en résidence secondaire, ou en location,",
            "– quelle que soit la durée du séjour – qui habite une zone desservie par le réseau de collecte des",
            "eaux usées du territoire. Les missions sont les suivantes :",
            "– le contrôle des branchements ;",
            "– la facturation : – 0,5 % en un an.",
        ])  # fmt: skip

    assert read(draw).text.split("\n")[1:] == [
        "", "- le contrôle des branchements ;", "- la facturation : – 0,5 % en un an.", "", "",
    ]  # fmt: skip


def test_bullets_of_word_processors_open_items(read: Read) -> None:
    """Bullets set apart from their text, and a figure with a sign of its own, are items; their lines are joined."""

    def draw(canvas: Canvas) -> None:
        for y, lines in (
            (780, ["une aide au transport des élèves, versée", "aux familles ;"]),
            (750, ["- 0,5 % en 2021"]),
        ):
            put(canvas, 72, y, ["•"])
            put(canvas, 96, y, lines)

    assert read(draw).text == "- une aide au transport des élèves, versée aux familles ;\n- - 0,5 % en 2021\n\n"


def test_raised_letters_stay_on_their_line(read: Read) -> None:
    """The small raised letters of "1er" and a footnote's call stand in their word and after it."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 780, "Au 1")
        canvas.drawString(60 + canvas.stringWidth("Au 1"), 784, "er", mode=0)
        canvas.drawString(95, 780, "janvier, la taxe augmente de 2 %.")

    assert read(draw).text == "Au 1er janvier, la taxe augmente de 2 %.\n\n"


def test_headings_rank_by_size_then_number(read: Read) -> None:
    """Large type ranks above bold of the body's size; a figure in large type and a bold sentence are no headings."""
    body = wrapped(f"{LEFT} {RIGHT}", 480)

    def draw(canvas: Canvas) -> None:
        y = put(canvas, 60, 790, ["Budget principal"], font="Helvetica-Bold", size=20)
        y = put(canvas, 60, y - 10, ["1 - Dépenses"], font="Helvetica-Bold", size=13)
        y = put(canvas, 60, y - 10, body)
        y = put(canvas, 60, y - 10, ["1.1 Personnel"], font="Helvetica-Bold", size=13)
        y = put(canvas, 60, y - 10, ["240 agents"], size=20)
        y = put(canvas, 60, y - 10, ["Mutualisation"], font="Helvetica-Bold")
        put(canvas, 60, y - 10, ["Tous les postes sont pourvus."], font="Helvetica-Bold")

    expected = [("Budget principal", 1), ("1 - Dépenses", 2), ("1.1 Personnel", 3), ("Mutualisation", 4)]
    assert headings(read(draw)) == expected


def test_contents_are_titles_and_pages(read: Read) -> None:
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
        put(canvas, 60, 600, wrapped(LEFT, 480))

    source = read(draw)
    assert source.text.split("\n")[:6] == [
        "Sommaire", "", "1. Eau potable\t3", "1.1. Prix du service\t4",
        "1.2. Indice de connaissance et de gestion patrimoniale des réseaux\t12", "",
    ]  # fmt: skip
    assert headings(source) == [("Sommaire", 1)]


def test_neighbouring_cells_do_not_run_together(read: Read) -> None:
    """A cell ends at its rule, however near the next cell's text stands; an empty cell stays in its place."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 160, 226, 300), (780, 765, 750))
        for x, text in ((62, "Commune"), (162, "Montant 2020"), (228, "Montant 2021")):
            put(canvas, x, 769, [text])
        put(canvas, 62, 754, ["Arles"])
        put(canvas, 228, 754, ["1 200 €"])

    assert read(draw).text == "Commune\tMontant 2020\tMontant 2021\nArles\t\t1 200 €\n\n"


def test_merged_cells_say_what_they_hold_for(read: Read) -> None:
    """A merged header is repeated over its columns, a merged row header in its rows; a band is a row of its own."""

    def draw(canvas: Canvas) -> None:
        canvas.lines([(60, y, 400, y) for y in (780, 740, 725, 710, 695, 680)])
        canvas.lines([(160, 760, 400, 760)])
        canvas.line(60, 780, 60, 680)
        canvas.line(400, 780, 400, 680)
        canvas.line(160, 780, 160, 710)
        canvas.line(160, 695, 160, 680)
        canvas.line(280, 760, 280, 710)
        canvas.line(280, 695, 280, 680)
        for x, y, text in (
            (62, 755, "Poste"), (200, 766, "Dépenses"), (165, 746, "2020"), (285, 746, "2021"),
            (62, 729, "Voirie"), (165, 729, "10 €"), (285, 729, "12 €"), (62, 714, "Bâtiments"), (165, 714, "7 €"),
            (285, 714, "8 €"), (200, 699, "Budget annexe"), (62, 684, "Eau"), (165, 684, "3 €"), (285, 684, "4 €"),
        ):  # fmt: skip
            put(canvas, x, y, [text])

    assert read(draw).text.split("\n") == [
        "Poste\tDépenses 2020\tDépenses 2021", "Voirie\t10 €\t12 €", "Bâtiments\t7 €\t8 €", "Budget annexe\t\t",
        "Eau\t3 €\t4 €", "", "",
    ]  # fmt: skip


def test_lines_within_a_ruled_row_are_rows(read: Read) -> None:
    """A price list ruled around its lines gives a row for each price, under the header that holds for all."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 180, 320, 400), (780, 765, 720))
        for x, texts in ((62, ["Part", "Exploitant"]), (182, ["Tranche", "abonnement"]), (322, ["Prix", "69,13"])):
            put(canvas, x, 769, texts[:1])
            put(canvas, x, 753, texts[1:])
        put(canvas, 182, 741, ["de 0 à 10 m3", "au-delà"])
        put(canvas, 322, 741, ["1,22", "0,90"])

    assert read(draw).text.split("\n") == [
        "Part\tTranche\tPrix", "Exploitant\tabonnement\t69,13", "Exploitant\tde 0 à 10 m3\t1,22",
        "Exploitant\tau-delà\t0,90", "", "",
    ]  # fmt: skip


def test_lines_aligned_without_rules_are_rows(read: Read) -> None:
    """Three lines or more whose pieces stand under each other are rows of cells."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, ["Fréquentation", "Bibliothèque", "Piscine", "Musée"])
        put(canvas, 250, 780, ["2020", "1 250", "", "310"])
        put(canvas, 350, 780, ["2021", "2 400", "980", ""])

    assert read(draw).text == "Fréquentation\t2020\t2021\nBibliothèque\t1 250\t2 400\nPiscine\t\t980\nMusée\t310\t\n\n"


def test_running_headers_and_page_numbers_are_left_out(read: Read) -> None:
    """What returns at the head or foot of the pages goes, left and right pages told apart; numbers of the text stay."""

    def draw(canvas: Canvas) -> None:
        for page in range(1, 9):
            put(canvas, 60 if page % 2 else 400, 810, ["Rapport annuel" if page % 2 else f"Exercice 2021 - {page + 2}"])
            put(canvas, 60, 700, [f"Texte de la page {page}."])
            put(canvas, 290 if page % 2 else 300, 40 + page, [f"- {page + 2} -"])
            canvas.showPage()

    assert read(draw).text == "".join(f"Texte de la page {page}.\n\n" for page in range(1, 9))


def test_numbered_titles_of_pages_are_no_headers(read: Read) -> None:
    """Titles that differ by a number of their own, not the page's, stay."""

    def draw(canvas: Canvas) -> None:
        for number in (4, 7, 9, 12):
            put(canvas, 60, 800, [f"Fiche {number}"])
            canvas.showPage()

    assert read(draw).text == "Fiche 4\n\nFiche 7\n\nFiche 9\n\nFiche 12\n\n"


def test_word_that_returns_on_a_line_of_text_is_no_header(read: Read) -> None:
    """A word between wide justified spaces stays, though it stands on the same spot of every page."""
    words = ("L'ouverture", "La fermeture", "Le transfert", "Le retour", "La reprise")

    def draw(canvas: Canvas) -> None:
        for word in words:
            put(canvas, 60, 790, [word])
            put(canvas, 135, 790, ["du"])
            put(canvas, 165, 790, ["service aux communes"])
            canvas.showPage()

    assert read(draw).text == "".join(f"{word} du service aux communes\n\n" for word in words)


def test_pages_cover_the_text(read: Read) -> None:
    """Each page has its number and its part of the text, an empty page an empty one; no line stands on two pages."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, ["Une phrase commence sur cette page et elle ne s'y"])
        canvas.showPage()
        canvas.showPage()
        put(canvas, 60, 780, ["arrête pas."])

    source = read(draw)
    assert [(page.number, page.span.of(source.text)) for page in source.pages] == [
        (1, "Une phrase commence sur cette page et elle ne s'y\n\n"), (2, ""), (3, "arrête pas.\n\n"),
    ]  # fmt: skip


def test_sideways_page_is_turned(read: Read) -> None:
    """A wide table that is printed sideways on a tall page is read as if the page were turned."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        ruled(canvas, (60, 160, 260), (-60, -75, -90))
        for x, y, text in ((62, -71, "Année"), (162, -71, "Recettes"), (62, -86, "2021"), (162, -86, "15 M€")):
            put(canvas, x, y, [text])

    assert read(draw).text == "Année\tRecettes\n2021\t15 M€\n\n"


def test_sideways_text_beside_the_page_comes_last(read: Read) -> None:
    """A credit printed up the margin stays out of the lines beside it."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, wrapped(LEFT, 480))
        canvas.rotate(90)
        put(canvas, 700, -570, ["Photo : service communication"])

    assert read(draw).text == f"{LEFT}\n\nPhoto : service communication\n\n"


def test_letters_printed_twice_are_read_once(read: Read) -> None:
    """Bold made by printing each word again, a hair aside, does not double the word."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, ["Bilan de l'année"])
        put(canvas, 60.2, 780, ["Bilan de l'année"])

    assert read(draw).text == "Bilan de l'année\n\n"
