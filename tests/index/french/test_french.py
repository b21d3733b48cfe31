"""Folding, tokens, sentences and reading forms of French text."""

from __future__ import annotations

import pytest

from index.french.clean import reading_form
from index.french.folding import fold, same_length_fold
from index.french.sentences import sentences
from index.french.tokens import terms, tokenize
from index.model import Span


def test_fold_drops_case_accents_ligatures_and_kinds_of_space() -> None:
    """Two writings of one thing are equal once folded."""
    assert fold("Le  CŒUR d’Éleu\u00a0: 1\u202f000 €") == "le coeur d'eleu : 1 000 €"


def test_same_length_fold_keeps_every_offset() -> None:
    """Each character stays where it was, ligatures included."""
    text = "Œuvre d’été — 1\u202f000 m²"
    assert len(same_length_fold(text)) == len(text)
    assert same_length_fold("À l’ÉTÉ") == "a l'ete"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'eau et l’assainissement", ["eau", "et", "assainissement"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("12 607 476.20 €", ["12607476.20", "€"]),
        ("198,5 M€", ["198.5", "m", "€"]),
        ("l'A.I.P.R. et l'AIPR", ["aipr", "et", "aipr"]),
        ("en 2021 7 actes", ["en", "2021", "7", "actes"]),
    ],
)
def test_tokenize(text: str, expected: list[str]) -> None:
    """Elided articles go, a number keeps its thousands and decimals, an acronym loses its points."""
    assert [token.text for token in tokenize(text)] == expected


def test_tokens_know_their_place() -> None:
    """The span of a token covers it in the text as given."""
    text = "L'Égalité, c'est prévu."
    assert [token.span.of(text) for token in tokenize(text)] == ["Égalité", "est", "prévu"]


def test_terms_are_stems_of_content_words() -> None:
    """A question and a sentence with other endings share their terms; words of asking are left out."""
    assert terms("Combien d'agents ont été recrutés ?") == terms("les agents recrutés")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un fait. Un autre ! Et un tiers ?", ["Un fait.", "Un autre !", "Et un tiers ?"]),
        ("M. Dupont et Mme. Durand sont là. Fin.", ["M. Dupont et Mme. Durand sont là.", "Fin."]),
        ("43 M€ H.T., dont 30 M€. Le reste suit.", ["43 M€ H.T., dont 30 M€.", "Le reste suit."]),
        ("Coût : 150 000 € H.T. Le chantier suit.", ["Coût : 150 000 € H.T.", "Le chantier suit."]),
        ("Les pots, films, etc. sont triés. 42 % le sont.", ["Les pots, films, etc. sont triés.", "42 % le sont."]),
        ("Hausse de 3.563% en 2021.", ["Hausse de 3.563% en 2021."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """A full stop in an abbreviation, an initial or a number ends nothing."""
    assert [span.of(text) for span in sentences(text)] == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("une stra-\n\ntégie claire", "une stratégie claire"),
        ("Aix-\n\nNoulette", "Aix-Noulette"),
        ("le premier\n\nquartile", "le premier quartile"),
        ("à compter du 1^{er} octobre, **deux** cas", "à compter du 1er octobre, deux cas"),
        ("> 1553 dossiers", "1553 dossiers"),
    ],
)
def test_reading_form_joins_what_a_page_break_cut(raw: str, expected: str) -> None:
    """Cut words and sentences are joined and mark-up is taken off."""
    assert reading_form(raw, [Span(0, len(raw))]).text == expected


def test_reading_form_keeps_offsets_into_the_original() -> None:
    """A word of the reading form is found in the original, the cut included."""
    raw = "d'une stra-\n\ntégie **forte**"
    form = reading_form(raw, [Span(0, len(raw))])
    start = form.text.index("stratégie")
    assert form.span(start, start + len("stratégie")).of(raw) == "stra-\n\ntégie"
    start = form.text.index("forte")
    assert form.span(start, start + len("forte")).of(raw) == "forte"
