"""The words of the glossary inside a text, as links that explain themselves on hover or tap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import url_for
from markupsafe import Markup, escape

from index.model import GlossaryEntry, Span
from qa_service.discovering.terms import TermFinder
from web.glossary import entry_key
from web.typography import french


@dataclass(slots=True)
class Explainer:
    """Marks each word of the glossary where it first comes in the texts of one page; needs the application's context."""

    terms: TermFinder
    _explained: set[str] = field(default_factory=set)

    def links(self, text: str, spans: Iterable[Span]) -> dict[Span, Markup]:
        """Return the links to put around the words of `text`, by their place: an overlay's elements."""
        found: dict[Span, Markup] = {}
        for span in spans:
            for mention in self.terms.mentions(text, span):
                if mention.entry.term not in self._explained:
                    self._explained.add(mention.entry.term)
                    found[mention.span] = _link(mention.entry)
        return found


def explanation(entry: GlossaryEntry) -> str:
    """Return what an entry means, in a sentence or two."""
    expansion = f"{entry.expansion}. " if entry.expansion and entry.expansion not in entry.explanation else ""
    return french(f"{expansion}{entry.explanation}")


def _link(entry: GlossaryEntry) -> Markup:
    address = url_for("glossary.entries", _anchor=entry_key(entry.term))
    # Escaped by hand: what goes around a text is itself a format, in which a brace would open a field.
    told = str(escape(explanation(entry))).replace("{", "{{").replace("}", "}}")
    return Markup(f'<a class="term" href="{escape(address)}" data-explanation="{told}">{{}}</a>')  # nosec B704  # escaped
