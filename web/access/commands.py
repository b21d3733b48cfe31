"""`qa-service token`: the tokens by which programs use the service."""

from __future__ import annotations

import os

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from qa_service.access import AccessMode
from qa_service.settings import Settings
from web.storage.schema import opened
from web.storage.tokens import ID_CHARS, TokenStore

ROLES = ("reader", "editor", "admin")
_MAX_NAME = 80


@click.group()
def token() -> None:
    """Jetons par lesquels des programmes utilisent le service."""


@token.command()
@click.option("--name", required=True, metavar="NOM", help="Qui ou quoi s'en sert.")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="Ce qu'il permet.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="Durée de validité, en jours.")
def create(name: str, role: str, days: int) -> None:
    """Créer un jeton et l'écrire, une seule fois."""
    name = " ".join(name.split())
    if not 0 < len(name) <= _MAX_NAME or not name.isprintable():
        raise click.ClickException(f"Le nom d'un jeton a de 1 à {_MAX_NAME} caractères, tous lisibles.")
    settings = Settings.from_env(os.environ)
    with opened(settings) as engine:
        made, secret = TokenStore(engine).create(name, role, days=days)
    click.echo(secret)
    click.echo(
        f"Jeton {made.id} pour « {name} », jusqu'au {made.expires_at[:10]} ; gardez-le : il n'est écrit qu'ici.", err=True
    )
    if settings.access is AccessMode.OPEN:
        click.echo("QA_ACCESS vaut « open » : le service répond à tous, sans jeton.", err=True)


@token.command("list")
def list_tokens() -> None:
    """Montrer les jetons ; aucun n'est lisible en entier."""
    with opened(Settings.from_env(os.environ)) as engine:
        tokens = TokenStore(engine).all()
    table = Table(Column("jeton", no_wrap=True, min_width=ID_CHARS), "nom", "rôle", "créé le", "expire le")
    for one in tokens:
        expires = one.expires_at[:10] + (" (expiré)" if one.has_expired() else "")
        table.add_row(one.id, escape(one.name), one.role, one.created_at[:10], expires)
    Console().print(table if tokens else "Il n'y a pas de jeton ; pour en créer un : qa-service token create --name NOM")


@token.command()
@click.argument("token_id", metavar="JETON")
def revoke(token_id: str) -> None:
    """Retirer un jeton ; il n'est plus accepté dès la requête suivante."""
    with opened(Settings.from_env(os.environ)) as engine:
        if not TokenStore(engine).revoke(token_id):
            raise click.ClickException(f"Il n'y a pas de jeton « {token_id} » ; qa-service token list les montre.")
    click.echo(f"Le jeton {token_id} n'est plus accepté.")
