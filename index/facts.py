"""Fact cards: for the words of the report that state a fact, the questions they answer, in many wordings.

What an index is to a book: written once, reviewed, shipped with the report as `facts.jsonl`. A card's quote occurs verbatim in
the report, or the build refuses the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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

    `answers` gives, for questions that only some words of the quote answer ("dont combien en or ?"), those words.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    quote: str
    section: str
    questions: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.quote.strip():
            raise ValueError("a card needs a quote")


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
        FactsError: a quote is not verbatim, or an answer not in its quote; the message gives the first one.
    """
    return tuple(_placed(card, document) for card in cards)


def _placed(card: Card, document: Document) -> Fact:
    place = place_of(card.quote, card.section, document)
    answers = tuple(_answer(card, question, place) for question in card.questions)
    return Fact(quote=card.quote, span=place, questions=card.questions, keywords=card.keywords, answers=answers)


def _answer(card: Card, question: str, place: Span) -> Span:
    """Return where the words stand that answer one question of a card: the whole quote, unless it says which."""
    words = card.answers.get(question, card.quote)
    start = card.quote.find(words)
    if start < 0:
        raise FactsError(f"La réponse « {words} » n'est pas dans la citation « {card.quote[:80]} » ; corrigez la fiche.")
    return Span(place.start + start, place.start + start + len(words))
