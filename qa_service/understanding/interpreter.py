"""The whole of understanding: a question with its history becomes a `Query`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index.french.tokens import terms
from index.model import FigureKind, GlossaryEntry
from qa_service.model import Question, QuestionKind
from qa_service.understanding.conversation import Completed, Conversation
from qa_service.understanding.glossary import Glossary
from qa_service.understanding.kinds import asks_human, counted_stem, quantities_asked, question_kind
from qa_service.understanding.places import Places
from qa_service.understanding.query import Constraints, Query, Statement
from qa_service.understanding.spelling import Speller
from qa_service.understanding.synonyms import RELATED, related_stems
from qa_service.understanding.years import YEAR

_TOPIC = 0.5  # what a word of the earlier question weighs in a follow-up
_AUTHORITY = 0.1  # the authority's own name stands for the whole report and points nowhere in it
_ASKING = 0.3  # words that say what is asked for, not about what: "montant", "nombre"
_TITLE, _AROUND, _SENTENCE = 0.2, 0.3, 0.6  # what words around a statement weigh, the nearer the more. Not tuned
_COUNTING = "Combien de {} : {}"  # what a statement counts, said as a question says it
_MAX_WORDS = 60  # of a longer text, what comes after says no more


class Interpreter:
    """Reads questions against the words, places and names of the indexed reports."""

    def __init__(
        self,
        words: Mapping[str, int],
        places: Places,
        glossary: Iterable[GlossaryEntry],
        names: Iterable[str],
        *,
        period: str,
    ) -> None:
        """Take what the reports know: folded words with counts, places, glossary, names of authorities, last period."""
        self._speller = Speller(words)
        self._conversation = Conversation()
        self._places = places
        self._glossary = Glossary(glossary, self._speller.common)
        self._names = {word for name in names for word in terms(name)}
        self._period = period

    def interpret(self, question: Question) -> Query:
        """Return the query that `question` makes."""
        reply = self._conversation.small_talk(question.text)
        if reply:
            return Query(
                text=question.text,
                understood_as=question.text,
                kind=QuestionKind.OTHER,
                terms={},
                own=(),
                small_talk=reply,
            )
        completed = self._conversation.complete(question.text, question.history, period=self._period)
        text = self._speller.corrected(completed.text)
        understood = self._speller.corrected(completed.understood_as)
        own = tuple(dict.fromkeys(terms(text)))[:_MAX_WORDS]
        return Query(
            text=text,
            understood_as=understood,
            kind=self._kind(text, completed),
            terms=self._weights(text, own, tuple(terms(completed.topic))),
            own=own,
            constraints=self._constraints(text, completed),
            entries=self._glossary.asked_in(text),
        )

    def interpret_statement(self, stated: Statement) -> Query:
        """Return the query for what a statement gives the figure of: its own words first, those around it less."""
        clause, told = self._speller.corrected(stated.clause), self._speller.corrected(stated.told)
        own = tuple(dict.fromkeys(terms(clause)))[:_MAX_WORDS]
        around = {stated.title: _TITLE, stated.before: _AROUND, told: _SENTENCE}
        weights = dict.fromkeys(sorted(related_stems(own) | self._glossary.related_terms(told)), RELATED)
        for text, weight in around.items():
            weights |= dict.fromkeys(terms(text)[:_MAX_WORDS], weight)
        weights |= dict.fromkeys(own, 1.0)
        weights |= dict.fromkeys(sorted(self._names & weights.keys()), _AUTHORITY)
        asked = _COUNTING.format(stated.noun, told) if stated.noun else told
        return Query(
            text=asked,
            understood_as=" ".join(filter(None, (stated.title, stated.before, told))),
            kind=QuestionKind.DATE if stated.kind is FigureKind.DATE else QuestionKind.FIGURE,
            terms={word: weight for word, weight in weights.items() if not word[0].isdigit()},
            own=own,
            constraints=Constraints(
                years=stated.years,
                places=self._places.named_in(self._glossary.without_names(told)),
                figures=frozenset() if stated.kind is FigureKind.DATE else frozenset({stated.kind}),
            ),
        )

    def _kind(self, text: str, completed: Completed) -> QuestionKind:
        kind = question_kind(text)
        before = completed.topic or completed.corrects
        return question_kind(before) if kind is QuestionKind.OTHER and before else kind

    def _weights(self, text: str, own: Sequence[str], topic: Sequence[str]) -> dict[str, float]:
        related = related_stems(own) | self._glossary.related_terms(text)
        weights = dict.fromkeys(sorted(related), RELATED)  # a set has another order in each process
        weights |= dict.fromkeys(topic, _TOPIC)
        weights |= {word: _ASKING if word in _ASKING_STEMS else 1.0 for word in own}
        if len(weights) > len(self._names):
            weights |= dict.fromkeys(sorted(self._names & weights.keys()), _AUTHORITY)
        years = set(YEAR.findall(text))
        return {word: weight for word, weight in weights.items() if word not in years}

    def _constraints(self, text: str, completed: Completed) -> Constraints:
        own_years = tuple(dict.fromkeys(YEAR.findall(text)))
        own_places = self._places.named_in(self._glossary.without_names(text))
        # "Et en 2020 ?" asks for the same quantity as before, "Et combien d'agents ?" for one of its own.
        inherits = bool(completed.topic) and question_kind(text) is QuestionKind.OTHER
        figures = quantities_asked(text) or (quantities_asked(completed.topic) if inherits else frozenset())
        return Constraints(
            years=own_years or tuple(dict.fromkeys(YEAR.findall(completed.topic))),
            places=own_places or self._places.named_in(self._glossary.without_names(completed.topic)),
            figures=figures,
            human=asks_human(text),
            counted=counted_stem(text),
        )


_ASKING_STEMS = frozenset(terms("montant nombre total chiffre chiffres date annee liste nom prevu prevus prevue globale"))
