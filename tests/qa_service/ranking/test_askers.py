"""The cards nearest to a question are compared question by question, all others by their mean."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoder.loading import load_embedder
from index.store.dense import build_exact
from index.store.fields import questions_of
from index.store.lexical import LexicalIndex
from index.store.report_index import ReportIndex
from qa_service.model import Question
from qa_service.ranking.askers import AskerReader, Nearness
from qa_service.service import QAService

ASKED = (
    "c'est qui le président de l'agglo",
    "combien d'agents travaillent pour l'agglomération",
    "y a t il une piscine a harnes",
    "combien coute le ramassage des poubelles",
    "quelle est la meteo demain",
)


@pytest.fixture(scope="module")
def index(service: QAService) -> ReportIndex:
    """Return the index of the real report."""
    return service.reports[0]


@pytest.fixture(scope="module")
def reader(index: ReportIndex) -> AskerReader:
    """Return the reader of its cards."""
    return AskerReader(index.facts, index.fact_lexical, index.fact_dense)


def near(asked: str, reader: AskerReader, service: QAService) -> tuple[Nearness, np.ndarray]:
    """Return what is near a question, and its vector."""
    row = load_embedder("french-static").encode_queries([asked])[0]
    return reader.read(service.interpret(Question(asked)).terms, row), row


@pytest.mark.parametrize("asked", ASKED)
def test_the_nearest_card_is_the_nearest_of_all(
    asked: str, reader: AskerReader, index: ReportIndex, service: QAService
) -> None:
    """The best cosine is that which comparing with each of all questions gives, and of the same card."""
    nearness, row = near(asked, reader, service)
    cosines = index.fact_dense.scores(row)
    askers = np.array([question.asker for question in questions_of(index.facts)])
    assert float(nearness.dense.max()) == pytest.approx(float(cosines.max()), abs=1e-5)
    assert int(nearness.dense.argmax()) == askers[int(cosines.argmax())]
    means = np.bincount(askers, weights=cosines) / np.bincount(askers)
    np.testing.assert_allclose(nearness.mean, means, atol=1e-5)


@pytest.mark.parametrize("asked", ASKED)
def test_no_card_is_nearer_than_it_is(asked: str, reader: AskerReader, index: ReportIndex, service: QAService) -> None:
    """A card that is not looked at question by question counts less than it might, never more."""
    nearness, row = near(asked, reader, service)
    best = np.zeros(len(index.facts), dtype=np.float32)
    np.maximum.at(best, [question.asker for question in questions_of(index.facts)], index.fact_dense.scores(row))
    assert (nearness.dense <= best + 1e-5).all()
    assert (nearness.dense < best - 1e-5).any()


def test_a_report_without_cards() -> None:
    """Is near to nothing."""
    none = AskerReader((), LexicalIndex.build([]), build_exact(np.zeros((0, 8), dtype=np.float32)))
    nearness = none.read({"eau": 1.0}, np.ones(8, dtype=np.float32))
    assert {len(scores) for scores in (nearness.lexical, nearness.dense, nearness.mean, nearness.questions)} == {0}
