"""Columns, lines, paragraphs and list items, drawn for the purpose, become lines of text."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.support.drawn_pdf import put, read_drawn, wrapped

LEFT = (
    "La collecte des déchets est assurée chaque semaine dans toutes les communes du territoire, par des équipes en "
    "régie et par des prestataires. Les tournées ont été revues au printemps afin de réduire les distances parcourues."
)
RIGHT = (
    "Les déchèteries ont accueilli davantage de visiteurs que l'année précédente, surtout le samedi matin, malgré les "
    "restrictions. Une carte d'accès est désormais demandée à l'entrée, elle est gratuite pour les habitants."
)


def test_columns_follow_each_other_under_a_title_across_both(tmp_path: Path) -> None:
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
    assert read_drawn(tmp_path, draw).text == f"{title}\n\n{LEFT}\n\n{RIGHT}\n\n{end}\n\n"


def test_short_column_follows_the_long_one(tmp_path: Path) -> None:
    """Two spaced lines beside a column of text are read after it: they stand on none of its baselines."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, wrapped(f"{LEFT} {RIGHT}", 225))
        put(canvas, 300, 775, ["Publié le 23 novembre."])
        put(canvas, 300, 752, ["Conseil du 17 novembre."])

    assert read_drawn(tmp_path, draw).text == f"{LEFT} {RIGHT}\n\nPublié le 23 novembre.\n\nConseil du 17 novembre.\n\n"


def test_word_cut_at_a_line_end_is_joined(tmp_path: Path) -> None:
    """A hyphen that only cuts a word goes; one that belongs to it stays."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, [
            "Les établisse-", "ments publics de Saint-", "Malo ont pris rendez-", "vous pour une co-",
            "opération : la coopération des élus, c'est-à-", "dire du conseil.",
        ])  # fmt: skip

    text = "Les établissements publics de Saint-Malo ont pris rendez-vous pour une coopération : la coopération des élus, "
    assert read_drawn(tmp_path, draw).text == f"{text}c'est-à-dire du conseil.\n\n"


def test_paragraphs_part_at_spaces_indents_and_short_lines(tmp_path: Path) -> None:
    """A paragraph ends where there is more space, where the next one is indented, or where its line stops short."""
    first = "Le service des eaux a renouvelé les canalisations de trois communes, sur une longueur de douze kilomètres, et"
    first += " il a remplacé les compteurs les plus anciens. Les travaux ont duré un an."
    second = "Un emprunt a été souscrit."
    third = "Les abonnés ont été prévenus par courrier, puis par une réunion publique dans chacune des trois communes du"
    third += " territoire concerné."

    def draw(canvas: Canvas) -> None:
        y = put(canvas, 60, 780, [*wrapped(first, 480), second])
        put(canvas, 60, y - 8, wrapped(third, 480))

    assert read_drawn(tmp_path, draw).text == f"{first}\n\n{second}\n\n{third}\n\n"


def test_dash_within_a_sentence_opens_no_item(tmp_path: Path) -> None:
    """A line may start with the dash of an aside; after a colon it starts with the dash of a list."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, [
            "Est considérée comme habitant toute personne, y compris en résidence secondaire, ou en location,",
            "– quelle que soit la durée du séjour – qui habite une zone desservie par le réseau de collecte des",
            "eaux usées du territoire. Les missions sont les suivantes :",
            "– le contrôle des branchements ;",
            "– la facturation : – 0,5 % en un an.",
        ])  # fmt: skip

    assert read_drawn(tmp_path, draw).text.split("\n")[1:] == [
        "", "- le contrôle des branchements ;", "- la facturation : – 0,5 % en un an.", "", "",
    ]  # fmt: skip


def test_bullets_of_word_processors_open_items(tmp_path: Path) -> None:
    """Bullets set apart from their text, and a figure with a sign of its own, are items; their lines are joined."""

    def draw(canvas: Canvas) -> None:
        for y, lines in (
            (780, ["une aide au transport des élèves, versée", "aux familles ;"]),
            (750, ["- 0,5 % en 2021"]),
        ):
            put(canvas, 72, y, ["•"])
            put(canvas, 96, y, lines)

    assert read_drawn(tmp_path, draw).text == "- une aide au transport des élèves, versée aux familles ;\n- - 0,5 % en 2021\n\n"


def test_raised_letters_stay_on_their_line(tmp_path: Path) -> None:
    """The small raised letters of "1er" and a footnote's call stand in their word and after it."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 780, "Au 1")
        canvas.drawString(60 + canvas.stringWidth("Au 1"), 784, "er", mode=0)
        canvas.drawString(95, 780, "janvier, la taxe augmente de 2 %.")

    assert read_drawn(tmp_path, draw).text == "Au 1er janvier, la taxe augmente de 2 %.\n\n"


def test_sideways_text_beside_the_page_comes_last(tmp_path: Path) -> None:
    """A credit printed up the margin stays out of the lines beside it."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, wrapped(LEFT, 480))
        canvas.rotate(90)
        put(canvas, 700, -570, ["Photo : service communication"])

    assert read_drawn(tmp_path, draw).text == f"{LEFT}\n\nPhoto : service communication\n\n"


def test_letters_printed_twice_are_read_once(tmp_path: Path) -> None:
    """Bold made by printing each word again, a hair aside, does not double the word."""

    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 780, ["Bilan de l'année"])
        put(canvas, 60.2, 780, ["Bilan de l'année"])

    assert read_drawn(tmp_path, draw).text == "Bilan de l'année\n\n"
