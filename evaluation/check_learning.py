"""Learns what tells that a figure of a draft and one of a report are of the same thing, with and without cards.

    python -m evaluation.check_learning

reads the drafts named dev and train, never test; prints what cross-validation over them gives and writes the data file. Indexes
are built in a temporary folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evaluation.drafts import CheckTotals, Draft, KnownClaim, load_drafts, places_of, totals
from evaluation.fitting import RankingSample, fit_choice
from qa_service.checking.candidates import Candidates
from qa_service.checking.checker import Checker, CheckModel, Verdict
from qa_service.checking.matching import CANDIDATE_FEATURES
from qa_service.checking.values import AGREEING, SAME_NUMBER
from qa_service.ranking.weights import Weights
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service

WEIGHTS = Path("qa_service") / "checking" / "data" / "weights.json"
_FOLDS = 10
_PENALTY = 5e-4  # on the squared weights. 1e-3 does as well in cross-validation, 2e-3 less
_STEPS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_MOST_CONFIRMED = 0.025  # share of the contradicted figures that may be confirmed: such a mistake gets printed


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
            slugs = [report.document.slug for report in service.reports]
            drafts = [draft for name in ("dev", "train") for draft in load_drafts(name, slugs)]
            known = [Known(draft, tuple(samples_of(service, draft))) for draft in drafts]
            models[variant] = _learn(service.checker, known, variant)
    WEIGHTS.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
    return 0


def samples_of(service: QAService, draft: Draft) -> Iterator[RankingSample]:
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
        inside = any(span in place for place in places_of(known.evidence, text))
        agrees = candidate.relation in AGREEING
        chosen[number] = inside and agrees == (known.verdict is not Verdict.CONTRADICTED)
    same = [n for n in np.flatnonzero(chosen) if candidates.found[n].relation in SAME_NUMBER]
    if same:  # HT for TTC, points for per cent: the same number is the one meant
        chosen[:] = False
        chosen[same] = True
    return chosen


def _learn(checker: Checker, known: Sequence[Known], variant: str) -> dict[str, object]:
    learnt = [
        _fit([one for place, one in enumerate(known) if place % _FOLDS != fold]) for fold in range(min(_FOLDS, len(known)))
    ]
    found = {confirms: _cross_validated(checker, known, learnt, confirms) for confirms in _STEPS}
    for confirms, counts in found.items():
        _say(f"{variant}: confirmed from {confirms:.2f}: {counts}")
    safe = (at for at, one in found.items() if one.contradicted_shown_right <= _MOST_CONFIRMED * one.contradicted)
    return {"weights": _fit(known).values, "confirms": next(safe, _STEPS[-1])}


def _fit(known: Sequence[Known]) -> Weights:
    samples = [sample for one in known for sample in one.samples]
    return Weights(fit_choice(samples, CANDIDATE_FEATURES, penalty=_PENALTY))


def _cross_validated(checker: Checker, known: Sequence[Known], learnt: Sequence[Weights], confirms: float) -> CheckTotals:
    """Return the totals of the drafts, each checked by what was learnt from those of the other folds."""
    models = [CheckModel(weights=weights, confirms=confirms) for weights in learnt]
    checks = [checker.with_model(models[place % _FOLDS]).check(one.draft.text) for place, one in enumerate(known)]
    return totals([one.draft for one in known], checks)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
