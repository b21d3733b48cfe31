"""Reads a text to check from a file: plain text, Markdown, Word or PDF."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table

from index.errors import ReportError
from index.reading.limits import Limits
from index.reading.pdf import read_pdf
from qa_service.errors import DraftError, DraftLimitError

MAX_FILE_BYTES = 10_000_000  # a press release with its pictures
_MAX_UNPACKED_BYTES = 50_000_000
_PDF_LIMITS = Limits(max_bytes=MAX_FILE_BYTES, max_pages=50, max_memory_bytes=1024**3, timeout_s=30)
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
            if sum(member.file_size for member in packed.infolist()) > _MAX_UNPACKED_BYTES:
                raise DraftLimitError(f"« {name} » est bien trop volumineux une fois décompressé ; collez plutôt son texte.")
        document = Document(BytesIO(content))
        blocks = [_rows(block) if isinstance(block, Table) else block.text for block in document.iter_inner_content()]
    except (BadZipFile, OpcError, KeyError, ValueError, SyntaxError, NotImplementedError, RuntimeError, EOFError) as error:
        raise DraftError(f"« {name} » n'est pas un document Word lisible ; réenregistrez-le en .docx.") from error
    return "\n".join(blocks)


def _rows(table: Table) -> str:
    """Return a table as Markdown writes it, so that its cells stay apart."""
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _of_pdf(name: str, content: bytes) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "texte.pdf"
        path.write_bytes(content)
        try:
            return read_pdf(path, limits=_PDF_LIMITS).text
        except ReportError as error:
            raise DraftError(str(error).replace(str(path), name).replace(path.name, name)) from error
