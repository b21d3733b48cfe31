"""Plain text and Markdown files."""

from __future__ import annotations

import re
from pathlib import Path

from index.errors import ReportFormatError, ReportLimitError, ReportNotFoundError
from index.model import HeadingMark, SourceText, Span
from index.reading.limits import Limits

_ATX_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


def read_text(path: Path, *, limits: Limits) -> SourceText:
    """Return a UTF-8 text file, unchanged; a byte order mark is no part of the text.

    Raises:
        ReportNotFoundError, ReportLimitError, ReportFormatError: with what to do.
    """
    return SourceText(_decoded(path, limits))


def read_markdown(path: Path, *, limits: Limits) -> SourceText:
    """Return a Markdown file with its `#` headings marked; raises as `read_text`."""
    text = _decoded(path, limits)
    headings = tuple(HeadingMark(Span(match.start(), match.end()), len(match[1])) for match in _ATX_HEADING.finditer(text))
    return SourceText(text, headings=headings)


def _decoded(path: Path, limits: Limits) -> str:
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise ReportLimitError(
                f"« {path.name} » pèse {size // 1_000_000} Mo, plus que les {limits.max_bytes // 1_000_000} Mo acceptés ; "
                "découpez le rapport ou retirez-en les images."
            )
        text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise ReportNotFoundError(f"« {path} » n'existe pas ou n'est pas un fichier ; vérifiez le chemin.") from None
    except UnicodeDecodeError as error:
        raise ReportFormatError(
            f"« {path.name} » n'est pas en UTF-8 (octet {error.start}) ; réenregistrez-le en « UTF-8 »."
        ) from error
    if not text.strip() or "\x00" in text:
        what = "est vide" if not text.strip() else "n'est pas un fichier de texte"
        raise ReportFormatError(f"« {path.name} » {what} ; donnez le rapport en texte, en Markdown ou en PDF.")
    return text
