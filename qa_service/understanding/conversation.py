"""What a question takes from the ones before it, and small talk."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from index.french.folding import fold, same_length_fold
from index.french.tokens import is_content, words_in
from qa_service.model import Turn
from qa_service.understanding.kinds import counted_noun
from qa_service.understanding.years import YEAR

_JOIN = " — "
_FEW = 2  # a question with no more content words than this and an opening like "Et…" says nothing by itself


@dataclass(frozen=True, slots=True)
class Completed:
    """A question read with what came before.

    `topic` is the earlier question it goes on from, "" for none; `corrects` the one whose subject it puts right.
    """

    text: str
    topic: str = ""
    understood_as: str = ""
    corrects: str = ""


class Conversation:
    """Completes follow-up questions; stateless, so that the same turns always give the same reading."""

    def __init__(self) -> None:
        text = files("qa_service.understanding").joinpath("data", "conversation.toml").read_text(encoding="utf-8")
        table = tomllib.loads(text)
        self._replies = [(re.compile(pattern), reply) for pattern, reply in table.pop("replies").values()]
        self._patterns = {name: re.compile(pattern) for name, pattern in table.items()}

    def small_talk(self, text: str) -> str:
        """Return the reply to a greeting, thanks or goodbye, "" if `text` is a question."""
        said = re.sub(r"[^\w' -]+", " ", fold(text)).strip()
        said = " ".join(said.split())
        return next((reply for pattern, reply in self._replies if pattern.search(said)), "")

    def complete(self, text: str, history: Sequence[Turn], *, period: str) -> Completed:
        """Return the question with its subject; `period` is the report's year, for "l'année d'avant"."""
        asked = [turn for turn in history if not self.small_talk(turn.question)]
        if not asked or not self._goes_on(text):
            return Completed(text, "", text)
        topic = asked[-1].understood_as
        rest = self._without_correction(text)
        corrected, text = rest != text, rest
        year = self._relative_year(text, topic, period) or _first_year(text)
        if not self._own_words(text):
            whole = _with_year(topic, year) if year else f"{topic}{_JOIN}{text}"
            return Completed(whole if year else text, topic, whole)
        if corrected and not self._patterns["aspects"].search(fold(text)):
            return Completed(text, "", text, corrects=topic)
        return Completed(self._with_explicit_year(text, year), topic, _joined(topic, text))

    def _goes_on(self, text: str) -> bool:
        folded = fold(text)
        words = self._own_words(text)
        if self._corrects(text) or self._patterns["openings"].search(folded) or not words:
            return True
        without = self._patterns["impersonal"].sub(" ", folded)
        refers = self._patterns["pronouns"].search(without) or self._relative(folded)
        inverted = self._patterns["inversions"].search(without)
        # "Le festival, c'était quand ?" names its subject, "C'était voté quand ?" does not.
        is_whole = self._patterns["whole"].search(folded) and self._patterns["named"].search(folded)
        fragment = len(words) <= 1 and not is_whole and not (counted_noun(text) and YEAR.search(text))
        follows_inverted = inverted and len(words) <= _FEW and not is_whole
        return fragment or bool(refers and len(words) <= 2 * _FEW) or bool(follows_inverted)

    def _own_words(self, text: str) -> list[str]:
        folded = fold(text)
        for name in ("openings", "year_before", "two_years_before", "year_after", "asking"):
            folded = self._patterns[name].sub(" ", folded)
        return [word for word in words_in(folded) if is_content(word) and not YEAR.fullmatch(word)]

    def _corrects(self, text: str) -> bool:
        match = self._patterns["corrections"].match(same_length_fold(text))
        said = match[0].strip() if match else ""
        return len(said) > len("des")  # a preposition alone puts nothing right

    def _without_correction(self, text: str) -> str:
        match = self._patterns["corrections"].match(same_length_fold(text))
        return text[match.end() :].strip() if match and self._corrects(text) else text

    def _relative(self, folded: str) -> int:
        steps = {"two_years_before": -2, "year_before": -1, "year_after": 1}
        return next((step for name, step in steps.items() if self._patterns[name].search(folded)), 0)

    def _relative_year(self, text: str, topic: str, period: str) -> str:
        step = self._relative(fold(text))
        base = _first_year(topic) or _first_year(period)
        return str(int(base) + step) if step and base else ""

    def _with_explicit_year(self, text: str, year: str) -> str:
        return f"{text} ({year})" if year and year not in text else text


def _first_year(text: str) -> str:
    match = YEAR.search(text)
    return match[0] if match else ""


def _with_year(topic: str, year: str) -> str:
    """Ask the earlier question for another year."""
    if YEAR.search(topic):
        return YEAR.sub(year, topic)
    return f"{topic.rstrip(' ?')} en {year} ?"


def _joined(topic: str, text: str) -> str:
    """Show a follow-up with its subject: the first question of the thread of thought, then this one."""
    first = topic.split(_JOIN)[0].rstrip(" ?")
    return f"{first}{_JOIN}{text}"
