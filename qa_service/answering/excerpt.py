"""The words that answer: units of one passage put together into a short text and a verbatim quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Passage, Span, Unit, UnitKind
from qa_service.model import QuestionKind
from qa_service.ranking.ranker import RankedUnit

MAX_CHARS = 450
MAX_CHARS_LONG = 800
LONG_KINDS = frozenset({QuestionKind.LIST, QuestionKind.EXPLANATION, QuestionKind.DEFINITION, QuestionKind.COMPARISON})
_TRUSTED = 0.3  # the least score of a card whose quote is taken as the answer
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text to show and where it stands: `span` covers the units used, inside `passage`."""

    text: str
    passage: Passage
    span: Span
    units: tuple[Unit, ...]


def limit_for(kind: QuestionKind) -> int:
    """Return how many characters an answer of this kind may have."""
    return MAX_CHARS_LONG if kind in LONG_KINDS else MAX_CHARS


def excerpt_of(best: RankedUnit, others: Sequence[RankedUnit], kind: QuestionKind) -> Excerpt:
    """Return what to show for the best unit: its list where the list is asked for, else it with what it needs to be read.

    `others` are further good units of any passage; those beside the best one join it while they fit.
    """
    passage, unit = best.ref.passage, best.ref.unit
    limit = limit_for(kind)
    carded = _quoted_by_card(best)
    if len(carded) > 1:
        return _several(passage, carded)
    if kind is QuestionKind.LIST and unit.list_id is not None and unit.kind is UnitKind.ITEM:
        return _whole_list(passage, unit, limit)
    if kind is QuestionKind.LIST and (led := _list_led_by(passage, unit)):
        return _whole_list(passage, led, limit)
    return _with_neighbours(
        passage, unit, {other.position - best.position for other in others if _beside(other, best)}, limit
    )


def _quoted_by_card(best: RankedUnit) -> tuple[Unit, ...]:
    """Return the units that the card nearest to the question quotes: a reader said that these answer it."""
    if best.card is None or best.card_score < _TRUSTED:
        return ()
    span = best.card.span
    return tuple(unit for unit in best.ref.passage.units if unit.span.start < span.end and span.start < unit.span.end)


def _several(passage: Passage, units: Sequence[Unit]) -> Excerpt:
    """Return consecutive units; what of a list does not fit is counted, never left out in silence."""
    last = units[-1]
    if last.list_id is not None and len(units) - 1 <= sum(unit.list_id == last.list_id for unit in units):
        whole = [unit for unit in units if unit.list_id == last.list_id]
        return _listing(passage, whole, MAX_CHARS_LONG)
    shown = list(units)
    while len(shown) > 1 and len(_running(shown)) > MAX_CHARS_LONG:
        shown.pop()
    return Excerpt(_running(shown), passage, _span_of(shown, passage), tuple(shown))


def _beside(other: RankedUnit, best: RankedUnit) -> bool:
    return other.ref.passage.id == best.ref.passage.id and abs(other.position - best.position) <= 2


def _list_led_by(passage: Passage, unit: Unit) -> Unit | None:
    return next((item for item in passage.units if item.introduction_span == unit.span), None)


def _whole_list(passage: Passage, item: Unit, limit: int) -> Excerpt:
    """Return the list of `item` with its introduction; what does not fit is counted, never left out in silence."""
    return _listing(passage, [unit for unit in passage.units if unit.list_id == item.list_id], limit)


def _listing(passage: Passage, items: Sequence[Unit], limit: int) -> Excerpt:
    item = items[0]
    lead = f"{item.introduction} " if item.introduction_span else ""
    shown: list[Unit] = []
    for unit in items:
        if len(lead) + len(_listed([*shown, unit])) > limit - len(" (00 éléments sur 00)"):
            break
        shown.append(unit)
    note = "" if len(shown) == len(items) else f" ({len(shown)} éléments sur {len(items)})"
    if not shown:
        return _cut(passage, item, limit)
    start = (
        item.introduction_span.start
        if item.introduction_span and item.introduction_span in passage.span
        else shown[0].span.start
    )
    return Excerpt(
        f"{lead}{_listed(shown)}{note}",
        passage,
        Span(min(start, shown[0].span.start), shown[-1].span.end),
        tuple(shown),
    )


def _listed(units: Sequence[Unit]) -> str:
    return " ; ".join(unit.text.rstrip(" ;,") for unit in units)


def _with_neighbours(passage: Passage, unit: Unit, wanted: set[int], limit: int) -> Excerpt:
    text = shown_alone(unit)
    if len(text) > limit:
        return _cut(passage, unit, limit)
    units = list(passage.units)
    first = last = units.index(unit)
    for step in sorted(wanted, key=abs):
        low, high = min(first, first + step), max(last, first + step)
        if low >= 0 and high < len(units) and len(_running(units[low : high + 1])) <= limit:
            first, last = low, high
    chosen = units[first : last + 1]
    return Excerpt(_running(chosen), passage, _span_of(chosen, passage), tuple(chosen))


def shown_alone(unit: Unit) -> str:
    """Return a unit as it can be read by itself: an item or row after the words that introduce it, if they are a sentence."""
    if unit.kind is UnitKind.SENTENCE or not unit.introduction_span:
        return unit.text
    return f"{unit.introduction} {unit.text.rstrip(' ;,')}"


def _running(units: Sequence[Unit]) -> str:
    if len(units) == 1:
        return shown_alone(units[0])
    parts = [units[0].text]
    for before, unit in zip(units, units[1:], strict=False):
        parts.append(" ; " if before.kind is not UnitKind.SENTENCE and unit.kind is not UnitKind.SENTENCE else " ")
        parts.append(unit.text)
    return "".join(parts).replace(" ; ;", " ;").replace(", ; ", " ; ").replace("; ; ", "; ")


def _span_of(units: Sequence[Unit], passage: Passage) -> Span:
    start = units[0].span.start
    introduction = units[0].introduction_span
    if len(units) == 1 and introduction is not None and introduction in passage.span:
        between = units[0].span.start - introduction.end
        start = introduction.start if 0 <= between < 40 else start
    return Span(start, units[-1].span.end)


def _cut(passage: Passage, unit: Unit, limit: int) -> Excerpt:
    """Return the beginning of a unit too long to show whole, cut between words and marked as cut."""
    text = unit.text[: limit - 1]
    return Excerpt(text[: text.rfind(" ")].rstrip(" ,;") + _ELLIPSIS, passage, unit.span, (unit,))
