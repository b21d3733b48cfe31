"""Lines become blocks: paragraphs joined across page breaks, items, table rows, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.french.folding import fold
from index.model import Span
from index.reading.lines import PROSPECTS, Line, LineKind

_FINISHED = re.compile(r"[.!?:;…»)\]]\W*$")
_OPEN = re.compile(r"(?:,|\b(?:et|ou|de|du|des|la|le|les|l'|d'|a|au|aux|en|par|pour|un|une|avec|sur|dans|que|qui|est|sont))$")
_PICTURE_GAP = 2  # more blank lines than this stand where a picture was
_LONG = 60  # a line this long that does not end a sentence was cut by its column


class BlockKind(StrEnum):
    """What a block is to a reader."""

    PARAGRAPH = "paragraph"
    BARE = "bare"  # a short line that stands by itself: "59 recrutements", or one of a list without bullets
    ITEM = "item"
    ROW = "row"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item, row or heading; `pieces` are its parts where page breaks or pictures cut it."""

    kind: BlockKind
    pieces: tuple[Span, ...]
    line: Line

    @property
    def span(self) -> Span:
        """From its first character to its last."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


def blocks_of(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Return the blocks that `lines` make, without credits, stamps and captions of missing pictures."""
    kept = [line for line in lines if line.kind is not LineKind.STAMP]
    joined = list(_joined(kept))
    return tuple(_settled(joined))


def _joined(lines: Sequence[Line]) -> Iterator[Block]:
    """Join what was cut; a credit or caption between the two halves of a sentence is left out."""
    open_block: Block | None = None
    for position, line in enumerate(lines):
        if line.kind is LineKind.CREDIT or _is_caption(lines, position):
            continue
        if open_block is not None and _continues(open_block, line):
            open_block = _longer(open_block, line)
            continue
        if open_block is not None:
            yield open_block
        open_block = Block(_block_kind(line), (line.span,), line)
    if open_block is not None:
        yield open_block


def _is_caption(lines: Sequence[Line], position: int) -> bool:
    """A line over a credit, after a picture's gap, is a caption."""
    following = lines[position + 1 : position + 2]
    return (
        lines[position].kind is LineKind.HEADING
        and lines[position].gap > 1
        and bool(following)
        and following[0].kind is LineKind.CREDIT
    )


def _continues(block: Block, line: Line) -> bool:
    """Tell whether `line` is the rest of `block`, cut by a column, a page or a picture."""
    before = block.line.text
    if block.kind is BlockKind.ROW or line.kind in (LineKind.ITEM, LineKind.ROW) or line.marked or block.line.marked:
        return False
    if re.search(r"\w-$", before) and line.text[:1].isalpha():
        return True
    if _FINISHED.search(before):
        return False
    if line.text.lstrip("« ")[:1].islower() and not re.match(r"et (?:également|aussi)\b", line.text):
        return True
    return bool(_OPEN.search(fold(before))) and not line.text[:1].isdigit()


def _longer(block: Block, line: Line) -> Block:
    """Return a block with its continuation; what began as a short line is then a paragraph."""
    kind = LineKind.PROSE if block.line.kind is LineKind.HEADING else block.line.kind
    merged = replace(block.line, text=f"{block.line.text} {line.text}", kind=kind)
    outer = BlockKind.PARAGRAPH if block.kind is BlockKind.BARE else block.kind
    return Block(outer, (*block.pieces, line.span), merged)


_KINDS = {
    LineKind.ITEM: BlockKind.ITEM,
    LineKind.ROW: BlockKind.ROW,
    LineKind.HEADING: BlockKind.HEADING,
}


def _block_kind(line: Line) -> BlockKind:
    if line.kind is LineKind.PROSE and len(line.text) < _LONG and not _FINISHED.search(line.text):
        return BlockKind.BARE
    return _KINDS.get(line.kind, BlockKind.PARAGRAPH)


def _settled(blocks: Sequence[Block]) -> Iterator[Block]:
    """Turn heading-like lines into what their neighbours make them: headings, introductions, bare list lines."""
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if block.kind is not BlockKind.HEADING:
            yield block
        elif block.line.kind is LineKind.PROSE or _introduces_list(block, following):
            yield replace(block, kind=BlockKind.PARAGRAPH)
        elif _is_chart_title(block, following):
            continue
        elif _heads_nothing(block, following) or _is_bare_list_line(blocks, position):
            yield replace(block, kind=BlockKind.BARE)
        else:
            yield block


def _introduces_list(block: Block, following: Block | None) -> bool:
    if following is None or not block.line.text.endswith(":"):
        return False
    return following.kind in (BlockKind.ITEM, BlockKind.ROW, BlockKind.BARE)


def _is_chart_title(block: Block, following: Block | None) -> bool:
    """A title over a picture's gap and then another title: its chart is missing, so it says nothing."""
    if not (_is_plain(block) or block.line.text.endswith(":")):
        return False
    if following is None:
        return block.line.gap > _PICTURE_GAP
    return following.line.gap > _PICTURE_GAP and (following.kind is BlockKind.HEADING or block.line.text.endswith(":"))


def _heads_nothing(block: Block, following: Block | None) -> bool:
    """A plain line at the end of what was done: a fact, not a title."""
    return _is_plain(block) and (following is None or bool(PROSPECTS.fullmatch(following.line.folded)))


def _is_bare_list_line(blocks: Sequence[Block], position: int) -> bool:
    """In a run of three or more plain heading-like lines, only the last one (over a text) is a heading."""
    if not _is_plain(blocks[position]):
        return False
    first = last = position
    while first > 0 and _is_plain(blocks[first - 1]) and blocks[first].line.gap <= _PICTURE_GAP:
        first -= 1
    while last + 1 < len(blocks) and _is_plain(blocks[last + 1]) and blocks[last + 1].line.gap <= _PICTURE_GAP:
        last += 1
    followed = last + 1 < len(blocks) and blocks[last + 1].kind is not BlockKind.HEADING
    return last - first >= 2 and not (position == last and followed)


def _is_plain(block: Block) -> bool:
    line = block.line
    return (
        block.kind is BlockKind.HEADING and not (line.marked or line.number or line.text.endswith(":")) and not line.is_period
    )
