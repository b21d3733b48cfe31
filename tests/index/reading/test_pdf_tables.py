"""Tables, drawn for the purpose, become rows of cells."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.support.drawn_pdf import put, read_drawn, ruled


def test_neighbouring_cells_do_not_run_together(tmp_path: Path) -> None:
    """A cell ends at its rule, however near the next cell's text stands; an empty cell stays in its place."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 160, 226, 300), (780, 765, 750))
        for x, text in ((62, "Commune"), (162, "Montant 2020"), (228, "Montant 2021")):
            put(canvas, x, 769, [text])
        put(canvas, 62, 754, ["Arles"])
        put(canvas, 228, 754, ["1 200 €"])

    assert read_drawn(tmp_path, draw).text == "Commune\tMontant 2020\tMontant 2021\nArles\t\t1 200 €\n\n"


def test_merged_cells_say_what_they_hold_for(tmp_path: Path) -> None:
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

    assert read_drawn(tmp_path, draw).text.split("\n") == [
        "Poste\tDépenses 2020\tDépenses 2021", "Voirie\t10 €\t12 €", "Bâtiments\t7 €\t8 €", "Budget annexe\t\t",
        "Eau\t3 €\t4 €", "", "",
    ]  # fmt: skip


def test_lines_within_a_ruled_row_are_rows(tmp_path: Path) -> None:
    """A price list ruled around its lines gives a row for each price, under the header that holds for all."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 180, 320, 400), (780, 765, 720))
        for x, texts in ((62, ["Part", "Exploitant"]), (182, ["Tranche", "abonnement"]), (322, ["Prix", "69,13"])):
            put(canvas, x, 769, texts[:1])
            put(canvas, x, 753, texts[1:])
        put(canvas, 182, 741, ["de 0 à 10 m3", "au-delà"])
        put(canvas, 322, 741, ["1,22", "0,90"])

    assert read_drawn(tmp_path, draw).text.split("\n") == [
        "Part\tTranche\tPrix", "Exploitant\tabonnement\t69,13", "Exploitant\tde 0 à 10 m3\t1,22",
        "Exploitant\tau-delà\t0,90", "", "",
    ]  # fmt: skip


def test_lines_aligned_without_rules_are_rows(tmp_path: Path) -> None:
    """Three lines or more whose pieces stand under each other are rows of cells."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, ["Fréquentation", "Bibliothèque", "Piscine", "Musée"])
        put(canvas, 250, 780, ["2020", "1 250", "", "310"])
        put(canvas, 350, 780, ["2021", "2 400", "980", ""])

    assert (
        read_drawn(tmp_path, draw).text
        == "Fréquentation\t2020\t2021\nBibliothèque\t1 250\t2 400\nPiscine\t\t980\nMusée\t310\t\n\n"
    )


def test_sideways_page_is_turned(tmp_path: Path) -> None:
    """A wide table that is printed sideways on a tall page is read as if the page were turned."""

    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        ruled(canvas, (60, 160, 260), (-60, -75, -90))
        for x, y, text in ((62, -71, "Année"), (162, -71, "Recettes"), (62, -86, "2021"), (162, -86, "15 M€")):
            put(canvas, x, y, [text])

    assert read_drawn(tmp_path, draw).text == "Année\tRecettes\n2021\t15 M€\n\n"
