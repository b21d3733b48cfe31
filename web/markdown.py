"""An answer as one Markdown text, for chats that show nothing else: the answer, its figure, what to check, its proof."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from index.model import Span
from qa_service.escaping import for_markdown
from qa_service.references import readable
from web.citing import where
from web.conversations import AnsweredTurn
from web.presenting import Headline, TurnView, view
from web.rendering import Block, BlockKind, blocks_of, plain
from web.typography import french


def answer_as_markdown(turn: AnsweredTurn, site: str) -> str:
    """Return an answer with its citations; `site` is the address that links into the report start with.

    Needs the application's context.
    """
    return "\n\n".join(_parts(view(turn), site))


def text_as_markdown(text: str) -> str:
    """Return words of a report with their paragraphs, lists and tables; every other character is shown as it is."""
    return "\n\n".join(_block(text, block) for block in blocks_of(text, Span(0, len(text))))


def _parts(shown: TurnView, site: str) -> Iterator[str]:
    answer = shown.answer
    yield text_as_markdown(answer.answer)
    if shown.headline:
        yield _headline(shown.headline)
    for warning in answer.warnings:
        yield french(f"**À vérifier :** {_line(warning.text)}")
    if shown.reread:
        yield french(f"*Question comprise : {_line(answer.understood_as)}*")
    for evidence in shown.evidence:
        yield f"> {_line(evidence.reference)} [Voir dans le rapport]({urljoin(site, evidence.url)})"
    for alternative in answer.alternatives:
        place = f"[{_line(where(alternative.citation))}]({urljoin(site, alternative.citation.url)})"
        yield french(f"Autre lecture : {_line(readable(alternative.text))} (") + f"{place})"


def _headline(headline: Headline) -> str:
    figure = " ".join(filter(None, (headline.qualifier, headline.figure.striptags())))
    about = " ".join(filter(None, (headline.label, f"({headline.period})" if headline.period else "")))
    return french(f"**Chiffre : {_line(figure)}** {_line(about)}".rstrip())


def _block(text: str, block: Block) -> str:
    lines = [_line(plain(line.of(text))) for line in block.lines]
    if block.kind is BlockKind.ITEM:
        return "\n".join(f"- {line}" for line in lines)
    if block.kind is BlockKind.PARAGRAPH:
        return lines[0]
    rows = [[_line(plain(cell)) for cell in line.of(text).split("\t")] for line in block.lines]
    width = max(map(len, rows))
    head, *body = [" | ".join([*row, *[""] * (width - len(row))]) for row in rows]
    return "\n".join(f"| {row} |" for row in (head, " | ".join(["---"] * width), *body))


def _line(text: str) -> str:
    """Return `text` on one line, with nothing that Markdown would take for its own."""
    return for_markdown(" ".join(text.strip().splitlines()))
