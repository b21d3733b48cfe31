"""Which sub-headings a block stands under: numbering, "Perspectives 2022" and bare titles, nested as a reader nests them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from index.reading.blocks import Block, BlockKind
from index.reading.lines import RETROSPECTS


class Rank(IntEnum):
    """How a sub-heading nests: a chapter holds periods and numbered ones of its own, a title only bare ones."""

    CHAPTER = 0
    PERIOD = 1
    NUMBERED = 2
    TITLE = 3
    BARE = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-heading without mark-up; `level` is the source's own, 0 if it marks none; `number` is 0 for an unnumbered.

    `depth` is the number of points in a decimal number: 1 for "2.1", 0 for "2".
    """

    text: str
    rank: Rank
    number: int
    level: int
    depth: int = 0


def under_headings(blocks: Sequence[Block]) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """Yield each block that is no heading with the sub-headings above it, outermost first."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    ranked = _ranked(blocks, headings)
    stack: list[Heading] = []
    opened = 0
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            _open(stack, ranked[opened], ranked[opened + 1 :])
            opened += 1
        else:
            yield block, tuple(heading.text for heading in stack)


def _ranked(blocks: Sequence[Block], headings: Sequence[Block]) -> list[Heading]:
    looking_back = [bool(RETROSPECTS.fullmatch(block.line.folded)) for block in headings]
    recurs = sum(looking_back) > 1
    followers = {id(block): following for block, following in pairwise(blocks)}
    ranked = []
    for index, block in enumerate(headings):
        rank = _rank(block)
        if rank is Rank.BARE and index + 1 < len(headings):
            following = headings[index + 1]
            is_over_it = followers.get(id(block)) is following
            if (looking_back[index + 1] and recurs) or (is_over_it and _rank(following) is not Rank.BARE):
                rank = Rank.CHAPTER
            elif is_over_it:
                rank = Rank.TITLE
        text = block.line.text.replace("**", "").strip().rstrip(":").strip()
        ranked.append(Heading(text, rank, _number(block), block.line.marked, block.line.number.count(".")))
    return ranked


def _rank(block: Block) -> Rank:
    if block.line.is_period:
        return Rank.PERIOD
    return Rank.NUMBERED if block.line.number else Rank.BARE


def _number(block: Block) -> int:
    return int(block.line.number.split(".")[0]) if block.line.number else 0


def _open(stack: list[Heading], heading: Heading, following: Sequence[Heading]) -> None:
    """Close the headings that `heading` ends, then open it."""
    if heading.level:
        _pop_while(stack, lambda top: not top.level or top.level >= heading.level)
    elif heading.rank is Rank.BARE:
        _pop_while(stack, lambda top: top.rank is Rank.BARE)
    elif heading.rank is Rank.TITLE:
        _pop_while(stack, lambda top: top.rank >= Rank.TITLE)
    elif heading.rank is Rank.CHAPTER:
        stack.clear()
    elif heading.rank is Rank.PERIOD:
        # A period stands inside a numbered heading only where the numbering goes on after it.
        goes_on = next((later.number for later in following if later.number), 0)
        _pop_while(stack, lambda top: top.rank is not Rank.CHAPTER and not (top.number and top.number + 1 == goes_on))
    elif heading.depth:
        _pop_while(stack, lambda top: top.rank >= Rank.TITLE or top.depth >= heading.depth)
    elif any(_precedes(top, heading) for top in stack):
        _pop_while(stack, lambda top: not _precedes(top, heading))
        stack.pop()
    else:
        _pop_while(stack, lambda top: top.rank >= Rank.TITLE)
    stack.append(heading)


def _precedes(top: Heading, heading: Heading) -> bool:
    return top.number > 0 and top.number == heading.number - 1 and not top.depth


def _pop_while(stack: list[Heading], ends: Callable[[Heading], bool]) -> None:
    while stack and ends(stack[-1]):
        stack.pop()
