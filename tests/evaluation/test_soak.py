"""A server under mixed load: what it answers is counted, and what it forgets."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from evaluation.benchmarks.soak import Sender, Soak, below, soak
from tests.support.serving import build_made_up, serving

ASKED = ("Qui préside ?", "Combien d'habitants ?")


def soaked(folder: Path, *, forgets: bool) -> Soak:
    """Load a server over the made-up report; half-way through, everything that it keeps may be taken from it."""
    settings = build_made_up(folder)
    with serving(settings.var_dir, QA_SEEDS_DIR=str(settings.seeds_dir)) as server:

        def forget() -> None:
            with closing(sqlite3.connect(settings.var_dir / "conversations.db", timeout=30)) as database, database:
                database.execute("DELETE FROM turn")

        thief = threading.Timer(1.5, forget)
        if forgets:
            thief.start()
        done = soak(server.url, ASKED, ["rapport-2019"], rate=25, seconds=3, pids=lambda: below(server.process.pid))
        thief.cancel()
        return done


def test_a_sound_server(tmp_path: Path) -> None:
    """Fails in nothing and forgets nothing; each kind of request was sent."""
    done = soaked(tmp_path, forgets=False)
    assert (done.failures, done.lost) == (0, 0)
    assert sum(map(len, done.kept.values())) > 20
    assert set(done.times_ms) >= {"question", "follow-up", "conversation", "page", "figures"}
    assert done.resident_mib[0] >= done.proportional_mib[0] > 50


def test_a_server_that_forgets(tmp_path: Path) -> None:
    """Is found out."""
    assert soaked(tmp_path, forgets=True).lost > 0


def test_below() -> None:
    """The process itself comes first."""
    assert next(below(os.getpid())) == os.getpid()


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n[1, 2]\n", 200),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1, 2]\n", 0),
        (b"HTTP/1.1 200 OK\r\nContent-Le", 0),
        (b"", 0),
    ],
)
def test_a_reply_that_is_cut_off(reply: bytes, status: int) -> None:
    """Is none, whatever status it begins with: a worker that dies while it sends is no success."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        writer.close()

    async def send() -> int:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            return (await Sender(f"http://127.0.0.1:{port}", ASKED, [], Soak()).send("GET", "/")).status

    assert asyncio.run(send()) == status


@pytest.mark.parametrize(("mib", "growth"), [([1, 2], None), ([1, 2, 4], None), ([1, 2, 4, 5], 0.25)])
def test_growth(mib: list[float], growth: float | None) -> None:
    """Is from the second minute on; what lasted no longer tells of none."""
    assert Soak(resident_mib=mib).growth == growth
