"""Reads a text to check from a file: plain text, Markdown, Word or PDF."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as ZlibError

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from index.errors import ReportError
from index.reading.limits import Limits
from index.reading.pdf import read_pdf
from qa_service.errors import DraftError, DraftLimitError

MAX_FILE_BYTES = 10_000_000  # a press release with its pictures
_MAX_GROWTH_BYTES = 10_000_000  # of a file as it is unpacked: XML grows tenfold, its pictures hardly
_MAX_CHARS = 200_000  # ten times what is checked: a longer text need not be read to be refused
_PDF_LIMITS = Limits(max_bytes=MAX_FILE_BYTES, max_pages=50, max_memory_bytes=1024**3, timeout_s=30)
_PARAGRAPH, _ROW, _CELL = qn("w:p"), qn("w:tr"), qn("w:tc")
_TEXT, _BREAK, _TAB = qn("w:t"), qn("w:br"), qn("w:tab")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What python-docx and lxml raise for a file that is none of theirs, or half of one.
_NO_WORD = (
    BadZipFile, OpcError, KeyError, ValueError, SyntaxError, NotImplementedError, RuntimeError, EOFError,
    AttributeError, TypeError, IndexError, ZlibError,
)  # fmt: skip
SUFFIXES = (".txt", ".md", ".docx", ".pdf")


def read_draft(name: str, content: bytes) -> str:
    """Return the text of a file, a paragraph, list item or table row a line; cells are parted by "|".

    Args:
        name: the file's name; its ending tells what it is.
        content: its bytes.

    Raises:
        DraftError: it is of another type, damaged, or has no text.
        DraftLimitError: it is larger, or unpacks to more, than allowed.
    """
    if len(content) > MAX_FILE_BYTES:
        raise DraftLimitError(f"« {name} » pèse plus de {MAX_FILE_BYTES // 10**6} Mo ; collez plutôt son texte.")
    match Path(name).suffix.lower():
        case ".txt" | ".md":
            text = _decoded(name, content)
        case ".docx":
            text = _of_word(name, content)
        case ".pdf":
            text = _of_pdf(name, content)
        case _:
            raise DraftError(f"« {name} » : type inconnu ; acceptés : {', '.join(SUFFIXES)}.")
    if not text.strip():
        raise DraftError(f"« {name} » ne contient pas de texte ; vérifiez le fichier ou collez son texte.")
    return text.strip()


def _decoded(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):  # what editors on Windows write by default
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n")
    raise DraftError(f"« {name} » n'est pas un fichier de texte ; enregistrez-le en UTF-8.")


def _of_word(name: str, content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as packed:
            # zipfile reads no more of a member than the size it declares, so that a bomb cannot lie about it.
            members = packed.infolist()
            if sum(member.file_size - member.compress_size for member in members) > _MAX_GROWTH_BYTES:
                raise DraftLimitError(f"« {name} » est bien trop volumineux une fois décompressé ; collez plutôt son texte.")
            if not {member.compress_type for member in members} <= {ZIP_STORED, ZIP_DEFLATED}:
                raise BadZipFile("Word writes no other")  # and others may ask for any amount of memory
        return "\n".join(_no_longer_than(_MAX_CHARS, _lines_of(Document(BytesIO(content)).element.body), name))
    except _NO_WORD as error:
        raise DraftError(f"« {name} » n'est pas un document Word lisible ; réenregistrez-le en .docx.") from error


def _no_longer_than(most: int, lines: Iterator[str], name: str) -> Iterator[str]:
    read = 0
    for line in lines:
        read += len(line) + 1
        if read > most:
            raise DraftLimitError(f"« {name} » est bien trop long ; vérifiez-le par morceaux.")
        yield line


def _lines_of(body: BaseOxmlElement) -> Iterator[str]:
    """Yield the paragraphs and table rows of a document in order, with what is being inserted, without what is deleted.

    Read from the XML itself: python-docx leaves out insertions and content controls, and gives a merged cell many times.
    """
    for block in body.iter(_PARAGRAPH, _ROW):
        if next(block.iterancestors(_ROW), None) is not None or next(block.iterancestors(_PARAGRAPH), None) is not None:
            continue  # told by the row or the paragraph around it
        if block.tag == _PARAGRAPH:
            yield _text_of(block)
        else:
            cells = [cell for cell in block.iter(_CELL) if next(cell.iterancestors(_ROW)) is block]
            # "|" parts cells: in one it would make two.
            yield f"| {' | '.join(' '.join(_text_of(cell).replace('|', '/').split()) for cell in cells)} |"


def _text_of(element: BaseOxmlElement) -> str:
    """Return what is read in an element; a drawing's second writing, for old programs, is left out."""
    pieces: list[str] = []
    for piece in element.iter(_TEXT, _BREAK, _TAB, _PARAGRAPH):
        if next(piece.iterancestors(_FALLBACK), None) is not None:
            continue
        if piece.tag == _TEXT:
            pieces.append(piece.text or "")
        elif piece is not element:
            pieces.append(" " if piece.tag in (_TAB, _PARAGRAPH) else "\n")
    return "".join(pieces)


def _of_pdf(name: str, content: bytes) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "texte.pdf"
        path.write_bytes(content)
        try:
            return read_pdf(path, limits=_PDF_LIMITS).text
        except ReportError as error:
            raise DraftError(
                f"« {name} » ne peut pas être lu : endommagé, protégé, sans texte ou trop long ; collez plutôt son texte."
            ) from error
