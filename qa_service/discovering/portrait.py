"""The portrait of a section: what a service does, its key figures, its year, its plans, its people, in the report's words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby, islice

from index.french.folding import fold, same_length_fold
from index.model import FigureKind, GlossaryEntry, Passage, Section, Span, Unit, UnitKind
from index.reading.lines import PROSPECTS, RETROSPECTS
from index.store.report_index import ReportIndex
from qa_service.discovering.terms import TermFinder
from qa_service.register import Row
from qa_service.understanding.people import persons

_MAX_FIGURES, _MAX_MILESTONES, _MAX_SENTENCES = 6, 10, 5
_SHORTEST_SENTENCE = 40  # characters; below, a sentence torn off its table or picture
_LONGEST_SENTENCE = 240  # beside a key figure
_NEAR = 50  # characters before or after a name within which a role is that person's
_NOT_KEY = frozenset({FigureKind.DATE, FigureKind.DURATION})  # what happened when is no key figure
_WORDS = tomllib.loads(files(__package__).joinpath("data", "portraits.toml").read_text(encoding="utf-8"))


def _beginnings(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_WORDS[name]) + ")")


_PARTNERS, _ROLES = _beginnings("partners"), _beginnings("roles")
_MISSIONS, _RETROSPECTS = re.compile("|".join(_WORDS["missions"])), re.compile("|".join(_WORDS["retrospects"]))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or row of the report, with its passage."""

    passage: Passage
    span: Span


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a sub-heading announces, and the sentence that it opens with; `heading` is "" where there is none of its own."""

    heading: str
    opening: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """`mission` is the passage that says what the service does; each of the rest is in reading order, () where the report
    says nothing of the kind.
    """

    section: Section
    mission: Passage | None
    figures: tuple[Row, ...]
    milestones: tuple[Milestone, ...]
    plans: tuple[Milestone, ...]
    people: tuple[Sentence, ...]
    partners: tuple[Sentence, ...]
    terms: tuple[GlossaryEntry, ...]


def portrait_of(
    section: Section, report: ReportIndex, rows: Iterable[Row], terms: TermFinder, asked: Mapping[Span, int]
) -> Portrait:
    """Return the portrait of a section of `report`.

    `rows` are the figures of that report, in reading order, `asked` how many questions of its cards ask for each.
    """
    passages = [passage for passage in report.passages if passage.span in section.span]
    plans = [passage for passage in passages if _under(passage, PROSPECTS)]
    past = [passage for passage in passages if passage not in plans]
    mission = next((passage for passage in past if _tells_mission(passage)), past[0] if past else None)
    told = [passage for passage in past if _under(passage, RETROSPECTS) or _under(passage, _RETROSPECTS)]
    told = told or [passage for passage in past if passage is not mission and not _under(passage, _MISSIONS)]
    sentences = [Sentence(passage, unit.span) for passage in passages for unit in passage.units if _is_whole(unit)]
    text = report.document.text
    mentions = (mention.entry for mention in terms.mentions(text, section.span))
    return Portrait(
        section=section,
        mission=mission,
        figures=_key_figures(asked, [row for row in rows if section.id in row.sections]),
        milestones=_milestones(told),
        plans=_milestones(plans),
        people=tuple(one for one in sentences if _names_person(one.span.of(text)))[:_MAX_SENTENCES],
        partners=_partners(sentences, text),
        terms=tuple(sorted(dict.fromkeys(mentions), key=lambda entry: fold(entry.term))),
    )


def _under(passage: Passage, pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(_bare(heading)) for heading in passage.headings)


def _bare(heading: str) -> str:
    return fold(heading).lstrip("0123456789 .-–)")


def _tells_mission(passage: Passage) -> bool:
    """Tell whether its heading says that a passage tells what the service is for; an opening without heading does too."""
    return not passage.headings or _under(passage, _MISSIONS)


def _names_person(words: str) -> bool:
    folded = same_length_fold(words)
    return any(_ROLES.search(folded, max(0, name.start - _NEAR), name.end + _NEAR) for name in persons(words))


def _is_whole(unit: Unit) -> bool:
    return unit.kind is not UnitKind.ROW and len(unit.text) >= _SHORTEST_SENTENCE


def _milestones(passages: Sequence[Passage]) -> tuple[Milestone, ...]:
    """Return one for each sub-heading; where there is none, one for each sentence and list item."""
    groups = groupby(passages, key=lambda passage: passage.headings)
    found = (one for headings, group in groups for one in _told_under(_own_heading(headings), tuple(group)))
    return tuple(islice(found, _MAX_MILESTONES))


def _told_under(heading: str, passages: Sequence[Passage]) -> Iterator[Milestone]:
    units = [(passage, unit) for passage in passages for unit in passage.units]
    told = [one for one in units if one[1].kind is UnitKind.ITEM or _is_whole(one[1])]
    opening = [one for one in told if not one[1].text.endswith(":")] or told or units
    for passage, unit in opening[:1] if heading else told:
        yield Milestone(heading, Sentence(passage, unit.span))


def _own_heading(headings: Sequence[str]) -> str:
    """Return the nearest sub-heading, "" for one that only says which year is told."""
    nearest = headings[-1] if headings else ""
    return "" if PROSPECTS.fullmatch(_bare(nearest)) or RETROSPECTS.fullmatch(_bare(nearest)) else nearest


def _partners(sentences: Sequence[Sentence], text: str) -> tuple[Sentence, ...]:
    """Return the sentences that say with whom the service works and name somebody: a capital inside, past the first word."""
    return tuple(_named_partners(sentences, text))[:_MAX_SENTENCES]


def _named_partners(sentences: Sequence[Sentence], text: str) -> Iterator[Sentence]:
    for sentence in sentences:
        words = sentence.span.of(text)
        if (said := _PARTNERS.search(same_length_fold(words))) and re.search(r"[A-ZÀ-Þ]", words[said.start() + 1 :]):
            yield sentence


def _key_figures(asked: Mapping[Span, int], rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the figures that the cards ask for most, one a sentence; without cards those that say what they count."""
    fit = [row for row in rows if _is_key(row)]
    ranked = sorted(fit, key=lambda row: (-asked.get(row.figure.span, 0), row.figure.span))
    chosen = list({row.sentence: row for row in reversed(ranked)}.values())
    best = sorted(chosen, key=ranked.index)[:_MAX_FIGURES]
    return tuple(sorted(best, key=lambda row: row.figure.span))


def _is_key(row: Row) -> bool:
    """Tell whether a figure can stand by itself: it says what it counts, in digits, and nothing is wrong with it."""
    figure = row.figure
    return bool(
        figure.kind not in _NOT_KEY
        and figure.label
        and "\t" not in row.text  # a row of a table says little by itself
        and len(row.text) <= _LONGEST_SENTENCE
        and not row.findings
        and figure.text[:1] not in "+-−"  # a change says little without what changed
        and any(map(str.isdigit, figure.text))
    )
