"""How often one client address may ask, and how much it may send."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

MAX_BODY_BYTES = 256 * 1024  # 20 000 characters, each written as a JSON escape, and room to spare
ASKING = (
    "pages.ask_question", "api.create_question", "api.create_check", "checks.check", "checks.export",
    "completions.create_completion",
)  # fmt: skip


def init_app(app: Flask, rate_limit: str) -> None:
    """Limit the questions and checks of pages and API together; "off" limits nothing."""
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY_BYTES
    if rate_limit == "off":
        return
    app.after_request(_retry_when_refused)  # made before the limiter's own, so that it comes after it
    limiter = Limiter(
        get_remote_address,
        app=app,
        application_limits=[rate_limit],
        storage_uri="memory://",
        headers_enabled=True,
    )
    limiter.request_filter(lambda: request.endpoint not in ASKING)


def _retry_when_refused(response: Response) -> Response:
    if response.status_code != 429:
        response.headers.pop("Retry-After", None)
    return response
