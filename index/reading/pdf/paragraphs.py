"""Lines of a column become paragraphs and list items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from index.reading.pdf.hyphens import Hyphens, ends_cut
from index.reading.pdf.marks import starts_numbered, without_bullet
from index.reading.pdf.runs import Line

_LONG = 60  # characters: such lines reach the right margin, all but the last one of a paragraph
_FEWEST_LONG = 5  # lines that show a column's own margin
_LOOSE = 0.35  # of the size, above the usual leading: more is the space between two paragraphs
_WIDEST = 0.8  # of the size: the usual leading is at most one and a half lines
_INDENT = 0.8  # of the size
_SPARE = 0.3  # of the size: the space before a word
_SPARE_UNFINISHED = 2.0  # of the size: within a sentence only a line that ends clearly short ends a paragraph
_CLOSED = (".", ";", ":", "!", "?", "…")


class BlockKind(StrEnum):
    """What a block of text is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item, the rows of a table or the entries of a table of contents; the last two with line breaks.

    `size` and `bold` are those of most of its characters.
    """

    kind: BlockKind
    text: str
    size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """The right margin and the usual space between two lines (in multiples of the size)."""

    right: float
    spacing: float


def measures_of(columns: Iterable[Sequence[Line]]) -> Measures:
    """Return what most of a document's, or of one column's, lines keep to."""
    held = [line for lines in columns for line in lines]
    pairs = (pair for lines in columns for pair in pairwise(lines))
    spaces = sorted((lower.box.top - upper.box.bottom) / lower.size for upper, lower in pairs if upper.size == lower.size)
    spaces = [space for space in spaces if space > -0.5]
    return Measures(
        _most(sorted(line.box.right for line in held if len(line.text) >= _LONG) or [0.0], 0.9),
        min(_WIDEST, _most(spaces or [0.2], 0.25)),
    )


def fitted(measures: Measures, lines: Sequence[Line], *, narrow: bool) -> Measures:
    """Return the measures of one column: its own margin where its lines show one, or where it is not alone."""
    rights = sorted(line.box.right for line in lines if len(line.text) >= _LONG)
    if len(rights) >= _FEWEST_LONG:
        return replace(measures, right=_most(rights, 0.9))
    own = max(line.box.right for line in lines)
    return replace(measures, right=own if narrow else max(own, measures.right))


def _most(values: Sequence[float], share: float) -> float:
    return values[int(share * (len(values) - 1))]


def paragraphs_of(lines: Sequence[Line], measures: Measures, hyphens: Hyphens) -> Iterator[Block]:
    """Yield the paragraphs and items of neighbouring lines, each as one line of text."""
    held: list[Line] = []
    for line in lines:
        if held and _opens(held, line, measures):
            yield _block(held, hyphens)
            held = []
        held.append(line)
    if held:
        yield _block(held, hyphens)


def _block(lines: Sequence[Line], hyphens: Hyphens) -> Block:
    text = hyphens.join(line.text for line in lines)
    words = without_bullet(text)
    bold = all(line.bold for line in lines)
    if words is not None:
        return Block(BlockKind.ITEM, f"- {words}", lines[0].size, bold)
    return Block(BlockKind.PARAGRAPH, text, lines[0].size, bold)


def _opens(held: Sequence[Line], line: Line, measures: Measures) -> bool:
    """Tell whether `line` starts a new paragraph or item rather than going on with `held`."""
    before = held[-1]
    if line.box.top - before.box.bottom > (measures.spacing + _LOOSE) * line.size:
        return True
    if abs(line.size - before.size) > 0.1 * before.size:
        return True
    if starts_numbered(line.text) or _starts_item(held, line, measures):
        return True
    finished = before.text.endswith((*_CLOSED, ",")) or _has_room(before, line, measures)
    return _ends_short(before, line, measures) or (finished and _shifted(held, line))


def _starts_item(held: Sequence[Line], line: Line, measures: Measures) -> bool:
    """A dash may also stand within a sentence – like this one –, and then at the start of a line."""
    if without_bullet(line.text) is None:
        return False
    ends = (*_CLOSED, ",") if without_bullet(held[0].text) is not None else _CLOSED
    return line.text[0] not in "-–—" or held[-1].text.endswith(ends) or _has_room(held[-1], line, measures)


def _has_room(before: Line, line: Line, measures: Measures) -> bool:
    """Tell whether the first word of `line` would have found room at the end of `before`."""
    first_word = line.box.width * len(line.text.split(maxsplit=1)[0]) / len(line.text)
    spare = _SPARE if before.text.endswith(_CLOSED) else _SPARE_UNFINISHED
    return measures.right - before.box.right > first_word + spare * line.size


def _ends_short(before: Line, line: Line, measures: Measures) -> bool:
    goes_on = line.text[0].islower() and not before.text.endswith(_CLOSED)
    return not (goes_on or ends_cut(before.text)) and _has_room(before, line, measures)


def _shifted(held: Sequence[Line], line: Line) -> bool:
    """Tell whether `line` stands further in than the paragraph above, or further out than the item above."""
    first, before = held[0], held[-1]
    indent = _INDENT * line.size
    if without_bullet(first.text) is not None:
        hanging = len(held) > 1 and before.box.left > first.box.left + indent
        return line.box.left < first.box.left + (indent / 2 if hanging else -indent)
    centred = abs(line.box.x - before.box.x) < indent / 2
    return line.box.left > before.box.left + indent and not centred and not starts_numbered(first.text)
