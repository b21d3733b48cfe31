"""What an application holds between requests: the service, or why there is none, and the conversations."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from index.errors import IndexStateError
from index.store.report_index import ReportIndex
from qa_service.register import Register
from qa_service.service import QAService
from web.conversations import ConversationStore
from web.problems import unknown

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


def report_title(slug: str) -> str:
    """Return the title of the report with this slug; the slug if it is no longer indexed."""
    service = _state().service
    titles = (report.document.title for report in service.reports if report.document.slug == slug) if service else iter(())
    return next(titles, slug)


def current_conversations() -> ConversationStore:
    """Return the running application's conversations."""
    return _state().conversations


def _state() -> State:
    state: State = current_app.extensions[EXTENSION]
    return state
