"""The database as this version of the service needs it: opened, and brought up to date before anybody uses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from qa_service.settings import Settings
from web.storage.engine import WRITING, database_url, engine_of, name_of
from web.storage.errors import NewerSchemaError, StorageError

HEAD = "0005"  # the last revision of web/storage/migrations
_UPGRADE_LOCK = 0x71615F73  # "qa_s": whoever takes this lock of the PostgreSQL database upgrades, the others wait


def open_database(settings: Settings) -> Engine:
    """Return what connects to the database of the settings, made if there is none, its schema current.

    Raises:
        StorageError: it cannot be reached, made or opened, or a later version made it; the message says what to do.
    """
    engine = engine_of(database_url(settings))
    try:
        make_file(engine)
        bring_up_to_date(engine)
    except (OSError, DatabaseError) as error:
        raise does_not_open(engine, error) from error
    finally:
        # The server forks after it has opened the database: the processes must not share a connection.
        engine.dispose()
    return engine


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """Yield what `open_database` returns, for a command; no connection is left when the block ends."""
    engine = open_database(settings)
    try:
        yield engine
    finally:
        engine.dispose()


def make_file(engine: Engine) -> None:
    """Make SQLite's file, if it is not there."""
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # what people ask is nobody else's to read


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations that a database lacks; processes that start together wait for one of them.

    Raises:
        NewerSchemaError: a later version of the service made it.
    """
    with engine.connect() as connection:
        if revision_of(connection) == HEAD:
            return
    with engine.execution_options(**WRITING).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        revision = revision_of(connection)
        if revision == HEAD:
            return
        upgrading = import_module("web.storage.upgrading")
        if revision not in (None, *upgrading.known_revisions()):
            raise NewerSchemaError(
                f"La base des conversations « {name_of(engine.url)} » vient d'une version plus récente de qa-service (schéma "
                f"{revision}, ici {HEAD}) ; installez cette version, ou restaurez dans une autre base (QA_VAR_DIR ou "
                "QA_DATABASE_URL) une sauvegarde faite avec celle-ci."
            )
        upgrading.upgrade(connection, HEAD)


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database; None for an empty one, and for one made before there were revisions."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def does_not_open(engine: Engine, error: OSError | DatabaseError) -> StorageError:
    """Return what to say of a database that does not open."""
    name = name_of(engine.url)
    if engine.dialect.name == "sqlite":
        return StorageError(
            f"La base des conversations « {name} » ne s'ouvre pas ({error.__class__.__name__}) ; "
            "vérifiez que son dossier existe et que vous pouvez y écrire (QA_VAR_DIR)."
        )
    return StorageError(
        f"La base des conversations « {name} » ne s'ouvre pas ({_reason(engine, error)}) ; "
        "vérifiez QA_DATABASE_URL, et que le serveur PostgreSQL répond."
    )


def _reason(engine: Engine, error: OSError | DatabaseError) -> str:
    """Return the first line of what the driver says, the password taken out wherever it may stand."""
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    for secret in (engine.url.password, engine.url.query.get("password")):
        said = said.replace(str(secret), "…") if secret else said
    return said
