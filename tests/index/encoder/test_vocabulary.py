"""What a static encoder takes for one word."""

from __future__ import annotations

import pytest

from index.encoder.training.vocabulary import Vocabulary

WORDS = ["agent", "agents", "mutualisation", "dechet", "coeur", "aipr", "energie", "2021", "en", "les", "quoi", "est"]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """Return a small vocabulary."""
    return Vocabulary(WORDS, pieces=60)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Les AGENTS", ["les", "agents"]),
        ("C'est quoi, l’énergie ?", ["est", "quoi", "energie"]),
        ("Cœur", ["coeur"]),
        ("l'A.I.P.R.", ["aipr"]),
        ("262 agents, 13 056 633.72€ et 50 % en 2021", ["agents", "et", "en", "2021"]),
        ("M57 et 20210", ["m57", "et"]),
        ("1^{er} snake_case", ["er", "snake", "case"]),
    ],
)
def test_a_text_falls_into_words(vocabulary: Vocabulary, text: str, words: list[str]) -> None:
    """Case, accents, ligatures, elision, points of acronyms and figures other than years are taken off."""
    assert vocabulary.split(text) == words


@pytest.mark.parametrize("word", ["mutualisations", "dechetterie", "zzyx", "m57", "a"])
def test_the_tokenizer_cuts_an_unknown_word_as_training_did(vocabulary: Vocabulary, word: str) -> None:
    """Pieces are learnt from this module's cuts and read through the tokenizer's."""
    assert tuple(vocabulary.tokenizer.encode(word).ids) == vocabulary.piece_rows(word)


def test_an_unknown_word_keeps_its_known_beginning(vocabulary: Vocabulary) -> None:
    """The plural of a known word is that word and an ending."""
    assert vocabulary.tokenizer.encode("mutualisations").tokens == ["mutualisation", "##s"]


def test_words_of_one_stem_share_a_row(vocabulary: Vocabulary) -> None:
    """What is learnt of the singular also holds of the plural."""
    assert vocabulary.rows("agent")[1] == vocabulary.rows("agents")[1]
    assert vocabulary.rows("agent")[0] != vocabulary.rows("agents")[0]


def test_letters_of_another_script_have_no_row(vocabulary: Vocabulary) -> None:
    """A word that no piece covers is left out."""
    assert vocabulary.rows("ωψ") == ()
