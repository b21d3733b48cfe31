"""What an assistant can do with the reports: each tool with what it takes, what it gives, and what it is for, in French."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from index.store.report_index import ReportIndex
from qa_service.model import Question
from qa_service.register import Wanted
from qa_service.service import QAService
from web.conversations import HISTORY_TURNS
from web.problems import unknown
from web.schemas.checks import CheckIn, CheckOut
from web.schemas.figures import FigureRow
from web.schemas.mcp import AskIn, FiguresIn, FiguresOut, OutlineIn, SectionIn, ToldOut
from web.schemas.reports import SectionDetail, SectionList, SectionOut, section_detail

Taken = TypeVar("Taken", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(Generic[Taken]):
    """A tool; `run` needs the context of an application that knows the addresses of the reader.

    It raises ProblemError for what there is not.
    """

    name: str
    title: str
    description: str
    takes: type[Taken]
    gives: type[BaseModel]
    run: Callable[[QAService, Taken], BaseModel]


def _ask(service: QAService, asked: AskIn) -> ToldOut:
    _reports(service, asked.document)
    history = service.history(asked.history[-HISTORY_TURNS:])
    return ToldOut.of(service.ask(Question(asked.question, history, asked.document)))


def _search_figures(service: QAService, asked: FiguresIn) -> FiguresOut:
    _reports(service, asked.document)
    found = service.register.search(
        Wanted(words=asked.words, kind=asked.kind, unit=asked.unit, period=asked.period, document=asked.document or "")
    )
    return FiguresOut(figures=tuple(map(FigureRow.of, found[: asked.limit])), total=len(found))


def _check_text(service: QAService, asked: CheckIn) -> CheckOut:
    return CheckOut.of(service.checker.check(asked.text))


def _list_sections(service: QAService, asked: OutlineIn) -> SectionList:
    reports = _reports(service, asked.document)
    return SectionList(
        sections=tuple(
            SectionOut.of(section, report.document.slug) for report in reports for section in report.document.sections
        )
    )


def _read_section(service: QAService, asked: SectionIn) -> SectionDetail:
    for report in _reports(service, asked.document):
        if section := report.document.section(asked.section_id):
            return section_detail(section, report)
    raise unknown(f"Aucune section ne porte l'identifiant « {asked.section_id} » ; list_sections les donne toutes.")


def _reports(service: QAService, document: str | None) -> tuple[ReportIndex, ...]:
    """Return the report of that name, every report for None; raises ProblemError if there is none."""
    found = tuple(report for report in service.reports if document in (None, report.document.slug))
    if not found:
        known = ", ".join(f"« {report.document.slug} »" for report in service.reports)
        raise unknown(f"Aucun rapport indexé ne s'appelle « {document} » ; au choix : {known}.")
    return found


ASK = Tool(
    name="ask",
    title="Interroger le rapport",
    description=(
        "Répond à une question en français avec les mots du rapport : la réponse, le chiffre demandé, les citations exactes "
        "avec section, pages et lien. « status » vaut « not_found » quand le rapport ne répond pas : ne répondez pas à sa "
        "place. Citez « quote » tel quel, avec ses pages, et signalez « warnings »."
    ),
    takes=AskIn,
    gives=ToldOut,
    run=_ask,
)
SEARCH_FIGURES = Tool(
    name="search_figures",
    title="Chercher des chiffres",
    description=(
        "Cherche dans le registre de tous les chiffres du rapport : valeur, unité, période, ce que le chiffre compte et la "
        "phrase qui le donne. Chaque critère laissé vide laisse tout passer ; « total » compte tous les chiffres trouvés."
    ),
    takes=FiguresIn,
    gives=FiguresOut,
    run=_search_figures,
)
CHECK_TEXT = Tool(
    name="check_text",
    title="Vérifier un texte",
    description=(
        "Compare chaque chiffre d'un texte à ceux du rapport : « confirmed » (confirmé), « rounded » (arrondi), "
        "« contradicted » (contredit) ou « not_found » (introuvable), avec l'explication et la phrase "
        "du rapport. Rien n'est conservé du texte."
    ),
    takes=CheckIn,
    gives=CheckOut,
    run=_check_text,
)
LIST_SECTIONS = Tool(
    name="list_sections",
    title="Lire le plan",
    description="Donne le plan du rapport : les sections avec leur identifiant, leur titre et leurs pages.",
    takes=OutlineIn,
    gives=SectionList,
    run=_list_sections,
)
READ_SECTION = Tool(
    name="read_section",
    title="Lire une section",
    description="Donne le texte d'une section du rapport et de celles qu'elle contient, passage par passage, avec les pages.",
    takes=SectionIn,
    gives=SectionDetail,
    run=_read_section,
)
