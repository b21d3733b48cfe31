"""What a careful reader would stop at: figures of a report that cannot be right, or that contradict one another.

Few checks, each on what the report prints: a wrong alarm costs more trust than a missed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index.auditing.amounts import impossible_unit, wrong_rates
from index.auditing.changes import wrong_change
from index.auditing.dates import contradicting_dates
from index.auditing.finding import Certainty, Finding, FindingCode
from index.auditing.lists import wrong_counts
from index.auditing.repeats import repeated_sentences
from index.auditing.sums import wrong_sums, wrong_totals
from index.evolutions import Evolution
from index.model import Figure, Passage

__all__ = ["Certainty", "Finding", "FindingCode", "audit"]


def audit(
    text: str,
    passages: Sequence[Passage],
    figures: Mapping[str, Sequence[Figure]],
    evolutions: Iterable[Evolution],
    places: Iterable[str],
) -> tuple[Finding, ...]:
    """Return what is wrong with the figures of a report, in the order of the first figure concerned.

    `text` is the report's, `figures` has those of each passage by its id, `places` the names that the report has for places.
    """
    found = [finding for evolution in evolutions for finding in wrong_change(evolution)]
    found += [*repeated_sentences(passages, figures), *contradicting_dates(text, passages, figures, places)]
    for passage in passages:
        numbers = figures.get(passage.id, ())
        found += [finding for figure in numbers for finding in impossible_unit(figure)]
        found += [*wrong_rates(text, numbers), *wrong_totals(text, passage, numbers)]
        for unit in passage.units:
            inside = [figure for figure in numbers if figure.span in unit.span]
            found += [*wrong_sums(text, inside), *wrong_counts(text, passage, unit, inside)]
    return tuple(sorted(found, key=lambda finding: finding.figures[0]))
