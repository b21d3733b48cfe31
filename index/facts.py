"""Fact cards: for the words of the report that state a fact, the questions they answer, in many wordings.

What an index is to a book: written once, reviewed, shipped with the report as `facts.jsonl`. A card's quote occurs verbatim in
the report, or the build refuses the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from index.errors import FactsError
from index.model import Document, Fact, Span
from index.quoted import place_of, read_lines

NAME = "facts.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A line of `facts.jsonl`; `section` is the title of the section of the quote, which may occur in several.

    `answers`, for a quote with several figures, has the words of the quote with the figure that each question asks for, ""
    where it asks for none or for several.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    quote: str
    section: str
    questions: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.quote.strip() or not self.questions:
            raise ValueError("a card needs a quote and a question")
        if self.answers and len(self.answers) != len(self.questions):
            raise ValueError("a card that points at its figures does so for each question")


_ADAPTER = TypeAdapter(Card)


def read_cards(path: Path) -> tuple[Card, ...]:
    """Return the cards of a file; () if there is no such file.

    Raises:
        FactsError: a line is no card; the message gives its number.
    """
    return read_lines(path, _ADAPTER, "une fiche")


def placed_facts(cards: tuple[Card, ...], document: Document) -> tuple[Fact, ...]:
    """Return the cards with their places in the report, in the order given.

    Raises:
        FactsError: a quote is not verbatim, or an answer not once in its quote; the message gives the first one.
    """
    return tuple(_placed(card, document) for card in cards)


def _placed(card: Card, document: Document) -> Fact:
    place = place_of(card.quote, card.section, document)
    return Fact(
        quote=card.quote,
        span=place,
        questions=card.questions,
        keywords=card.keywords,
        answers=tuple(_answer(words, card.quote, place) if words else None for words in card.answers),
    )


def _answer(words: str, quote: str, place: Span) -> Span:
    if quote.count(words) != 1:
        raise FactsError(f"La réponse « {words} » n'est pas une seule fois dans la citation « {quote[:80]} » ; corrigez-la.")
    start = place.start + quote.index(words)
    return Span(start, start + len(words))
