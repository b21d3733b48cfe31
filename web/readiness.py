"""Whether questions can be answered right now."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app

from qa_service.model import Question
from web.problems import ProblemError, problem_of
from web.state import current_conversations, current_service

STOPPING = "QA_STOPPING"  # the server's own word in the application's configuration: whether this worker takes its leave


def check_ready() -> int:
    """Return how many reports answer, each after a real search, the database after a real query.

    Raises:
        ProblemError: the server is being stopped, or a report is not found by its own title (503).
        IndexStateError: there is no usable index.
        DatabaseError: the conversations cannot be read.
    """
    stopping: Callable[[], bool] | None = current_app.config.get(STOPPING)
    if stopping and stopping():
        raise ProblemError(problem_of(503, "Le service s'arrête."))
    current_conversations().list_of("")  # nobody's: a query that finds nothing
    service = current_service()
    for document in (report.document for report in service.reports):
        if not service.retrieve(Question(document.title, document=document.slug), top_k=1):
            raise ProblemError(problem_of(503, f"L'index de « {document.title} » ne donne rien ; lancez : qa-service build"))
    return len(service.reports)
