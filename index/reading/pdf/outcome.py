"""What the parser's process hands back, as plain JSON: the text read, or why there is none."""

from __future__ import annotations

import json
from enum import StrEnum

from index.model import HeadingMark, Page, SourceText, Span


class Failure(StrEnum):
    """Why a file was not read."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    UNMAPPED_TEXT = "unmapped_text"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MUCH_TEXT = "too_much_text"
    MEMORY = "memory"
    TIME = "time"


class ReadingError(Exception):
    """A file was not read; stays inside the parser's process."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def dump(outcome: SourceText | Failure) -> bytes:
    """Return an outcome as JSON, in ASCII."""
    if isinstance(outcome, Failure):
        return json.dumps({"failure": outcome.value}).encode("ascii")
    pages = [[page.number, page.span.start, page.span.end] for page in outcome.pages]
    headings = [[mark.span.start, mark.span.end, mark.level] for mark in outcome.headings]
    return json.dumps({"text": outcome.text, "pages": pages, "headings": headings}).encode("ascii")


def load(data: bytes) -> SourceText | Failure:
    """Return what `dump` wrote.

    Raises:
        ValueError: `data` is something else; a process that died while writing leaves half of it.
    """
    try:
        outcome = json.loads(data)
        if "failure" in outcome:
            return Failure(outcome["failure"])
        return SourceText(
            outcome["text"],
            tuple(Page(number, Span(start, end)) for number, start, end in outcome["pages"]),
            tuple(HeadingMark(Span(start, end), level) for start, end, level in outcome["headings"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not an outcome of the parser") from error
