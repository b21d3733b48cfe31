"""Lets in those whom the access mode knows, and tells the others how to be known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from qa_service.access import AccessMode
from qa_service.settings import Settings
from web.access import oidc, proxy, tokens
from web.errors import SCRIPT_HEADER, wants_page
from web.identity import Identity
from web.problems import ProblemError, problem_of
from web.security import may_change, says_where_from
from web.state import settings_in_force

# What is the same for all: what the machine's own checks read, and what pages are dressed with.
SAME_FOR_ALL = frozenset({"health.live", "health.ready", "static"})
OPEN_BLUEPRINTS = frozenset({"metrics", "access"})  # what strangers may have too, by rules of its own, and the way in
_WAYS: Mapping[AccessMode, Callable[[], Identity | None]] = {
    AccessMode.OIDC: oidc.signed_in, AccessMode.PROXY: proxy.identity,
}  # fmt: skip
_HOW = {
    AccessMode.OIDC: "Connectez-vous, ou présentez un jeton (« Authorization: Bearer … »).",
    AccessMode.PROXY: "Ouvrez le service par son adresse habituelle, ou présentez un jeton (« Authorization: Bearer … »).",
    AccessMode.TOKEN: "Présentez un jeton (« Authorization: Bearer … ») ; qui tient le service en donne.",
}
_ENDED = "Votre session est terminée ; reconnectez-vous, puis réessayez."
_FROM_NOWHERE = (
    "Votre navigateur ne dit pas de quelle page vient cette requête (« Origin »). Un programme présente un jeton "
    "(« Authorization: Bearer … »)."
)


def init_app(app: Flask, settings: Settings) -> None:
    """Guard every address, those to come included; an open service has nobody to tell apart."""
    if settings.access is not AccessMode.OPEN:
        app.before_request(_identify)


def _identify() -> ResponseReturnValue | None:
    if request.endpoint in SAME_FOR_ALL:
        return None
    mode = settings_in_force().access
    by_token = tokens.identity()
    identity = by_token or _WAYS.get(mode, _nobody)()
    # A cookie, or a proxy, lets in whatever the browser sends, from whichever page; a token is not sent unasked.
    if identity and not by_token and may_change() and not says_where_from():
        raise ProblemError(problem_of(403, _FROM_NOWHERE))
    if identity is not None:
        g.identity = identity
        return None
    if request.blueprint in OPEN_BLUEPRINTS:
        return None
    if mode is AccessMode.OIDC and request.method == "GET" and wants_page():
        return redirect(oidc.way_in(request.full_path.removesuffix("?")))
    by_a_person = wants_page() or SCRIPT_HEADER in request.headers
    raise ProblemError(problem_of(401, _ENDED if by_a_person and mode is AccessMode.OIDC else _HOW[mode]))


def _nobody() -> None:
    return None
