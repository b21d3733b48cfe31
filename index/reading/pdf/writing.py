"""Blocks are written down as a `SourceText`, each page's and each heading's place kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from index.model import HeadingMark, Page, SourceText, Span
from index.reading.pdf.paragraphs import Block, BlockKind


def written(pages: Sequence[Sequence[Block]], levels: Mapping[Block, int]) -> SourceText:
    """Return the text of pages 1, 2, …; their spans leave no gap, that of a page without text is empty."""
    parts: list[str] = []
    spans: list[Page] = []
    headings: list[HeadingMark] = []
    at = 0
    for number, blocks in enumerate(pages, 1):
        start = at
        for block, following in zip_longest(blocks, blocks[1:]):
            if block in levels:
                headings.append(HeadingMark(Span(at, at + len(block.text)), levels[block]))
            parts.append(block.text + _break(block, following))
            at += len(parts[-1])
        spans.append(Page(number, Span(start, at)))
    return SourceText("".join(parts), tuple(spans), tuple(headings))


def _break(block: Block, following: Block | None) -> str:
    """Return the end of a block's line: items of one list follow each other without a blank line."""
    if following is not None and block.kind is following.kind is BlockKind.ITEM:
        return "\n"
    return "\n\n"
