"""Acronyms and house words in a question: read both ways, and found when their meaning is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.french.folding import fold
from index.french.tokens import Token, terms, tokenize, words_in
from index.model import GlossaryEntry, Span

_ASKED = re.compile(
    r"c'?est quoi|qu'est[- ]ce que c'est|qu'est[- ]ce qu[e']|que (?:signifie|veut dire|designe)|(?:ca )?veut dire quoi|"
    r"ca veut dire|definition|signification|acronyme|sigle|a quoi correspond|en quoi consiste|kesako|correspond a quoi|"
    r"signifie|defini[rt]?|explique[zr]?(?:[- ]moi)?|^c quoi|\bc quoi|quoi"
)
_DETERMINER = re.compile(r"^(?:l'|d'|le |la |les |un |une |des |du |de |ce |cette )+")
_LITTLE = re.compile(
    r"\b(?:l'|d'|le|la|les|un|une|des|du|de|au|aux|ce|cette|pour|dans|rapport|svp|stp|exactement|au juste)\b|[?!.,:;«»\"()]"
)


class Glossary:
    """The entries of all reports; a name may have several senses."""

    def __init__(self, entries: Iterable[GlossaryEntry], common_words: frozenset[str]) -> None:
        """Take the entries, and the folded words that are ordinary French: as a name they must be typed in capitals."""
        self._entries: dict[str, list[GlossaryEntry]] = {}
        self._common = common_words
        for entry in entries:
            for writing in (entry.term, entry.expansion, *entry.writings):
                senses = self._entries.setdefault(_name(writing), []) if writing else []
                if entry not in senses:
                    senses.append(entry)
        self._longest: dict[str, int] = {}  # by its first word, how many words the longest name has
        for name in self._entries:
            first, *others = name.split() or [""]
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(others))

    def asked_in(self, text: str) -> tuple[GlossaryEntry, ...]:
        """Return the senses of the word whose meaning `text` asks for, () if it asks for none."""
        folded = fold(text)
        asked = _ASKED.search(folded)
        if asked is None:
            return ()
        rest = folded[: asked.start()] + " " + folded[asked.end() :]
        stripped = rest.strip(' ?!.,:;«»"()')
        for reading in (stripped, _DETERMINER.sub("", stripped), _LITTLE.sub(" ", rest)):
            senses = self._entries.get(_name(reading))
            if senses:
                return tuple(senses)
        return ()

    def related_terms(self, text: str) -> set[str]:
        """Return the terms that say the same as the acronyms and expansions named in `text`."""
        return {
            term for entry, _ in self._found_in(text) if entry.expansion for term in terms(f"{entry.term} {entry.expansion}")
        }

    def without_names(self, text: str) -> str:
        """Return `text` without the names of several words that the glossary knows: a town inside one is no place."""
        for entry, span in self._found_in(text):
            if len(words_in(entry.term)) > 1:
                text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        return text

    def _found_in(self, text: str) -> list[tuple[GlossaryEntry, Span]]:
        """Return the entries named in `text` with their places, the longest names first tried."""
        words = words_in(text)
        tokens: tuple[Token, ...] = ()
        found, position = [], 0
        while position < len(words):
            step = 1
            longest = self._longest.get(words[position], 0)
            for length in range(min(longest, len(words) - position), 0, -1):
                senses = self._entries.get(" ".join(words[position : position + length]))
                if not senses:
                    continue
                tokens = tokens or tokenize(text)
                span = Span(tokens[position].span.start, tokens[position + length - 1].span.end)
                if length > 1 or words[position] not in self._common or span.of(text).isupper():
                    found += [(entry, span) for entry in senses]
                    step = length
                    break
            position += step
        return found


def _name(writing: str) -> str:
    # A final point belongs to a dotted acronym: "F.D.M. ?" is FDM.
    return " ".join(words_in(fold(writing)))
