"""What the reports offer to who discovers an authority, made ready once and then kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from index.model import Section
from index.store.report_index import ReportIndex
from qa_service.discovering.asking import Ask, known_questions, times_asked
from qa_service.discovering.portrait import Portrait, portrait_of
from qa_service.discovering.quiz import QuizItem, quiz_of
from qa_service.discovering.terms import TermFinder
from qa_service.discovering.tour import tour_of
from qa_service.register import rows_of

_QUESTIONS = 5


class Discovery:
    """The portraits, tour and quiz of one report; safe to share between threads."""

    def __init__(self, report: ReportIndex, ask: Ask) -> None:
        """Take a report and what answers questions on it."""
        self.report = report
        self.terms = TermFinder(report.glossary)
        self.tour = tour_of(report.document, report.metadata.tour)
        self._rows = tuple(rows_of(report))
        self._ask = ask
        self._asked = times_asked(report)
        # The reports never change under a running service, so that each portrait is painted once.
        self.portrait = cache(self._portrait)
        self.questions = cache(self._questions)
        self.quiz = cache(self._quiz)

    def _portrait(self, section: Section) -> Portrait:
        return portrait_of(section, self.report, self._rows, self.terms, self._asked)

    def _questions(self, section: Section) -> tuple[str, ...]:
        return known_questions(section, self.report, self._ask, most=_QUESTIONS)

    def _quiz(self, series: int) -> tuple[QuizItem, ...]:
        return quiz_of(self.report, series, self._ask)


def discoveries(reports: Iterable[ReportIndex], ask: Ask) -> dict[str, Discovery]:
    """Return the discovery of each report by its slug."""
    return {report.document.slug: Discovery(report, ask) for report in reports}
