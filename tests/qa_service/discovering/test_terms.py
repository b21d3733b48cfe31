"""The words of the glossary in a text."""

from dataclasses import replace

import pytest

from index.model import GlossaryEntry, Span
from qa_service.discovering.terms import TermFinder

ENTRY = GlossaryEntry(
    term="ENS", writings=("E.N.S.", "espace naturel sensible"), expansion="Espaces naturels sensibles",
    explanation="Des lieux protégés.", quote="", span=Span(0, 0), is_general=True,
)  # fmt: skip
WORDS = (
    ENTRY,
    replace(ENTRY, term="fonds de concours", writings=("fonds de concours communautaire",)),
    replace(ENTRY, term="Géo CALL tour", writings=()),
    replace(ENTRY, term="(?)", writings=()),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Les ENS du territoire", ["ENS"]),
        ("les ens en tout sens", []),
        ("un ENSEMBLE", []),
        ("l'ENS, et l'ENS encore", ["ENS", "ENS"]),
        ("un espace naturel sensible", []),  # who reads it in full needs no help
        ("Un Fonds de concours communautaire", ["Fonds de concours communautaire"]),
        ("les FONDS DE CONCOURS", ["FONDS DE CONCOURS"]),
        ("le geo call tour", ["geo call tour"]),
        ("", []),
    ],
)
def test_a_term_is_found_where_it_stands(text: str, found: list[str]) -> None:
    """Acronyms in capitals, words in any case, the longest writing, whole words only."""
    assert [mention.span.of(text) for mention in TermFinder(WORDS).mentions(text)] == found


def test_a_stretch_of_a_text_is_looked_through() -> None:
    """Offsets count in the whole text; a term that runs out of the stretch is not in it."""
    text = "ENS ENS fonds de concours"
    assert [mention.span for mention in TermFinder(WORDS).mentions(text, Span(3, 15))] == [Span(4, 7)]
