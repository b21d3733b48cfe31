"""Learns the weights of the ranking and of the choice of a figure and the model of confidence, with and without cards.

    python -m evaluation.learning [ENCODER]

reads dev.jsonl and train.jsonl of the indexed reports, never test.jsonl; prints what cross-validation gives and writes both
data files. ENCODER is a folder with an encoder that has not been trained on the cards of these reports: without cards, that is
what a new report meets (`python -m index.encoder.train` without `--cards` makes one). Indexes are built in a temporary folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.cases import Case, load_case_sets
from evaluation.choosing import sample_of_case, samples_of_cards
from evaluation.fitting import (
    EvidenceSample,
    RankingSample,
    cross_validated,
    fit_confidence,
    fit_ranking,
    ranking_sample,
)
from evaluation.judging import first_rank, is_right
from qa_service.answering.answerer import Answerer
from qa_service.answering.confidence import Confidence
from qa_service.answering.evidence import evidence_for
from qa_service.answering.figures import FIGURE_FEATURES
from qa_service.model import Question
from qa_service.ranking.features import FEATURES
from qa_service.ranking.weights import Weights
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service

WEIGHTS = Path("qa_service") / "ranking" / "data" / "weights.json"
CONFIDENCE = Path("qa_service") / "answering" / "data" / "confidence.json"
_OF_CARDS = frozenset({"card_lexical", "card_dense", "card_mean", "in_card", "asked", "asked_words", "asked_alone"})
_WEIGHT_OF_CARDS = 0.3  # what all questions of cards together weigh beside all cases. Not tuned: 0.1 to 3 do as well
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
    units: dict[str, dict[str, float]] = {}
    confidence: dict[str, object] = {}
    figures: dict[str, dict[str, float]] = {}
    for variant, cards, encoder in (("with_cards", True, shipped), ("without_cards", False, unseen)):
        with TemporaryDirectory() as folder:
            settings = Settings(var_dir=Path(folder), cards=cards, encoder=encoder)
            list(build_indexes(settings, lambda _step: None))
            service = load_service(settings)
            asked = [ask for name in ("dev", "train") for ask in _asked(service, name)]
            units[variant] = _learn_units(service, asked, variant, cards=cards)
            service = service.with_models(Weights(units[variant]), _answerer(Weights({}), _ALWAYS))
            figures[variant] = _learn_figures(service, asked, variant, cards=cards)
            service = service.with_models(Weights(units[variant]), _answerer(Weights(figures[variant]), _ALWAYS))
            confidence[variant] = _learn_confidence(service, asked, variant)
    WEIGHTS.write_text(json.dumps({"units": units, "figures": figures}, indent=1) + "\n", encoding="utf-8")
    CONFIDENCE.write_text(json.dumps(confidence, indent=1) + "\n", encoding="utf-8")
    return 0


def _asked(service: QAService, name: str) -> list[Asked]:
    slugs = [report.document.slug for report in service.reports]
    found = []
    for case_set in load_case_sets(name, slugs):
        for case in case_set.cases:
            found.append(Asked(case, Question(case.question, service.history(case.history), case_set.document)))
    return found


def _learn_units(service: QAService, asked: Sequence[Asked], variant: str, *, cards: bool) -> dict[str, float]:
    names = [name for name in FEATURES if cards or name not in _OF_CARDS]
    samples = [sample for ask in asked if (sample := _sample(service, ask)) is not None]
    share = cross_validated(samples, names, FEATURES)
    _say(f"{variant}: {len(samples)} questions, right unit first in cross-validation {100 * share:.1f} %")
    return fit_ranking(samples, names, FEATURES)


def _sample(service: QAService, ask: Asked) -> RankingSample | None:
    if not ask.case.answerable:
        return None
    ranking = service.rank(ask.question)[0]
    return ranking_sample(ask.case, ranking)


def _learn_figures(service: QAService, asked: Sequence[Asked], variant: str, *, cards: bool) -> dict[str, float]:
    names = [name for name in FIGURE_FEATURES if cards or name not in _OF_CARDS]
    of_cases = [sample_of_case(ask.case, service.interpret(ask.question), service.rank(ask.question)[0]) for ask in asked]
    samples = [sample for sample in of_cases if sample is not None]
    of_cards = list(samples_of_cards(service)) if cards else []
    # The cards' questions are many and each has others like it beside it, which users' questions have not.
    of_cards = [replace(sample, weight=_WEIGHT_OF_CARDS * len(samples) / len(of_cards)) for sample in of_cards]
    share = cross_validated(samples, names, FIGURE_FEATURES, of_cards)
    _say(
        f"{variant}: {len(samples)} questions on a figure of several, the one asked for first in cross-validation "
        f"{100 * share:.1f} %, learnt with {len(of_cards)} questions of cards"
    )
    return fit_ranking([*samples, *of_cards], names, FIGURE_FEATURES)


def _learn_confidence(service: QAService, asked: Sequence[Asked], variant: str) -> dict[str, object]:
    samples = []
    for ask in asked:
        query = service.interpret(ask.question)
        if query.small_talk:
            continue
        ranking = service.rank(ask.question)[0]
        evidence = evidence_for(query, ranking, ranking.units(30))
        answer = service.ask(ask.question)
        # The evidence speaks for a passage: one that holds the answer is worth showing, whatever words of it are chosen.
        right = is_right(ask.case, answer) or first_rank(ask.case, [one.passage for one in answer.citations]) == 1
        samples.append(EvidenceSample(evidence.values, right=right, answerable=ask.case.answerable))
    model = fit_confidence(samples)
    _say(
        f"{variant}: confidence in cross-validation: refused {100 * model.refused:.1f} %, "
        f"false refusals {100 * model.false_refusals:.1f} %, threshold {model.threshold}"
    )
    return {"bias": model.bias, "weights": model.weights, "threshold": model.threshold}


def _answerer(figures: Weights, confidence: Confidence) -> Answerer:
    return Answerer({True: confidence, False: confidence}, {True: figures, False: figures})


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
