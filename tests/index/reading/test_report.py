"""The real report, read: outline, sub-headings, lists, tables, joins. Each trap of the report has a test."""

from __future__ import annotations

from itertools import pairwise

import pytest

from index.model import PageRange, Passage, Unit, UnitKind
from index.reading.report import Report


def passage_with(report: Report, words: str) -> Passage:
    """Return the passage one of whose units reads `words`."""
    return next(passage for passage in report.passages if any(words in unit.text for unit in passage.units))


def unit_with(report: Report, words: str) -> Unit:
    """Return the first unit that reads `words`."""
    return next(unit for passage in report.passages for unit in passage.units if words in unit.text)


def test_every_passage_is_the_documents_own_text(report: Report) -> None:
    """A passage's text is its span of the report, and each unit lies inside its passage."""
    for passage in report.passages:
        assert passage.span.of(report.document.text) == passage.text
        assert all(unit.span in passage.span for unit in passage.units)


def test_passages_do_not_overlap(report: Report) -> None:
    """A character of the report is cited from one passage only."""
    spans = sorted(passage.span for passage in report.passages)
    assert all(before.end <= after.start for before, after in pairwise(spans))


def test_outline_is_that_of_the_contents(report: Report) -> None:
    """The six chapters stand with their sections and pages as the table of contents prints them."""
    chapters = report.document.sections[1:-1]
    assert [(chapter.title, chapter.pages) for chapter in chapters] == [
        ("Administration générale", PageRange(4, 21)),
        ("Habitat, politique de la ville, NPNRU et ERBM", PageRange(22, 30)),
        ("Développement économique, aménagement, grands projets", PageRange(31, 43)),
        ("Culture, Tourisme, Sport et Patrimoine", PageRange(44, 52)),
        ("Eau et assainissement, gestion des déchets, développement durable", PageRange(53, 66)),
        ("Aménagement de l'espace, Gestion du patrimoine, Maîtrise d'ouvrage", PageRange(67, 75)),
    ]
    assert [len(chapter.children) for chapter in chapters] == [8, 4, 5, 2, 3, 5]
    assert [section.title for section in chapters[0].children][:4] == [
        "Ressources et relations humaines",
        "Finances et comptabilité",
        "Centre de documentation et communication interne",
        "Communication",
    ]


def test_a_title_that_differs_from_the_contents_is_found(report: Report) -> None:
    """The contents say "contentieux", the body "contentieuses"."""
    passage = passage_with(report, "7 réunions de Bureau")
    assert passage.section_path == ("Administration générale", "Affaires juridiques et contentieux")
    assert passage.pages == PageRange(14, 16)


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("charte de mobilité interne", "Ressources et relations humaines"),  # under a sub-heading "Mobilité"
        ("217 jours de formation", "Ressources et relations humaines"),  # under "Formation"
        ("programme InTerLUD", "Mobilité"),
        ("composé de 6 collaborateurs", "Communication"),
    ],
)
def test_a_sub_heading_may_bear_the_name_of_a_later_section(report: Report, words: str, section: str) -> None:
    """Sections are aligned in order, never by name alone."""
    assert passage_with(report, words).section_path[-1] == section


@pytest.mark.parametrize(
    ("words", "headings"),
    [
        ("262 agents", ("3 - Indicateurs", "1- Effectif et masse salariale")),
        (
            "65 visites médicales",
            ("1 - Les missions", "Médecine du travail – Convention AST (Association Action Santé Travail)"),
        ),
        ("premier plan d'action pluriannuel", ("2 - ça s'est passé en 2021", "Plan d'égalité Hommes/Femmes")),
        ("l'inscription de 1 647 agents", ("Perspectives 2022", "2 - Plan de formation territorialisé")),
        ("lancée en avril 2021", ("Archives papier et électronique", "Faits marquants 2021")),
        ("71 intervenants", (
            "2 - Service accompagnement des projets et des usagers",
            "Faits marquants 2021",
            "Forum national de gestion des eaux pluviales",
        )),
        ("contrats d'actions pour la ressource", ("3 - Service gestion durable du cycle de l'eau", "Ressource en eau")),
        ("Quadraparc 2 secteur 2", ("Perpectives 2022", "Aménagements")),
    ],
)  # fmt: skip
def test_sub_headings(report: Report, words: str, headings: tuple[str, ...]) -> None:
    """Numbered, bare and "Perspectives 2022" headings nest as a reader nests them; the misprinted one counts too."""
    assert passage_with(report, words).headings == headings


def test_plans_stand_under_perspectives(report: Report) -> None:
    """A passage of plans knows it."""
    assert "Perspectives 2022" in passage_with(report, "nouvelle déchèterie de Liévin").headings


