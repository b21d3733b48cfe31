"""`qa-service feedback`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from index.errors import QAError
from qa_service.settings import Settings
from web.conversations import ConversationStore
from web.feedback import as_csv
from web.storage.schema import opened


@click.command()
@click.option(
    "--out", "path", type=click.Path(dir_okay=False, path_type=Path), help="Fichier CSV à écrire (sinon : à l'écran)."
)
def feedback(path: Path | None) -> None:
    """Donner en CSV les avis reçus sur les réponses, le dernier d'abord."""
    try:
        with opened(Settings.from_env(os.environ)) as engine:
            written = as_csv(ConversationStore(engine).judged())
        if path:
            path.write_bytes(written)
        else:
            click.echo(written.decode("utf-8-sig"), nl=False)
    except QAError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"« {path} » ne s'écrit pas ({error.strerror}) ; choisissez un autre fichier.") from error
