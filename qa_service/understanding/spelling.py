"""Careless typing: a word that nobody spells like this is read as the nearest word of the report."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.french.tokens import STOP_WORDS, stem, tokenize, words_in
from qa_service.understanding.synonyms import is_everyday

_SHORTEST = 5  # shorter words have too many neighbours
_LONG = 8  # from this length on, two slips are forgiven


def _common_words() -> frozenset[str]:
    text = files("qa_service.understanding").joinpath("data", "words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


class Speller:
    """Corrects words against the vocabulary of the indexed reports; never a number, a capitalised name or an acronym."""

    def __init__(self, words: Mapping[str, int]) -> None:
        """Take the folded words of the reports with how often each occurs."""
        self._words = words
        self._stems = {stem(word) for word in words}
        self.common = _common_words()
        targets = [word for word in words if len(word) >= _SHORTEST - 1 and word.isalpha()]
        # A report that speaks of "exposants" alone also knows how "exposant" is spelt.
        singulars = {word[:-1]: word for word in targets if word.endswith("s")}
        self._targets = singulars | {word: word for word in targets}
        self._forms = tuple(self._targets)

    def corrected(self, text: str) -> str:
        """Return `text` with the words that nobody spells like this replaced."""
        if all(map(self._may_stand, words_in(text))):
            return text
        pieces, position = [], 0
        for token in tokenize(text):
            typed = token.span.of(text)
            is_name = typed[:1].isupper() and bool(text[: token.span.start].strip(" «\"'("))
            better = None if is_name else self._better(token.text, typed)
            if better:
                pieces.append(text[position : token.span.start] + better)
                position = token.span.end
        return "".join(pieces) + text[position:]

    def _better(self, word: str, typed: str) -> str | None:
        if self._may_stand(word) or typed.isupper():
            return None
        slips = 2 if len(word) >= _LONG else 1
        hits = process.extract(word, self._forms, scorer=OSA.distance, score_cutoff=slips, limit=8)
        found = [(slipped, self._targets[form]) for form, slipped, _ in hits]
        # The nearest; of those the one with the same first letter, then the most frequent.
        best = min(found, key=lambda hit: (hit[0], hit[1][0] != word[0], -self._words[hit[1]], hit[1]), default=None)
        return best[1] if best else None

    def _may_stand(self, word: str) -> bool:
        return (
            len(word) < _SHORTEST
            or not word.isalpha()
            or word in self._words
            or word in self.common
            or word in STOP_WORDS
            or stem(word) in self._stems
            or is_everyday(stem(word))
        )
