"""What the encoder learns from: a question and the texts that answer it or ask the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from index.errors import EncoderError
from index.facts import Card, placed_facts, read_cards
from index.french.folding import fold
from index.french.sentences import sentences
from index.gaps import read_gaps
from index.model import Fact
from index.reading.limits import Limits
from index.reading.report import Report, read_report
from index.store.fields import unit_in_context, unit_refs, units_of_fact

WINDOW_CHARS = 500  # of a long page on each side of the answer: what lies further off is about something else


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with one or more texts near it, each of which is drawn in turn."""

    question: str
    texts: tuple[str, ...]


class _Answer(BaseModel):
    answer_start: int


class _Question(BaseModel):
    question: str
    answers: list[_Answer]


class _Paragraph(BaseModel):
    context: str
    qas: list[_Question]


class _Article(BaseModel):
    paragraphs: list[_Paragraph]


class _Squad(BaseModel):
    data: list[_Article]


def squad_pairs(path: Path) -> list[Pair]:
    """Return the answered questions of a file in SQuAD's format, with its sentence, those around it and the paragraph.

    Raises:
        EncoderError: the file is missing or of another format.
    """
    try:
        squad = _Squad.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise EncoderError(f"« {path} » n'est pas un fichier de questions au format SQuAD ; donnez-en un autre.") from error
    paragraphs = [paragraph for article in squad.data for paragraph in article.paragraphs]
    return [
        Pair(question.question, _surroundings(paragraph.context, question.answers[0].answer_start))
        for paragraph in paragraphs
        for question in paragraph.qas
        if question.answers
    ]


def _surroundings(context: str, start: int) -> tuple[str, str, str]:
    spans = list(sentences(context))
    place = next((number for number, span in enumerate(spans) if span.start <= start < span.end), 0)
    around = spans[max(0, place - 1) : place + 2]
    page = context[max(0, start - WINDOW_CHARS) : start + WINDOW_CHARS] if len(context) > 3 * WINDOW_CHARS else context
    return spans[place].of(context), context[around[0].start : around[-1].end], page


def card_pairs(path: Path) -> list[Pair]:
    """Return the questions of a file of fact cards, each with the card's quote and its other questions.

    Where the report stands beside the file, the units that the card quotes from are added, as the index embeds them.

    Raises:
        QAError: the file is missing or damaged, or the report is unreadable.
    """
    cards = read_cards(path)
    if not cards:
        raise EncoderError(f"« {path} » ne contient aucune fiche ; vérifiez le chemin.")
    if not (path.parent / "report.toml").exists():
        return [pair for card in cards for pair in _pairs_of(card.questions, [card.quote])]
    report = read_report(path.parent, limits=Limits())
    return [pair for fact, texts in _facts_with_texts(report, cards) for pair in _pairs_of(fact.questions, texts)]


def _facts_with_texts(report: Report, cards: tuple[Card, ...]) -> Iterator[tuple[Fact, list[str]]]:
    units = unit_refs(report.passages)
    for fact in placed_facts(cards, report.document):
        yield fact, [fact.quote, *(unit_in_context(units[place]) for place in units_of_fact(fact, units)[:3])]


def _pairs_of(questions: Sequence[str], texts: Sequence[str]) -> Iterator[Pair]:
    for question in questions:
        yield Pair(question, (*texts, *(other for other in questions if other != question)))


def gap_pairs(path: Path) -> list[Pair]:
    """Return the questions of a file of gaps, each with the other questions of its gap: they ask the same, unanswered.

    Raises:
        QAError: the file is missing or damaged.
    """
    gaps = read_gaps(path)
    if not gaps:
        raise EncoderError(f"« {path} » ne contient aucune lacune ; vérifiez le chemin.")
    return [pair for gap in gaps if len(gap.questions) > 1 for pair in _pairs_of(gap.questions, [])]


class _Everyday(BaseModel):
    texts: list[str]
    questions: list[str]


def everyday_pairs(path: Path) -> list[Pair]:
    """Return the questions of a file of administrative texts with everyday questions, with the texts and one another.

    Raises:
        EncoderError: the file is missing or a line is of another format.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        items = [_Everyday.model_validate_json(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise EncoderError(f"« {path} » n'est pas un fichier de questions courantes ; donnez-en un autre.") from error
    return [pair for item in items for pair in _pairs_of(item.questions, item.texts)]


def without_questions(pairs: Iterable[Pair], banned: Iterable[str]) -> list[Pair]:
    """Return the pairs that neither ask nor answer with one of some questions, however it is written."""
    keys = {_key(question) for question in banned}
    kept = (Pair(pair.question, tuple(text for text in pair.texts if _key(text) not in keys)) for pair in pairs)
    return [pair for pair in kept if pair.texts and _key(pair.question) not in keys]


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
