"""Whether a noun follows a number, and which: "12 nouvelles demandes de subventions" counts "demandes"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.figures.language import read_table, words

_GRAMMAR = read_table("grammar")
_ADJECTIVES = frozenset(words(_GRAMMAR, "adjectives"))
_INVARIABLES = frozenset(words(_GRAMMAR, "invariables"))
NO_NOUN = frozenset(word for key in ("verbs", "links", "prepositions", "determiners") for word in words(_GRAMMAR, key))
_WORD = re.compile(r" *(?P<word>[^\W\d_]+(?:[-'./&][^\W\d_]+)*(?:\([^\W\d_]{1,3}\))?)")
_ELIDED = ("d'", "l'", "qu'", "s'", "n'", "c'", "j'", "jusqu'", "lorsqu'", "puisqu'")
_OF = re.compile(r" *(?:de +|d')")
_PROPER = re.compile(r" (?:[A-ZÀ-Þ][\w-]*)(?! ?[:;(])")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun in its printed form, where it begins and ends, and the adjectives between the number and it."""

    text: str
    start: int
    end: int
    adjectives: tuple[str, ...] = ()

    @property
    def is_plural(self) -> bool:
        """Whether the noun can follow a number above one: by its ending, as an acronym, or as a noun without plural."""
        head = re.split(r"[/(]", self.text)[0].split(" ")[0]
        return head[-1:] in "sxz" or (len(head) > 1 and head.isupper()) or head.lower() in _INVARIABLES


def noun_after(text: str, position: int, *, of: bool = False) -> Noun | None:
    """Return the noun that begins at `position` of a plain text; `of` asks for "de" or "d'" before it."""
    if of:
        preposition = _OF.match(text, position)
        if preposition is None:
            return None
        position = preposition.end()
    adjectives: list[str] = []
    while (match := _WORD.match(text, position)) and match["word"].lower() in _ADJECTIVES:
        adjectives.append(match["word"])
        position = match.end()
    if match is None or _is_no_noun(match["word"]):
        return None
    end = _end_of_name(text, match)
    return Noun(text[match.start("word") : end], match.start("word"), end, tuple(adjectives))


def _is_no_noun(word: str) -> bool:
    return word.lower() in NO_NOUN or word.lower().startswith(_ELIDED)


def _end_of_name(text: str, match: re.Match[str]) -> int:
    """Return where the noun ends, with the capitalised words that make it a name ("Pass Numériques")."""
    end = match.end()
    if match["word"][0].isupper() and not match["word"].isupper():
        while following := _PROPER.match(text, end):
            end = following.end()
    return end
