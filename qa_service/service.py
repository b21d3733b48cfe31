"""The service: ask a question, get an answer; or only the passages that speak of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import Self

from index.model import Section
from index.store.report_index import ReportIndex
from qa_service.answering.answerer import Answerer
from qa_service.answering.confidence import Confidence
from qa_service.checking.candidates import CandidateReader
from qa_service.checking.checker import Checker, CheckModel
from qa_service.concordance import Concordance
from qa_service.discovering.discovery import Discovery, discoveries
from qa_service.model import Answer, AnswerStatus, Question, RetrievedPassage, Turn, Warning
from qa_service.ranking.ranker import Ranker, Ranking
from qa_service.ranking.weights import Weights
from qa_service.register import Register
from qa_service.timing import Stage, Stopwatch
from qa_service.understanding.interpreter import Interpreter
from qa_service.understanding.query import Query


class QAService:
    """Answers questions over the indexed reports; immutable, safe to share between threads, always gives the same answer."""

    def __init__(self, interpreter: Interpreter, rankers: Sequence[Ranker], answerer: Answerer) -> None:
        self._interpreter = interpreter
        self._rankers = tuple(rankers)
        self._answerer = answerer
        # Of one process, threads that answer side by side only wait for each other, and a fifth of the answers is lost.
        self._turn = Lock()

    @property
    def reports(self) -> tuple[ReportIndex, ...]:
        """The indexed reports."""
        return tuple(ranker.index for ranker in self._rankers)

    @cached_property
    def register(self) -> Register:
        """The figures of all reports, made ready the first time that it is asked for."""
        return Register(self.reports)

    @cached_property
    def concordance(self) -> Concordance:
        """Where the words of all reports stand, made ready the first time that it is asked for."""
        return Concordance(self.reports)

    @cached_property
    def discoveries(self) -> dict[str, Discovery]:
        """What each report offers to who discovers it, by its slug, made ready the first time that it is asked for."""
        return discoveries(self.reports, self.ask)

    @cached_property
    def checker(self) -> Checker:
        """What checks the figures of a draft against all reports, made ready the first time that it is asked for."""
        readers = []
        for ranker in self._rankers:
            cards = bool(ranker.index.facts)
            figures, confidence = Weights.learnt("figures", with_cards=cards), Confidence.learnt(with_cards=cards)
            readers.append(CandidateReader(self._interpreter, ranker, confidence, figures))
        model = CheckModel.learnt(with_cards=any(report.facts for report in self.reports))
        return Checker(readers, model, period=max(report.document.period for report in self.reports))

    def example_questions(self) -> tuple[str, ...]:
        """Return questions that the reports are known to answer."""
        return tuple(chain.from_iterable(report.metadata.examples for report in self.reports))

    def interpret(self, question: Question) -> Query:
        """Return a question as the service reads it."""
        return self._interpreter.interpret(question)

    def history(self, asked: Sequence[str]) -> tuple[Turn, ...]:
        """Return earlier questions of a conversation, oldest first, each as it was understood after those before it."""
        turns: tuple[Turn, ...] = ()
        for text in asked:
            turns = (*turns, Turn(text, self.interpret(Question(text, turns)).understood_as))
        return turns

    def rank(self, question: Question) -> tuple[Ranking, ...]:
        """Return the units of each report asked, scored."""
        return tuple(self._rankings(self.interpret(question), question))

    def with_models(self, weights: Weights, answerer: Answerer) -> Self:
        """Return a service over the same reports with other learnt models."""
        return type(self)(self._interpreter, [ranker.with_weights(weights) for ranker in self._rankers], answerer)

    def ask(self, question: Question, watch: Stopwatch | None = None) -> Answer:
        """Return the answer in the words of the report, or a refusal; `watch` is told when each stage ends.

        Threads are answered one after the other.
        """
        watch = watch or Stopwatch()
        with self._turn:
            watch.lap(Stage.WAIT)
            return self._ask(question, watch)

    def _ask(self, question: Question, watch: Stopwatch) -> Answer:
        query = self.interpret(question)
        watch.lap(Stage.UNDERSTAND)
        if query.small_talk:
            return _reply(query)
        rankings = self._rankings(query, question)
        watch.lap(Stage.RANK)
        answer = self._answer(query, question, rankings)
        watch.lap(Stage.ANSWER)
        return answer

    def _answer(self, query: Query, question: Question, rankings: Sequence[Ranking]) -> Answer:
        """Return the answer of the section that is asked, else that of the whole report."""
        section = self._section(question)
        if section is None:
            return self._answerer.answer(query, question.text, rankings)
        inside = self._answerer.answer(query, question.text, [ranking.within(section.span) for ranking in rankings])
        if inside.status is AnswerStatus.ANSWERED:
            return inside
        anywhere = self._answerer.answer(query, question.text, rankings)
        elsewhere = Warning(
            "other_section", f"La section « {section.title} » ne le dit pas ; voici ce qu'en dit une autre section."
        )
        return replace(anywhere, warnings=(elsewhere, *anywhere.warnings)) if anywhere.citations else anywhere

    def retrieve(self, question: Question, *, top_k: int, signals: Sequence[str] = ()) -> tuple[RetrievedPassage, ...]:
        """Return the passages nearest to a question, best first.

        `signals` names those to go by ("lexical", "dense", "cards"); none named: all.
        """
        query = self.interpret(question)
        found = [passage for ranking in self._rankings(query, question, signals) for passage in ranking.passages(top_k)]
        if len(self._rankers) == 1:
            return tuple(found)
        found.sort(key=lambda passage: -passage.score)
        return tuple(
            RetrievedPassage(passage=item.passage, rank=rank, score=item.score, sources=item.sources)
            for rank, item in enumerate(found[:top_k], start=1)
        )

    def _section(self, question: Question) -> Section | None:
        """Return the section that a question is asked about, None for the whole report or one without passages."""
        for report in self.reports:
            if report.document.slug == question.document and question.section:
                section = report.document.section(question.section)
                return section if section and any(p.span in section.span for p in report.passages) else None
        return None

    def _rankings(self, query: Query, question: Question, signals: Sequence[str] = ()) -> list[Ranking]:
        asked = [one for one in self._rankers if question.document in (None, one.index.document.slug)]
        if not asked:
            return []
        vectors = asked[0].vectors(query)
        return [ranker.rank(query, vectors, signals=signals) for ranker in asked]


def _reply(query: Query) -> Answer:
    return Answer(
        status=AnswerStatus.NOT_FOUND,
        question=query.text,
        understood_as=query.understood_as,
        kind=query.kind,
        text=query.small_talk,
        confidence=1.0,
    )
