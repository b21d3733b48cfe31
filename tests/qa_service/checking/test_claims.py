"""Which figures a draft states, and the words that say of what."""

from __future__ import annotations

import pytest

from index.model import Span
from qa_service.checking.claims import claims_in
from qa_service.checking.clauses import words_about


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("En 2021, 165 jeunes ont été suivis.", ["165"]),
        ("La piscine ouvrira en 2024.", ["2024"]),
        ("La piscine ouvrira au printemps 2021.", ["2021"]),
        ("Bilan 2021", []),
        ("Ouverte dès juin, elle a reçu 300 enfants.", ["juin", "300"]),
        ("Un habitant sur quatre vit ici.", ["Un habitant sur quatre"]),
        ("Le Bureau en a traité 250 à lui seul.", ["250"]),
        ("Elle a recueilli 393 chiens et en a rendu 232.", ["393", "232"]),
        ("Appelez le 03 21 79 07 90, 12 rue Bollaert, 62300 Lens.", []),
        ("| Clubs | 25 |\n|---|---|\n| Jeunes | 9975 |", ["25", "9975"]),
        ("|Année|2020|2021|\n|---|---|---|\n|Interventions|1 150|835|", ["1 150", "835"]),
        ("", []),
    ],
)
def test_the_figures_of_a_draft(text: str, figures: list[str]) -> None:
    """Years that only date are none; months, shares, bare numbers and cells are; telephone numbers and addresses are not."""
    claims = claims_in(text, period="2021")
    assert [claim.figure.text for claim in claims] == figures
    assert all(claim.figure.span.of(text) == claim.figure.text for claim in claims)


def test_a_figure_has_its_own_words_and_those_around() -> None:
    """The clause is about it alone, the sentence and what comes first say the rest."""
    text = "Logement\n\nLes loyers montent. On compte 312 occupants et 9 bailleurs."
    first, second = claims_in(text, period="2021")
    assert ("occupants" in first.clause, "bailleurs" in first.clause) == (True, False)
    assert ("occupants" in second.clause, "bailleurs" in second.clause) == (False, True)
    assert second.title == "Logement"
    assert "Les loyers montent." in second.before
    assert second.sentence.of(text) == "On compte 312 occupants et 9 bailleurs."


def test_a_cell_is_told_by_its_column() -> None:
    """The header of a Markdown table is among the words about a figure under it."""
    text = "| Prestation | Utilisateurs |\n|---|---|\n| Billetterie | 64 |"
    (claim,) = claims_in(text, period="2021")
    assert "Utilisateurs" in claim.clause


@pytest.mark.parametrize(
    "table",
    ["|Année|2020|2021|\n|---|---|---|\n|Interventions|1 150|835|", "Année | 2020 | 2021\nInterventions | 1 150 | 835"],
)
def test_a_cell_has_its_row_and_its_year(table: str) -> None:
    """With or without bars at the ends of a row; the year over a column is the figure's."""
    first, second = claims_in(table, period="2021")
    assert (first.figure.period, second.figure.period) == ("2020", "2021")
    assert "Interventions" in first.clause
    assert "Interventions" in second.clause


@pytest.mark.parametrize(
    ("text", "figure", "others", "words"),
    [
        ("les Genettes (193 logements), la cité 10 (183 logements)", "193", ["183"], ("les Genettes (", " logements)")),
        ("7 actes signés en 2021 (contre 24 en 2020)", "24", ["7"], ("contre ", " en 2020)")),
        ("73 % des bureaux ; 100 % des ateliers", "100 %", ["73 %"], (" ", " des ateliers")),
    ],
)  # fmt: skip
def test_words_are_parted_between_figures(text: str, figure: str, others: list[str], words: tuple[str, str]) -> None:
    """By the strongest mark between them; the name before a bracket is that of the figure in it."""
    places = [Span(text.index(one), text.index(one) + len(one)) for one in (figure, *others)]
    assert words_about(text, places[0], places[1:], Span(0, len(text))) == words
