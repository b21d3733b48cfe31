"""What pdfminer finds on each page, as plain values: glyphs and ruling lines. The only module that knows pdfminer."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTLine, LTPage, LTRect
from pdfminer.pdfdocument import PDFDocument, PDFXRefFallback
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, int_value, resolve1

from index.reading.pdf.geometry import Box
from index.reading.pdf.outcome import Failure, ReadingError

_BOLD = re.compile(r"bold|black|heavy|demi|-bd", re.IGNORECASE)
_THIN = 3.0  # points; Word draws a table's rules as filled rectangles half a point to two points thick
_TAIL_BYTES = 1024  # the standard wants %%EOF in them


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as drawn; `size` is the height of its font in points.

    `quarters` is how many quarters the page must be turned clockwise for it to stand upright.
    """

    text: str
    box: Box
    size: float
    bold: bool
    quarters: int = 0


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page's glyphs, in the order they are drawn, and its ruling lines: boxes of next to no width or height."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Box, ...]


def read_pages(path: Path, *, max_pages: int) -> Iterator[RawPage]:
    """Yield the pages in order.

    Raises:
        ReadingError: the file is cut, lacks pages, or has more than `max_pages`.
        PSException: pdfminer's root; on a damaged file it also lets out whatever its own code trips over.
    """
    with path.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        pages = tuple(islice(PDFPage.create_pages(document), max_pages + 1))
        if len(pages) > max_pages:
            raise ReadingError(Failure.TOO_MANY_PAGES)
        _check_whole(document, path, len(pages))
        device = PDFPageAggregator(PDFResourceManager(), laparams=None)
        interpreter = PDFPageInterpreter(device.rsrcmgr, device)
        for number, page in enumerate(pages, 1):
            _check_streams(page)
            interpreter.process_page(page)
            yield _raw_page(number, device.get_result())


def _check_whole(document: PDFDocument, path: Path, pages: int) -> None:
    """Refuse what pdfminer would read in part without a word: a file cut short, or a page that is gone."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        cut = b"%%EOF" not in file.read()
    rebuilt = any(isinstance(xref, PDFXRefFallback) for xref in document.xrefs)
    tree = resolve1(document.catalog.get("Pages"))
    declared = int_value(tree.get("Count", pages)) if isinstance(tree, dict) else 0
    if not pages or (cut and rebuilt) or declared > pages:
        raise ReadingError(Failure.DAMAGED)


def _check_streams(page: PDFPage) -> None:
    """Refuse a page whose compressed content breaks off: pdfminer would keep the first half of it."""
    for reference in page.contents:
        stream = resolve1(reference)
        if not isinstance(stream, PDFStream) or stream.rawdata is None or stream.decipher is not None:
            continue
        names = [name for name, _ in stream.get_filters()]
        if len(names) == 1 and names[0] in LITERALS_FLATE_DECODE and not _inflates(stream.rawdata):
            raise ReadingError(Failure.DAMAGED)


def _inflates(data: bytes) -> bool:
    # Without zlib's header and checksum: some producers write a wrong length that cuts the checksum only.
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflater.decompress(data[2:])
    except zlib.error:
        return False
    return inflater.eof


def _raw_page(number: int, page: LTPage) -> RawPage:
    glyphs: list[Glyph] = []
    rules: list[Box] = []
    for component in _components(page):
        box = Box(component.x0, page.y1 - component.y1, component.x1, page.y1 - component.y0)
        if isinstance(component, LTChar):
            if page.x0 <= box.x <= page.x1 and 0 <= box.y <= page.height:
                glyphs.append(_glyph(component, box))
        elif isinstance(component, LTLine | LTRect):
            rules += _rules(component, box)
    return _upright(RawPage(number, page.width, page.height, tuple(glyphs), tuple(rules)))


def _upright(page: RawPage) -> RawPage:
    """Return the page turned as most of its text stands: a wide table is printed sideways on a tall page."""
    quarters = Counter(glyph.quarters for glyph in page.glyphs).most_common(1)[0][0] if page.glyphs else 0
    if not quarters:
        return page

    def turned(box: Box) -> Box:
        return box.turned(quarters, page.width, page.height)

    glyphs = tuple(replace(glyph, box=turned(glyph.box), quarters=(glyph.quarters - quarters) % 4) for glyph in page.glyphs)
    width, height = (page.height, page.width) if quarters % 2 else (page.width, page.height)
    return RawPage(page.number, width, height, glyphs, tuple(turned(rule) for rule in page.rules))


def _glyph(char: LTChar, box: Box) -> Glyph:
    across, up = char.matrix[:2]  # where the baseline runs to
    quarters = round(math.atan2(up, across) / (math.pi / 2)) % 4
    size = box.width if quarters % 2 else box.height
    return Glyph(char.get_text(), box, size, _is_bold(char.fontname), quarters)


@cache
def _is_bold(font: str) -> bool:
    return _BOLD.search(font) is not None


def _components(container: Iterable[LTComponent]) -> Iterator[LTComponent]:
    for component in container:
        if isinstance(component, LTContainer):  # a figure may hold text
            yield from _components(component)
        else:
            yield component


def _rules(component: LTLine | LTRect, box: Box) -> Iterator[Box]:
    if min(box.width, box.height) <= _THIN:
        yield box
    elif isinstance(component, LTRect) and component.stroke:
        yield Box(box.left, box.top, box.right, box.top)
        yield Box(box.left, box.bottom, box.right, box.bottom)
        yield Box(box.left, box.top, box.left, box.bottom)
        yield Box(box.right, box.top, box.right, box.bottom)
