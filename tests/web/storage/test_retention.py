"""Conversations that nobody continues are deleted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, text, update

from qa_service.settings import Settings
from tests.support.turns import ALICE, turn
from web.conversations import ConversationStore
from web.schemas.conversations import FeedbackIn, FeedbackVerdict
from web.storage import retention as rules
from web.storage.retention import Retention
from web.storage.schema import opened
from web.storage.tables import KEPT, ConversationRow, as_kept


@pytest.fixture
def engine(kept_in: Settings) -> Iterator[Engine]:
    """A database with a conversation of today, and two of 40 days ago that were judged and shared."""
    with opened(kept_in) as engine:
        store = ConversationStore(engine)
        for name in ("c_old", "c_older", "c_new"):
            asked = turn("Un ?", name)
            store.add(asked, ALICE)
            store.judge(FeedbackIn(question_id=asked.answer.id, verdict=FeedbackVerdict.WRONG), ALICE)
            store.share(name, ALICE)
        age(engine, 40, "c_old", "c_older")
        yield engine


def age(engine: Engine, days: int, *names: str) -> None:
    """Make conversations as if their last question were so many days old."""
    then = as_kept(datetime.now(UTC) - timedelta(days=days))
    with engine.begin() as connection:
        connection.execute(update(ConversationRow).where(ConversationRow.id.in_(names)).values(updated_at=then))


def test_what_is_older_goes_with_all_that_belongs_to_it(engine: Engine) -> None:
    """Turns, opinions and links too; what is younger stays; 0 days keep everything."""
    assert (Retention(engine, 0).overdue(), Retention(engine, 0).purge()) == (0, 0)
    assert (Retention(engine, 41).overdue(), Retention(engine, 41).purge()) == (0, 0)
    assert (Retention(engine, 39).overdue(), Retention(engine, 39).purge()) == (2, 2)
    assert [summary.id for summary in ConversationStore(engine).list_of(ALICE)] == ["c_new"]
    with engine.connect() as connection:
        assert [connection.scalar(select(func.count()).select_from(table.__table__)) for table in KEPT] == [1, 1, 1, 1, 0]


def test_a_question_makes_it_young_again(engine: Engine) -> None:
    """Its last use counts, not its first."""
    ConversationStore(engine).add(turn("Deux ?", "c_old"), ALICE)
    assert Retention(engine, 30).purge() == 1
    assert {summary.id for summary in ConversationStore(engine).list_of(ALICE)} == {"c_new", "c_old"}


def test_it_is_due_once_a_day(engine: Engine) -> None:
    """Of eight that ask at once, one purges; a day later, or with another number of days, it is due again."""
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: Retention(engine, 30).purge_if_due(), range(8)))
    assert sorted(counts) == [0] * 7 + [2]
    age(engine, 25, "c_new")
    assert Retention(engine, 20).purge_if_due() == 1
    with engine.begin() as connection:
        connection.execute(text("UPDATE upkeep SET begun_at = '2020-01-01T00:00:00.000+00:00'"))
    assert Retention(engine, 30)._begin()
    assert not Retention(engine, 30)._begin()


def test_answers_are_kept_while_it_purges(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two purges and a writer at once: everything old goes, everything new stays, and no answer waits long."""
    store = ConversationStore(engine)
    names = [f"c_{number}" for number in range(60)]
    for name in names:
        store.add(turn("Un ?", name), ALICE)
    age(engine, 40, *names)
    monkeypatch.setattr(rules, "BATCH", 10)
    waits: list[float] = []
    purges = [threading.Thread(target=Retention(engine, 30).purge) for _ in range(2)]
    for purge in purges:
        purge.start()
    while any(purge.is_alive() for purge in purges):
        started = time.perf_counter()
        store.add(turn("Deux ?", f"c_while_{len(waits)}"), ALICE)
        waits.append(time.perf_counter() - started)
    assert len(store.list_of(ALICE)) == 1 + len(waits)
    assert max(waits) < 1


def test_the_settings_say_how_long(kept_in: Settings) -> None:
    """A year unless told otherwise."""
    assert kept_in.retention_days == 365
    assert replace(kept_in, retention_days=0).retention_days == 0
