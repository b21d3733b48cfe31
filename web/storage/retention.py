"""Conversations that nobody continues are deleted after a time, with their opinions and links."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from web.storage.engine import WRITING, insert_into
from web.storage.tables import ConversationRow, UpkeepRow, as_kept

BATCH = 100  # conversations deleted in one transaction: an answer that is to be kept meanwhile waits for milliseconds
PAUSE_S = 0.1  # between two of them: SQLite lets those in who waited
EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Retention:
    """The conversations of a database, kept until `days` after their last question; for ever where that is 0."""

    engine: Engine
    days: int

    def overdue(self) -> int:
        """Return how many conversations are older than that."""
        if not self.days:
            return 0
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).where(ConversationRow.updated_at < self._limit())) or 0

    def purge(self) -> int:
        """Delete them and return how many they were; one that is continued meanwhile stays."""
        if not self.days:
            return 0
        # Locked rows are skipped: another purge has them, or somebody who continues them.
        old = select(ConversationRow.id).where(ConversationRow.updated_at < self._limit()).limit(BATCH)
        batch = delete(ConversationRow).where(ConversationRow.id.in_(old.with_for_update(skip_locked=True)))
        deleted = 0
        while True:
            with self.engine.execution_options(**WRITING).begin() as connection:
                count = len(connection.execute(batch.returning(ConversationRow.id)).all())
            if not count:
                return deleted
            deleted += count
            time.sleep(PAUSE_S)

    def purge_if_due(self) -> int:
        """Purge, unless a process has begun to within `EVERY`; return how many conversations were deleted."""
        return self.purge() if self.days and self._begin() else 0

    def _begin(self) -> bool:
        """Tell whether it is due: of several processes that ask, one is told so."""
        now = datetime.now(UTC)
        # By its number of days: another setting is applied at the next start, not a day later.
        task, begun_at = f"purge {self.days}", as_kept(now)
        with Session(self.engine.execution_options(**WRITING)) as session, session.begin():
            claim = insert_into(self.engine, UpkeepRow).values(task=task, begun_at=begun_at)
            claim = claim.on_conflict_do_update(
                index_elements=["task"], set_={"begun_at": begun_at}, where=UpkeepRow.begun_at <= as_kept(now - EVERY)
            )
            return session.execute(claim.returning(UpkeepRow.task)).first() is not None

    def _limit(self) -> str:
        return as_kept(datetime.now(UTC) - timedelta(days=self.days))
