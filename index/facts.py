"""Fact cards: for the words of the report that state a fact, the questions they answer, in many wordings.

What an index is to a book: written once, reviewed, shipped with the report as `facts.jsonl`. A card's quote occurs verbatim in
the report, or the build refuses the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from index.model import Document, Fact
from index.quoted import place_of, read_lines

NAME = "facts.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A line of `facts.jsonl`; `section` is the title of the section of the quote, which may occur in several."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    quote: str
    section: str
    questions: tuple[str, ...]
    keywords: tuple[str, ...] = ()

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
        FactsError: a quote is not verbatim; the message gives the first one.
    """
    return tuple(_placed(card, document) for card in cards)


def _placed(card: Card, document: Document) -> Fact:
    place = place_of(card.quote, card.section, document)
    return Fact(quote=card.quote, span=place, questions=card.questions, keywords=card.keywords)
