"""Who asks, as an API token says."""

from __future__ import annotations

from flask import request

from web.access.owners import owner_of_token
from web.identity import Identity, Role
from web.problems import ProblemError, problem_of
from web.state import current_tokens
from web.storage.tokens import PREFIX

_SCHEME = "bearer"


def identity() -> Identity | None:
    """Return whom the token of a request stands for; None for a request without one of ours.

    Raises:
        ProblemError: there is no such token, or it has expired (401).
    """
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != _SCHEME or not given.startswith(PREFIX):
        return None
    token = current_tokens().find(given.strip())
    if token is None:
        raise ProblemError(problem_of(401, "Ce jeton n'existe pas, ou n'est plus valable ; qui tient le service en donne."))
    return Identity(owner_of_token(token.id), token.name, Role[token.role.upper()])
