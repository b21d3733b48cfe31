"""Questions that a section of a report is known to answer: each was asked, and that section answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from index.model import Fact, Figure, Section, Span
from index.store.report_index import ReportIndex
from qa_service.model import Answer, Question

Ask = Callable[[Question], Answer]


def known_questions(section: Section, report: ReportIndex, ask: Ask, *, most: int) -> tuple[str, ...]:
    """Return up to `most` questions on what stands in different places of a section, in reading order."""
    facts = [fact for fact in report.facts if fact.span in section.span and is_plain(fact.questions[0])]
    found: list[tuple[Span, str]] = []
    for fact in _spread(facts):
        answer = ask(Question(fact.questions[0], document=report.document.slug))
        if answer.citations and answer.citations[0].span in section.span:
            found.append((fact.span, fact.questions[0]))
        if len(found) == most:
            break
    return tuple(question for _, question in sorted(found))


def is_plain(question: str) -> bool:
    """Tell whether it is written as an example should be: a sentence."""
    return question[:1].isupper() and question.endswith("?")


def _spread(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the first, the middle, the quarters …: the sooner one stops, the farther apart they stand."""
    seen: set[int] = set()
    parts = 1
    while len(seen) < len(facts):
        for part in range(parts):
            place = len(facts) * (2 * part + 1) // (2 * parts)
            if place not in seen:
                seen.add(place)
                yield facts[place]
        parts *= 2


def times_asked(report: ReportIndex) -> Counter[Span]:
    """Return how many questions of a report's cards ask for the figure at each place."""
    asked = ((fact, number) for fact in report.facts for number in range(len(fact.questions)))
    return Counter(figure.span for fact, number in asked if (figure := figure_asked(fact, number, report)))


def figure_asked(fact: Fact, number: int, report: ReportIndex) -> Figure | None:
    """Return the figure that a card's question asks for, None where it asks for none or it is not clear which."""
    place = fact.answers[number] if fact.answers else fact.span
    figures = report.figures_within(place) if place else ()
    return figures[0] if len(figures) == 1 else None
