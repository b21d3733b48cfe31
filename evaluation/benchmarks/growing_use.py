"""What grows with use: a question as its conversation gets longer, a check as its text does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle, islice
from statistics import median
from time import perf_counter

from evaluation.benchmarks.curves import Point
from evaluation.cases import Case
from evaluation.drafts import Draft
from qa_service.model import Question
from qa_service.service import QAService

TURNS = (1, 2, 5, 10, 20, 50, 100, 200)
CHARACTERS = (1_250, 2_500, 5_000, 10_000, 20_000)
_ASKED = 40  # questions at each length of the conversation


def question_by_turns(service: QAService, cases: Sequence[Case], turns: Sequence[int] = TURNS) -> Iterator[Point]:
    """Yield the median milliseconds of a question after so many turns, which are the cases' questions over and over."""
    texts = [text for case in cases for text in (*case.history, case.question)]
    history = service.history(list(islice(cycle(texts), max(turns))))
    asked = [case.question for case in cases if case.history] or texts
    for length in turns:
        times = [_ms(partial(service.ask, Question(text, history[-length:]))) for text in islice(cycle(asked), _ASKED)]
        yield Point(length, round(median(times), 3))


def check_by_characters(service: QAService, drafts: Sequence[Draft], characters: Sequence[int] = CHARACTERS) -> Iterator[Point]:
    """Yield the milliseconds that checking the figures of a text of so many characters takes, the least of three."""
    texts = cycle([draft.text for draft in drafts])
    page = "\n\n".join(islice(texts, max(characters) // min(len(draft.text) for draft in drafts) + 1))
    for length in characters:
        yield Point(length, round(min(_ms(partial(service.checker.check, page[:length])) for _ in range(3)), 1))


def _ms(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return (perf_counter() - start) * 1000
