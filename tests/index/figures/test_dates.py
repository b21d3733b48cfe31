"""Dates in every writing."""

from __future__ import annotations

import pytest

from index.figures import figures_in
from index.model import FigureKind


def dates(text: str, default_period: str | None = "2021") -> list[tuple[str, str | None]]:
    """Return the dates of `text`, each as printed and in ISO 8601."""
    found = figures_in(text, default_period=default_period)
    return [(figure.text, figure.date) for figure in found if figure.kind is FigureKind.DATE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 1er octobre 2021", [("1er octobre 2021", "2021-10-01")]),
        ("au 1^{er} Janvier 2025,", [("1^{er} Janvier 2025", "2025-01-01")]),
        ("Publié le 23/11/2022", [("23/11/2022", "2022-11-23")]),
        ("en septembre 2021", [("septembre 2021", "2021-09")]),
        ("dès mi-2022, puis mi 2023", [("2022", "2022"), ("2023", "2023")]),
        ("dans les années 90, créé", [("années 90", "199")]),
        ("l'année scolaire 2021/2022", [("2021", "2021"), ("2022", "2022")]),
        ("le PLH 2022 - 2027", [("2022", "2022"), ("2027", "2027")]),
        (
            "les 8,9 et 10 décembre 2021 au",
            [("8", "2021-12-08"), ("9", "2021-12-09"), ("10 décembre 2021", "2021-12-10")],
        ),
        ("les 1ers et 2 octobre 2021", [("1ers", "2021-10-01"), ("2 octobre 2021", "2021-10-02")]),
        (
            "du 26 novembre au 05 décembre 2021",
            [("26 novembre", "2021-11-26"), ("05 décembre 2021", "2021-12-05")],
        ),
        ("Octobre-Décembre 2021", [("Octobre", "2021-10"), ("Décembre 2021", "2021-12")]),
        ("entre juillet et décembre 2020.", [("juillet", "2020-07"), ("décembre 2020", "2020-12")]),
        ("(juin 2021-juin 2024)", [("juin 2021", "2021-06"), ("juin 2024", "2024-06")]),
        ("en juin 2020, signée le 20 Mai", [("juin 2020", "2020-06"), ("20 Mai", "2020-05-20")]),
        ("Adjointes, le 17 novembre", [("17 novembre", "2021-11-17")]),
        ("l'ordonnance n°2021-65 du 26 mai 2021", [("26 mai 2021", "2021-05-26")]),
        ("au plus haut depuis 1998 (source", [("1998", "1998")]),
    ],
)
def test_a_date_is_as_exact_as_the_text(text: str, expected: list[tuple[str, str]]) -> None:
    """Each date of a range or list is one; what the text leaves out is left out of the ISO date, but for the year."""
    assert dates(text) == expected


def test_a_day_without_any_year_says_so() -> None:
    """Where neither the text nor the report tells the year, the date has none."""
    assert dates("le 17 novembre", default_period=None) == [("17 novembre", "--11-17")]


@pytest.mark.parametrize("text", ["fin septembre", "2000 ouvrages", "2000 €", "du 45/13/2021", "réf. 2021-175"])
def test_what_looks_like_a_date_and_is_none(text: str) -> None:
    """A month alone, a count or an amount between 1900 and 2099, an impossible day and a reference are no dates."""
    assert dates(text) == []
