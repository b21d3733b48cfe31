"""`qa-service purge`, `export-data`, `backup` and `restore`: what those who keep the service do with what it keeps."""

from __future__ import annotations

import os
from pathlib import Path

import click

from qa_service.settings import Settings
from web.access.owners import owner_of_account, owner_of_token
from web.storage.backup import backup as back_up
from web.storage.backup import export
from web.storage.engine import database_url
from web.storage.errors import StorageError
from web.storage.restoring import restore as put_back
from web.storage.retention import Retention
from web.storage.schema import opened

_FILE = click.Path(dir_okay=False, path_type=Path)
_DAYS = click.IntRange(1, 36_500)


@click.command()
@click.option("--older-than", "days", type=_DAYS, metavar="JOURS", help="Depuis combien de jours (sinon : QA_RETENTION_DAYS).")
@click.option("--dry-run", is_flag=True, help="Dire combien le seraient, sans rien supprimer.")
def purge(days: int | None, dry_run: bool) -> None:
    """Supprimer les conversations qui n'ont pas servi depuis longtemps."""
    settings = _existing()
    days = days or settings.retention_days
    if not days:
        click.echo("QA_RETENTION_DAYS vaut 0 : tout est gardé ; pour supprimer quand même : --older-than JOURS")
        return
    with opened(settings) as engine:
        retention = Retention(engine, days)
        count = retention.overdue() if dry_run else retention.purge()
    done = "À supprimer" if dry_run else "Supprimé"
    click.echo(f"{done} : {_conversations(count)} sans question depuis plus de {days} jours.")


@click.command("export-data")
@click.option("--owner", metavar="PROPRIÉTAIRE", help="Une seule personne : la valeur de son cookie qa_owner.")
@click.option("--account", metavar="COMPTE", help="Une seule personne : son « sub » (oidc), ou son nom (proxy).")
@click.option("--token", metavar="JETON", help="Un seul jeton : ce qu'en montre qa-service token list.")
@click.option("--out", "path", type=_FILE, required=True, metavar="FICHIER", help="Fichier JSON Lines à écrire.")
def export_data(owner: str | None, account: str | None, token: str | None, path: Path) -> None:
    """Écrire tout ce qui est gardé : conversations, réponses, avis, liens de partage."""
    if sum(one is not None for one in (owner, account, token)) > 1:
        raise click.UsageError("Donnez --owner, --account ou --token : un seul des trois.")
    settings = _existing()
    if account is not None:
        owner = owner_of_account(account, settings)
    elif token is not None:
        owner = owner_of_token(token)
    with opened(settings) as engine:
        rows = export(engine, path, owner)
    click.echo(f"« {path} » : {rows} ligne{'s' if rows > 1 else ''}.")


@click.command()
@click.argument("path", type=_FILE, metavar="FICHIER")
def backup(path: Path) -> None:
    """Sauvegarder les conversations dans FICHIER, pendant que le service fonctionne."""
    with opened(_existing()) as engine:
        back_up(engine, path)
    click.echo(f"Sauvegardé dans « {path} » ; pour restaurer : qa-service restore {path}")


@click.command()
@click.argument("path", type=_FILE, metavar="FICHIER")
@click.option("--yes", is_flag=True, help="Remplacer les conversations qu'il y a ; elles sont gardées à côté.")
def restore(path: Path, yes: bool) -> None:
    """Restaurer la sauvegarde FICHIER, dans la base des réglages."""
    restored = put_back(Settings.from_env(os.environ), path, replace=yes)
    kept = f" Les anciennes sont dans « {restored.kept} »." if restored.kept else ""
    click.echo(f"Restauré : {_conversations(restored.conversations)}.{kept}")


def _existing() -> Settings:
    """Return the settings of a database that is there: to back up a new one would look like a backup."""
    settings = Settings.from_env(os.environ)
    url = database_url(settings)
    if url.drivername == "sqlite" and not Path(str(url.database)).exists():
        raise StorageError(f"Il n'y a pas de base « {url.database} » ; vérifiez QA_VAR_DIR, ou QA_DATABASE_URL.")
    return settings


def _conversations(count: int) -> str:
    return f"{count} conversation{'s' if count > 1 else ''}"
