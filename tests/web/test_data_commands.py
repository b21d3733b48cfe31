"""`qa-service purge`, `export-data`, `backup` and `restore`, typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from qa_service.cli import main
from qa_service.settings import Settings
from tests.support.turns import ALICE, turn
from web.conversations import ConversationStore
from web.storage.schema import opened
from web.storage.tables import ConversationRow

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(kept_in: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types a command over a database with a conversation of today and one of 2020; gives its code and all that it says."""
    monkeypatch.setenv("QA_VAR_DIR", str(kept_in.var_dir))
    monkeypatch.setenv("QA_DATABASE_URL", kept_in.database_url)
    with opened(kept_in) as engine:
        for name in ("c_old", "c_new"):
            ConversationStore(engine).add(turn("Un ?", name), ALICE)
        with engine.begin() as connection:
            connection.execute(update(ConversationRow).filter_by(id="c_old").values(updated_at="2020-01-01"))

    def type_(*arguments: object) -> tuple[int, str]:
        code = main([str(argument) for argument in arguments])
        return code, "".join(capsys.readouterr())

    return type_


def test_purge(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Says what it would do, does it, and does nothing where everything is to be kept."""
    assert typed("purge", "--dry-run") == (0, "À supprimer : 1 conversation sans question depuis plus de 365 jours.\n")
    monkeypatch.setenv("QA_RETENTION_DAYS", "0")
    assert typed("purge")[1].startswith("QA_RETENTION_DAYS vaut 0 : tout est gardé")
    assert typed("purge", "--older-than", 30) == (0, "Supprimé : 1 conversation sans question depuis plus de 30 jours.\n")
    assert typed("purge", "--older-than", 30) == (0, "Supprimé : 0 conversation sans question depuis plus de 30 jours.\n")
    assert typed("purge", "--older-than", 0)[0] == 2


def test_export(typed: Typed, tmp_path: Path) -> None:
    """Everything, or what one person asked."""
    assert typed("export-data", "--out", tmp_path / "tout.jsonl") == (0, f"« {tmp_path / 'tout.jsonl'} » : 4 lignes.\n")
    assert typed("export-data", "--owner", "x", "--out", tmp_path / "x.jsonl") == (
        0,
        f"« {tmp_path / 'x.jsonl'} » : 0 ligne.\n",
    )
    assert typed("export-data")[0] == 2
    assert typed("export-data", "--owner", "x", "--token", "y", "--out", tmp_path / "x.jsonl")[0] == 2
    code, said = typed("export-data", "--account", "zoe", "--out", tmp_path / "x.jsonl")
    assert (code, "Avec QA_ACCESS=open, personne n'a de compte" in said) == (1, True)


def test_backup_and_restore(typed: Typed, tmp_path: Path) -> None:
    """The day goes wrong, and is mended; what is refused is explained, code 1."""
    file = tmp_path / "sauvegarde"
    assert typed("backup", file) == (0, f"Sauvegardé dans « {file} » ; pour restaurer : qa-service restore {file}\n")
    typed("purge")
    code, said = typed("restore", file)
    assert (code, "La base contient 1 conversation ;" in said, "--yes" in said) == (1, True, True)
    code, said = typed("restore", file, "--yes")
    assert (code, said.startswith("Restauré : 2 conversations. Les anciennes sont dans « ")) == (0, True)
    assert typed("restore", tmp_path / "absent") == (
        1,
        f"Erreur : « {tmp_path / 'absent'} » ne se lit pas (No such file or directory).\n",
    )


@pytest.mark.parametrize("command", ["purge", "backup x", "export-data --out x"])
def test_a_wrong_folder_is_no_empty_database(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made there, and nothing is backed up."""
    monkeypatch.setenv("QA_VAR_DIR", str(tmp_path / "absent"))
    monkeypatch.chdir(tmp_path)
    assert main(command.split()) == 1
    assert list(tmp_path.iterdir()) == []
