"""The lines of a report, each with what its shape alone says of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from index.french.folding import fold
from index.model import SourceText, Span

_ITEM = re.compile(r"[ \t]*[-•*▪◦–][ \t]+(?=\S)|[ \t]*•(?=\S)|[ \t]*\d{1,2}[ \t]?[-.)][ \t]+(?=[a-zà-ÿ].*[;.,]\s*$)")
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:\.(?=\s)|\s?[-–)])?\s+(?=[^\W\d_«])")
_PIPE_RULE = re.compile(r"\s*\|(\s*:?-+:?\s*\|)+\s*|\s*\|?(\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*")
_MAX_HEADING = 110  # the longest bare sub-heading of the reports read so far has 104 characters
_MAX_NUMBERED_HEADING = 160  # a numbered one is a heading at greater lengths, the longest has 126
_MAX_TITLE_WITH_COLON = 45  # "Achats responsables :" is a heading, a longer line with a colon introduces
_FACT = re.compile(r"\d ?[kM]?[ \u00a0]?[€%]|: ?[+-]? ?\d")  # "Coût des travaux : 2 975 000 €" states, it does not head
_ADDRESS = re.compile(r"\w\.\w{2,}$|@|://")
_UNFINISHED = re.compile(r"[.;,]$|\b(?:et|de|du|des|la|le|les|a|au|aux|en|par|pour|un|une|avec|sur|est|sont)$")


class LineKind(StrEnum):
    """What a line looks like."""

    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    HEADING = "heading"  # or a caption, or a bare line of a list: its neighbours decide
    CREDIT = "credit"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `span` leaves out bullets and outer spaces; `gap` counts the blank lines before it.

    `marked` is the level of the heading that the source itself marks here, 0 for none; `number` is "2" in "2 - Moyens".
    """

    kind: LineKind
    span: Span
    text: str
    gap: int
    marked: int = 0
    number: str = ""

    @property
    def is_period(self) -> bool:
        """Whether it is a heading like "Faits marquants 2021" or "Perspectives 2022"."""
        return bool(RETROSPECTS.fullmatch(self.folded) or PROSPECTS.fullmatch(self.folded))

    @property
    def folded(self) -> str:
        """The line in lower case, without accents, bold marks and numbering."""
        return fold(self.text.strip("*").removeprefix(self.number).lstrip(" .-–)"))


def _patterns(name: str) -> re.Pattern[str]:
    table = tomllib.loads(files("index.reading").joinpath("data", "layout.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in table[name]))


CONTENTS = _patterns("contents")
RETROSPECTS = _patterns("retrospects")
PROSPECTS = _patterns("prospects")
_STAMPS = _patterns("stamps")
_CREDITS = _patterns("credits")
_STEPS = _patterns("steps")


def lines_of(source: SourceText) -> Iterator[Line]:
    """Yield the lines of a report that are not blank, in order."""
    marks = {mark.span.start: mark.level for mark in source.headings}
    position = gap = 0
    for raw in source.text.split("\n"):
        if raw.strip() and not _PIPE_RULE.fullmatch(raw):
            yield _line(raw, position, gap, marks.get(position, 0))
            gap = 0
        else:
            gap += 1
        position += len(raw) + 1


def _line(raw: str, position: int, gap: int, marked: int) -> Line:
    bullet = _ITEM.match(raw)
    skip = bullet.end() if bullet and not marked else len(raw) - len(raw.lstrip(" \r#" if marked else " \r"))
    body = raw[skip:].rstrip()
    span = Span(position + skip, position + skip + len(body))
    kind = LineKind.HEADING if marked else _kind(raw, body, is_item=bullet is not None)
    number = _NUMBER.match(body.lstrip("*")) if kind is LineKind.HEADING else None
    return Line(kind, span, body, gap, marked, number["number"] if number else "")


def _kind(raw: str, body: str, *, is_item: bool) -> LineKind:
    folded = fold(body)
    if _STAMPS.fullmatch(folded):
        return LineKind.STAMP
    if "\t" in raw.strip("\r") or (body.startswith("|") and body.endswith("|") and body.count("|") > 2):
        return LineKind.ROW
    if is_item or _STEPS.fullmatch(folded):
        return LineKind.ITEM
    if _CREDITS.fullmatch(folded):
        return LineKind.CREDIT
    return LineKind.HEADING if _looks_like_heading(body) else LineKind.PROSE


def _looks_like_heading(body: str) -> bool:
    plain = body.strip("*").strip()
    if "**" in plain:
        return False  # words in bold inside a line are stressed in a text; a heading is bold as a whole
    numbered = _NUMBER.match(plain)
    if len(plain) > (_MAX_NUMBERED_HEADING if numbered else _MAX_HEADING) or plain[:1] in "(>":
        return False
    if _UNFINISHED.search(fold(plain)) or _ADDRESS.search(plain) or _FACT.search(plain):
        return False
    if plain.endswith(":") and len(plain) > _MAX_TITLE_WITH_COLON:
        return False
    if plain[0].isdigit():
        # "59 recrutements" is a fact; "1 - Les missions", "2. Moyens" and "2.1 Moyens" are headings.
        return numbered is not None and not numbered[0].strip().isdigit()
    return plain[0].isupper() or plain[0] == "«"
