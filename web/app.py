"""The application factory."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from index.errors import IndexStateError
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import load_service
from web import (
    api,
    api_docs,
    checks,
    completions,
    compression,
    corrections,
    discover,
    errors,
    feedback,
    figures,
    glossary,
    hosts,
    insights,
    limits,
    observing,
    pages,
    quality,
    reader,
    report_search,
    security,
    sharing,
)
from web.access import guard, oidc
from web.conversations import ConversationStore
from web.explaining import explanation
from web.identity import may_correct
from web.state import EXTENSION, State
from web.storage.corrections import CorrectionStore
from web.storage.retention import Retention
from web.storage.schema import open_database
from web.storage.tokens import TokenStore
from web.typography import french, kind_label, pages_label, period_label

_ONE_YEAR_S = 365 * 24 * 3600


def create_app(settings: Settings | None = None, *, service: QAService | None = None) -> Flask:
    """Return the application; without a usable index it starts all the same and says what to do.

    Raises:
        SettingsError: a setting is unknown, wrong or missing, or needs a package that is not installed.
        StorageError: the conversations cannot be kept.
    """
    settings = settings or Settings.from_env(os.environ)
    settings.check_access()
    app = observing.ObservedFlask(__name__)
    app.extensions[EXTENSION] = _state(settings, service)
    observing.init_app(app, settings)
    app.register_blueprint(pages.bp)
    app.register_blueprint(reader.bp)
    app.register_blueprint(report_search.bp)
    app.register_blueprint(figures.bp)
    app.register_blueprint(checks.bp)
    app.register_blueprint(insights.bp)
    app.register_blueprint(glossary.bp)
    app.register_blueprint(corrections.bp)
    app.register_blueprint(discover.bp)
    app.register_blueprint(quality.bp)
    app.register_blueprint(feedback.bp)
    app.register_blueprint(sharing.bp)
    app.register_blueprint(api.bp)
    app.register_blueprint(api.health)
    app.register_blueprint(completions.bp)
    app.register_blueprint(api_docs.bp)
    errors.init_app(app)
    security.init_app(app)
    oidc.init_app(app, settings)
    guard.init_app(app, settings)
    limits.init_app(app, settings)
    _set_up_templates(app)
    compression.init_app(app)
    hosts.init_app(app)
    _trust_proxies(app, settings.trusted_proxies)
    return app


def _state(settings: Settings, service: QAService | None) -> State:
    reason = ""
    try:
        service = service or load_service(settings)
    except IndexStateError as error:
        reason = str(error)
    register = service.register if service else None
    engine = open_database(settings)
    retention = Retention(engine, settings.retention_days)
    stores = ConversationStore(engine), CorrectionStore(engine), retention, TokenStore(engine)
    return State(service, reason, register, *stores, settings)


def _set_up_templates(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _ONE_YEAR_S  # an asset's address changes with its content
    versions = {path.name: sha256(path.read_bytes()).hexdigest()[:12] for path in _assets(app)}
    app.add_template_global(lambda name: url_for("static", filename=name, v=versions[name]), "asset")
    app.add_template_filter(french)
    app.add_template_filter(period_label)
    app.add_template_filter(kind_label)
    app.add_template_global(pages_label)
    app.add_template_global(explanation)
    app.add_template_global(may_correct)


def _assets(app: Flask) -> list[Path]:
    return [path for path in Path(app.static_folder or "").iterdir() if path.is_file()]


def _trust_proxies(app: Flask, count: int) -> None:
    if count:
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # the way that Flask documents
