"""Reads a PDF in a process of its own, so that no file can take more time or memory than allowed."""

from __future__ import annotations

import logging
import math
import signal
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

from index.errors import ReportError, ReportFormatError, ReportLimitError, ReportNotFoundError
from index.model import SourceText
from index.reading.limits import DEFAULT_LIMITS, Limits
from index.reading.pdf.outcome import Failure, load

log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[3]  # where `index` is imported from, installed or not
_HEAD_BYTES = 1024  # %PDF- may stand after other bytes, within these

_REASONS: dict[Failure, tuple[type[ReportError], str]] = {
    Failure.DAMAGED: (
        ReportFormatError,
        "est endommagé ou incomplet ; copiez-le de nouveau ou réenregistrez-le en PDF depuis le logiciel d'origine.",
    ),
    Failure.ENCRYPTED: (
        ReportFormatError,
        "est protégé par un mot de passe ; enregistrez-en une copie sans protection.",
    ),
    Failure.NO_TEXT: (
        ReportFormatError,
        "n'a pas de texte, c'est sans doute un scan ; passez-le d'abord à la reconnaissance de caractères, par exemple "
        "avec « ocrmypdf -l fra rapport.pdf rapport-texte.pdf ».",
    ),
    Failure.UNMAPPED_TEXT: (
        ReportFormatError,
        "ne dit pas quels caractères il dessine ; passez-le d'abord à la reconnaissance de caractères, par exemple "
        "avec « ocrmypdf --force-ocr -l fra rapport.pdf rapport-texte.pdf ».",
    ),
    Failure.TOO_MANY_PAGES: (ReportLimitError, "a plus de {pages} pages ; découpez-le."),
    Failure.TOO_MUCH_TEXT: (ReportLimitError, "contient bien plus de texte qu'un rapport ; découpez-le."),
    Failure.MEMORY: (
        ReportLimitError,
        "demande plus de {memory_mib} Mio de mémoire ; réenregistrez-le depuis le logiciel d'origine ou découpez-le.",
    ),
    Failure.TIME: (
        ReportLimitError,
        "n'a pas pu être lu en {timeout_s:g} s ; réenregistrez-le depuis le logiciel d'origine ou découpez-le.",
    ),
}


def read_pdf(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """Return the text of a PDF with its pages and headings.

    One paragraph a line, words cut at line ends put together; one list item a line, "- …"; one table row a line, its
    cells parted by tabs, the header row first; one entry of a table of contents a line, "Title<TAB>page", its leaders
    left out. Columns follow each other; running headers, footers and page numbers are left out. No line mixes pages.

    `pages` are numbered from 1 as they lie in the file, whatever number is printed on them; their spans cover the text,
    and that of a page without text is empty. `headings` are short lines in larger or bold type.

    Raises:
        ReportNotFoundError: there is no such file.
        ReportFormatError: it is no PDF, damaged, locked by a password, or has no text.
        ReportLimitError: it is larger than `limits` allow, or takes longer or more memory to read.
    """
    path = path.absolute()
    _check_file(path, limits)
    outcome = _parsed(path, limits)
    if isinstance(outcome, SourceText):
        return outcome
    kind, reason = _REASONS[outcome]
    values = {
        "pages": limits.max_pages,
        "memory_mib": limits.max_memory_bytes // 1024**2,
        "timeout_s": limits.timeout_s,
    }
    raise kind(f"« {path.name} » {reason.format(**values)}")


def _check_file(path: Path, limits: Limits) -> None:
    """Refuse by kind, size and first bytes what need not be parsed."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReportNotFoundError(f"« {path} » n'est pas un fichier ; donnez le chemin d'un fichier PDF.")
        _check_size(path, status.st_size, limits.max_bytes)
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except PermissionError:
        raise ReportNotFoundError(f"« {path} » ne peut pas être lu ; vérifiez vos droits sur ce fichier.") from None
    except OSError:
        raise ReportNotFoundError(f"« {path} » n'existe pas ; vérifiez le chemin.") from None
    if b"%PDF-" not in head:
        raise ReportFormatError(f"« {path.name} » n'est pas un PDF ; donnez le rapport en PDF, en Markdown ou en texte.")


def _check_size(path: Path, size: int, most: int) -> None:
    if size > most:
        raise ReportLimitError(
            f"« {path.name} » pèse {size // 1_000_000} Mo, plus que les {most // 1_000_000} Mo acceptés ; "
            "découpez le rapport ou allégez-en les images."
        )


def _parsed(path: Path, limits: Limits) -> SourceText | Failure:
    max_cpu_s = math.ceil(limits.timeout_s) + 1  # ends the process even if this one is gone by then
    arguments = [str(path), str(limits.max_pages), str(limits.max_memory_bytes), str(max_cpu_s)]
    with TemporaryFile() as output, TemporaryFile() as errors:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "index.reading.pdf.worker", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                cwd=_ROOT,
                timeout=limits.timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Failure.TIME
        if done.returncode == -signal.SIGKILL:
            return Failure.MEMORY  # the kernel's way when the whole machine runs out of it
        output.seek(0)
        try:
            return load(output.read())
        except ValueError:
            errors.seek(0)
            last_line = errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
            log.info("pdf_parser_failed", extra={"status": done.returncode, "error": last_line})
            return Failure.DAMAGED
