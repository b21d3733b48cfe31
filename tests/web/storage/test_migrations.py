"""A database of any version becomes one of this version, without loss; one of a later version is left alone."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from qa_service.settings import Settings
from tests.support.code import ROOT
from tests.support.turns import ALICE, turn
from web.conversations import ConversationStore
from web.schemas.conversations import FeedbackIn, FeedbackVerdict
from web.storage.engine import DATABASE, WRITING, database_url, engine_of
from web.storage.errors import NewerSchemaError
from web.storage.schema import HEAD, bring_up_to_date, make_file, opened, revision_of
from web.storage.tables import Base
from web.storage.upgrading import known_revisions, upgrade

# What `create_all` made before there were migrations, as SQLite tells it.
BEFORE_MIGRATIONS = """
CREATE TABLE conversation (id VARCHAR NOT NULL, owner VARCHAR, title VARCHAR NOT NULL, created_at VARCHAR NOT NULL,
    updated_at VARCHAR NOT NULL, PRIMARY KEY (id));
CREATE INDEX ix_conversation_owner ON conversation (owner);
CREATE TABLE turn (number INTEGER NOT NULL, conversation_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, answer VARCHAR NOT NULL,
    PRIMARY KEY (number), FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE);
CREATE INDEX ix_turn_conversation_id ON turn (conversation_id);
"""
SINCE_OPINIONS_AND_LINKS = """
CREATE TABLE share (token VARCHAR NOT NULL, conversation_id VARCHAR NOT NULL, PRIMARY KEY (token), UNIQUE (conversation_id),
    FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE);
CREATE INDEX turn_by_question ON turn (json_extract(answer, '$.id'));
CREATE TABLE feedback (turn_number INTEGER NOT NULL, verdict VARCHAR NOT NULL, comment VARCHAR NOT NULL,
    given_at VARCHAR NOT NULL, PRIMARY KEY (turn_number), FOREIGN KEY(turn_number) REFERENCES turn (number) ON DELETE CASCADE);
"""


def old_database(var_dir: Path, script: str) -> str:
    """Make a database of an earlier version with one conversation; return the id of its question."""
    asked = turn("Un ?").answer
    with closing(sqlite3.connect(var_dir / DATABASE)) as database, database:
        database.executescript(script)
        database.execute("INSERT INTO conversation VALUES ('c_1', ?, 'Un ?', '2025-01-01', '2025-01-01')", (ALICE,))
        database.execute("INSERT INTO turn VALUES (7, 'c_1', 'date', ?)", (asked.model_dump_json(),))
        if "feedback" in script:
            database.execute("INSERT INTO feedback VALUES (7, 'wrong', 'Non.', '2025-01-02')")
            database.execute("INSERT INTO share VALUES ('p_1', 'c_1')")
    return asked.id


def test_the_migrations_give_the_schema_of_the_tables(kept_in: Settings) -> None:
    """Alembic finds nothing to change, and knows the head that the service looks for."""
    with opened(kept_in) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        assert revision_of(connection) == HEAD == known_revisions()[-1]


@pytest.mark.parametrize("script", [BEFORE_MIGRATIONS + SINCE_OPINIONS_AND_LINKS, BEFORE_MIGRATIONS])
def test_a_database_from_before_the_migrations_goes_on(script: str, tmp_path: Path) -> None:
    """Nothing is lost, what it lacked works, and it is as a new one."""
    question_id = old_database(tmp_path, script)
    settings = Settings(var_dir=tmp_path)
    with opened(settings) as engine:
        store = ConversationStore(engine)
        (kept,) = store.read("c_1", ALICE).turns
        assert (kept.answer.question, kept.answer.id) == ("Un ?", question_id)
        if "feedback" in script:
            assert kept.feedback
            assert kept.feedback.comment == "Non."
            assert store.shared("p_1").turns == (kept,)
        store.judge(FeedbackIn(question_id=question_id, verdict=FeedbackVerdict.RIGHT), ALICE)
        assert [judged.feedback.verdict for judged in store.judged()] == [FeedbackVerdict.RIGHT]
    test_the_migrations_give_the_schema_of_the_tables(settings)


@pytest.mark.parametrize("revision", known_revisions())
def test_each_revision_goes_on(revision: str, kept_in: Settings) -> None:
    """In either database: with its rows, to the last schema."""
    engine = engine_of(database_url(kept_in))
    make_file(engine)
    answer = turn("Un ?").answer
    with engine.execution_options(**WRITING).begin() as connection:
        upgrade(connection, revision)
        rows = {"answer": answer.model_dump_json(), "owner": ALICE}
        connection.execute(text("INSERT INTO conversation VALUES ('c_1', :owner, 'Un ?', '2025', '2025')"), rows)
        connection.execute(text("INSERT INTO turn (conversation_id, kind, answer) VALUES ('c_1', 'date', :answer)"), rows)
        connection.execute(text("INSERT INTO feedback VALUES (1, 'wrong', 'Non.', '2025')"))
        if revision != "0001":
            connection.execute(text("UPDATE turn SET question_id = :id"), {"id": answer.id})
    bring_up_to_date(engine)
    store = ConversationStore(engine)
    assert store.judge(FeedbackIn(question_id=answer.id, verdict=FeedbackVerdict.RIGHT), ALICE) == "c_1"
    assert [turn.answer for turn in store.read("c_1", ALICE).turns] == [answer]
    engine.dispose()
    test_the_migrations_give_the_schema_of_the_tables(kept_in)


def test_processes_that_start_together_upgrade_once(kept_in: Settings) -> None:
    """Four find no database, one makes it, none fails."""
    command = [sys.executable, "-c", OPEN, repr(str(kept_in.var_dir)), repr(kept_in.database_url)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: subprocess.run(command, capture_output=True, text=True, check=False), range(4)))
    assert {(process.returncode, process.stderr) for process in done} == {(0, "")}
    test_the_migrations_give_the_schema_of_the_tables(kept_in)


OPEN = """
import sys, ast, pathlib
from qa_service.settings import Settings
from web.storage.schema import opened
with opened(Settings(var_dir=pathlib.Path(ast.literal_eval(sys.argv[1])), database_url=ast.literal_eval(sys.argv[2]))):
    pass
