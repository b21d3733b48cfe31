"""Learns the weights of the ranking and the model of confidence, with and without fact cards.

    python -m evaluation.learning [ENCODER]

reads dev.jsonl and train.jsonl of the indexed reports, never test.jsonl; prints what cross-validation gives and writes both
data files. ENCODER is a folder with an encoder that has not been trained on the cards of these reports: without cards, that is
what a new report meets (`python -m index.encoder.train` without `--cards` makes one). Indexes are built in a temporary folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evaluation.cases import Case, load_case_sets
from evaluation.fitting import (
    FOLDS,
    EvidenceSample,
    RankingSample,
    fit_confidence,
    fit_ranking,
    ranking_sample,
    share_first,
)
from evaluation.judging import is_right
from qa_service.answering.answerer import Answerer
from qa_service.answering.confidence import Confidence
from qa_service.answering.evidence import evidence_for
from qa_service.model import Question, Turn
from qa_service.ranking.features import FEATURES
from qa_service.ranking.weights import Weights
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service

WEIGHTS = Path("qa_service") / "ranking" / "data" / "weights.json"
CONFIDENCE = Path("qa_service") / "answering" / "data" / "confidence.json"
_ALWAYS = Confidence(bias=0.0, weights={}, threshold=0.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case with its question as the service is asked it, the conversation before it included."""

    case: Case
    question: Question


def main(argv: Sequence[str]) -> int:
    """Learn both models twice, write them and return 0."""
    shipped = Settings().encoder
    unseen = argv[0] if argv else shipped
    weights: dict[str, dict[str, float]] = {}
    confidence: dict[str, object] = {}
    for variant, cards, encoder in (("with_cards", True, shipped), ("without_cards", False, unseen)):
        with TemporaryDirectory() as folder:
            settings = Settings(var_dir=Path(folder), cards=cards, encoder=encoder)
            list(build_indexes(settings, lambda _step: None))
            service = load_service(settings)
            asked = [ask for name in ("dev", "train") for ask in _asked(service, name)]
            weights[variant] = _learn_ranking(service, asked, variant, cards=cards)
            confidence[variant] = _learn_confidence(service, asked, variant, weights[variant])
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    CONFIDENCE.write_text(json.dumps(confidence, indent=1) + "\n", encoding="utf-8")
    return 0


def _asked(service: QAService, name: str) -> list[Asked]:
    slugs = [report.document.slug for report in service.reports]
    found = []
    for case_set in load_case_sets(name, slugs):
        for case in case_set.cases:
            turns: tuple[Turn, ...] = ()
            for earlier in case.history:
                turns = (*turns, Turn(earlier, service.interpret(Question(earlier, turns)).understood_as))
            found.append(Asked(case, Question(case.question, turns, case_set.document)))
    return found


def _learn_ranking(service: QAService, asked: Sequence[Asked], variant: str, *, cards: bool) -> dict[str, float]:
    names = [name for name in FEATURES if cards or not name.startswith("card")]
    samples = [sample for ask in asked if (sample := _sample(service, ask)) is not None]
    shares = []
    for fold in range(FOLDS):
        learnt = fit_ranking([sample for i, sample in enumerate(samples) if i % FOLDS != fold], names)
        shares.append(share_first([sample for i, sample in enumerate(samples) if i % FOLDS == fold], learnt))
    _say(f"{variant}: {len(samples)} questions, right unit first in cross-validation {100 * np.mean(shares):.1f} %")
    return fit_ranking(samples, names)


def _sample(service: QAService, ask: Asked) -> RankingSample | None:
    if not ask.case.answerable:
        return None
    ranking = service.rank(ask.question)[0]
    return ranking_sample(ask.case, ranking)


def _learn_confidence(service: QAService, asked: Sequence[Asked], variant: str, weights: dict[str, float]) -> dict[str, object]:
    service = replaced(service, Weights(weights), _ALWAYS)
    samples = []
    for ask in asked:
        query = service.interpret(ask.question)
        if query.small_talk:
            continue
        ranking = service.rank(ask.question)[0]
        evidence = evidence_for(query, ranking.units(30), ranking.gap())
        right = is_right(ask.case, service.ask(ask.question))
        samples.append(EvidenceSample(evidence.values, right=right, answerable=ask.case.answerable))
    model = fit_confidence(samples)
    _say(
        f"{variant}: confidence in cross-validation: refused {100 * model.refused:.1f} %, "
        f"false refusals {100 * model.false_refusals:.1f} %, threshold {model.threshold}"
    )
    return {"bias": model.bias, "weights": model.weights, "threshold": model.threshold}


def replaced(service: QAService, weights: Weights, confidence: Confidence) -> QAService:
    """Return a service that differs in its learnt models only."""
    return service.with_models(weights, Answerer({True: confidence, False: confidence}))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
