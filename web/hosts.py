"""The name that a client asks for: one that can be none is refused before anything makes an address of it."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

from flask import Flask, request

from web.problems import ProblemError, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LABEL = r"[A-Za-z0-9_-]{1,63}"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*\.?|\[(?P<address>[0-9A-Fa-f:.]+)\])(?::[0-9]{{1,5}})?")
_MAX_HOST_CHARS = 260  # RFC 1035: 253 for a name, and its port
_REFUSED = "qa_service.refused_host"


def init_app(app: Flask) -> None:
    """Refuse requests for a host that no name can be (400); call it before what takes the name from a proxy's header."""
    app.wsgi_app = _Hosts(app.wsgi_app)  # type: ignore[method-assign]  # the way that Flask documents
    app.before_request(_refuse)


class _Hosts:
    """Puts a name in the place of an impossible one, so that the refusal itself can be written."""

    def __init__(self, wsgi_app: WSGIApplication) -> None:
        self._wsgi_app = wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        if host and not _possible(host):
            environ["HTTP_HOST"], environ[_REFUSED] = "localhost", True
        return self._wsgi_app(environ, start_response)


def _possible(host: str) -> bool:
    read = _HOST.fullmatch(host) if len(host) <= _MAX_HOST_CHARS else None
    if read and read["address"]:
        try:
            IPv6Address(read["address"])
        except ValueError:
            return False
    return read is not None


def _refuse() -> None:
    if request.environ.get(_REFUSED):
        raise ProblemError(problem_of(400, "L'en-tête « Host » de la requête n'est pas un nom d'hôte."))
