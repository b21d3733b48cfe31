"""The words that answer: units of one passage put together into a short text and a verbatim quote."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from index.french.tokens import terms
from index.model import Figure, Passage, Span, Unit, UnitKind
from qa_service.answering.figures import FigureChooser
from qa_service.answering.wording import joined, listed, shown_alone, window
from qa_service.model import QuestionKind
from qa_service.ranking.ranker import RankedUnit
from qa_service.understanding.query import Query

MAX_CHARS = 450
MAX_CHARS_LONG = 800
_LONG_KINDS = frozenset({QuestionKind.LIST, QuestionKind.EXPLANATION, QuestionKind.DEFINITION, QuestionKind.COMPARISON})
_TRUSTED = 0.3  # the least score of a card whose quote is taken as the answer
_NEARLY = 0.93  # a unit of the passage with this share of the best score answers nearly as likely: both are shown. Not tuned
_RIVALS = 2  # so many of the next best are looked at for one
_NEAR = 40  # an introduction no farther than this before its item is quoted with it
_NOTE = " (00 éléments sur 00)"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text to show and where it stands: `span` covers the units used, inside `passage`."""

    text: str
    passage: Passage
    span: Span
    units: tuple[Unit, ...]


def limit_for(kind: QuestionKind) -> int:
    """Return how many characters an answer of this kind may have."""
    return MAX_CHARS_LONG if kind in _LONG_KINDS else MAX_CHARS


def excerpt_of(best: RankedUnit, others: Sequence[RankedUnit], query: Query, chooser: FigureChooser) -> Excerpt:
    """Return what to show for the best unit; `others` are the next best.

    What the nearest card quotes, if it asks nearly the same; else the whole list, where one is asked for or introduced; else
    the unit with the sentences beside it that are among the next best or hold more of the question's words. Units of the
    passage that answer nearly as likely are shown with it, while they fit.
    """
    passage, unit, limit = best.ref.passage, best.ref.unit, limit_for(query.kind)
    quoted = _quoted_by_card(best)
    rivals = [one.ref.unit for one in others[:_RIVALS] if one.ref.passage is passage and one.score >= _NEARLY * best.score]
    if len(quoted) > 1:
        return _several(passage, _with_rivals(passage, list(quoted), rivals, limit), unit, limit)
    if (query.kind is QuestionKind.LIST and not quoted) or unit.text.endswith(":"):
        items = _list_around(passage, unit)
        if items:
            return _listing(passage, items, len(items), limit)
    if len(shown_alone(unit)) > limit:
        return Excerpt(window(unit, _focus(best, query, chooser), limit), passage, unit.span, (unit,))
    shown = _with_rivals(passage, [unit], rivals, limit)
    if len(shown) > 1:
        return _several(passage, shown, unit, limit)
    near = {other.ref.unit for other in others if other.ref.passage.id == passage.id}
    return _running(passage, _led_on(passage, _with_neighbours(passage, unit, near, query, limit), limit))


def unit_excerpt(unit: RankedUnit, limit: int = MAX_CHARS) -> Excerpt:
    """Return one unit by itself."""
    alone = _running(unit.ref.passage, [unit.ref.unit])
    if len(alone.text) <= limit:
        return alone
    text = window(unit.ref.unit, unit.ref.unit.span, limit)
    return Excerpt(text, alone.passage, alone.span, alone.units)


def figures_of(excerpt: Excerpt, best: RankedUnit, chooser: FigureChooser) -> tuple[Figure, ...]:
    """Return the figures printed in an excerpt, the one asked for first."""
    return chooser.asked_first(figures_shown(excerpt, best), best)


def figures_shown(excerpt: Excerpt, best: RankedUnit) -> list[Figure]:
    """Return the figures printed in an excerpt in reading order."""
    spans = [span for unit in excerpt.units for span in (unit.span, unit.introduction_span) if span is not None]
    shown = [span for span in spans if span in excerpt.span]
    return [figure for figure in best.index.figures_of(excerpt.passage) if any(figure.span in span for span in shown)]


def _focus(best: RankedUnit, query: Query, chooser: FigureChooser) -> Span:
    """Return the part of a long unit that must stay: the figure asked for, else what the nearest card quotes."""
    if query.kind in (QuestionKind.FIGURE, QuestionKind.DATE) and best.traits.figures:
        return chooser.asked_first(best.traits.figures, best)[0].span
    return best.card.span if best.card and _quoted_by_card(best) else best.ref.unit.span


