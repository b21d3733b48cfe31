"""Responses compressed for clients that take them so."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress


def init_app(app: Flask) -> None:
    """Compress text of every kind."""
    Compress(app)
    app.after_request(_read_asset)  # the last to be registered comes first


def _read_asset(response: Response) -> Response:
    """Read an asset whole: Flask-Compress would stream it and leave its file open."""
    if request.endpoint == "static":
        response.direct_passthrough = False
        response.make_sequence()
    return response
