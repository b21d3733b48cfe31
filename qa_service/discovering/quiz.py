"""A quiz whose answers are the report's: which of four figures, which of four expansions of an acronym."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from random import Random

from index.glossary import cited_place
from index.model import Fact, Figure, FigureKind, Passage, Span
from index.store.report_index import ReportIndex
from qa_service.discovering.asking import Ask, figure_asked, is_plain
from qa_service.model import Question

ITEMS, SERIES = 8, 20
_ACRONYMS = 2
_WRONG = 3
_ALIKE = 8  # figures nearest in size, among which the wrong ones are drawn
_KINDS = frozenset({FigureKind.MONEY, FigureKind.PERCENTAGE, FigureKind.COUNT, FigureKind.AREA, FigureKind.LENGTH})
_SENTENCE = range(60, 260)  # characters of a sentence that is fit to have its figure left out
_SMALLEST = 3  # a guess between 1 and 2 teaches nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizItem:
    """A question with its options, of which number `right` answers; the report says so at `quote`, in the words `marked`.

    `has_gap` says that `question` is a sentence of the report with its figure left out.
    """

    question: str
    options: tuple[str, ...]
    right: int
    passage: Passage
    quote: Span
    marked: Span
    has_gap: bool = False


def quiz_of(report: ReportIndex, series: int, ask: Ask) -> tuple[QuizItem, ...]:
    """Return the items of one series, always the same for the same report and number; () where there is nothing to ask."""
    chance = Random(f"{report.document.slug} {series}")  # nosec B311  # to be the same each time, not a secret
    acronyms = list(islice(_acronyms(report, chance), _ACRONYMS))
    figures = islice(_figures(report, ask, chance), ITEMS - len(acronyms))
    items = [*acronyms, *figures]
    chance.shuffle(items)
    return tuple(items)


def _figures(report: ReportIndex, ask: Ask, chance: Random) -> Iterator[QuizItem]:
    """Yield what the cards ask, where the service answers it so; without cards, sentences with their figure left out."""
    asked = [(fact, figure) for fact in report.facts if (figure := _plainly_asked(fact, report))]
    for fact, figure in chance.sample(asked, len(asked)):
        answer = ask(Question(fact.questions[0], document=report.document.slug))
        if answer.figures and answer.figures[0].figure.span == figure.span:
            yield from _with_options(fact.questions[0], figure, report, chance)
    fit = [figure for figure in report.figures if _is_fit(figure) and figure.label] if not report.facts else []
    for figure in chance.sample(fit, len(fit)):
        text = report.sentence_around(figure.span)[1]
        if len(text.of(report.document.text)) in _SENTENCE:
            yield from _with_options("", figure, report, chance)


def _plainly_asked(fact: Fact, report: ReportIndex) -> Figure | None:
    figure = figure_asked(fact, 0, report) if is_plain(fact.questions[0]) else None
    return figure if figure and _is_fit(figure) else None


def _is_fit(figure: Figure) -> bool:
    return figure.kind in _KINDS and figure.text[:1].isdigit() and abs(figure.value or Decimal()) >= _SMALLEST


def _with_options(question: str, figure: Figure, report: ReportIndex, chance: Random) -> Iterator[QuizItem]:
    """Yield the item, unless too few figures could be taken for the right one."""
    passage, quote = report.sentence_around(figure.span)
    if "\t" in quote.of(report.document.text):  # a row without its table
        return
    others = {one.value: one for one in report.figures if _could_be(one, figure) and one.span not in passage.span}
    nearest = sorted(others.values(), key=lambda one: (_distance(one, figure), one.span))[:_ALIKE]
    if len(nearest) < _WRONG:
        return
    options = _drawn(figure.text, [one.text for one in nearest], chance)
    text = report.document.text
    gap = f"{text[quote.start : figure.span.start]}……{text[figure.span.end : quote.end]}"
    yield QuizItem(
        question=question or gap,
        options=options,
        right=options.index(figure.text),
        passage=passage,
        quote=quote,
        marked=figure.span,
        has_gap=not question,
    )


def _could_be(other: Figure, figure: Figure) -> bool:
    alike = other.kind is figure.kind and (other.unit == figure.unit or figure.kind is FigureKind.COUNT)
    return alike and _is_fit(other) and other.value != figure.value and not other.qualifier


def _distance(other: Figure, figure: Figure) -> float:
    """Return how far apart two figures of one sign are, by the larger as a multiple of the smaller."""
    small, large = sorted((abs(float(other.value or 0)), abs(float(figure.value or 0))))
    return large / small


def _acronyms(report: ReportIndex, chance: Random) -> Iterator[QuizItem]:
    entries = [entry for entry in report.glossary if entry.term.isupper() and entry.expansion and not entry.is_general]
    for entry in chance.sample(entries, len(entries)):
        wrong = [other.expansion for other in entries if other.expansion != entry.expansion]
        place = cited_place(entry, report.passages)
        if place and len(wrong) >= _WRONG:
            options = _drawn(entry.expansion, wrong, chance)
            yield QuizItem(
                question=f"Que veut dire « {entry.term} » ?",
                options=options,
                right=options.index(entry.expansion),
                passage=place[0],
                quote=place[1],
                marked=place[1],
            )


def _drawn(right: str, wrong: Sequence[str], chance: Random) -> tuple[str, ...]:
    options = [right, *chance.sample(_distinct(wrong, right), _WRONG)]
    chance.shuffle(options)
    return tuple(options)


def _distinct(texts: Iterable[str], without: str) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text != without]
