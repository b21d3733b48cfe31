"""Tokens are made, shown once, listed, taken and taken back, in either database; of each only a digest is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text, update

from qa_service.cli import main
from qa_service.settings import Settings
from web.storage.backup import backup
from web.storage.restoring import restore
from web.storage.schema import opened
from web.storage.tables import ApiTokenRow
from web.storage.tokens import TokenStore


def test_a_token_is_found_until_it_is_revoked_or_expires(kept_in: Settings) -> None:
    """By its secret alone, which is nowhere in the database."""
    with opened(kept_in) as engine:
        store = TokenStore(engine)
        (first, secret), (second, other) = store.create("Intranet", "reader", days=1), store.create("DSI", "admin", days=30)
        assert store.find(secret) == first
        assert store.find(other) == second
        assert store.find(secret[:-1]) is store.find(first.id) is store.find("") is None
        assert [one.name for one in store.all()] in (["DSI", "Intranet"], ["Intranet", "DSI"])  # of one millisecond
        with engine.connect() as connection:
            assert secret not in str(connection.execute(text("SELECT * FROM api_token")).all())
        assert (store.revoke(second.id), store.revoke(second.id)) == (True, False)
        assert store.find(other) is None
        with engine.begin() as connection:
            connection.execute(update(ApiTokenRow).values(expires_at="2020-01-01T00:00:00.000+00:00"))
        assert store.find(secret) is None
        assert store.all()[0].has_expired()


def test_a_backup_that_is_put_back_leaves_tokens_as_they_are(kept_in: Settings, tmp_path: Path) -> None:
    """What was revoked since stays revoked, what was made since is taken."""
    with opened(kept_in) as engine:
        store = TokenStore(engine)
        (old, revoked), (_, kept) = store.create("Ancien", "admin", days=1), store.create("Intranet", "reader", days=1)
        backup(engine, tmp_path / "backup")
        store.revoke(old.id)
        _, newer = store.create("Nouveau", "reader", days=1)
    restore(kept_in, tmp_path / "backup", replace=True)
    with opened(kept_in) as engine:
        store = TokenStore(engine)
        assert store.find(revoked) is None
        assert store.find(kept)
        assert store.find(newer)


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_VAR_DIR", str(tmp_path))


@pytest.mark.usefixtures("_here")
def test_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    """The secret alone goes to standard output, so that a script can take it."""
    assert main(["token", "list"]) == 0
    assert "Il n'y a pas de jeton" in capsys.readouterr().out
    assert main(["token", "create", "--name", "Intranet de l'agglomération", "--role", "editor", "--days", "30"]) == 0
    said = capsys.readouterr()
    secret, token_id = said.out.strip(), said.err.split()[1]
    assert secret.startswith("qa_")
    assert "QA_ACCESS vaut « open »" in said.err
    assert main(["token", "list"]) == 0
    listed = capsys.readouterr().out
    assert token_id in listed
    assert "editor" in listed
    assert secret not in listed
    assert main(["token", "revoke", token_id]) == 0
    assert main(["token", "revoke", token_id]) == 1
    assert f"Il n'y a pas de jeton « {token_id} »" in capsys.readouterr().err


@pytest.mark.usefixtures("_here")
def test_the_list_is_whole(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The names as they are, and in a narrow terminal too the part by which a token is revoked."""
    monkeypatch.setenv("COLUMNS", "60")
    ids = []
    for name in ("[/x]", "Intranet de l'agglomération, pages des services et accueil du public"):
        assert main(["token", "create", "--name", name]) == 0
        ids.append(capsys.readouterr().err.split()[1])
    assert main(["token", "list"]) == 0
    listed = capsys.readouterr().out
    assert all(one in listed for one in (*ids, "[/x]"))


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("name", [" ", "x" * 81, "\x07"])
def test_a_name_that_tells_nothing_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And no token is made."""
    assert main(["token", "create", "--name", name]) == 1
    assert "Le nom d'un jeton a de 1 à 80 caractères" in capsys.readouterr().err
    main(["token", "list"])
    assert "Il n'y a pas de jeton" in capsys.readouterr().out
