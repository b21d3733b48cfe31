"""Measuring extracted figures against a list made by hand."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from evaluation.errors import EvaluationError
from evaluation.golden_figures import (
    Excerpt,
    GoldenFigure,
    Match,
    golden_path,
    load_excerpts,
    match_figures,
    score_figures,
)
from index.model import Figure, FigureKind, Span
from tests.support.evaluation_service import DOCUMENT, PAYROLL, VISITS
from tests.support.report import REPORT_TEXT

START = REPORT_TEXT.index(PAYROLL)
EURO = GoldenFigure(
    text="13 056 633.72€", start=START, end=START + 14, value=Decimal("13056633.72"), date=None, unit="EUR",
    kind=FigureKind.MONEY, period="2021", qualifier=None, label="masse salariale",
)  # fmt: skip
YEAR = replace(EURO, text="2021", start=START + 18, end=START + 22, value=None, date="2021", unit="", kind=FigureKind.DATE)
EXCERPT = Excerpt(start=START, end=START + len(PAYROLL), excerpt=PAYROLL, figures=(EURO, YEAR))


def found(golden: GoldenFigure) -> Figure:
    """Return the figure an extractor finds where `golden` is."""
    return Figure(
        text=golden.text, value=golden.value, date=golden.date, unit=golden.unit, kind=golden.kind,
        span=Span(golden.start, golden.end), period=golden.period, qualifier=golden.qualifier,
    )  # fmt: skip


def test_all_found_is_one_everywhere() -> None:
    """The figures of the list itself score full marks; a count's unit over no count is None."""
    scores, *_ = score_figures(match_figures([EXCERPT], [found(YEAR), found(EURO)]))
    assert (scores.golden, scores.extracted) == (2, 2)
    assert (scores.recall, scores.precision, scores.period, scores.qualifier) == (1.0, 1.0, 1.0, 1.0)
    assert scores.count_unit is None


@pytest.mark.parametrize(
    "wrong",
    [
        replace(found(EURO), value=Decimal("13056633")),
        replace(found(EURO), unit="EUR HT"),
        replace(found(EURO), kind=FigureKind.COUNT),
        replace(found(EURO), span=Span(EURO.end, EURO.end + 3)),
    ],
)
def test_another_value_unit_kind_or_place_is_not_found(wrong: Figure) -> None:
    """The figure is missed, and what was extracted instead is not one of the list."""
    scores, *_ = score_figures(match_figures([EXCERPT], [wrong, found(YEAR)]))
    assert (scores.recall, scores.precision) == (0.5, 0.5)


def test_a_figure_is_found_once() -> None:
    """The second extraction of one figure costs precision."""
    matches = match_figures([EXCERPT], [found(EURO), found(EURO), found(YEAR)])
    assert matches == (Match(EURO, found(EURO)), Match(YEAR, found(YEAR)), Match(None, found(EURO)))


def test_figures_outside_the_excerpts_do_not_count() -> None:
    """The list says nothing of the rest of the report."""
    elsewhere = replace(found(EURO), span=Span(0, 5))
    assert score_figures(match_figures([EXCERPT], [elsewhere]))[0].extracted == 0


def test_period_and_qualifier_are_scored_apart() -> None:
    """A figure with another period or qualifier is found all the same."""
    other = replace(found(EURO), period="2020", qualifier="près de")
    scores, *_ = score_figures(match_figures([EXCERPT], [other, found(YEAR)]))
    assert (scores.recall, scores.period, scores.qualifier) == (1.0, 0.5, 0.5)


def test_the_noun_counted_is_scored_apart() -> None:
    """A count is found whatever noun it is given; case and accents of the noun do not matter."""
    start = REPORT_TEXT.index(VISITS) + 9
    count = replace(EURO, text="65", start=start, end=start + 2, value=Decimal(65), unit="visites", kind=FigureKind.COUNT)
    excerpt = Excerpt(start=start, end=start + 20, excerpt=REPORT_TEXT[start : start + 20], figures=(count,))
    same, other = replace(found(count), unit="Visités"), replace(found(count), unit="visites médicales")
    assert score_figures(match_figures([excerpt], [same]))[0].count_unit == 1.0
    assert score_figures(match_figures([excerpt], [other]))[0].count_unit == 0.0
    assert score_figures(match_figures([excerpt], [other]))[0].recall == 1.0


def test_each_kind_has_its_scores() -> None:
    """What is missed counts for its own kind, what is extracted in error for the kind it was given."""
    count = replace(found(YEAR), value=Decimal(2021), date=None, kind=FigureKind.COUNT)
    by_kind = {scores.kind: scores for scores in score_figures(match_figures([EXCERPT], [found(EURO), count]))}
    assert (by_kind[FigureKind.MONEY].recall, by_kind[FigureKind.MONEY].precision) == (1.0, 1.0)
    assert (by_kind[FigureKind.DATE].recall, by_kind[FigureKind.DATE].precision) == (0.0, None)
    assert (by_kind[FigureKind.COUNT].recall, by_kind[FigureKind.COUNT].precision) == (None, 0.0)
    assert set(by_kind) == {None, FigureKind.MONEY, FigureKind.DATE, FigureKind.COUNT}


def test_the_list_of_the_report_is_of_the_report() -> None:
    """At least 200 figures of every kind, each at its offsets."""
    figures = [figure for excerpt in load_excerpts(golden_path(DOCUMENT), DOCUMENT) for figure in excerpt.figures]
    assert len(figures) >= 200
    assert {figure.kind for figure in figures} == set(FigureKind)


def test_a_list_of_another_text_is_refused(tmp_path: Path) -> None:
    """Offsets that do not hold the text are named, not scored."""
    path = tmp_path / "list.jsonl"
    path.write_text(json.dumps({"start": 0, "end": 3, "excerpt": "xyz", "figures": []}), encoding="utf-8")
    with pytest.raises(EvaluationError, match="'xyz' n’est pas en 0-3"):
        load_excerpts(path, DOCUMENT)
