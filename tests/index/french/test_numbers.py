"""Numbers in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.french.numbers import NumberForm, NumberWords, parse_number_words
from index.model import Span


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("deux", 2),
        ("Trois", 3),
        ("dix-sept", 17),
        ("vingt et un", 21),
        ("trente-six", 36),
        ("soixante et onze", 71),
        ("quatre-vingts", 80),
        ("quatre-vingt-dix-sept", 97),
        ("cent vingt-quatre", 124),
        ("deux cent soixante-deux", 262),
        ("mille deux cents", 1200),
        ("deux cent mille", 200000),
        ("un million", 1000000),
        ("trois millions deux cent mille", 3200000),
        ("zéro", 0),
    ],
)
def test_a_cardinal_is_read_whole(text: str, value: int) -> None:
    """A number in words is one number from its first to its last word."""
    assert parse_number_words(text) == (NumberWords(Decimal(value), Span(0, len(text)), NumberForm.CARDINAL),)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("une quarantaine d'élèves", "40", NumberForm.APPROXIMATE),
        ("plus d'une centaine", "100", NumberForm.APPROXIMATE),
        ("près d'un quart", "0.25", NumberForm.FRACTION),
        ("trois quarts", "0.75", NumberForm.FRACTION),
        ("la moitié", "0.5", NumberForm.FRACTION),
    ],
)
def test_round_numbers_and_fractions_say_what_they_are(text: str, value: str, form: NumberForm) -> None:
    """A collective is approximate, a part of one a fraction."""
    assert [(number.value, number.form) for number in parse_number_words(text)] == [(Decimal(value), form)]


def test_neighbours_are_two_numbers() -> None:
    """Two numbers side by side, or joined by "et", stay two."""
    assert [number.value for number in parse_number_words("deux trois jours, deux et cinq")] == [2, 3, 2, 5]


@pytest.mark.parametrize("text", ["un agent et une agente", "la deuxième année", "dixième", "pour cent", "sixième"])
def test_articles_and_ranks_are_no_numbers(text: str) -> None:
    """A lone "un", a rank and the "cent" of "pour cent" are not returned."""
    assert parse_number_words(text) == ()


def test_the_number_of_a_question_has_its_place() -> None:
    """A number is found inside a question."""
    [number] = parse_number_words("Combien de projets sur les trois piliers ?")
    assert (number.value, number.span) == (Decimal(3), Span(27, 32))
