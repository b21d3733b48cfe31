"""Asking the cases of the service, in process: each earlier question first, as in one conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from evaluation.cases import Case, CaseSet
from evaluation.judging import Ranking, Verdict, first_rank, judge
from index.model import Passage
from qa_service.model import Answer, Question, Turn
from qa_service.service import QAService

RANKING_DEPTH = 10  # recall@10 is the deepest figure reported


@dataclass(frozen=True, slots=True)
class Variant:
    """A way of retrieving that is measured by itself: a service and the signals it may use."""

    name: str
    service: QAService
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, what the service answered, and the verdict."""

    case: Case
    answer: Answer
    verdict: Verdict


def signal_variants(service: QAService) -> tuple[Variant, ...]:
    """Return each signal of `service` alone, then those of the report's text fused, then all; cards where there are some."""
    of_text = (
        Variant("lexical", service, ("lexical",)),
        Variant("dense", service, ("dense",)),
        Variant("fused", service, ("lexical", "dense")),
    )
    if not has_cards(service):
        return of_text
    return (*of_text, Variant("cards", service, ("cards",)), Variant("all", service, ()))


def has_cards(service: QAService) -> bool:
    """Say whether some report of the service has fact cards."""
    return any(report.facts for report in service.reports)


def run_cases(service: QAService, case_set: CaseSet, variants: Sequence[Variant]) -> Iterator[Outcome]:
    """Yield the outcome of each case in order; the time is that of the case's own question."""
    documents = [report.document for report in service.reports]
    for case in case_set.cases:
        question = _in_conversation(service, case, case_set.document or None)
        start = perf_counter()
        answer = service.ask(question)
        elapsed_ms = (perf_counter() - start) * 1000
        verdict = judge(case, answer, documents, document=case_set.document, elapsed_ms=elapsed_ms)
        yield Outcome(case, answer, replace(verdict, rankings=_rankings(case, question, variants)))


def _in_conversation(service: QAService, case: Case, document: str | None) -> Question:
    turns: tuple[Turn, ...] = ()
    for earlier in case.history:
        answer = service.ask(Question(earlier, turns, document))
        turns += (Turn(earlier, answer.understood_as),)
    return Question(case.question, turns, document)


def _rankings(case: Case, question: Question, variants: Sequence[Variant]) -> tuple[Ranking, ...]:
    if not case.answerable:
        return ()
    return tuple(Ranking(variant.name, first_rank(case, _retrieve(variant, question))) for variant in variants)


def _retrieve(variant: Variant, question: Question) -> list[Passage]:
    retrieved = variant.service.retrieve(question, top_k=RANKING_DEPTH, signals=variant.signals)
    return [found.passage for found in retrieved]
