"""Everyday words find the words of public administration."""

from __future__ import annotations

from importlib.resources import files

import pytest

from index.french.folding import fold
from index.french.tokens import stem
from qa_service.model import Question
from qa_service.service import QAService
from qa_service.understanding.synonyms import is_everyday, related_stems

LINES = files("qa_service.understanding").joinpath("data", "synonyms.txt").read_text(encoding="utf-8").splitlines()
GROUPS = [line.split() for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("everyday", "official"),
    [
        ("embauche", "recrutement"),
        ("poubelles", "dechets"),
        ("boulot", "emploi"),
        ("argent", "budget"),
        ("velo", "cyclable"),
        ("maison", "logement"),
    ],
)
def test_words_that_mean_the_same_lead_to_each_other(everyday: str, official: str) -> None:
    """Both ways, whatever their ending; a word is not related to itself."""
    assert stem(official) in related_stems([stem(everyday)])
    assert stem(everyday) in related_stems([stem(official)])
    assert stem(everyday) not in related_stems([stem(everyday)])


def test_words_that_nobody_relates_stay_alone() -> None:
    """And are not known as everyday words."""
    assert related_stems([stem("marionnette"), "2019"]) == set()
    assert not is_everyday(stem("marionnette"))
    assert is_everyday(stem("embauche"))


def test_every_group_is_of_folded_words() -> None:
    """Two or more, so that each line is of use; an accent would never be found."""
    assert [group for group in GROUPS if len(group) < 2] == []
    assert [word for group in GROUPS for word in group if fold(word) != word] == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Combien d'embauches ?", "59 recrutements"),
        ("Combien d'agents ont reçu une décoration ?", "30 agents médaillés"),
        ("Combien de stages dans le cursus d'un élève ?", "46 stagiaires"),
    ],
)
def test_an_everyday_question_finds_the_official_words(question: str, words: str, service: QAService) -> None:
    """In the real report, where no word of the question may occur."""
    found = [item.passage.text for item in service.retrieve(Question(question), top_k=3)]
    assert any(words in text for text in found)
