"""How a draft's value stands to the report's, whatever both are written like."""

from __future__ import annotations

import pytest

from index.figures import figures_in
from index.model import Figure
from qa_service.checking.values import Relation, apart, comparable, relation


def figure(text: str) -> Figure:
    """Return the one figure of a text."""
    (found,) = figures_in(text, default_period=None)
    return found


@pytest.mark.parametrize(
    ("drafted", "printed", "expected"),
    [
        ("3,8 M€", "3 800 000 €", Relation.EQUAL),
        ("165 jeunes", "cent soixante-cinq jeunes", Relation.EQUAL),
        ("un quart des agents", "25 %", Relation.EQUAL),
        ("600 emplois", "près de 600 emplois", Relation.EQUAL),
        ("près de 600 emplois", "près de 600 emplois", Relation.EQUAL),
        ("65 interventions", "65 interventions par an", Relation.EQUAL),
        ("18 février", "18 février 2021", Relation.EQUAL),
        ("juillet 2023", "5 juillet 2023", Relation.EQUAL),
        ("environ 262 agents", "262 agents", Relation.ROUNDED),
        ("13,1 M€", "13 056 633,72 €", Relation.ROUNDED),
        ("plus de 13 M€", "13 056 633,72 €", Relation.ROUNDED),
        ("près de 400 marchés", "398 marchés", Relation.ROUNDED),
        ("une trentaine de lieux", "30 lieux", Relation.ROUNDED),
        ("17,4 hectares", "173 846 m²", Relation.ROUNDED),
        ("1,5 km", "1495 ml", Relation.ROUNDED),
        ("plus de 14 M€", "13 056 633,72 €", Relation.OTHER),
        ("moins de 13 M€", "13 056 633,72 €", Relation.OTHER),
        ("20 000 m²", "18 500 m²", Relation.OTHER),
        ("156 jeunes", "165 jeunes", Relation.OTHER),
        ("4,5 M€ TTC", "4,5 M€ HT", Relation.TAX),
        ("14 points", "14 %", Relation.UNIT),
        ("10 mm", "10 cm", Relation.UNIT),
        ("30 480 607 M€", "30 480 607 €", Relation.SCALE),
        ("5 juillet 2023", "juillet 2023", Relation.LESS_EXACT),
        ("12 octobre 2021", "12 novembre 2021", Relation.OTHER),
    ],
)  # fmt: skip
def test_relation(drafted: str, printed: str, expected: Relation) -> None:
    """Equal, fairly rounded, or in which way another."""
    assert relation(figure(drafted), figure(printed)) is expected


@pytest.mark.parametrize(
    ("drafted", "printed", "expected"),
    [
        ("12 agents", "15 personnes", True),
        ("14 points", "14 %", True),
        ("30 €", "30 agents", False),
        ("12 607 €", "12 607 agents", True),
        ("5 avril 2021", "2021", False),
        ("2021", "5 avril 2021", True),
    ],
)
def test_comparable(drafted: str, printed: str, expected: bool) -> None:
    """Figures of one kind; of two kinds only a number that is not met by chance; no day against a bare year."""
    assert comparable(figure(drafted), figure(printed)) is expected


def test_apart() -> None:
    """Powers of ten between values in one unit, components between dates; nothing between the same."""
    assert apart(figure("100 €"), figure("10 000 €")) == pytest.approx(2)
    assert apart(figure("17,4 hectares"), figure("173 846 m²")) == 0
    assert apart(figure("17 novembre 2020"), figure("17 décembre 2020")) == 1
