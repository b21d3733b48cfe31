"""What is told of each request: an id that ties its log lines together, one line when it is done, and its numbers."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping
from hashlib import sha256
from time import perf_counter
from types import TracebackType

from flask import Flask, Response, g, request

from qa_service.settings import Settings
from qa_service.timing import Stage
from web import metrics
from web.identity import owner
from web.logs import REQUEST_ID
from web.schemas.answers import AnswerOut

HEADER = "X-Request-Id"
UNROUTED = "unrouted"  # for an address that leads nowhere: as a label, an address would let anybody make labels
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset(("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"))
_log = logging.getLogger(__name__)


class ObservedFlask(Flask):
    """An application whose unexpected errors are logged without the address, which may name a conversation."""

    def log_exception(
        self, exc_info: tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
    ) -> None:
        """Log the error with its traceback."""
        _log.error("unexpected error", exc_info=exc_info, extra={"method": _method(), "route": _route()})


def init_app(app: Flask, settings: Settings) -> None:
    """Observe every request, before all that may refuse it and after all that may change its response."""
    metrics.init_app(app, settings)

    def finish(response: Response) -> Response:
        return _finish(response, tell_who=settings.log_questions)

    app.before_request(_begin)
    app.after_request(finish)
    app.teardown_request(_forget)


def request_id() -> str:
    """Return the id of the request that is being served, "" outside one."""
    return REQUEST_ID.get()


def answered(answer: AnswerOut, kind: str, stages: Mapping[Stage, float]) -> None:
    """Count an answer, and tell of it in the line of its request; `stages` are in seconds."""
    metrics.current_metrics().count_answer(answer.status, stages)
    g.answer = {
        "status": answer.status,
        "confidence": round(answer.confidence, 3),
        "kind": kind,
        "stages_ms": {stage: _ms(seconds) for stage, seconds in stages.items()},
    }
    g.question = answer.question


def _begin() -> None:
    g.started = perf_counter()
    given = request.headers.get(HEADER, "")
    REQUEST_ID.set(given if _SANE_ID.fullmatch(given) else secrets.token_hex(8))


def _finish(response: Response, *, tell_who: bool) -> Response:
    seconds = perf_counter() - g.started
    method, route = _method(), _route()
    metrics.current_metrics().count_request(route=route, method=method, status=response.status_code, seconds=seconds)
    told: dict[str, object] = {"method": method, "route": route, "status": response.status_code, "duration_ms": _ms(seconds)}
    if "answer" in g:
        told["answer"] = g.answer
    if tell_who:
        told |= _who_asks()
    _log.info("request", extra=told)
    response.headers[HEADER] = request_id()
    return response


def _who_asks() -> dict[str, object]:
    """Return what is only told by leave; the owner by a digest, since the cookie itself opens the conversations."""
    who = owner()
    return {
        "client": request.remote_addr,
        "owner": sha256(who.encode()).hexdigest()[:12] if who else None,
        **({"question": g.question} if "question" in g else {}),
    }


def _forget(_: BaseException | None) -> None:
    REQUEST_ID.set("")  # the thread goes on to serve others


def _method() -> str:
    return request.method if request.method in _METHODS else "other"


def _route() -> str:
    return request.url_rule.rule if request.url_rule else UNROUTED


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
