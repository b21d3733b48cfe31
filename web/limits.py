"""How often somebody may ask, and how much they may send."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from qa_service.access import AccessMode
from qa_service.errors import SettingsError
from qa_service.settings import Settings
from web.identity import owner
from web.problems import ProblemError, problem_of
from web.state import settings_in_force

MAX_ADDRESS_BYTES = 4000
MAX_BODY_BYTES = 256 * 1024  # 20 000 characters, each written as a JSON escape, and room to spare
ASKING = (
    "pages.ask_question", "api.create_question", "api.create_check", "checks.check", "checks.export",
    "completions.create_completion",
)  # fmt: skip
STORE_TIMEOUT_S = 0.5  # a store that does not answer holds up one question so long, not each


def init_app(app: Flask, settings: Settings) -> None:
    """Limit the questions and checks of pages and API together; "off" limits nothing.

    Raises:
        SettingsError: the store needs a package that is not installed.
    """
    app.before_request(_refuse_long_addresses)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY_BYTES
    if settings.rate_limit == "off":
        return
    if settings.limiter_store and not find_spec("redis"):
        raise SettingsError(
            "Le client de Redis n'est pas installé ; installez-le (pip install redis), ou retirez QA_LIMITER_STORE."
        )
    app.after_request(_retry_when_refused)  # made before the limiter's own, so that it comes after it
    limiter = Limiter(
        _who,
        app=app,
        application_limits=[settings.rate_limit],
        headers_enabled=True,
        key_prefix="qa-service",
        **_stored(settings.limiter_store),
    )
    limiter.request_filter(lambda: request.endpoint not in ASKING)


def _who() -> str:
    """Return who is counted: somebody known, else an address; a browser's cookie is dropped as easily as it was given."""
    known = settings_in_force().access is not AccessMode.OPEN
    return (known and owner()) or get_remote_address()


def _stored(store: str) -> dict[str, Any]:
    """Return where counts are kept: in each process, or in the store; while that is down, in each process again."""
    if not store:
        return {"storage_uri": "memory://"}
    return {
        "storage_uri": store,
        "storage_options": {"socket_connect_timeout": STORE_TIMEOUT_S, "socket_timeout": STORE_TIMEOUT_S},
        "in_memory_fallback_enabled": True,
        "swallow_errors": True,  # of two questions that meet a store gone down, one would fail beside the fallback
    }


def _refuse_long_addresses() -> None:
    if len(request.path.encode()) + len(request.query_string) > MAX_ADDRESS_BYTES:
        raise ProblemError(problem_of(414))


def _retry_when_refused(response: Response) -> Response:
    if response.status_code != 429:
        response.headers.pop("Retry-After", None)
    return response
