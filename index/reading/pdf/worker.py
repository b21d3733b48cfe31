"""The process that parses one PDF: `python -m index.reading.pdf.worker FILE MAX_PAGES MAX_MEMORY_BYTES MAX_CPU_S`.

Writes what `outcome.dump` returns to its standard output. A file over which pdfminer trips ends it with a traceback and
exit status 1, one that takes too long with SIGXCPU.
"""

from __future__ import annotations

import logging
import resource
import sys
from pathlib import Path

from pdfminer.pdfdocument import PDFEncryptionError

from index.model import SourceText
from index.reading.pdf.furniture import without_furniture
from index.reading.pdf.headings import levels_of
from index.reading.pdf.layout import blocks_of, page_text
from index.reading.pdf.outcome import Failure, ReadingError, dump
from index.reading.pdf.runs import UNMAPPED
from index.reading.pdf.source import read_pages
from index.reading.pdf.writing import written

_MAX_CHARACTERS = 20_000_000  # what the caller takes back; a page holds about 3 000
_UNMAPPED_SHARE = 0.2  # of the characters: a stray symbol is no loss, a font without a character map is


def main(path: str, max_pages: str, max_memory_bytes: str, max_cpu_s: str) -> None:
    """Read the file at `path` within the limits, which bind this process from here on."""
    _limit(resource.RLIMIT_AS, int(max_memory_bytes))
    _limit(resource.RLIMIT_CPU, int(max_cpu_s))
    logging.disable(logging.CRITICAL)  # pdfminer warns of each odd operator: a broken file would fill the disk
    sys.stdout.buffer.write(dump(_outcome(Path(path), int(max_pages))))


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)  # a lower one may be lowered, never raised
    resource.setrlimit(kind, (value, value))


def _outcome(path: Path, max_pages: int) -> SourceText | Failure:
    try:
        return extract(path, max_pages=max_pages)
    except ReadingError as error:
        return error.failure
    except PDFEncryptionError:  # a password is wanted, or an encryption that pdfminer does not know
        return Failure.ENCRYPTED
    except MemoryError:
        return Failure.MEMORY


def extract(path: Path, *, max_pages: int) -> SourceText:
    """Return what `read_pdf` does, without its limits on time and memory; raises what `read_pages` does."""
    pages = without_furniture([page_text(raw) for raw in read_pages(path, max_pages=max_pages)])
    blocks = blocks_of(pages)
    source = written(blocks, levels_of(blocks))
    if source.text.count(UNMAPPED) > _UNMAPPED_SHARE * len(source.text):
        raise ReadingError(Failure.UNMAPPED_TEXT)
    if not any(character.isalpha() for character in source.text):
        raise ReadingError(Failure.NO_TEXT)
    if len(source.text) > _MAX_CHARACTERS:
        raise ReadingError(Failure.TOO_MUCH_TEXT)
    return source


if __name__ == "__main__":
    main(*sys.argv[1:])
