"""Which blocks are headings, and of which level: by size, weight and numbering."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from index.reading.pdf.marks import depth
from index.reading.pdf.paragraphs import Block, BlockKind

_LARGER = 1.12  # times the body's size
_LONGEST = 110  # characters of a heading in bold or large type
_LONGEST_NUMBERED = 220  # legal titles: "4.4) Présentation des projets à l'étude en vue d'améliorer …"
_DEEPEST = 6
_ALIKE = 0.1  # of the body's size: footnotes are smaller by more
_HARDLY_ANY = 0.2  # of a cover's characters are of the body's size


def levels_of(pages: Sequence[Sequence[Block]]) -> dict[Block, int]:
    """Return the level of each block that is a heading, 1 for the outermost.

    A heading is larger than the body, or bold, and short. Levels rank by size, then by the depth of the numbering
    ("1.2" below "1"); bold lines of the body's size without a number come last. The large type of a cover, a first page
    with hardly any text of the body's size, is no heading; the title of a table of contents is one of level 1.
    """
    body = _body_size(pages)
    kept = pages[1:] if len(pages) > 1 and _is_cover(pages[0], body) else pages
    titles = {block for blocks in pages for block, below in pairwise(blocks) if below.kind is BlockKind.CONTENTS}
    headings = [block for blocks in kept for block in blocks if _is_heading(block, body) and block not in titles]
    shallowest = _shallowest(headings)
    keys = {block: _key(block, body, shallowest) for block in headings}
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys.values())), 1)}
    levels = {block: min(ranks[key], _DEEPEST) for block, key in keys.items()}
    return levels | {block: 1 for block in titles if _is_heading(block, body)}


def _body_size(pages: Sequence[Sequence[Block]]) -> float:
    weights: Counter[float] = Counter()
    for blocks in pages:
        for block in blocks:
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
                weights[block.size] += len(block.text)
    return max(weights, key=lambda size: weights[size], default=0.0)


def _is_cover(blocks: Sequence[Block], body: float) -> bool:
    lengths = [len(block.text) for block in blocks if abs(block.size - body) < _ALIKE * body]
    return sum(lengths) < _HARDLY_ANY * sum(len(block.text) for block in blocks)


def _is_heading(block: Block, body: float) -> bool:
    numbered = depth(block.text) > 0
    stands_out = block.size > _LARGER * body or (block.bold and block.size > (1 - _ALIKE) * body)
    if block.kind is not BlockKind.PARAGRAPH or not stands_out or not re.match(r"[\w«\"“(]", block.text):
        return False
    if len(block.text) > (_LONGEST_NUMBERED if numbered else _LONGEST) or block.text.endswith((".", ";", ",")):
        return False
    # "240 élèves" in large type is a figure, not a title.
    return re.search(r"[^\W\d_]{2}", block.text) is not None and (numbered or not block.text[0].isdigit())


def _shallowest(headings: Sequence[Block]) -> dict[int, int]:
    """Return, for each size, the least depth of its numbered headings."""
    depths: defaultdict[int, list[int]] = defaultdict(list)
    for block in headings:
        if depth(block.text):
            depths[round(block.size)].append(depth(block.text))
    return {size: min(found) for size, found in depths.items()}


def _key(block: Block, body: float, shallowest: dict[int, int]) -> tuple[int, int]:
    """Return what sorts headings from the outermost inwards."""
    unnumbered = shallowest.get(round(block.size), 1) if block.size > _LARGER * body else _DEEPEST
    return -round(block.size), depth(block.text) or unnumbered
