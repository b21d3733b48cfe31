"""Saying that the report does not say, and what it does say instead."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.answering.citing import cite
from qa_service.answering.evidence import Unmet
from qa_service.answering.excerpt import unit_excerpt
from qa_service.model import Alternative, Answer, AnswerStatus
from qa_service.ranking.ranker import RankedUnit
from qa_service.understanding.query import Query

_WORTH_READING = 0.45  # share of the question's words, by weight, that a passage needs to be worth showing
_MAX_ALTERNATIVES = 2


def refusal(
    query: Query, question: str, ranked: Sequence[RankedUnit], unmet: Sequence[Unmet], covered: float, confidence: float
) -> Answer:
    """Return the answer that says what the report does not give, with the nearest passages if they are worth reading."""
    near = ranked if covered >= _WORTH_READING else ()
    return Answer(
        status=AnswerStatus.NOT_FOUND,
        question=question,
        understood_as=query.understood_as,
        kind=query.kind,
        text=_text(query, near, unmet),
        confidence=confidence,
        alternatives=_alternatives(near),
    )


def _text(query: Query, near: Sequence[RankedUnit], unmet: Sequence[Unmet]) -> str:
    if not near:
        return "Je n'ai pas trouvé la réponse dans le rapport. Essayez avec d'autres mots, ou précisez le sujet."
    years = sorted(near[0].traits.years - set(query.constraints.years))
    if Unmet.YEAR in unmet:
        asked = " ou ".join(query.constraints.years)
        given = _enumerated(years or [near[0].index.document.period])
        return f"Le rapport ne le dit pas pour {asked} ; ce qui s'en rapproche le plus concerne {given}."
    if Unmet.PLACE in unmet:
        named = _enumerated([_capitalised(place) for place in query.constraints.places])
        return f"Le rapport ne le dit pas pour {named} ; voici ce qu'il dit du même sujet."
    reasons = {
        Unmet.FIGURE: "Le rapport en parle, mais ne donne pas ce chiffre.",
        Unmet.QUANTITY: "Le rapport en parle, mais ne donne pas ce chiffre.",
        Unmet.COUNTED: "Le rapport en parle, mais ne donne pas ce chiffre.",
        Unmet.DATE: "Le rapport en parle, mais ne donne pas de date.",
        Unmet.NAME: "Le rapport en parle, mais ne donne pas de nom.",
    }
    said = next((text for reason, text in reasons.items() if reason in unmet), "")
    return said or "Le rapport ne semble pas répondre à cette question ; voici les passages qui s'en rapprochent le plus."


def _capitalised(place: str) -> str:
    return "-".join(part.capitalize() if len(part) > 3 else part for part in place.split())


def _enumerated(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


def _alternatives(near: Sequence[RankedUnit]) -> tuple[Alternative, ...]:
    chosen: list[RankedUnit] = []
    for unit in near:
        if unit.ref.passage.id not in {other.ref.passage.id for other in chosen}:
            chosen.append(unit)
        if len(chosen) == _MAX_ALTERNATIVES:
            break
    excerpts = [(unit, unit_excerpt(unit)) for unit in chosen]
    return tuple(
        Alternative(text=excerpt.text, citation=cite(number, excerpt, unit.index.document.text))
        for number, (unit, excerpt) in enumerate(excerpts, start=1)
    )
