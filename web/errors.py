"""The last stop of every error: a problem document for programs, a page for people."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from gunicorn.http.errors import NoMoreData, ParseException  # type: ignore[import-untyped]  # gunicorn ships no annotations
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from index.errors import QAError
from qa_service.errors import DraftError
from web.conversations import ConversationNotFoundError
from web.observing import request_id
from web.problems import ProblemError, problem_of
from web.schemas.answers import Problem
from web.schemas.completions import CompletionErrorOut

SCRIPT_HEADER = "X-Requested-With"  # our own script sends it: it wants problem documents too
_MACHINE_PATHS, _OPENAI_PATHS = ("/api/", "/health/", "/metrics"), ("/v1/",)
_log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Map each exception that a request can raise to its response."""
    app.register_error_handler(ProblemError, lambda error: respond(error.problem))
    app.register_error_handler(DraftError, lambda error: respond(problem_of(422, str(error))))
    app.register_error_handler(QAError, lambda error: respond(problem_of(503, str(error), code="no_index")))
    app.register_error_handler(ConversationNotFoundError, _no_conversation)
    app.register_error_handler(DatabaseError, _no_database)
    app.register_error_handler(PoolTimeoutError, _no_database)
    app.register_error_handler(ParseException, _no_body)
    app.register_error_handler(NoMoreData, _no_body)
    app.register_error_handler(HTTPException, _http_error)


def respond(problem: Problem) -> Response:
    """Return the problem as a document or as a page, whichever the client reads; in OpenAI's envelope to its clients."""
    if problem.status >= 500:  # ours to find in the log; to any other the header is enough
        problem = problem.model_copy(update={"request_id": request_id()})
    if request.path.startswith(_OPENAI_PATHS):
        response = make_response(CompletionErrorOut.of(problem).model_dump_json())
        response.mimetype = "application/json"
    elif not wants_page():
        response = make_response(problem.model_dump_json())
        response.mimetype = "application/problem+json"
    else:
        response = make_response(render_template("error.html", problem=problem, request_id=request_id(), typed=_typed()))
    # OpenAI's clients know a field that is wrong as 400.
    response.status_code = 400 if problem.status == 422 and request.path.startswith(_OPENAI_PATHS) else problem.status
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def wants_page() -> bool:
    """Tell whether a person reads the response, not a program or our script."""
    return not request.path.startswith((*_MACHINE_PATHS, *_OPENAI_PATHS)) and SCRIPT_HEADER not in request.headers


def _typed() -> ImmutableMultiDict[str, str]:
    """Return what the form of the request has; nothing where the form itself is what cannot be read."""
    try:
        return request.form
    except (HTTPException, ParseException, NoMoreData):
        return ImmutableMultiDict()


def _http_error(error: HTTPException) -> ResponseReturnValue:
    """Keep the headers that say more (`Allow`, `Retry-After`); an unexpected error arrives here as a 500, logged."""
    if error.code is None or error.code < 400:
        return error.get_response()
    response = respond(problem_of(error.code))
    response.headers.extend([pair for pair in error.get_headers() if pair[0] != "Content-Type"])
    return response


def _no_body(_: Exception) -> Response:
    return respond(problem_of(400, "Le corps de la requête est mal formé, ou incomplet."))


def _no_conversation(_: ConversationNotFoundError) -> Response:
    return respond(problem_of(404, "Cette conversation n'existe plus, ou n'est pas la vôtre."))


def _no_database(error: DatabaseError | PoolTimeoutError) -> Response:
    _log.error("conversation database", exc_info=error)
    return respond(problem_of(503, "La base des conversations ne répond pas ; réessayez dans un instant."))
