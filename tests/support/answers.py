"""Answers made by hand over the real report: every part that a page can show, at known places."""

from decimal import Decimal
from functools import cache

from index.model import Figure, FigureKind, Passage
from index.reading.limits import Limits
from index.reading.report import read_report
from qa_service.model import Alternative, Answer, AnswerStatus, Citation, CitedFigure, QuestionKind, Warning
from tests.support.report import SEEDS, SLUG, span_of

TRAINED = "76 agents ont suivi une formation"
VOUCHERS = "CESU\t18\t74\t3 715 €\t0 €\t0 €\t234 €\t3 949 €"
TRAINING_DAYS = "217 jours de formation toutes catégories confondues"


@cache
def passages() -> tuple[Passage, ...]:
    """Return the passages of the real report."""
    return read_report(SEEDS / SLUG, limits=Limits()).passages


def citation(quote: str, number: int = 1) -> Citation:
    """Return a citation of `quote` in the passage where it stands."""
    span = span_of(quote)
    passage = next(passage for passage in passages() if span in passage.span)
    return Citation(number=number, passage=passage, quote=quote, span=span)


def figure(text: str, quote: str, **changes: object) -> CitedFigure:
    """Return a count of agents in 2021 that stands in `quote`, with what `changes` says otherwise."""
    start = span_of(quote).start + quote.index(text)
    fields: dict[str, object] = {
        "text": text, "value": Decimal(76), "unit": "agents", "kind": FigureKind.COUNT, "period": "2021",
        "label": "agents ayant suivi une formation", "span": type(span_of(quote))(start, start + len(text)),
    }  # fmt: skip
    return CitedFigure(Figure(**{**fields, **changes}), 1)  # type: ignore[arg-type]  # one place for all kinds


def trained(**changes: object) -> Answer:
    """Return the answer to how many agents were trained, with what `changes` says otherwise."""
    fields: dict[str, object] = {
        "status": AnswerStatus.ANSWERED, "question": "Combien d'agents formés ?", "kind": QuestionKind.FIGURE,
        "understood_as": "combien d'agents formés", "text": TRAINED, "confidence": 0.9,
        "citations": (citation(TRAINED),), "figures": (figure("76", TRAINED),),
    }  # fmt: skip
    return Answer(**{**fields, **changes})  # type: ignore[arg-type]  # as above


def refused() -> Answer:
    """Return a refusal with a neighbouring reading and a warning."""
    return trained(
        status=AnswerStatus.NOT_FOUND, text="Le rapport ne le dit pas pour 2019.", citations=(), figures=(),
        alternatives=(Alternative(text=TRAINING_DAYS, citation=citation(TRAINING_DAYS)),),
        warnings=(Warning("other_year", "Le rapport est celui de 2021 : une autre année manque."),),
    )  # fmt: skip
