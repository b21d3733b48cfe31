"""Learns what tells that a figure of a draft and one of a report are of the same thing, with and without cards.

    python -m evaluation.check_learning

reads the drafts and the questions named dev and train, never test; prints what cross-validation over the drafts gives and writes
the data file. A question whose answer is a figure serves as a draft that states it: rightly, with another figure of the report,
or with none of them. Indexes are built in a temporary folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from evaluation.cases import Case, CaseKind, load_case_sets
from evaluation.drafts import Draft, KnownClaim, evidence_places, load_drafts, totals
from evaluation.fitting import RankingSample, fit_choice
from evaluation.matching import same_figure
from index.model import Figure, FigureKind, Span
from qa_service.checking.candidates import CANDIDATE_FEATURES, Candidates
from qa_service.checking.checker import Checker, CheckModel, Verdict
from qa_service.checking.claims import Claim
from qa_service.checking.values import AGREEING, SAME_NUMBER
from qa_service.model import Question
from qa_service.ranking.weights import Weights
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.understanding.kinds import counted_noun
from qa_service.wiring import build_indexes, load_service

WEIGHTS = Path("qa_service") / "checking" / "data" / "weights.json"
_FOLDS = 10
_OF_QUESTIONS = 1.0  # what all questions together weigh beside all drafts. Not tuned
_SEED = 2021


@dataclass(frozen=True, slots=True)
class Known:
    """A draft with the samples of its claims."""

    draft: Draft
    samples: tuple[RankingSample, ...]


def main() -> int:
    """Learn both models, write them and return 0."""
    models = {}
    for variant, cards in (("with_cards", True), ("without_cards", False)):
        with TemporaryDirectory() as folder:
            settings = Settings(var_dir=Path(folder), cards=cards)
            list(build_indexes(settings, lambda _step: None))
            service = load_service(settings)
            drafts = load_drafts("dev", [report.document.slug for report in service.reports])
            known = [Known(draft, tuple(samples_of_draft(service, draft))) for draft in drafts]
            questions = list(samples_of_questions(service))
            models[variant] = _learn(service.checker, known, questions, variant)
    WEIGHTS.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
    return 0


def samples_of_draft(service: QAService, draft: Draft) -> Iterator[RankingSample]:
    """Yield a sample for each figure of a draft whose right choice is among those read."""
    claims, read = service.checker.candidates(draft.text)
    for known in draft.claims:
        place = draft.place(known)
        for claim, candidates in zip(claims, read, strict=True):
            if claim.figure.span.start < place.end and place.start < claim.figure.span.end:
                answering = _answering(known, candidates)
                if answering.any():
                    yield RankingSample(candidates.features(), answering)


def _answering(known: KnownClaim, candidates: Candidates) -> np.ndarray:
    """Return which of the candidates, and of none, is the one that a known verdict goes by."""
    chosen = np.zeros(len(candidates.found) + 1, dtype=bool)
    if known.verdict is Verdict.NOT_FOUND:
        chosen[-1] = True
        return chosen
    for number, candidate in enumerate(candidates.found):
        text, span = candidate.unit.index.document.text, candidate.figure.span
        inside = any(span in place for place in evidence_places(text, known))
        agrees = candidate.relation in AGREEING
        chosen[number] = inside and agrees == (known.verdict is not Verdict.CONTRADICTED)
    same = [n for n in np.flatnonzero(chosen) if candidates.found[n].relation in SAME_NUMBER]
    if same:  # HT for TTC, points for per cent: the same number is the one meant
        chosen[:] = False
        chosen[same] = True
    return chosen


def samples_of_questions(service: QAService) -> Iterator[RankingSample]:
    """Yield samples of statements made of the questions for figures, and of those that no report answers."""
    random = Random(_SEED)
    slugs = [report.document.slug for report in service.reports]
    for name in ("dev", "train"):
        for case_set in load_case_sets(name, slugs):
            for case in case_set.cases:
                if not case.history and case.kind in (CaseKind.FIGURE, CaseKind.DATE, CaseKind.UNANSWERABLE):
                    yield from _samples_of_case(service, case, random)


def _samples_of_case(service: QAService, case: Case, random: Random) -> Iterator[RankingSample]:
    figures = service.reports[0].figures
    wanted = service.interpret(Question(case.question)).constraints.figures
    right = next((figure for figure in figures if _answers(case, figure, service)), None)
    if case.answerable and right is None:
        return
    alike = [figure for figure in figures if figure.kind in ({right.kind} if right else wanted or {FigureKind.COUNT})]
    stated = [right] if right else []
    stated += [random.choice(alike)] if alike else []
    for figure in stated:
        candidates = service.checker.read(_claim(case.question, _changed(figure, random) if figure is not right else figure))
        chosen = np.array([_is_it(one.figure, right) for one in candidates.found] + [right is None])
        if chosen.any():
            yield RankingSample(candidates.features(), chosen)


def _answers(case: Case, figure: Figure, service: QAService) -> bool:
    text = service.reports[0].document.text
    return any(
        same_figure(writing, figure.text, figure.value)
        and any(figure.span in Span(start, start + len(quote)) for quote in case.evidence if (start := text.find(quote)) >= 0)
        for piece in case.answers
        for writing in piece
    )


def _is_it(figure: Figure, right: Figure | None) -> bool:
    return right is not None and figure.span == right.span


def _changed(figure: Figure, random: Random) -> Figure:
    """Return a figure with another value half of the time: who errs takes another figure of the report, or none of them."""
    if figure.value is None or random.random() < 0.5:
        return figure
    return replace(figure, value=figure.value * random.randint(11, 39) / Decimal(20))


def _claim(question: str, figure: Figure) -> Claim:
    noun = counted_noun(question) if figure.kind is FigureKind.COUNT else figure.unit
    stated = replace(figure, unit=noun, label="", period=None, qualifier=None)
    return Claim(figure=stated, sentence=Span(0, len(question)), clause=question, told=question)


def _learn(checker: Checker, known: Sequence[Known], questions: Sequence[RankingSample], variant: str) -> dict[str, object]:
    weight = _OF_QUESTIONS * sum(len(one.samples) for one in known) / len(questions)
    beside = [replace(sample, weight=weight) for sample in questions]
    learnt = []
    for fold in range(_FOLDS):
        samples = [sample for place, one in enumerate(known) if place % _FOLDS != fold for sample in one.samples]
        learnt.append(Weights(fit_choice([*samples, *beside], CANDIDATE_FEATURES)))
    for confirms in np.arange(0.5, 0.96, 0.05):
        model = [CheckModel(weights=weights, confirms=float(confirms)) for weights in learnt]
        checks = [checker.with_model(model[place % _FOLDS]).check(one.draft.text) for place, one in enumerate(known)]
        _say(f"{variant}: from {confirms:.2f}: {totals([one.draft for one in known], checks)}")
    weights = fit_choice([*(sample for one in known for sample in one.samples), *beside], CANDIDATE_FEATURES)
    return {"weights": weights, "confirms": 0.7}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
