"""Running headers, footers, stamps and page numbers: what stands on the same spot of many pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.reading.pdf.grids import Grid
from index.reading.pdf.runs import Line, Run, lines_of

_MARGIN = 0.15  # of the page's height, above and below; a registry's stamp reaches up to a tenth
_FEWEST_PAGES = 3  # a text met on as many pages runs on
_FEWEST_NUMBERS = 2  # numbers that rise with the pages are page numbers
_DENSE = 0.4  # of the pages from its first to its last: left and right pages may differ
_FAR = 4.0  # of the size
_NUMBER = re.compile(r"(?:page|p\.?)?\s*[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:/|sur)\s*\d{1,4})?", re.IGNORECASE)

Sign = tuple[str, float, int, int]
SignsOf = Callable[["PageText"], Mapping[Run, frozenset[Sign]]]


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's runs, in the order they are drawn, and its grids; `Run.cell` counts in these."""

    number: int
    height: float
    grids: tuple[Grid, ...]
    runs: tuple[Run, ...]


def without_furniture(pages: Sequence[PageText]) -> tuple[PageText, ...]:
    """Return the pages with only their own text."""
    return _without(_without(pages, _text_signs, _FEWEST_PAGES), _number_signs, _FEWEST_NUMBERS)


def _without(pages: Sequence[PageText], signs_of: SignsOf, fewest: int) -> tuple[PageText, ...]:
    """Return the pages without the runs that have a sign found on enough pages."""
    signs = [signs_of(page) for page in pages]
    found: defaultdict[Sign, set[int]] = defaultdict(set)
    for page, held in zip(pages, signs, strict=True):
        for sign in frozenset().union(*held.values()):
            found[sign].add(page.number)
    running = {
        sign for sign, numbers in found.items() if len(numbers) >= max(fewest, _DENSE * (max(numbers) - min(numbers) + 1))
    }
    return tuple(
        replace(page, runs=tuple(run for run in page.runs if running.isdisjoint(held.get(run, ()))))
        for page, held in zip(pages, signs, strict=True)
    )


def _text_signs(page: PageText) -> dict[Run, frozenset[Sign]]:
    """Return what the parts of one header share: words, size and height, and a number that rises with the pages."""
    head, foot = _MARGIN * page.height, (1 - _MARGIN) * page.height
    signs: dict[Run, frozenset[Sign]] = {}
    for line in lines_of(run for run in page.runs if not head < run.box.y < foot):
        for part in _parts(line):
            text, place = part.text, (part.size, round(part.box.y))
            if re.search(r"[^\W\d_]", text):
                numbered = (
                    (f"{text[: number.start()]}#{text[number.end() :]}", *place, int(number[0]) - page.number)
                    for number in re.finditer(r"\d{1,4}", text)
                )
                signs |= dict.fromkeys(part.runs, frozenset(((text, *place, 0), *numbered)))
    return signs


def _parts(line: Line) -> Iterator[Line]:
    """Yield the stretches of a line that stand far apart: a single word of a justified line is none."""
    start = 0
    for index, (before, run) in enumerate(pairwise(line.runs), 1):
        if run.box.left - before.box.right > _FAR * run.size:
            yield Line(line.runs[start:index])
            start = index
    yield Line(line.runs[start:])


def _number_signs(page: PageText) -> dict[Run, frozenset[Sign]]:
    """Return what page numbers share: they rise with the pages and stand above or below everything else."""
    lowest = max((run.box.top for run in page.runs), default=0.0)
    highest = min((run.box.bottom for run in page.runs), default=0.0)
    signs: dict[Run, frozenset[Sign]] = {}
    for run in page.runs:
        number = _NUMBER.fullmatch(run.text)
        if number and run.cell is None and (run.box.bottom > lowest or run.box.top < highest):
            signs[run] = frozenset({("#", 0.0, 0, int(number[1]) - page.number)})
    return signs
