"""A backup put back: into either database, whichever it came from, in one transaction, the old one kept beside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Connection, Engine, delete, func, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError

from qa_service.settings import Settings
from web.storage import snapshot
from web.storage.backup import copy_sqlite
from web.storage.engine import WRITING, database_url, engine_of
from web.storage.errors import BackupError, NewerSchemaError
from web.storage.files import replacing
from web.storage.schema import bring_up_to_date, opened
from web.storage.tables import KEPT, Base, ConversationRow, CorrectionRow

SQLITE_HEADER = b"SQLite format 3\0"
BATCH = 500  # rows copied at once


@dataclass(frozen=True, slots=True)
class Restored:
    """How many conversations were put back, and where those before them are kept; None if there were none."""

    conversations: int
    kept: Path | None


def restore(settings: Settings, path: Path, *, replace: bool) -> Restored:
    """Put a backup in the place of what the database of the settings has; the service may be running.

    Raises:
        BackupError: the file is no backup, is damaged or of a newer schema; or there is something to replace and not `replace`.
        StorageError: the database cannot be opened.
    """
    url = database_url(settings)
    if url.drivername == "sqlite" and path.resolve() == Path(str(url.database)).resolve():
        raise BackupError(f"« {path} » est la base elle-même ; choisissez un autre fichier.")
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.var_dir) as folder:
        ready = _ready(path, Path(folder) / "ready.db")
        beside = settings.var_dir / f"conversations.avant-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
        broken = _set_aside_if_broken(url, beside, replace=replace)
        with opened(settings) as engine:
            restored = _put_back(ready, engine, beside, replace=replace)
    return Restored(restored.conversations, broken or restored.kept)


def _ready(path: Path, database: Path) -> Engine:
    """Return a SQLite database, made for this, with what the backup has, at our schema."""
    engine = engine_of(URL.create("sqlite", database=str(database)))
    try:
        with path.open("rb") as file:
            is_sqlite = file.read(len(SQLITE_HEADER)) == SQLITE_HEADER
        if is_sqlite:
            copy_sqlite(path, database)
            if not inspect(engine).has_table(ConversationRow.__tablename__):
                raise BackupError(f"« {path} » n'est pas une sauvegarde de qa-service.")
            bring_up_to_date(engine)
        else:
            _load(engine, path)
    except NewerSchemaError:
        raise BackupError(
            f"« {path} » vient d'une version plus récente de qa-service ; installez cette version, puis restaurez."
        ) from None
    except OSError as error:
        raise BackupError(f"« {path} » ne se lit pas ({error.strerror}).") from error
    except DatabaseError as error:
        raise BackupError(f"« {path} » n'est pas une sauvegarde de qa-service.") from error
    return engine


def _load(engine: Engine, path: Path) -> None:
    head = snapshot.check(path)
    if head.owner is not None:
        raise BackupError(f"« {path} » n'a que les conversations d'une personne ; restaurez une sauvegarde de toutes.")
    with engine.execution_options(**WRITING).begin() as connection:
        snapshot.load(connection, path, head)


def _set_aside_if_broken(url: URL, beside: Path, *, replace: bool) -> Path | None:
    """Move a SQLite file that is damaged, with its logs, out of the way; return where it is, None if it is sound."""
    path = Path(str(url.database))
    if url.drivername != "sqlite" or not path.exists() or _is_sound(path):
        return None
    if not replace:
        raise BackupError(f"La base « {path} » est abîmée ; pour la remplacer par la sauvegarde et la garder à côté : --yes")
    for log in ("-wal", "-shm", ""):
        if (part := path.with_name(path.name + log)).exists():
            part.rename(f"{beside}.db{log}")
    return Path(f"{beside}.db")


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.OperationalError:
        return True  # locked, or not ours to open: that is no damage
    except sqlite3.DatabaseError:
        return False


def _put_back(ready: Engine, engine: Engine, beside: Path, *, replace: bool) -> Restored:
    """Replace every row in one transaction: whoever reads meanwhile sees the old ones or the new, whoever writes waits."""
    with ready.connect() as source, engine.execution_options(**WRITING).begin() as target:
        if engine.dialect.name == "postgresql":
            target.execute(text("LOCK TABLE conversation, share, turn, feedback, correction IN ACCESS EXCLUSIVE MODE"))
        before = _told(target)
        if before and not replace:
            raise BackupError(
                f"La base contient {before} ; pour les remplacer par celles de la sauvegarde, et garder les anciennes à "
                "côté : --yes"
            )
        kept = _keep(target, beside) if before else None
        target.execute(delete(ConversationRow))  # turns, opinions and links go with them
        target.execute(delete(CorrectionRow))
        for table in KEPT:
            rows = source.execute(select(*table.__table__.columns).execution_options(yield_per=BATCH))
            for batch in rows.mappings().partitions():
                target.execute(insert(table), [dict(row) for row in batch])
        if engine.dialect.name == "postgresql":  # the next turn gets the number after the last one's
            target.execute(text("SELECT setval(pg_get_serial_sequence('turn', 'number'), max(number)) FROM turn"))
        return Restored(_count(target, ConversationRow), kept)


def _told(connection: Connection) -> str:
    """Return what a database has, in French, "" for nothing."""
    conversations, corrections = _count(connection, ConversationRow), _count(connection, CorrectionRow)
    told = [f"{conversations} conversation{'s' if conversations > 1 else ''}"] if conversations else []
    told += [f"{corrections} réponse{'s vérifiées' if corrections > 1 else ' vérifiée'}"] if corrections else []
    return " et ".join(told)


def _count(connection: Connection, table: type[Base]) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _keep(connection: Connection, beside: Path) -> Path:
    """Write what the database has, as `backup` does, while nobody else writes to it; return where."""
    kept = Path(f"{beside}.{'db' if connection.dialect.name == 'sqlite' else 'jsonl'}")
    with replacing(kept) as partial:
        if connection.dialect.name == "sqlite":
            copy_sqlite(Path(str(connection.engine.url.database)), partial)
        else:
            with partial.open("wb") as file:
                snapshot.write(connection, file)
    return kept
