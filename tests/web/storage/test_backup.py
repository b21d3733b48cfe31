"""Backups: made while the service writes, put back into either database, refused when they are none."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from qa_service.corrections import Correction
from qa_service.settings import Settings
from tests.support.postgres import PostgreSQL
from tests.support.turns import ALICE, BOB, turn
from tests.web.storage.test_migrations import BEFORE_MIGRATIONS, old_database
from web.conversations import Conversation, ConversationStore
from web.schemas.conversations import FeedbackIn, FeedbackVerdict
from web.storage.backup import backup, export
from web.storage.corrections import CorrectionStore
from web.storage.errors import BackupError, StorageError
from web.storage.restoring import restore
from web.storage.schema import opened

Change = Callable[[Path], None]


@dataclass
class Writer:
    """Keeps answers until it is told to stop; `acknowledged` are the ids of their conversations."""

    store: ConversationStore
    acknowledged: list[str]
    stopping: threading.Event

    def run(self) -> None:
        """Write."""
        while not self.stopping.is_set():
            name = f"c_{len(self.acknowledged)}"
            self.store.add(turn("Un ?", name), ALICE)
            self.acknowledged.append(name)


@pytest.fixture
def writer(kept_in: Settings) -> Iterator[Writer]:
    """Somebody who writes all the time."""
    with opened(kept_in) as engine:
        writer = Writer(ConversationStore(engine), [], threading.Event())
        thread = threading.Thread(target=writer.run)
        thread.start()
        while len(writer.acknowledged) < 10:
            writer.stopping.wait(0.01)
        yield writer
        writer.stopping.set()
        thread.join()


CORRECTION = Correction(
    document="rapport", question="Combien de chats ?", told="8 chats", quote="8 chats", author="Anne",
    corrected_at="2026-01-02T03:04:05.000+00:00",
)  # fmt: skip


def fill(settings: Settings) -> tuple[Conversation, ...]:
    """Keep three conversations of two people, with an opinion and a link; return those of the first."""
    with opened(settings) as engine:
        store = ConversationStore(engine)
        for name, owner in (("c_1", ALICE), ("c_2", BOB), ("c_1", ALICE), ("c_3", ALICE)):
            store.add(asked := turn("Où est « l'été » ?", name), owner)
        store.judge(FeedbackIn(question_id=asked.answer.id, verdict=FeedbackVerdict.WRONG, comment="Non\n; « là »"), ALICE)
        store.share("c_1", ALICE)
        return tuple(store.read(name, ALICE) for name in ("c_1", "c_3"))


def kept(settings: Settings) -> tuple[Conversation, ...]:
    """Return what the first person finds."""
    with opened(settings) as engine:
        store = ConversationStore(engine)
        return tuple(store.read(summary.id, ALICE) for summary in sorted(store.list_of(ALICE), key=lambda each: each.id))


def test_what_was_acknowledged_before_is_in_it(kept_in: Settings, writer: Writer, tmp_path: Path) -> None:
    """While another writes; and the service may go on writing while it is put back."""
    before = list(writer.acknowledged)
    with opened(kept_in) as engine:
        backup(engine, tmp_path / "sauvegarde")
    restored = restore(kept_in, tmp_path / "sauvegarde", replace=True)
    assert restored.conversations >= len(before)
    writer.stopping.set()
    with opened(kept_in) as engine:
        store = ConversationStore(engine)
        for name in before:
            assert len(store.read(name, ALICE).turns) == 1
        store.add(turn("Deux ?", before[0]), ALICE)
        assert len(store.read(before[0], ALICE).turns) == 2
    assert restored.kept
    assert (tmp_path / "sauvegarde").stat().st_mode & 0o777 == restored.kept.stat().st_mode & 0o777 == 0o600
    assert {path.name.partition(".")[0] for path in kept_in.var_dir.iterdir()} == {"conversations"}


def test_it_goes_from_one_database_into_the_other(kept_in: Settings, postgresql: PostgreSQL, tmp_path: Path) -> None:
    """Everything as it was; the way from SQLite to PostgreSQL, and back."""
    there = fill(kept_in)
    with opened(kept_in) as engine:
        backup(engine, tmp_path / "sauvegarde")
        export(engine, tmp_path / "export")
    with postgresql.database() as url:
        for number, source in enumerate(("sauvegarde", "export")):
            for target in (Settings(var_dir=tmp_path / "pg", database_url=url), Settings(var_dir=tmp_path / str(number))):
                assert restore(target, tmp_path / source, replace=True).conversations == 3
                assert kept(target) == there
                with opened(target) as engine:
                    assert [judged.feedback.comment for judged in ConversationStore(engine).judged()] == ["Non\n; « là »"]
                    ConversationStore(engine).add(turn("Encore ?", "c_1"), ALICE)
                    assert ConversationStore(engine).read("c_1", ALICE).turns[-1].answer.question == "Encore ?"


def test_what_there_is_is_not_replaced_unasked(kept_in: Settings, tmp_path: Path) -> None:
    """Asked, it is kept beside, and can be put back itself."""
    with opened(kept_in) as engine:
        backup(engine, tmp_path / "vide")
    there = fill(kept_in)
    with pytest.raises(BackupError, match=r"La base contient 3 conversations ; .* : --yes"):
        restore(kept_in, tmp_path / "vide", replace=False)
    assert kept(kept_in) == there
    restored = restore(kept_in, tmp_path / "vide", replace=True)
    assert (restored.conversations, kept(kept_in)) == (0, ())
    assert restored.kept
    assert restore(kept_in, restored.kept, replace=False).conversations == 3
    assert kept(kept_in) == there


def test_a_damaged_sqlite_file_is_set_aside(tmp_path: Path) -> None:
    """The day on which a backup is needed; not unasked."""
    settings = Settings(var_dir=tmp_path / "var")
    there = fill(settings)
    with opened(settings) as engine:
        backup(engine, tmp_path / "sauvegarde")
    database = settings.var_dir / "conversations.db"
    database.write_bytes(b"x" * 5000)
    with pytest.raises(BackupError, match=r"est abîmée ; .* : --yes"):
        restore(settings, tmp_path / "sauvegarde", replace=False)
    restored = restore(settings, tmp_path / "sauvegarde", replace=True)
    assert kept(settings) == there
    assert restored.kept
    assert restored.kept.read_bytes() == b"x" * 5000


def cut(path: Path) -> None:
    """Lose the second half of a file."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    """Lose the middle of a file."""
    content = path.read_bytes()
    third = len(content) // 3
    path.write_bytes(content[:third] + b"\0" * third + content[2 * third :])


def another_text(path: Path) -> None:
    """Change a word in a file of lines, or make one of something else."""
    path.write_text("Ceci n'est pas une sauvegarde.\n" * 10, encoding="utf-8")


def another_database(path: Path) -> None:
    """A SQLite database of something else."""
    path.unlink()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE recette (titre)")


def namesake(path: Path) -> None:
    """A SQLite database of something else that has a table of that name."""
    path.unlink()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE conversation (titre)")


def empty(path: Path) -> None:
    """No byte."""
    path.write_bytes(b"")


@pytest.mark.parametrize("change", [cut, overwrite, another_text, another_database, namesake, empty, Path.unlink, None])
def test_what_is_no_backup_is_refused(kept_in: Settings, change: Change | None, tmp_path: Path) -> None:
    """By its name, and what there is stays."""
    there = fill(kept_in)
    path = tmp_path / "sauvegarde"
    with opened(kept_in) as engine:
        backup(engine, path)
    if change:
        change(path)
    else:
        path.unlink()
        path.mkdir()
    with pytest.raises(BackupError, match=r"« .*sauvegarde.* »"):
        restore(kept_in, path, replace=True)
    assert kept(kept_in) == there


def test_a_backup_of_a_later_version_is_refused(kept_in: Settings, tmp_path: Path) -> None:
    """Of either kind, with what to do."""
    there = fill(kept_in)
    later, lines = Settings(var_dir=tmp_path / "later"), tmp_path / "lignes"
    with opened(later) as engine:
        export(engine, lines)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    rewrite(lines, lambda head: {**head, "revision": "9999"})
    for path in (later.var_dir / "conversations.db", lines):
        with pytest.raises(BackupError, match=r"version plus récente .* ; installez cette version, puis restaurez"):
            restore(kept_in, path, replace=True)
    assert kept(kept_in) == there


def rewrite(path: Path, change: Callable[[dict[str, object]], dict[str, object]]) -> None:
    """Change the first line of a file without rows, and its checksum with it."""
    head = json.dumps(change(json.loads(path.read_bytes().splitlines()[0]))) + "\n"
    foot = json.dumps({"rows": 0, "sha256": sha256(head.encode()).hexdigest()}, separators=(",", ":")) + "\n"
    path.write_text(head + foot, encoding="utf-8")


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(kept_in: Settings, tmp_path: Path) -> None:
    """The file of before the migrations, copied as it was."""
    (tmp_path / "old").mkdir()
    old_database(tmp_path / "old", BEFORE_MIGRATIONS)
    shutil.copy(tmp_path / "old" / "conversations.db", tmp_path / "sauvegarde")
    assert restore(kept_in, tmp_path / "sauvegarde", replace=False).conversations == 1
    assert [conversation.summary.title for conversation in kept(kept_in)] == ["Un ?"]


def test_one_owner_s_data_is_theirs_alone_and_no_backup(kept_in: Settings, tmp_path: Path) -> None:
    """As JSON lines that anybody can read."""
    there = fill(kept_in)
    path = tmp_path / "alice.jsonl"
    with opened(kept_in) as engine:
        assert export(engine, path, ALICE) == 2 + 1 + 3 + 1
        assert export(engine, tmp_path / "nobody.jsonl", "x") == 0
    head, *rows, foot = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert (head["format"], head["owner"], foot["rows"]) == ("qa-service", ALICE, 7)
    assert [row["table"] for row in rows] == ["conversation"] * 2 + ["share"] + ["turn"] * 3 + ["feedback"]
    assert rows[3]["answer"]["question"] == "Où est « l'été » ?"
    assert BOB not in path.read_text(encoding="utf-8")
    with pytest.raises(BackupError, match="d'une personne"):
        restore(kept_in, path, replace=True)
    assert kept(kept_in) == there


def test_a_place_that_cannot_be_written_is_named(kept_in: Settings, tmp_path: Path) -> None:
    """Nor is the database itself overwritten, nor a half-written file left."""
    there = fill(kept_in)
    with opened(kept_in) as engine:
        with pytest.raises(BackupError, match="ne s'écrit pas"):
            backup(engine, tmp_path / "nowhere" / "sauvegarde")
        if engine.dialect.name == "sqlite":
            itself = kept_in.var_dir / "conversations.db"
            with pytest.raises(BackupError, match="la base elle-même"):
                backup(engine, itself)
            with pytest.raises(BackupError, match="la base elle-même"):
                restore(kept_in, itself, replace=True)
    assert kept(kept_in) == there
    assert not list(tmp_path.rglob("*.partiel"))


def test_no_server_no_restore(tmp_path: Path) -> None:
    """The database that is to be filled does not answer."""
    fill(settings := Settings(var_dir=tmp_path / "var"))
    with opened(settings) as engine:
        backup(engine, tmp_path / "sauvegarde")
    with pytest.raises(StorageError, match="QA_DATABASE_URL"):
        restore(Settings(var_dir=tmp_path, database_url="postgresql://127.0.0.1:9/b"), tmp_path / "sauvegarde", replace=True)


def test_verified_answers_are_put_back_with_the_rest(kept_in: Settings, tmp_path: Path) -> None:
    """In the place of those that there are, which are not replaced unasked either."""
    with opened(kept_in) as engine:
        CorrectionStore(engine).keep(CORRECTION, ALICE)
        backup(engine, tmp_path / "sauvegarde")
        CorrectionStore(engine).keep(replace(CORRECTION, told="Autre chose."), ALICE)
        CorrectionStore(engine).keep(replace(CORRECTION, question="Et quand ?"), ALICE)
    with pytest.raises(BackupError, match=r"2 réponses vérifiées ; .* : --yes"):
        restore(kept_in, tmp_path / "sauvegarde", replace=False)
    assert restore(kept_in, tmp_path / "sauvegarde", replace=True).kept
    with opened(kept_in) as engine:
        assert CorrectionStore(engine).all() == (CORRECTION,)
