"""Who asks, and what they may do."""

from __future__ import annotations

from enum import IntEnum
from ipaddress import ip_address

from flask import request

from web.problems import ProblemError, problem_of
from web.security import owner
from web.state import settings_in_force

_BY_PROXY = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")


class Role(IntEnum):
    """What somebody may do; each may do what those before it may."""

    READER = 1  # ask, read, check, judge what they asked
    EDITOR = 2  # correct answers
    ADMIN = 3  # everything


def current_role() -> Role:
    """Return the role of who asks: who sits at the machine may do everything, who comes from elsewhere only ask and read."""
    return Role.ADMIN if from_this_machine() else Role.READER


def from_this_machine() -> bool:
    """Tell whether who asks sits at the machine; a proxy that the settings do not name may stand before anybody."""
    if settings_in_force().trusted_proxies == 0 and any(name in request.headers for name in _BY_PROXY):
        return False
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def current_name() -> str:
    """Return what who asks is called by others, "" where nothing says."""
    return ""


def require(role: Role) -> None:
    """Let nobody pass who has not this role or a higher one.

    Raises:
        ProblemError: they have not (403).
    """
    if current_role() < role:
        raise ProblemError(problem_of(403, "Votre compte ne permet pas cela ; demandez à qui tient le service."))


def may_correct() -> bool:
    """Tell whether who asks may correct answers, for the templates."""
    return current_role() >= Role.EDITOR


__all__ = ["Role", "current_name", "current_role", "from_this_machine", "may_correct", "owner", "require"]
