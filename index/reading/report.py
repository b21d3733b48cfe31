"""From a seed folder to a document with its passages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.errors import ReportFormatError
from index.model import Document, Passage, SourceText
from index.reading.limits import Limits
from index.reading.lines import lines_of
from index.reading.metadata import ReportMetadata, read_metadata, source_file
from index.reading.passages import PassageReader
from index.reading.pdf import read_pdf
from index.reading.sections import sections_of, tree
from index.reading.text import read_markdown, read_text


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read; the passages come in reading order."""

    metadata: ReportMetadata
    document: Document
    passages: tuple[Passage, ...]


def read_report(folder: Path, *, limits: Limits) -> Report:
    """Read the report in a seed folder (`report.toml` and one of `report.txt`, `report.md`, `report.pdf`).

    Raises:
        ReportError: the folder or its file cannot be read; the message names the file and the remedy.
    """
    metadata = read_metadata(folder)
    path = source_file(folder)
    report = structured(read_source(path, limits=limits), metadata)
    if not report.passages:
        raise ReportFormatError(f"« {path} » ne contient pas de texte exploitable ; vérifiez son contenu.")
    titles = {section.title for section in report.document.walk()}
    for title in metadata.tour:
        if title not in titles:
            raise ReportFormatError(f"« report.toml » : la visite nomme « {title} », qui n'est le titre d'aucune section.")
    return report


def read_source(path: Path, *, limits: Limits) -> SourceText:
    """Return the text of a file by its suffix: .pdf, .md or .txt; raises as `read_report`."""
    readers = {".pdf": read_pdf, ".md": read_markdown, ".txt": read_text}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ReportFormatError(f"« {path.name} » : type inconnu ; acceptés : {', '.join(sorted(readers))}.")
    return reader(path, limits=limits)


def structured(source: SourceText, metadata: ReportMetadata) -> Report:
    """Find the outline and the passages of a text."""
    lines = tuple(lines_of(source))
    texts = sections_of(source, lines, metadata.title) if lines else ()
    reader = PassageReader(metadata.slug, source.text, source.pages)
    document = Document(
        slug=metadata.slug,
        title=metadata.title,
        authority=metadata.authority,
        period=metadata.period,
        text=source.text,
        pages=source.pages,
        sections=tree(text.section for text in texts),
    )
    passages = tuple(passage for text in texts for passage in reader.passages(text))
    return Report(metadata, document, passages)
