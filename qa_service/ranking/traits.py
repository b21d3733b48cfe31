"""What each unit could answer: the figures, years, places and names in it, and whether it speaks of plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.french.folding import fold
from index.french.tokens import STOP_WORDS, terms
from index.model import Figure, FigureKind, UnitKind
from index.reading.lines import PROSPECTS
from index.store.fields import UnitRef
from index.store.report_index import ReportIndex
from qa_service.understanding.people import names_person
from qa_service.understanding.places import Places
from qa_service.understanding.years import YEAR

_TOTAL = re.compile(r"\b(?:au total|en tout|total|totale|totaux|totales|globale?|confondue?s|ensemble)\b")
_LABEL_WORDS = 3  # a row or an item of so few words and no figure only names something
_CONTEXT = 2  # sentences before a unit whose places it may still speak of
_LONGEST_RANGE = 30  # years; beyond, two numbers with a dash between are no period
_YEAR_BEFORE = re.compile(r"\b(?:annee|an) (?:precedente?|anterieure?|dernier|derniere|passee?|d'avant)\b")
_YEAR_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-–/]\s?((?:19|20)\d{2})(?!\d)")
# Two or more capitalised words, an acronym, or a capitalised word inside a sentence: what names are made of.
_NAME = re.compile(r"(?<=[\w,;:)»] )[A-ZÀ-Þ][\w'’&-]+|\b[A-Z][A-Z\d]{2,}\b|[A-ZÀ-Þ][\w-]+ (?:de |du |des )?[A-ZÀ-Þ][\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """`years` are those of the unit and of what stands over it; `own_years` only those printed in it.

    `is_bare` is a label without what it labels: the head of a table, a cell left empty.
    """

    gives_total: bool
    figures: tuple[Figure, ...]
    figure_kinds: frozenset[FigureKind]
    years: frozenset[str]
    own_years: frozenset[str]
    places: frozenset[str]
    has_name: bool
    has_person: bool
    is_plan: bool
    in_list: bool
    is_bare: bool


def speaks_of_total(text: str) -> bool:
    """Tell whether `text` asks for or gives a total: who asks for one wants the line that gives it, not a part of it."""
    return bool(_TOTAL.search(fold(text)))


def traits_of(index: ReportIndex, places: Places) -> tuple[Traits, ...]:
    """Return the traits of each unit of a report, in order."""
    figures = {passage.id: index.figures_of(passage) for passage in index.passages}
    period = index.document.period
    return tuple(
        _traits(ref, figures[ref.passage.id], places, index.units[max(0, position - _CONTEXT) : position], period)
        for position, ref in enumerate(index.units)
    )


def _traits(ref: UnitRef, figures: Sequence[Figure], places: Places, before: Sequence[UnitRef], period: str) -> Traits:
    span, text = ref.unit.span, ref.unit.text
    own = tuple(figure for figure in figures if figure.span in span)
    over = " ".join((*ref.passage.headings, ref.unit.introduction))
    # "Aérodrome de X-Y" is in X and Y; a place named a sentence before still holds.
    title = ref.passage.section_path[-1].replace("-", " ")
    told_before = " ".join(other.unit.text for other in before if other.passage.headings == ref.passage.headings)
    own_years = _years_of(own, text, period)
    return Traits(
        gives_total=speaks_of_total(text),
        figures=own,
        figure_kinds=frozenset(figure.kind for figure in own),
        years=frozenset(own_years | _years_in(over)),
        own_years=frozenset(own_years),
        places=frozenset(places.named_in(f"{title} {over} {told_before} {text}")),
        has_name=any(fold(match[0]) not in STOP_WORDS for match in _NAME.finditer(text)),
        has_person=names_person(text),
        is_plan=any(PROSPECTS.fullmatch(fold(heading)) for heading in ref.passage.headings),
        in_list=ref.unit.list_id is not None,
        is_bare=not own and ref.unit.kind is not UnitKind.SENTENCE and len(terms(text)) <= _LABEL_WORDS,
    )


def _years_of(figures: Sequence[Figure], text: str, period: str) -> set[str]:
    """Return the years that a unit speaks of: its dates, all those between the two of a range, "l'année précédente"."""
    years = {figure.date[:4] for figure in figures if figure.date}
    # A figure without a year beside it is of the report's own, whatever year the sentence compares it with.
    years |= {figure.period[:4] for figure in figures if figure.period and (years or figure.period[:4] in text)}
    # "875 000 € contre 554 500 € l'année précédente" speaks of this year too.
    both = {period[:4], str(int(period[:4]) - 1)} if _YEAR_BEFORE.search(fold(text)) else set()
    return years | both | _ranges(text)


def _ranges(text: str) -> set[str]:
    found = ((int(first), int(last)) for first, last in _YEAR_RANGE.findall(text))
    return {str(year) for first, last in found for year in range(first, min(last, first + _LONGEST_RANGE) + 1)}


def _years_in(text: str) -> set[str]:
    return set(YEAR.findall(text)) | _ranges(text)
