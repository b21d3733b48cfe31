"""Headers of every response, refusal of other sites' forms, and the cookie that tells browsers apart."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from web.problems import ProblemError, problem_of

OWNER_COOKIE, SESSION_COOKIE = "qa_owner", "qa_session"
_OWNER = re.compile(r"[A-Za-z0-9_-]{43}")  # what secrets.token_urlsafe(32) makes
_ONE_YEAR_S = 365 * 24 * 3600
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_app(app: Flask) -> None:
    """Guard every request and every response."""
    app.before_request(_refuse_other_sites)
    app.after_request(_with_headers)


def browser() -> str | None:
    """Return which browser asks, as its cookie says; None for a client without one."""
    value = request.cookies.get(OWNER_COOKIE, "")
    return value if _OWNER.fullmatch(value) else None


def new_owner() -> str:
    """Return an id for a browser that has none yet; nobody can guess it."""
    return secrets.token_urlsafe(32)


def remember(response: Response, owner_id: str) -> Response:
    """Return `response` with the cookie that gives this browser its conversations back."""
    response.set_cookie(OWNER_COOKIE, owner_id, max_age=_ONE_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def says_where_from() -> bool:
    """Tell whether a request says which page sends it, as browsers do with each that may change something."""
    return any(request.headers.get(name) for name in ("Sec-Fetch-Site", "Origin", "Referer"))


def may_change() -> bool:
    """Tell whether a request may change something."""
    return request.method not in ("GET", "HEAD", "OPTIONS")


def _refuse_other_sites() -> None:
    """A form on another site must not ask or delete in this browser's name (browsers send these headers themselves).

    As OWASP's cheat sheet on cross-site request forgery has it: by Sec-Fetch-Site, for older browsers by Origin or Referer.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if may_change() and not (site in ("same-origin", "none") if site else _from_here()):
        raise ProblemError(problem_of(403))


def _from_here() -> bool:
    """Tell whether a request comes from our own pages, or does not say where from, as programs do."""
    source = request.headers.get("Origin") or request.headers.get("Referer") or None
    try:
        return source is None or urlsplit(source).netloc == request.host
    except ValueError:  # no address, so none of ours
        return False


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:  # by plain HTTP browsers ignore it, and a service without TLS must not lock itself out
        response.headers.setdefault("Strict-Transport-Security", f"max-age={_ONE_YEAR_S}")
    if "identity" in g:  # on a machine that several people use, nothing stays in the browser of whoever was signed in
        response.headers.setdefault("Cache-Control", "private, no-store")
    elif (response.mimetype or "").endswith(("html", "json")):
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
