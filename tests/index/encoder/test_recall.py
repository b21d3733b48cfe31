"""Measuring an encoder by itself, and the words its lexicon is made of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder.loading import load_embedder
from index.encoder.teach import folded_writings
from index.encoder.training.cases import Case, read_cases
from index.encoder.training.recall import Bench, recall, relevant_passages
from index.errors import EncoderError
from index.reading.report import Report
from tests.conftest import SEED

QUOTE = "65 visites médicales ont été effectuées au titre du suivi médical des agents"


def test_recall_counts_the_best_relevant_passage() -> None:
    """Two passages may answer; the better placed counts, and a tie counts against it."""
    scores = np.array([[0.9, 0.1, 0.5], [0.2, 0.2, 0.2], [0.1, 0.2, 0.3]])
    relevant = [frozenset({1, 0}), frozenset({1}), frozenset({0})]
    assert recall(scores, relevant) == pytest.approx((1 / 3, 1.0, 1.0))


def test_evidence_names_the_passages_that_hold_it(report: Report) -> None:
    """Each place of a quote counts; a case without evidence has no passage."""
    (place,) = relevant_passages(Case("?", (), (QUOTE,)), report)
    assert QUOTE in report.passages[place].text
    assert relevant_passages(Case("?", (), ()), report) == frozenset()


def test_the_shipped_encoder_finds_an_everyday_question() -> None:
    """The passage stands first for a question that shares few words with it."""
    bench = Bench(SEED, [Case("combien de fois est-on passé chez le médecin du travail ?", (), (QUOTE,))])
    assert bench.recalls(load_embedder(""))["unités"][0] == 1.0


def test_questions_without_an_answer_measure_nothing() -> None:
    """Follow-ups and unanswerable cases are left out; none left is an error, not a perfect score."""
    with pytest.raises(EncoderError, match="Aucune des questions n'a sa réponse"):
        Bench(SEED, [Case("et en 2020 ?", ("combien ?",), (QUOTE,)), Case("?", (), ())])


def test_a_file_that_holds_no_cases_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    (tmp_path / "dev.jsonl").write_text('{"question": 3}', "utf-8")
    with pytest.raises(EncoderError, match=r"dev\.jsonl » n'est pas un fichier de cas d'évaluation"):
        read_cases(tmp_path / "dev.jsonl")


def test_writings_of_one_word_are_one_entry() -> None:
    """Accents are folded and their frequencies kept apart; figures are no words."""
    writings = folded_writings({"élève": 3.0, "élevé": 1.0, "aujourd'hui": 2.0, "2021": 9.0})
    assert writings == {"eleve": {"élève": 3.0, "élevé": 1.0}, "aujourd": {"aujourd": 2.0}, "hui": {"hui": 2.0}}
