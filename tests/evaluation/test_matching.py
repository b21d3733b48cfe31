"""When a writing counts as said."""

from decimal import Decimal

import pytest

from evaluation.matching import occurs, same_figure


@pytest.mark.parametrize(
    ("writing", "text"),
    [
        ("13 056 633.72", "passée à 13\u202f056\u00a0633.72€ en 2021"),
        ("l'école de la deuxième chance", "L'ECOLE DE LA  DEUXIEME\nCHANCE"),
        ("13", "13 agents, dont 7"),
        ("7 sont effectives", "dont 7 sont effectives."),
    ],
)
def test_case_accents_and_kinds_of_space_are_ignored(writing: str, text: str) -> None:
    """A writing is found whatever its capitals, accents and spaces."""
    assert occurs(writing, text)


@pytest.mark.parametrize(("writing", "text"), [("13", "130"), ("13", "213"), ("165 jeunes", "1165 jeunes"), ("", "5")])
def test_digits_are_bounded(writing: str, text: str) -> None:
    """A number is not found inside a longer one."""
    assert not occurs(writing, text)


@pytest.mark.parametrize(
    ("writing", "printed", "value"),
    [
        ("13 056 633.72", "13 056 633.72€", "13056633.72"),
        ("46 stagiaires", "46", "46"),
        ("deux jours par semaine", "deux jours", "2"),
        ("30 millions", "30 M €", "30000000"),
        ("3 800 000", "3,8 M€", "3800000"),
        ("0,12 %", "- 0,12 %", "-0.12"),
        ("45 %", "45%", "45"),
    ],
)
def test_a_figure_is_known_by_its_print_or_its_value(writing: str, printed: str, value: str) -> None:
    """Another unit, more words or another scale do not make another figure."""
    assert same_figure(writing, printed, Decimal(value))


@pytest.mark.parametrize(
    ("writing", "printed", "value"),
    [
        ("707 710", "707", "707"),
        ("1,50", "50", "50"),
        ("12", "12,5 %", "12.5"),
        ("63,7 M€", "198,5 M€", "198500000"),
    ],
)
def test_part_of_a_number_is_another_figure(writing: str, printed: str, value: str) -> None:
    """A number cut short is not the figure asked for."""
    assert not same_figure(writing, printed, Decimal(value))


def test_a_date_has_no_value_to_compare() -> None:
    """A date counts by its print alone."""
    assert same_figure("1er octobre 2021", "1er octobre 2021", None)
    assert not same_figure("2020", "2021", None)
