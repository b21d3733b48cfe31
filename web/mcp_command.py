"""`qa-service mcp`."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import urlsplit

import click

from index.errors import QAError
from qa_service.settings import Settings
from qa_service.wiring import load_service


@click.command()
@click.option("--site", metavar="ADRESSE", help="Où sont les pages, pour les liens (sinon : selon QA_HOST et QA_PORT).")
def mcp(site: str | None) -> None:
    """Servir le rapport à un assistant, par le protocole MCP sur l'entrée et la sortie standard."""
    if find_spec("mcp") is None:
        raise click.ClickException("il manque le paquet « mcp » ; installez-le : pip install 'mcp>=2.3'")
    try:
        settings = Settings.from_env(os.environ)
        site = site or f"http://{settings.host}:{settings.port}"
        if urlsplit(site).scheme not in ("http", "https") or not urlsplit(site).netloc:
            raise click.ClickException(f"« {site} » n'est pas une adresse ; donnez-la entière : https://rapport.exemple.fr")
        # Only here: an extra package, which `--help` and an installation without it do not need.
        import_module("web.mcp_server").serve(load_service(settings), site)
    except QAError as error:
        raise click.ClickException(str(error)) from error
