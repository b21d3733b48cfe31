"""The figures of the real report, through its passages."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from index.figures import extract_figures
from index.model import Figure, FigureKind
from index.reading.report import Report


@pytest.fixture(scope="module")
def figures(report: Report) -> tuple[Figure, ...]:
    """Every figure of the 2021 report."""
    return extract_figures(report.document.text, report.passages, period="2021")


def labelled(figures: tuple[Figure, ...], label: str) -> list[tuple[str, Decimal | None, str]]:
    """Return text, value and unit of the figures with `label`."""
    return [(figure.text, figure.value, figure.unit) for figure in figures if figure.label == label]


def test_each_figure_is_printed_where_it_says(report: Report, figures: tuple[Figure, ...]) -> None:
    """A figure's text stands at its span, inside the passage it names, and no other figure stands there."""
    spans = {passage.id: passage.span for passage in report.passages}
    assert all(figure.span.of(report.document.text) == figure.text for figure in figures)
    assert all(figure.span in spans[figure.passage_id] for figure in figures)
    assert all(first.span.end <= second.span.start for first, second in pairwise(figures))


def test_all_kinds_are_found(figures: tuple[Figure, ...]) -> None:
    """The report has more than a thousand figures, of every kind."""
    assert len(figures) > 1150
    assert {figure.kind for figure in figures} == set(FigureKind)


def test_a_cell_has_its_row_and_column(figures: tuple[Figure, ...]) -> None:
    """A cell is labelled by its row and header, and a bare number counts what the header says."""
    assert labelled(figures, "CESU · Montant total") == [("3 949 €", Decimal(3949), "EUR")]
    assert labelled(figures, "CESU · Nombre de prestations") == [("74", Decimal(74), "prestations")]
    assert labelled(figures, "Avis sur autorisations d'urbanisme · nombre de dossiers") == [("854", Decimal(854), "dossiers")]


def test_a_list_takes_the_year_of_its_introduction(figures: tuple[Figure, ...]) -> None:
    """An item without a year of its own is of the year that the sentence over the list names."""
    assert [figure.period for figure in figures if figure.label == "communes incluses"] == ["2022"]


def test_the_contradiction_is_kept_as_printed(figures: tuple[Figure, ...]) -> None:
    """An amount that cannot be right is a figure like any other: it is not corrected here."""
    assert labelled(figures, "montant total de subventions") == [("16 069 633 M€", Decimal(16069633000000), "EUR")]
