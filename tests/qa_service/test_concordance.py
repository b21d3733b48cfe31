"""Words looked for in a report."""

import pytest

from qa_service.service import QAService
from tests.support.report import REPORT_TEXT, SLUG


@pytest.mark.parametrize("words", ["déchèterie", "DECHETERIES", "une déchèterie ?"])
def test_a_word_is_found_whatever_its_ending(service: QAService, words: str) -> None:
    """Case, accents, number and small words do not matter; each place is that of the word."""
    found = service.concordance.find(SLUG, words)
    assert len(found) > 8
    assert [one.sentence for one in found] == sorted(one.sentence for one in found)
    told = {word.of(REPORT_TEXT).casefold() for one in found for word in one.words}
    assert told == {"déchèterie", "déchèteries"}


def test_all_words_must_be_there(service: QAService) -> None:
    """In one sentence or the titles over it."""
    found = service.concordance.find(SLUG, "piscine olympique")
    assert found
    assert all(
        "olympique" in one.sentence.of(REPORT_TEXT).casefold() or "Piscines" in one.passage.headings[-1] for one in found
    )


def test_words_of_one_passage_are_found_apart(service: QAService) -> None:
    """Where no sentence has them all."""
    found = service.concordance.find(SLUG, "refuge chats errants horaires chiens publics")
    assert found == ()
    found = service.concordance.find(SLUG, "refuge week-end")
    assert {one.passage.section_path[-1] for one in found} == {"Fourrière animale"}


@pytest.mark.parametrize("words", ["", "de la", "zyzzyva", "?!", "\x00"])
def test_nothing_is_found_for_nothing(service: QAService, words: str) -> None:
    """No word, small words only, a word that is not there."""
    assert service.concordance.find(SLUG, words) == ()
