"""Questions that the reports did not answer, those that differ by case or accents taken as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from index.french.folding import fold
from web.schemas.answers import AnswerOut

_MOST = 50
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question as it was last asked, and how many times."""

    question: str
    times: int


@dataclass(slots=True)
class _Asked:
    question: str
    times: int = 0
    askers: set[str | None] = field(default_factory=set)


def grouped_by_words(
    refusals: Iterable[tuple[str | None, AnswerOut]], owner: str | None, by_all: bool
) -> tuple[Unanswered, ...]:
    """Return what `owner` may see of refusals (who asked, and what was answered), the last first; the most asked first."""
    asked: dict[str, _Asked] = {}
    for asker, answer in refusals:
        if answer.confidence < 1:  # a greeting is answered with certainty, though not by a report
            one = asked.setdefault(fold(answer.question).strip(" ?!."), _Asked(answer.question))
            one.times += 1
            one.askers.add(asker)
    shown = [one for one in asked.values() if by_all or _may_see(one.askers, owner)]
    shown.sort(key=lambda one: -one.times)
    return tuple(Unanswered(one.question, one.times) for one in shown[:_MOST])


def _may_see(askers: set[str | None], owner: str | None) -> bool:
    known = askers - {None}  # without a cookie, two questions may be of one person
    return len(known) >= _SEVERAL or (owner is not None and owner in known)
