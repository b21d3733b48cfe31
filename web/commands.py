"""`qa-service serve`."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import click

from index.errors import QAError
from qa_service.settings import CONFIG, Settings
from web import logs
from web.serving.server import serve_forever

_DEFAULT = Settings()
_PORT, _WORKERS = click.IntRange(0, 65_535), click.IntRange(1, 64)
_log = logging.getLogger(__name__)


@click.command(context_settings={"show_default": True})
@click.option("--host", envvar=["QA_HOST", "HOST"], show_default=_DEFAULT.host, help="Adresse d'écoute.")
@click.option("--port", envvar=["QA_PORT", "PORT"], type=_PORT, show_default=str(_DEFAULT.port), help="Port (0 : un libre).")
@click.option("--workers", envvar="QA_WORKERS", type=_WORKERS, show_default=str(_DEFAULT.workers), help="Nombre de processus.")
@click.option("--config", envvar=CONFIG, type=click.Path(path_type=Path), help="Fichier TOML de réglages.")
def serve(host: str | None, port: int | None, workers: int | None, config: Path | None) -> None:
    """Servir les pages et l'interface JSON, jusqu'à Ctrl-C (HOST et PORT règlent aussi l'adresse)."""
    typed = {"QA_HOST": host, "QA_PORT": port, "QA_WORKERS": workers, CONFIG: config}
    try:
        given = {name: str(value) for name, value in typed.items() if value is not None}
        settings = Settings.from_env({**os.environ, **given})
        logs.configure(settings)
        serve_forever(settings, on_ready=lambda url: _announce(url, settings))
    except QAError as error:
        raise click.ClickException(str(error)) from error


def _announce(url: str, settings: Settings) -> None:
    if logs.writes_text(settings):
        click.echo(f"Le service répond sur {url} (Ctrl-C pour l'arrêter).", err=True)
    else:
        _log.info("serving", extra={"url": url})
