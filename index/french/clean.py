"""The reading form of a stretch of report: cut words and sentences joined, light mark-up taken off, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.model import Span

_NOISE = re.compile(
    r"(?P<superscript>\^\{(?P<inside>[^{}]*)\})"  # 1^{er}
    r"|(?P<bold>\*\*)"
    r"|(?P<quote>^>[ \t]?)"
    r"|(?P<cut>(?<=[^\W\d_])-\s*\n\s*(?=[a-zà-ÿœ]))"  # "stra-" / "tégie" is one word
    r"|(?P<hyphen>(?<=[^\W\d_]-)\s*\n\s*(?=[^\W\d_]))"  # "Aix-" / "Noulette" keeps its hyphen
    r"|(?P<space>\s+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """`text` to read and search; `offsets[i]` is the place of its i-th character in the document."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the place in the document of the characters `start` to `end` (end > start) of `text`."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def reading_form(document_text: str, pieces: Iterable[Span]) -> ReadingForm:
    """Return `pieces` of the document as one running text; what lies between the pieces is left out."""
    characters: list[str] = []
    offsets: list[int] = []
    for piece in pieces:
        if characters:
            _join(characters, offsets, piece.start, document_text[piece.start : piece.start + 1])
        for text, start in _runs(document_text, piece):
            characters.extend(text)
            offsets.extend(range(start, start + len(text)))
    return _trimmed(characters, offsets)


def _join(characters: list[str], offsets: list[int], start: int, following: str) -> None:
    if len(characters) > 1 and characters[-1] == "-" and characters[-2].isalpha():
        if following.islower():  # "stra-" / "tégie" is one word, "Aix-" / "Noulette" keeps its hyphen
            characters.pop()
            offsets.pop()
        return
    characters.append(" ")
    offsets.append(start)


def _runs(document_text: str, piece: Span) -> Iterable[tuple[str, int]]:
    position = piece.start
    for noise in _NOISE.finditer(document_text, piece.start, piece.end):
        yield document_text[position : noise.start()], position
        if noise["superscript"]:
            yield noise["inside"], noise.start("inside")
        elif noise["space"]:
            yield " ", noise.start()
        position = noise.end()
    yield document_text[position : piece.end], position


def _trimmed(characters: list[str], offsets: list[int]) -> ReadingForm:
    text = "".join(characters)
    kept = [index for index, character in enumerate(text) if character != " " or (index and text[index - 1] != " ")]
    while kept and text[kept[-1]] == " ":
        kept.pop()
    return ReadingForm("".join(text[i] for i in kept), tuple(offsets[i] for i in kept))
