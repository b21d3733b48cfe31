"""The database is opened, or what is wrong with its address is said without the password that stands in it."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from qa_service.errors import SettingsError
from qa_service.service import QAService
from qa_service.settings import Settings
from tests.support.postgres import ENCODED, PASSWORD, PostgreSQL
from tests.support.turns import ALICE, turn
from tests.web.conftest import running
from web.conversations import ConversationStore
from web.storage.errors import StorageError
from web.storage.schema import opened


def test_other_users_of_the_machine_cannot_read_it(tmp_path: Path) -> None:
    """The files are their owner's alone, the write-ahead log too."""
    settings = Settings(var_dir=tmp_path / "new")
    with opened(settings) as engine, engine.connect() as connection:
        ConversationStore(engine).add(turn("Un ?"), ALICE)
        connection.execute(text("SELECT count(*) FROM turn"))  # the last connection to close takes the log away
        files = {path.name: path.stat().st_mode & 0o777 for path in settings.var_dir.iterdir()}
    assert files == dict.fromkeys(("conversations.db", "conversations.db-shm", "conversations.db-wal"), 0o600)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The message names the file and the setting."""
    (tmp_path / "conversations.db").write_text("ceci n'est pas une base de données " * 100, encoding="utf-8")
    with pytest.raises(StorageError, match=r"conversations\.db.*QA_VAR_DIR"), opened(Settings(var_dir=tmp_path)):
        pass


@pytest.mark.parametrize("url", ["mysql://qa:secret-1@h/b", "secret-1", "sqlite:///x?secret-1"])
def test_another_database_is_refused(url: str) -> None:
    """Without a word of the address, whose password may be anywhere in it."""
    with pytest.raises(SettingsError, match="postgresql://") as caught:
        Settings.from_env({"QA_DATABASE_URL": url})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://qa:se@secret-1@h/b",
        "postgresql://qa:se/secret-1@h/b",
        "postgresql://qa:secret-1@h:port/b",
        "postgresql://qa:secret-1@[h/b",
        "postgresql://",
    ],
)
def test_an_address_that_cannot_be_read_is_refused(url: str, tmp_path: Path) -> None:
    """What to write is said, nothing of what was written."""
    settings = Settings(var_dir=tmp_path, database_url=url)
    with pytest.raises(StorageError, match="QA_DATABASE_URL") as caught, opened(settings):
        pass
    assert "secret" not in f"{caught.value!r} {settings!r}"


def test_the_short_name_of_postgresql_serves(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """Many services hand out `postgres://`."""
    with postgresql.database() as url, opened(Settings(var_dir=tmp_path, database_url=url.replace("ql", "", 1))) as engine:
        ConversationStore(engine).add(turn("Un ?"), ALICE)


def test_what_the_server_refuses_is_said_without_the_password(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """A wrong password, no such database, no server; the password given in the address or behind it."""
    wrong = "mot-de-passe-faux"
    urls = {
        "authentication failed": postgresql.url("postgres", wrong),
        "no password supplied|authentication failed": f"postgresql://qa@127.0.0.1:{postgresql.port}/b?password={wrong}",
        "does not exist": postgresql.url("absente"),
        "refused": f"postgresql://qa:{wrong}@127.0.0.1:9/b",
    }
    for reason, url in urls.items():
        settings = Settings(var_dir=tmp_path, database_url=url)
        with pytest.raises(StorageError, match=f"({reason}).*QA_DATABASE_URL") as caught, opened(settings):
            pass
        assert not [secret for secret in (wrong, PASSWORD, ENCODED) if secret in f"{caught.value} {caught.value.__cause__}"]


def test_a_server_that_was_restarted_costs_no_request(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """The connections that it closed are replaced before they are used."""
    with postgresql.database() as url, opened(Settings(var_dir=tmp_path, database_url=url)) as engine:
        ConversationStore(engine).add(turn("Un ?"), ALICE)
        postgresql.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_%'")
        assert len(ConversationStore(engine).list_of(ALICE)) == 1


def test_the_server_says_so_and_stops(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """Exit code 1 and one French sentence."""
    environ = {"QA_VAR_DIR": str(tmp_path), "QA_DATABASE_URL": postgresql.url("absente"), "PATH": ""}
    command = [sys.executable, "-c", "from web.commands import serve; serve()", "--port", "0"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "« absente sur 127.0.0.1:" in done.stderr
    assert "Traceback" not in done.stderr
    assert ENCODED not in done.stderr


def test_no_question_stands_in_a_log(kept_in: Settings, service: QAService, caplog: pytest.LogCaptureFixture) -> None:
    """A database that fails while the service runs is a 503 and is logged, without what was asked and without the password."""
    with running(kept_in, service) as app, caplog.at_level(logging.DEBUG, logger="sqlalchemy"):
        with opened(kept_in) as engine, engine.begin() as connection:
            connection.execute(text("DROP TABLE feedback"))
            connection.execute(text("DROP TABLE turn"))
        response = app.test_client().post("/api/v1/questions", json={"question": "Combien de secrets ?"})
    assert (response.status_code, response.get_json()["code"]) == (503, "unavailable")
    assert "turn" in caplog.text
    assert not [word for word in ("secrets", PASSWORD, ENCODED) if word in caplog.text]


def test_a_file_that_was_set_aside_is_let_go(tmp_path: Path) -> None:
    """Connections stay open between requests, and yet a running service goes on in the file that was put in its place."""
    settings = Settings(var_dir=tmp_path)
    with opened(settings) as engine:
        store = ConversationStore(engine)
        store.add(turn("Avant ?"), ALICE)
        (tmp_path / "conversations.db").rename(tmp_path / "aside.db")
        with opened(settings):
            pass
        store.add(turn("Après ?"), ALICE)
        assert [conversation.title for conversation in store.list_of(ALICE)] == ["Après ?"]
