"""What a report gives for two times or more, and what only stands side by side."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.evolutions import Evolution
from qa_service.service import QAService
from tests.support.mini import build, write_seed


def evolutions(text: str, folder: Path) -> tuple[Evolution, ...]:
    """Return what a made-up report of that text gives for several times."""
    seed = write_seed(folder / "seed", text=f"Patinoire\n\n{text}\n")
    for name in ("facts.jsonl", "glossary.toml"):
        (seed / name).unlink()
    return build(seed, folder / "index").evolutions


@pytest.mark.parametrize(
    ("text", "points", "agrees"),
    [
        ("Elle a reçu 250 visiteurs contre 200 visiteurs en 2018.", [("2018", "200"), ("2019", "250")], None),
        ("Elle a reçu 250 visiteurs (contre 225 en 2018, et 290 en 2017).",
         [("2017", "290"), ("2018", "225"), ("2019", "250")], None),
        ("La dépense est passée de 200 € en 2018 à 250 € en 2019 soit une hausse de 25 %.",
         [("2018", "200 €"), ("2019", "250 €")], True),
        ("La dépense est passée de 300 € en 2018 à 200 € en 2019, en baisse de 33 %.",
         [("2018", "300 €"), ("2019", "200 €")], True),
        ("La dépense est passée de 100 € en 2018 à 103 € en 2019, soit une hausse de 4 %.",
         [("2018", "100 €"), ("2019", "103 €")], False),
        ("La dépense est passée de 300 € en 2018 à 200 € en 2019, soit une baisse de 50 %.",
         [("2018", "300 €"), ("2019", "200 €")], False),
        ("Les visites progressent (2018 : 68 visites, 2019 : 84 visites).", [("2018", "68"), ("2019", "84")], None),
        ("Fréquentation :\n\n- 2017 : 310 visiteurs\n- 2018 : 250 visiteurs\n- 2019 : 290 visiteurs",
         [("2017", "310"), ("2018", "250"), ("2019", "290")], None),
        ("Recette\t2018\t2019\tVariation en %\nEntrées\t400 €\t500 €\t25 %", [("2018", "400 €"), ("2019", "500 €")], True),
        ("Recette\t2018\t2019\tVariation en %\nEntrées\t400 €\t500 €\t40 %", [("2018", "400 €"), ("2019", "500 €")], False),
    ],
)  # fmt: skip
def test_words_lists_and_tables_compare(text: str, points: list[tuple[str, str]], agrees: bool | None, tmp_path: Path) -> None:
    """The values in the order of time, whichever is printed first, and whether the change that is said is theirs."""
    (evolution,) = evolutions(text, tmp_path)
    assert [(point.period, point.text) for point in evolution.points] == points
    assert evolution.agrees is agrees


@pytest.mark.parametrize(
    "text",
    [
        "Elle a reçu 250 visiteurs en 2019 et fera venir 300 artistes en 2020.",
        "Elle a reçu 250 visiteurs, dont 200 enfants.",
        "350 emplois seront créés dès 2020 ; 500 emplois sont attendus en 2030.",
        "Salle\tPlaces\tSubvention\nLe Tilleul\t320\t15 000 €",
    ],
)
def test_what_is_not_compared_is_no_evolution(text: str, tmp_path: Path) -> None:
    """Other things, parts of a whole, plans of two steps, columns that are no years."""
    assert evolutions(text, tmp_path) == ()


def test_the_change_is_computed(tmp_path: Path) -> None:
    """In the unit, and in percent where the first value is not nothing; percentages change by points."""
    (one,) = evolutions("Elle a reçu 250 visiteurs contre 200 visiteurs en 2018.", tmp_path / "one")
    assert (one.label, one.difference, one.percentage) == ("visiteurs", Decimal(50), Decimal(25))
    (two,) = evolutions("Le taux passe de 40 % en 2018 à 45 % en 2019.", tmp_path / "two")
    assert (two.difference, two.percentage) == (Decimal(5), None)


def test_the_report_states_these(service: QAService) -> None:
    """Of the real report: none of them made of two things, and what it says of changes is right."""
    found = service.reports[0].evolutions
    assert sum(evolution.is_dated for evolution in found) >= 17
    assert max(len(evolution.points) for evolution in found) == 6
    assert {evolution.agrees for evolution in found} == {True, None}