"""


def test_an_installed_service_has_its_migrations(tmp_path: Path) -> None:
    """They are in what is built for an installation, and run from there."""
    library = tmp_path / "library"
    setup = "from setuptools import setup; setup()"
    build = (setup, "-q", "egg_info", "-e", str(tmp_path), "build_py", "-d", str(library))
    subprocess.run([sys.executable, "-c", *build], cwd=ROOT, capture_output=True, check=True)
    code = f"{OPEN}\nimport web; assert web.__file__.startswith(sys.path[0]), web.__file__"
    environ = {**os.environ, "PYTHONPATH": str(library)}
    command = [sys.executable, "-P", "-c", code, repr(str(tmp_path / "var")), "''"]
    subprocess.run(command, cwd=tmp_path, env=environ, check=True)
    with opened(Settings(var_dir=tmp_path / "var")) as engine, engine.connect() as connection:
        assert revision_of(connection) == HEAD


def test_a_database_of_a_later_version_is_refused(kept_in: Settings) -> None:
    """With what to do; nothing of it is changed."""
    with opened(kept_in) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    message = r"version plus récente de qa-service \(schéma 9999, ici \d{4}\) ; installez cette version, ou restaurez"
    with pytest.raises(NewerSchemaError, match=message), opened(kept_in):
        pass


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """An answer that is no JSON stops the second revision; the first is not kept either."""
    old_database(tmp_path, BEFORE_MIGRATIONS)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database, database:
        database.execute("UPDATE turn SET answer = 'abîmé'")
    with pytest.raises(Exception, match="ne s'ouvre pas"), opened(Settings(var_dir=tmp_path)):
        pass
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"conversation", "turn"}


def test_a_current_database_opens_without_alembic(tmp_path: Path) -> None:
    """Which takes a tenth of a second to import."""
    with opened(Settings(var_dir=tmp_path)):
        pass
    code = f"{OPEN}\nassert 'alembic' not in sys.modules and 'mako' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, repr(str(tmp_path)), "''"], check=True)


def test_the_question_is_found_by_its_index(kept_in: Settings) -> None:
    """An opinion does not read every answer."""
    with opened(kept_in) as engine, engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET enable_seqscan = off"))  # a table of no row is read at once
        plan = connection.execute(text(f"{explain} SELECT * FROM turn WHERE question_id = 'q'")).all()
    assert "ix_turn_question_id" in json.dumps([list(row) for row in plan])