@pytest.mark.parametrize(
    "sentence",
    [
        "avec une baisse des attributions aux ménages du premier quartile en dehors des QPV",
        "et d'une stratégie qui fixe les ambitions de ce dernier",
        "réservé aux déplacements non motorisés sur les sections classées en voie verte.",
        "Ablain-Saint-Nazaire, Aix-Noulette, Bénifontaine",
        "l'école de la 2ème chance, a accompagné 165 jeunes sur le site de Liévin.",
        "entre la CALL, la DRAC Hauts-de-France et l'Education Nationale",
        "Printemps de l'Art déco, programmation estivale, JEP, JNA",
    ],
)
def test_what_a_page_break_or_a_picture_cut_is_joined(report: Report, sentence: str) -> None:
    """Sentences and words go on across blank lines, pictures and their captions."""
    assert unit_with(report, sentence).kind is UnitKind.SENTENCE


def test_a_caption_and_a_chart_without_content_are_no_units(report: Report) -> None:
    """Titles of missing charts and picture credits answer nothing."""
    texts = [unit.text for passage in report.passages for unit in passage.units]
    for title in ("Effectif total", "Répartition par tranche d'Age", "Type de procédures", "Dépenses de fonctionnement"):
        assert title not in texts
    assert not [text for text in texts if "©" in text]
    assert not [text for text in texts if "préfecture le 23/11/2022" in text]


def test_a_short_line_with_a_number_is_a_fact(report: Report) -> None:
    """The line "59 recrutements" is no heading."""
    assert unit_with(report, "59 recrutements").text == "59 recrutements"
    assert unit_with(report, "Montant des travaux : 2 975 000 € H.T").text == "Montant des travaux : 2 975 000 € H.T"


def test_a_list_keeps_its_introduction_and_its_length(report: Report) -> None:
    """The four axes of the equality plan are one list under their sentence; the list after them is another."""
    passage = passage_with(report, "écarts de rémunération")
    first = unit_with(report, "écarts de rémunération")
    assert first.introduction == "Ce plan d'action se décline en 4 axes :"
    assert first.introduction_span is not None
    assert first.introduction_span.of(report.document.text) == first.introduction
    assert len([unit for unit in passage.units if unit.list_id == first.list_id]) == 4


def test_a_list_of_many_items_stays_in_one_passage(report: Report) -> None:
    """The eleven cultural centres stand together, with the sentence that announces them."""
    passage = passage_with(report, "Espace Culturel Jean-Ferrat")
    items = [unit for unit in passage.units if unit.kind is UnitKind.ITEM]
    assert len(items) == 11
    assert items[0].introduction.endswith("répartis comme suit :")


def test_bare_lines_are_a_list(report: Report) -> None:
    """Three lines without bullets under a heading are items; the line over a text is a heading."""
    items = [unit for unit in passage_with(report, "La gestion du temps de travail").units if unit.kind is UnitKind.ITEM]
    assert [unit.text for unit in items] == [
        "La gestion réglementaire de la paie et des carrières",
        "La gestion des absences de toute nature (maladie, accident du travail, congés annuels)",
        "La gestion du temps de travail",
    ]


def test_a_table_row_keeps_its_headers(report: Report) -> None:
    """A cell is read with the header of its row and of its column."""
    row = unit_with(report, "CESU")
    assert row.kind is UnitKind.ROW
    assert row.text.startswith("CESU · Nombre d'utilisateurs : 18 · Nombre de prestations : 74")
    total = row.cells[-1]
    assert (total.header, total.text) == ("Montant total", "3 949 €")
    assert total.span.of(report.document.text) == "3 949 €"


def test_an_empty_cell_does_not_shift_the_row(report: Report) -> None:
    """The row "Ecoute Sociale" has no number of users, and 0 services."""
    cells = {cell.header: cell.text for cell in unit_with(report, "Ecoute Sociale").cells}
    assert cells["Nombre d'utilisateurs"] == ""
    assert cells["Nombre de prestations"] == "0"
    assert cells["Montant versé des prestations"] == "19 €"


def test_a_table_without_a_first_header_is_read(report: Report) -> None:
    """The header row that begins with an empty cell is a header."""
    row = unit_with(report, "Information en cas de cession")
    assert row.text == "Information en cas de cession de bien immobilier · nombre de dossiers : 2 115"


def test_a_label_stands_over_the_later_sentences_of_its_paragraph(report: Report) -> None:
    """The words "Démarrage travaux fin 2022" are said of the pool that the paragraph names first."""
    unit = unit_with(report, "Démarrage travaux fin 2022 et ouverture au public 1er trimestre 2024.")
    assert unit.introduction == "Centre aquatique de Billy-Montigny :"


def test_a_bullet_before_a_minus_sign_is_only_a_bullet(report: Report) -> None:
    """The line "- - 0,12 %" is an item that begins with a minus."""
    assert unit_with(report, "pour les ordures ménagères résiduelles").text.startswith("- 0,12 %")


def test_cover_and_back_stand_outside_the_outline(report: Report) -> None:
    """Who presides is said on the cover, the address on the back."""
    assert passage_with(report, "Sylvain Robert").section_id == "0"
    assert passage_with(report, "21 rue Marcel Sembat").section_path == ("Rapport d'activités 2021",)
    assert passage_with(report, "Développer ASTRE RH").section_path[-1] == "Ressources et relations humaines"
