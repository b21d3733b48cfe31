"""What was acknowledged is kept, whatever becomes of the process."""

import pytest
from sqlalchemy import text

from qa_service.settings import Settings
from tests.support.kill_writer import kill_and_look
from web.storage.schema import opened

ROUNDS = {"sqlite": 12, "postgresql": 3}  # PostgreSQL's own process is not killed: a few say that we wait for its word


@pytest.mark.timeout(200)
def test_a_killed_process_loses_no_acknowledged_answer(kept_in: Settings) -> None:
    """SIGKILL at random moments, over and over on one database."""
    found = kill_and_look(kept_in, ROUNDS["postgresql" if kept_in.database_url else "sqlite"])
    assert found.acknowledged > 10
    assert (found.lost, found.integrity) == (frozenset(), "ok")


def test_an_answer_is_on_disk_before_it_is_acknowledged(kept_in: Settings) -> None:
    """In both: the log is synchronised at each commit, so that a power cut takes nothing either."""
    with opened(kept_in) as engine, engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            assert connection.scalar(text("SHOW synchronous_commit")) == "on"
        else:
            assert connection.scalar(text("PRAGMA synchronous")) == 2  # FULL
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
