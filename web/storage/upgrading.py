"""Alembic: the revisions that a database lacks are run. Imported only for a database that lacks one (it takes 0.1 s)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def known_revisions() -> tuple[str, ...]:
    """Return the revisions of this version of the service, the first first."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(script.revision for script in reversed(list(scripts.walk_revisions())))


def upgrade(connection: Connection, revision: str) -> None:
    """Run what `connection` lacks up to `revision`, in the transaction that it is in."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))  # a ConfigParser interpolates
    return config
