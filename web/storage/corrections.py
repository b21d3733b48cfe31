"""The verified answers of one database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Row, bindparam, delete, select
from sqlalchemy.orm import sessionmaker

from qa_service.corrections import Correction, question_key
from web.storage.engine import ONE_STATEMENT, WRITING, insert_into
from web.storage.tables import CorrectionRow, as_kept

# Asked with each question: made once.
_FIND = select(CorrectionRow).where(CorrectionRow.key == bindparam("key")).order_by(CorrectionRow.corrected_at.desc())


class CorrectionStore:
    """Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._finding = engine.execution_options(**ONE_STATEMENT)
        self._reading = sessionmaker(engine)
        self._writing = sessionmaker(engine.execution_options(**WRITING))

    def find(self, question: str, documents: Collection[str]) -> Correction | None:
        """Return the verified answer to a question in one of these reports, the last one made; None if there is none."""
        with self._finding.connect() as connection:
            rows = connection.execute(_FIND, {"key": question_key(question)})  # at most one of each report
            return next((_correction(row) for row in rows if row.document in documents), None)

    def all(self) -> tuple[Correction, ...]:
        """Return every verified answer, the last one made first."""
        with self._reading() as session:
            return tuple(map(_correction, session.scalars(select(CorrectionRow).order_by(CorrectionRow.corrected_at.desc()))))

    def keep(self, correction: Correction, owner: str | None) -> None:
        """Keep a verified answer, in the place of an earlier one to the same question."""
        said = {
            "question": correction.question, "told": correction.told, "quote": correction.quote,
            "author": correction.author, "owner": owner, "corrected_at": correction.corrected_at,
        }  # fmt: skip
        with self._writing.begin() as session:
            upsert = insert_into(self._engine, CorrectionRow).values(
                document=correction.document, key=question_key(correction.question), **said
            )
            session.execute(upsert.on_conflict_do_update(index_elements=["document", "key"], set_=said))

    def withdraw(self, question: str, document: str) -> None:
        """Take a verified answer back; the service answers by itself again."""
        with self._writing.begin() as session:
            session.execute(delete(CorrectionRow).filter_by(document=document, key=question_key(question)))


def now() -> str:
    """Return this moment as the tables keep it."""
    return as_kept(datetime.now(UTC))


def _correction(row: CorrectionRow | Row[Any]) -> Correction:
    return Correction(
        document=row.document, question=row.question, told=row.told, quote=row.quote, author=row.author,
        corrected_at=row.corrected_at,
    )  # fmt: skip