def _quoted_by_card(best: RankedUnit) -> tuple[Unit, ...]:
    """Return the units that the card nearest to the question quotes: a reader said that these answer it."""
    if best.card is None or best.card_score < _TRUSTED:
        return ()
    span = best.card.span
    return tuple(unit for unit in best.ref.passage.units if unit.span.start < span.end and span.start < unit.span.end)


def _several(passage: Passage, units: Sequence[Unit], centre: Unit, limit: int) -> Excerpt:
    """Return units as a list or a running text; of what does not fit, what stands about `centre` stays."""
    items = [unit for unit in units if unit.list_id is not None and unit.list_id == units[-1].list_id]
    led = [unit for unit in units if unit not in items]
    if len(items) > 1 and all(unit.span == items[0].introduction_span for unit in led):
        excerpt = _listing(passage, items, len(items), limit)
        if centre in items and centre not in excerpt.units:
            return _listing(passage, items[items.index(centre) :], len(items), limit)
        return excerpt
    shown = list(units)
    while len(shown) > 1 and len(joined(shown)) > limit:
        position = shown.index(centre) if centre in shown else 0
        shown.pop(0 if position > len(shown) - 1 - position else -1)
    return _running(passage, _led_on(passage, shown, limit))


def _led_on(passage: Passage, units: list[Unit], limit: int) -> list[Unit]:
    """Return units with what a last one that ends in a colon announces, while it fits."""
    following = passage.units[passage.units.index(units[-1]) + 1 :]
    if units[-1].text.endswith(":"):
        for unit in following:
            if len(joined([*units, unit])) > limit:
                break
            units = [*units, unit]
    return units


def _list_around(passage: Passage, unit: Unit) -> list[Unit]:
    """Return the list that a unit is an item of, or introduces; empty if neither."""
    led = next((item for item in passage.units if item.introduction_span == unit.span), None)
    item = unit if unit.kind is UnitKind.ITEM else led
    if item is None or item.list_id is None:
        return []
    return [other for other in passage.units if other.list_id == item.list_id]


def _listing(passage: Passage, items: Sequence[Unit], total: int, limit: int) -> Excerpt:
    """Return a list with its introduction; what does not fit is counted, never left out in silence."""
    introduction = items[0].introduction_span
    lead = f"{items[0].introduction} " if introduction else ""
    count = len(items)
    while count > 1 and len(lead) + len(listed(items[:count])) + (len(_NOTE) if count < total else 0) > limit:
        count -= 1
    note = "" if count == total else f" ({count} éléments sur {total})"
    start = introduction.start if introduction and introduction in passage.span else items[0].span.start
    span = Span(min(start, items[0].span.start), items[count - 1].span.end)
    return Excerpt(f"{lead}{listed(items[:count])}{note}", passage, span, tuple(items[:count]))


def _with_rivals(passage: Passage, chosen: list[Unit], rivals: Sequence[Unit], limit: int) -> list[Unit]:
    """Return units with rivals of the same kind, and the sentences between them, while they fit."""
    for rival in rivals:
        if rival in chosen or rival.list_id != chosen[0].list_id:
            continue
        wanted = {*chosen, rival}
        positions = [position for position, unit in enumerate(passage.units) if unit in wanted]
        between = passage.units[positions[0] : positions[-1] + 1]
        longer = [unit for unit in between if unit in wanted or unit.kind is UnitKind.SENTENCE]
        if all(unit.list_id == rival.list_id for unit in longer) and len(joined(longer)) <= limit:
            chosen = longer
    return chosen


def _with_neighbours(passage: Passage, unit: Unit, near: Set[Unit], query: Query, limit: int) -> list[Unit]:
    """Return a sentence with those just before and after it that are wanted too, while they fit."""
    if unit.kind is not UnitKind.SENTENCE:
        return [unit]
    units = list(passage.units)
    position = units.index(unit)
    missing = set(query.own) - set(terms(f"{unit.text} {unit.introduction} {passage.heading}"))
    chosen = [unit]
    for neighbour in (*units[position + 1 : position + 2], *units[max(position - 1, 0) : position]):
        if neighbour.kind is not UnitKind.SENTENCE:
            continue
        longer = sorted([*chosen, neighbour], key=lambda one: one.span)
        if (neighbour in near or missing & set(terms(neighbour.text))) and len(joined(longer)) <= limit:
            chosen = longer
    return chosen


def _running(passage: Passage, units: Sequence[Unit]) -> Excerpt:
    start = units[0].span.start
    introduction = units[0].introduction_span
    if len(units) == 1 and introduction is not None and introduction in passage.span:
        start = introduction.start if 0 <= start - introduction.end < _NEAR else start
    return Excerpt(joined(units), passage, Span(start, units[-1].span.end), tuple(units))
