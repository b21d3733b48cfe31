"""Connections to the database of the settings: SQLite's file, or PostgreSQL's server."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from sqlite3 import Connection as SQLiteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from qa_service.settings import Settings
from web.storage.errors import StorageError
from web.storage.tables import Base

DATABASE = "conversations.db"
WRITING = {"writing": True}  # the execution options of what writes, and of what reads by one statement, see `_begin`
ONE_STATEMENT = {"one_statement": True}
POOL_SIZE, POOL_OVERFLOW = 4, 5  # a process has 8 threads and one that purges; PostgreSQL lets 100 in
POOL_TIMEOUT_S = CONNECT_TIMEOUT_S = 10

# Durable once acknowledged, as PostgreSQL does it: FULL survives a power cut, where NORMAL survives only the death of the
# process, for one synchronisation an answer (a few ms). Readers do not wait for a writer (WAL), a writer waits for another
# (busy_timeout). What was deleted does not stay legible in the file (secure_delete).
_PRAGMAS = ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_INSERTS: dict[str, Callable[[type[Base]], postgresql.Insert | sqlite.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def database_url(settings: Settings) -> URL:
    """Return the address of the database.

    Raises:
        StorageError: `QA_DATABASE_URL` cannot be read; the message shows nothing of it, for its password is somewhere in it.
    """
    if not settings.database_url:
        return URL.create("sqlite", database=str(settings.var_dir / DATABASE))
    try:
        url = make_url(settings.database_url)
    except (ArgumentError, ValueError):
        url = None
    # An "@" or "/" of the password that is not encoded ends up in the name of the server, or in the port.
    if url is None or "@" in (url.host or ""):
        raise StorageError(
            "QA_DATABASE_URL ne se lit pas ; écrivez postgresql://compte:mot-de-passe@serveur:5432/base, "
            "et dans le mot de passe %40 pour @, %3A pour :, %2F pour /, %23 pour #, %3F pour ?, %25 pour %."
        )
    return url.set(drivername="postgresql+psycopg")


def name_of(url: URL) -> str:
    """Return how messages call a database: without account, password or options."""
    if url.drivername == "sqlite":
        return str(url.database)
    return f"{url.database or ''} sur {url.host or 'cette machine'}{f':{url.port}' if url.port else ''}"


def engine_of(url: URL) -> Engine:
    """Return what connects to the database; nothing is opened yet.

    Raises:
        StorageError: the driver of PostgreSQL is not installed.
    """
    # What people ask stands in the parameters of statements: no error message and no log shows them.
    common = {
        "hide_parameters": True, "max_overflow": POOL_OVERFLOW, "pool_size": POOL_SIZE, "pool_timeout": POOL_TIMEOUT_S,
    }  # fmt: skip
    if url.drivername == "sqlite":
        engine = create_engine(url, **common)
        file = _File(str(url.database))
        event.listen(engine, "connect", file.opened)
        event.listen(engine, "checkout", file.check)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(
            url,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
            pool_pre_ping=True,  # a server that was restarted costs no request
            **common,
        )
    except ModuleNotFoundError as error:
        raise StorageError(
            "Le pilote de PostgreSQL n'est pas installé ; installez-le (pip install 'psycopg[binary]'), "
            "ou retirez QA_DATABASE_URL."
        ) from error


def insert_into(bind: Engine | Connection, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that may say what to do on conflict: each dialect has its own."""
    return _INSERTS[bind.dialect.name](table)


@dataclass(frozen=True, slots=True)
class _File:
    """SQLite's file, whose connections are kept open: to open one and set it up takes longer than to keep an answer."""

    path: str

    def opened(self, connection: SQLiteConnection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver would begin transactions late, and none for DDL: `_begin` does it
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        record.info["file"] = self._identity()

    def check(self, _: object, record: ConnectionPoolEntry, __: object) -> None:
        """Have a connection opened anew whose file was put aside, as `restore` does with a damaged one."""
        if record.info["file"] != self._identity():
            raise DisconnectionError

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self.path)
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("one_statement"):  # is a transaction by itself
        return
    # Who reads first and writes later may find that another wrote between: SQLite then fails at once, without waiting.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")
