"""Fact cards: for the words of the report that state a fact, the questions they answer, in many wordings.

What an index is to a book: written once, reviewed, shipped with the report as `facts.jsonl`. A card's quote occurs verbatim in
the report, or the build refuses the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from index.errors import FactsError
from index.french.folding import fold
from index.model import Document, Fact, Span

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
    if not path.exists():
        return ()
    try:
        # Not splitlines: a quote may hold a separator that Unicode also takes for the end of a line.
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise FactsError(f"« {path} » n'est pas en UTF-8 (octet {error.start}) ; réenregistrez-le.") from error
    return tuple(_card(path, number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _card(path: Path, number: int, line: str) -> Card:
    try:
        return _ADAPTER.validate_json(line)
    except ValidationError as error:
        raise FactsError(f"« {path} », ligne {number} : ce n'est pas une fiche valable ; corrigez-la.") from error


def placed_facts(cards: tuple[Card, ...], document: Document) -> tuple[Fact, ...]:
    """Return the cards with their places in the report, in the order given.

    Raises:
        FactsError: a quote is not verbatim; the message gives the first one.
    """
    return tuple(_placed(card, document) for card in cards)


def _placed(card: Card, document: Document) -> Fact:
    for span in _search_order(card, document):
        start = document.text.find(card.quote, span.start, span.end)
        if start >= 0:
            place = Span(start, start + len(card.quote))
            return Fact(quote=card.quote, span=place, questions=card.questions, keywords=card.keywords)
    raise FactsError(f"La citation d'une fiche n'est pas dans le rapport mot pour mot : « {card.quote[:80]} » ; corrigez-la.")


def _search_order(card: Card, document: Document) -> Iterator[Span]:
    """The section that the card names first, then the whole report."""
    wanted = fold(card.section)
    yield from (section.span for section in document.walk() if fold(section.title) == wanted)
    yield Span(0, len(document.text))
