"""Who asks, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Response, g, request

from qa_service.access import AccessMode, is_loopback
from web.problems import ProblemError, problem_of
from web.security import browser, remember
from web.state import settings_in_force

_BY_PROXY = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")


class Role(IntEnum):
    """What somebody may do; each may do what those before it may."""

    READER = 1  # ask, read, check, judge what they asked
    EDITOR = 2  # correct answers
    ADMIN = 3  # everything


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: the id that their conversations go by, None for nobody's; what others call them, "" where nothing says."""

    owner: str | None
    name: str
    role: Role


def current_identity() -> Identity:
    """Return who asks. In an open service: a browser, which may do everything on the machine itself, else ask and read."""
    if "identity" in g:
        known: Identity = g.identity
        return known
    if settings_in_force().access is AccessMode.OPEN:
        return Identity(browser(), "", Role.ADMIN if from_this_machine() else Role.READER)
    return Identity(None, "", Role.READER)


def owner() -> str | None:
    """Return the id that the conversations of who asks go by, None for nobody's."""
    return current_identity().owner


def from_this_machine() -> bool:
    """Tell whether who asks sits at the machine; a proxy that the settings do not name may stand before anybody."""
    if settings_in_force().trusted_proxies == 0 and (_through_a_proxy() or not _by_its_own_name()):
        return False
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _through_a_proxy() -> bool:
    return any(name in request.headers for name in _BY_PROXY)


def _by_its_own_name() -> bool:
    """Tell whether the browser was given this machine's own name: a page of another site may point its name here."""
    return is_loopback(urlsplit(f"//{request.host}").hostname or "")


def remembered(response: Response, owner_id: str) -> Response:
    """Return a response by which an open service knows the browser again; others know their users by themselves."""
    return remember(response, owner_id) if settings_in_force().access is AccessMode.OPEN else response


def require(role: Role) -> None:
    """Let nobody pass who has not this role or a higher one.

    Raises:
        ProblemError: they have not (403).
    """
    if current_identity().role < role:
        raise ProblemError(problem_of(403, "Votre compte ne permet pas cela ; demandez à qui tient le service."))


def may_correct() -> bool:
    """Tell whether who asks may correct answers, for the templates."""
    return current_identity().role >= Role.EDITOR
