"""What an application holds between requests: the service, or why there is none, and the conversations."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from index.errors import IndexStateError
from index.model import Section
from index.store.report_index import ReportIndex
from qa_service.discovering.terms import TermFinder
from qa_service.register import Register
from qa_service.service import QAService
from qa_service.settings import Settings
from web.conversations import ConversationStore
from web.problems import unknown
from web.storage.corrections import CorrectionStore
from web.storage.retention import Retention
from web.storage.tokens import TokenStore

EXTENSION = "qa_service"


@dataclass(frozen=True, slots=True)
class State:
    """`service` is None when there is no usable index; `reason` then names the command that mends it.

    `register` is made with the service: who opens it first must not wait for it.
    """

    service: QAService | None
    reason: str
    register: Register | None
    conversations: ConversationStore
    corrections: CorrectionStore
    retention: Retention
    tokens: TokenStore
    settings: Settings


def current_service() -> QAService:
    """Return the running application's service.

    Raises:
        IndexStateError: there is none; the message names the command that mends it.
    """
    state = _state()
    if state.service is None:
        raise IndexStateError(state.reason)
    return state.service


def current_register() -> Register:
    """Return the register of figures; raises as `current_service`."""
    state = _state()
    if state.register is None:
        raise IndexStateError(state.reason)
    return state.register


def current_reports() -> tuple[ReportIndex, ...]:
    """Return the indexed reports; raises as `current_service`."""
    return current_service().reports


def indexed_reports() -> tuple[ReportIndex, ...]:
    """Return the indexed reports; () without a service."""
    service = _state().service
    return service.reports if service else ()


def report_named(slug: str) -> ReportIndex:
    """Return the report with this slug.

    Raises:
        ProblemError: there is none (404).
        IndexStateError: as `current_service`.
    """
    for report in current_reports():
        if report.document.slug == slug:
            return report
    raise unknown(f"Aucun rapport indexé ne s'appelle « {slug} ».")


def section_named(slug: str, section_id: str) -> Section:
    """Return a section of the report with this slug; raises as `report_named`, for a section that there is not too."""
    document = report_named(slug).document
    section = document.section(section_id)
    if section is None:
        raise unknown(f"« {document.title} » n'a pas de section « {section_id} ».")
    return section


def report_title(slug: str) -> str:
    """Return the title of the report with this slug; the slug if it is no longer indexed."""
    service = _state().service
    titles = (report.document.title for report in service.reports if report.document.slug == slug) if service else iter(())
    return next(titles, slug)


def report_terms(slug: str) -> TermFinder | None:
    """Return what finds the glossary's words of the report with this slug; None if it is no longer indexed."""
    service = _state().service
    found = service.discoveries.get(slug) if service else None
    return found.terms if found else None


def settings_in_force() -> Settings:
    """Return the settings that the running application was made with."""
    return _state().settings


def current_corrections() -> CorrectionStore:
    """Return the running application's verified answers."""
    return _state().corrections


def current_tokens() -> TokenStore:
    """Return the running application's API tokens."""
    return _state().tokens


def current_conversations() -> ConversationStore:
    """Return the running application's conversations."""
    return _state().conversations


def _state() -> State:
    state: State = current_app.extensions[EXTENSION]
    return state
