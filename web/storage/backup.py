"""Backups, made while the service writes: SQLite's own copy of its file, JSON lines of what PostgreSQL keeps."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from web.storage import snapshot
from web.storage.errors import BackupError
from web.storage.files import replacing


def backup(engine: Engine, path: Path) -> None:
    """Write everything that was kept before this began to `path`, from which `restore` puts it back into either database.

    Raises:
        BackupError: it cannot be written, or what was written cannot be read.
    """
    if engine.dialect.name == "sqlite":
        source = Path(str(engine.url.database))
        if path.resolve() == source.resolve():
            raise BackupError(f"« {path} » est la base elle-même ; choisissez un autre fichier.")
        with replacing(path) as partial:
            copy_sqlite(source, partial)
    else:
        export(engine, path)


def export(engine: Engine, path: Path, owner: str | None = None) -> int:
    """Write as JSON lines what everybody gave, or one owner, as it was at one moment; return the number of rows.

    Raises:
        BackupError: it cannot be written.
    """
    if engine.dialect.name == "postgresql":  # one moment for all tables; SQLite's transactions see no other
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with replacing(path) as partial, partial.open("wb") as file, engine.connect() as connection:
        return snapshot.write(connection, file, owner)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that others may be writing to, as it is at one moment, and read the copy through.

    Raises:
        BackupError: either is damaged.
    """
    address = f"{source.absolute().as_uri()}?mode=ro"  # never makes a file that is not there
    try:
        with closing(sqlite3.connect(address, uri=True)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)
            written.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            found = written.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupError(f"« {source} » ne se copie pas ({error}) ; la base est abîmée, ou le disque est plein.") from error
    if found != "ok":
        raise BackupError(f"« {source} » est abîmé ({found}) ; prenez une autre sauvegarde.")
