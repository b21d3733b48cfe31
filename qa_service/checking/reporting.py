"""A check as a file, Markdown or Word: the text with its figures marked, then each verdict with the report's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from qa_service.checking.checker import Check, CheckedClaim, Verdict
from qa_service.checking.explaining import NAMES, explanation, quoted
from qa_service.escaping import for_markdown, for_xml
from qa_service.references import place

TITLE = "Vérification d'un texte"
_COLOURS = {
    Verdict.CONFIRMED: WD_COLOR_INDEX.BRIGHT_GREEN,
    Verdict.ROUNDED: WD_COLOR_INDEX.BRIGHT_GREEN,
    Verdict.CONTRADICTED: WD_COLOR_INDEX.RED,
    Verdict.NOT_FOUND: WD_COLOR_INDEX.YELLOW,
}


def summary(check: Check) -> str:
    """Return how many figures there are of each verdict, in one sentence."""
    if not check.claims:
        return "Ce texte ne contient aucun chiffre à vérifier."
    counts = Counter(one.verdict for one in check.claims)
    parts = [f"{counts[verdict]} {_plural(NAMES[verdict], counts[verdict])}" for verdict in Verdict if counts[verdict]]
    return f"{len(check.claims)} {_plural('chiffre', len(check.claims))} : {', '.join(parts)}."


def _plural(word: str, count: int) -> str:
    return f"{word}s" if count > 1 else word


def stretches(check: Check) -> Iterator[tuple[str, int]]:
    """Yield the text piece by piece: each figure with its number from 1, what lies between with 0."""
    position = 0
    for number, one in enumerate(check.claims, start=1):
        span = one.claim.figure.span
        yield check.text[position : span.start], 0
        yield span.of(check.text), number
        position = span.end
    yield check.text[position:], 0


def as_markdown(check: Check) -> bytes:
    """Return a check as Markdown; emphasis, links and HTML of the text checked are shown as typed."""
    marked = "".join(
        f"**{for_markdown(piece)}** [{number}]" if number else for_markdown(piece) for piece, number in stretches(check)
    )
    lines = [f"# {TITLE}", "", summary(check), "", *(f"> {line}".rstrip() for line in marked.split("\n")), ""]
    for number, one in enumerate(check.claims, start=1):
        lines.append(f"{number}. **{for_markdown(one.claim.figure.text)}** – {NAMES[one.verdict]}. {explanation(one)}")
        lines += [f"   > {quoted(one.nearest)}  ", f"   > {_where(one)}"] if one.nearest else []
    return ("\n".join(lines) + "\n").encode()


def as_word(check: Check) -> bytes:
    """Return a check as a .docx document."""
    document = Document()
    document.add_heading(TITLE, level=1)
    document.add_paragraph(summary(check))
    document.add_heading("Le texte", level=2)
    paragraph = document.add_paragraph()
    for piece, number in stretches(check):
        for place_in_piece, line in enumerate(piece.split("\n")):
            paragraph = document.add_paragraph() if place_in_piece else paragraph
            run = paragraph.add_run(for_xml(f"{line} [{number}]" if number else line))
            if number:
                run.bold, run.font.highlight_color = True, _COLOURS[check.claims[number - 1].verdict]
    document.add_heading("Chiffre par chiffre", level=2)
    for number, one in enumerate(check.claims, start=1):
        paragraph = document.add_paragraph()
        paragraph.add_run(for_xml(f"{number}. {one.claim.figure.text} – {NAMES[one.verdict]}. ")).bold = True
        paragraph.add_run(for_xml(explanation(one)))
        if one.nearest:
            document.add_paragraph(for_xml(f"« {quoted(one.nearest)} » {_where(one)}"), style="Quote")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


FORMATS: Mapping[str, Callable[[Check], bytes]] = {"docx": as_word, "md": as_markdown}


def _where(one: CheckedClaim) -> str:
    if one.nearest is None:
        return ""
    return f"({one.nearest.unit.index.document.title}, {place(one.nearest.unit.ref.passage)})"
