"""`qa-service serve`."""

from __future__ import annotations

import os

import click

from index.errors import QAError
from qa_service.settings import Settings
from web.server import serve_forever

_DEFAULT = Settings()
_PORT, _WORKERS = click.IntRange(0, 65_535), click.IntRange(1, 64)


@click.command(context_settings={"show_default": True})
@click.option("--host", envvar=["QA_HOST", "HOST"], default=_DEFAULT.host, help="Adresse d'écoute.")
@click.option("--port", envvar=["QA_PORT", "PORT"], default=_DEFAULT.port, type=_PORT, help="Port (0 : un libre).")
@click.option("--workers", envvar="QA_WORKERS", default=_DEFAULT.workers, type=_WORKERS, help="Nombre de processus.")
def serve(host: str, port: int, workers: int) -> None:
    """Servir les pages et l'interface JSON, jusqu'à Ctrl-C (HOST et PORT règlent aussi l'adresse)."""
    try:
        Settings.from_env(os.environ)
        serve_forever(host, port, workers, on_ready=_announce)
    except QAError as error:
        raise click.ClickException(str(error)) from error


def _announce(url: str) -> None:
    click.echo(f"Le service répond sur {url} (Ctrl-C pour l'arrêter).", err=True)
