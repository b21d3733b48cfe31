"""A conversation as a file: Markdown, Word, or a spreadsheet with a row for each quote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from flask import Response

from qa_service.escaping import for_markdown, for_xml
from qa_service.references import readable
from web.citing import reference, where
from web.conversations import Conversation
from web.files import csv_file, file_to_save
from web.problems import validated
from web.schemas.answers import AnswerOut
from web.schemas.conversations import ExportQuery

HEADERS = ("Numéro", "Question", "Question comprise", "Réponse", "Chiffres", "Citation", "Référence", "À vérifier")


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of an answer: how it is set, and its text on one line."""

    style: str
    text: str


def exported(conversation: Conversation, ending: str) -> Response:
    """Return a conversation as a file to save; needs the application's context.

    Raises:
        ProblemError: there is no such format (422).
    """
    asked = validated(ExportQuery, {"format": ending})
    return file_to_save(FORMATS[asked.format](conversation), "conversation", asked.format)


def as_markdown(conversation: Conversation) -> bytes:
    """Return a conversation as Markdown: a heading for each question, quotes as quotes."""
    marks = {"quote": "> ", "warning": "**À vérifier** : ", "item": "- "}
    lines = [f"# {_markdown(conversation.summary.title)}"]
    for turn in conversation.turns:
        lines += ["", f"## {_markdown(turn.answer.question)}"]
        for part in _parts(turn.answer):
            lines += ["", marks.get(part.style, "") + _markdown(part.text)]
    return ("\n".join(lines) + "\n").encode()


def as_word(conversation: Conversation) -> bytes:
    """Return a conversation as a .docx document."""
    styles = {"quote": "Quote", "item": "List Bullet"}
    document = Document()
    document.add_heading(for_xml(conversation.summary.title), level=1)
    for turn in conversation.turns:
        document.add_heading(for_xml(turn.answer.question), level=2)
        for part in _parts(turn.answer):
            paragraph = document.add_paragraph(style=styles.get(part.style))
            if part.style == "warning":
                paragraph.add_run("À vérifier : ").bold = True
            paragraph.add_run(for_xml(part.text))
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def as_csv(conversation: Conversation) -> bytes:
    """Return a conversation as CSV: a row for each quote, one for a refusal."""
    rows = (row for number, turn in enumerate(conversation.turns, start=1) for row in _rows(number, turn.answer))
    return csv_file([HEADERS, *rows])


FORMATS: Mapping[str, Callable[[Conversation], bytes]] = {"md": as_markdown, "docx": as_word, "csv": as_csv}


def _parts(answer: AnswerOut) -> Iterator[_Part]:
    if answer.understood_as.casefold() != answer.question.casefold():
        yield _Part("understood", f"Question comprise : {answer.understood_as}")
    yield _Part("answer", readable(answer.answer))
    for citation in answer.citations:
        yield _Part("quote", reference((citation,)))
    for warning in answer.warnings:
        yield _Part("warning", warning.text)
    for alternative in answer.alternatives:
        yield _Part("item", f"Autre lecture : {readable(alternative.text)} ({where(alternative.citation)})")


def _rows(number: int, answer: AnswerOut) -> Iterator[tuple[str, ...]]:
    head = (str(number), " ".join(answer.question.split()), answer.understood_as, readable(answer.answer))
    warnings = " ".join(warning.text for warning in answer.warnings)
    for citation in answer.citations:
        figures = " ; ".join(figure.text for figure in answer.figures if figure.citation == citation.number)
        yield (*head, figures, readable(citation.quote), where(citation), warnings)
    if not answer.citations:
        yield (*head, "", "", "", warnings)


def _markdown(text: str) -> str:
    return for_markdown(" ".join(text.split()))
