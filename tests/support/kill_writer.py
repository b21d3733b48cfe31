"""Kills processes that keep answers, and looks whether each answer that they acknowledged is there.

`python -m tests.support.kill_writer 200` does it two hundred times on a SQLite file and says what it found.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select, text

from qa_service.settings import Settings
from tests.support.turns import ALICE, turn
from web.conversations import ConversationStore
from web.storage.schema import opened
from web.storage.tables import TurnRow

THREADS = 4  # as the server, a process writes from several threads
MAX_LIFE_S = 0.5  # after its first acknowledgement


@dataclass(frozen=True, slots=True)
class Found:
    """How many answers were acknowledged, which of them are gone, and what SQLite says of its file."""

    acknowledged: int
    lost: frozenset[str]
    integrity: str


def kill_and_look(settings: Settings, rounds: int, seed: int = 0) -> Found:
    """Kill a writer at a random moment, `rounds` times on one database, and return what is there afterwards."""
    chance = random.Random(seed)
    acknowledged = [name for _ in range(rounds) for name in _write_until_killed(settings, chance.uniform(0, MAX_LIFE_S))]
    with opened(settings) as engine, engine.connect() as connection:
        kept = set(connection.scalars(select(TurnRow.question_id)))
    return Found(len(acknowledged), frozenset(acknowledged) - kept, _integrity(settings))


def _integrity(settings: Settings) -> str:
    with opened(settings) as engine, engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # checks itself when it starts
            return "ok"
        return str(connection.scalar(text("PRAGMA integrity_check")))


def _write_until_killed(settings: Settings, life_s: float) -> list[str]:
    """Start a writer, kill it, and return the ids of the answers that it said were kept."""
    command = [sys.executable, "-m", "tests.support.kill_writer", "--write", str(settings.var_dir), settings.database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        first = writer.stdout.readline()
        time.sleep(life_s)
        writer.send_signal(signal.SIGKILL)
        lines = [first, *writer.stdout]
    assert writer.returncode == -signal.SIGKILL
    return [line.strip() for line in lines if line.endswith("\n")]


def _write(engine: Engine, thread: int) -> None:
    """Keep answers for ever, and say of each that it was kept once it was."""
    store, number = ConversationStore(engine), 0
    while True:
        asked = turn("Combien ? " * 200, f"c_{thread}_{number // 5}")
        store.add(asked, ALICE)
        sys.stdout.write(f"{asked.answer.id}\n")
        sys.stdout.flush()
        number += 1


def main(arguments: list[str]) -> int:
    """Write, or kill those who do; 1 if anything was lost."""
    if arguments[0] == "--write":
        settings = Settings(var_dir=Path(arguments[1]), database_url=arguments[2])
        with opened(settings) as engine, ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda thread: _write(engine, thread), range(THREADS)))
    with TemporaryDirectory() as folder:
        found = kill_and_look(Settings(var_dir=Path(folder)), int(arguments[0]))
    sys.stdout.write(
        f"{arguments[0]} writers killed, {found.acknowledged} answers acknowledged, {len(found.lost)} lost, "
        f"integrity_check: {found.integrity}\n"
    )
    return int(bool(found.lost) or found.integrity != "ok")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
