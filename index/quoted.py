"""Files of a seed folder whose every line quotes the report: read line by line, and put in their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from index.errors import FactsError
from index.french.folding import fold
from index.model import Document, Span

T = TypeVar("T")


def read_lines(path: Path, adapter: TypeAdapter[T], name: str) -> tuple[T, ...]:
    """Return what the lines of a JSONL file say; () if there is no such file. `name` is what one is called, in French.

    Raises:
        FactsError: a line is no such thing; the message gives its number.
    """
    if not path.exists():
        return ()
    try:
        # Not splitlines: a quote may hold a separator that Unicode also takes for the end of a line.
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise FactsError(f"« {path} » n'est pas en UTF-8 (octet {error.start}) ; réenregistrez-le.") from error
    return tuple(_parsed(path, number, line, adapter, name) for number, line in enumerate(lines, start=1) if line.strip())


def _parsed(path: Path, number: int, line: str, adapter: TypeAdapter[T], name: str) -> T:
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        raise FactsError(f"« {path} », ligne {number} : ce n'est pas {name} valable ; corrigez-la.") from error


def place_of(quote: str, section: str, document: Document) -> Span:
    """Return where a quote stands: in the section of that title, else at its first place in the report.

    Raises:
        FactsError: it is not verbatim; the message gives it.
    """
    for span in _search_order(section, document):
        start = document.text.find(quote, span.start, span.end)
        if start >= 0:
            return Span(start, start + len(quote))
    raise FactsError(f"La citation d'une fiche n'est pas dans le rapport mot pour mot : « {quote[:80]} » ; corrigez-la.")


def _search_order(section: str, document: Document) -> Iterator[Span]:
    """The section named first, then the whole report."""
    wanted = fold(section)
    yield from (one.span for one in document.walk() if fold(one.title) == wanted)
    yield Span(0, len(document.text))
