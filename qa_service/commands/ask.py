"""`qa-service ask`."""

from __future__ import annotations

import click
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from qa_service.commands.printing import console, current_settings, document_option, json_option, print_json
from qa_service.model import Answer, AnswerStatus, Question
from qa_service.references import place
from qa_service.wiring import load_service

_MAX_CHARS = 1_000  # as in the JSON API


@click.command()
@click.argument("question", nargs=-1, required=True)
@document_option
@json_option
def ask(question: tuple[str, ...], document: str | None, as_json: bool) -> None:
    """Pose une QUESTION en français et affiche la réponse du rapport."""
    text = " ".join(question).strip()
    if not 0 < len(text) <= _MAX_CHARS:
        raise click.UsageError(f"la question a {len(text)} caractères ; de 1 à {_MAX_CHARS} sont acceptés")
    service = load_service(current_settings())
    known = [report.document.slug for report in service.reports]
    if document is not None and document not in known:
        raise click.UsageError(f"aucun rapport « {document} » ; rapports indexés : {', '.join(known)}")
    answer = service.ask(Question(text, document=document))
    if as_json:
        print_json(answer, Answer)
    else:
        _show(answer)


def _show(answer: Answer) -> None:
    out = console()
    out.print(Text(answer.text, style="bold" if answer.status is AnswerStatus.ANSWERED else ""))
    if answer.figures:
        first = answer.figures[0].figure
        period = f" ({first.period})" if first.period else ""
        out.print(f"\n[dim]Chiffre :[/dim] {first.text}{period}")
    for citation in answer.citations[:1]:
        out.print(
            Panel(Text(citation.passage.text), title=Text(place(citation.passage)), title_align="left", border_style="dim")
        )
    for alternative in answer.alternatives:
        out.print(f"\n[dim]{escape(place(alternative.citation.passage))}[/dim]")
        out.print(Text(f"« {alternative.text} »"))
    for warning in answer.warnings:
        out.print(f"[yellow]Attention :[/yellow] {warning.text}")
