"""Who asks, and what they may do."""

from __future__ import annotations

from enum import IntEnum

from flask import request

from web.problems import ProblemError, problem_of
from web.security import owner

_LOOPBACK = ("127.0.0.1", "::1")


class Role(IntEnum):
    """What somebody may do; each may do what those before it may."""

    READER = 1  # ask, read, check, judge what they asked
    EDITOR = 2  # correct answers
    ADMIN = 3  # everything


def current_role() -> Role:
    """Return the role of who asks: who sits at the machine may do everything, who comes from elsewhere only ask and read."""
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For"))
    return Role.ADMIN if request.remote_addr in _LOOPBACK and not forwarded else Role.READER


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


__all__ = ["Role", "current_name", "current_role", "may_correct", "owner", "require"]
