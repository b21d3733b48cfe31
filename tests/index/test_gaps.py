"""Gaps: questions that the report does not answer, each with a verbatim quote of what it does say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.errors import FactsError
from index.facts import Card
from index.facts_review import gap_faults
from index.gaps import GapCard, Missing, placed_gaps, read_gaps
from index.model import Document

TEXT = "La piscine a coûté 3 M€. Elle compte 37 sites."
DOCUMENT = Document(slug="s", title="", authority="", period="2021", text=TEXT, pages=(), sections=())
LINE = {"quote": "La piscine a coûté 3 M€.", "section": "Sport", "missing": "person", "questions": ["Qui l'a dessinée ?"]}


def written(folder: Path, *lines: Mapping[str, object]) -> Path:
    """Return a file of gaps."""
    path = folder / "gaps.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_gap_is_placed_at_its_quote(tmp_path: Path) -> None:
    """With what is missing and the questions."""
    (gap,) = placed_gaps(read_gaps(written(tmp_path, LINE)), DOCUMENT)
    assert gap.span.of(TEXT) == gap.quote == "La piscine a coûté 3 M€."
    assert (gap.missing, gap.questions) == (Missing.PERSON, ("Qui l'a dessinée ?",))


def test_a_report_without_gaps(tmp_path: Path) -> None:
    """Has none."""
    assert read_gaps(tmp_path / "gaps.jsonl") == ()


@pytest.mark.parametrize("change", [{"missing": "colour"}, {"questions": []}, {"quote": " "}, {"odd": 1}])
def test_a_line_that_is_no_gap_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    """By its number."""
    with pytest.raises(FactsError, match=r"ligne 2 : ce n'est pas une lacune valable"):
        read_gaps(written(tmp_path, LINE, {**LINE, **change}))


def test_what_is_wrong_with_gaps_is_told_by_line() -> None:
    """A question that a card answers, one of an evaluation case, one asked twice."""
    quote = "Elle compte 37 sites."
    gaps = [
        GapCard(quote=quote, section="", missing=Missing.YEAR, questions=("Combien en 1990 ?", "Qui les gère ?")),
        GapCard(quote=quote, section="", missing=Missing.DATE, questions=("Combien de sites ?", "combien en 1990")),
    ]
    card = Card(quote=quote, section="", questions=("Combien de sites ?",))
    found = list(gap_faults(gaps, [card], DOCUMENT, frozenset({"qui les gere"})))
    assert [(fault.line, fault.message.split(" : ")[0]) for fault in found] == [
        (1, "question d'un cas d'évaluation"),
        (2, "question à laquelle une fiche répond"),
        (2, "question déjà posée ligne 1"),
    ]


def test_a_quote_that_is_not_verbatim_is_refused() -> None:
    """What the report does say is in its own words."""
    gap = GapCard(quote="La piscine coûte", section="", missing=Missing.PERSON, questions=("Qui ?",))
    with pytest.raises(FactsError, match="mot pour mot"):
        placed_gaps((gap,), DOCUMENT)
