"""The concordance: where the words of a report stand, for those who look for words and not for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.french.tokens import is_content, stem, terms, tokenize
from index.model import Passage, Span
from index.store.fields import heading_text
from index.store.report_index import ReportIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A sentence, item or row with words that were looked for; `words` is where they stand in the report."""

    passage: Passage
    sentence: Span
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Passage
    span: Span
    words: Mapping[str, tuple[Span, ...]]
    titles: frozenset[str]


class Concordance:
    """Immutable; safe to share between threads."""

    def __init__(self, reports: Iterable[ReportIndex]) -> None:
        self._sentences = {report.document.slug: tuple(_sentences(report)) for report in reports}

    def find(self, document: str, words: str) -> tuple[Occurrence, ...]:
        """Return the sentences of a report with all these words, whatever their endings, in reading order.

        Words of the titles above a sentence count, but one at least must stand in it. Where no sentence has all words,
        those of passages that have them all are returned.
        """
        wanted, sentences = set(terms(words)), self._sentences[document]
        found = [one for one in sentences if wanted <= one.words.keys() | one.titles and wanted & one.words.keys()]
        return tuple(_occurrence(one, wanted) for one in found or _in_passages(sentences, wanted))


def _sentences(report: ReportIndex) -> Iterable[_Sentence]:
    titles = {passage.id: frozenset(terms(heading_text(passage))) for passage in report.passages}
    for ref in report.units:
        span = ref.unit.span
        places: dict[str, tuple[Span, ...]] = {}
        for token in tokenize(span.of(report.document.text)):
            if is_content(token.text):
                place = Span(token.span.start + span.start, token.span.end + span.start)
                places[stem(token.text)] = (*places.get(stem(token.text), ()), place)
        yield _Sentence(ref.passage, span, places, titles[ref.passage.id])


def _in_passages(sentences: Iterable[_Sentence], wanted: set[str]) -> list[_Sentence]:
    told: dict[str, set[str]] = {}
    for one in sentences:
        told.setdefault(one.passage.id, set()).update(one.words)
    return [one for one in sentences if wanted and wanted <= told[one.passage.id] and wanted & one.words.keys()]


def _occurrence(found: _Sentence, wanted: set[str]) -> Occurrence:
    words = sorted(span for word in wanted for span in found.words.get(word, ()))
    return Occurrence(passage=found.passage, sentence=found.span, words=tuple(words))
