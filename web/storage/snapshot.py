"""What people gave us as JSON lines: to be read by whoever asks for it, or put back into either database.

The first line says what the file is, the last one how many rows stand between and the SHA-256 of all before it; every other
line is a row of a table, in an order in which the rows can be written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from itertools import chain, groupby, islice
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import Connection, MetaData, Select, select
from sqlalchemy.exc import SQLAlchemyError

from web.storage.errors import BackupError, NewerSchemaError
from web.storage.schema import HEAD
from web.storage.tables import Base, ConversationRow, CorrectionRow, FeedbackRow, ShareRow, TurnRow, as_kept

BATCH = 500  # rows that are read or written at once
_TABLE, _JSON = "table", "answer"  # where a line has the table's name; the column that is JSON, in the file no text
_HEAD_BYTES = 1000  # a first line that is longer is none of ours


class Head(BaseModel):
    """What a file is; `owner` is None where it has what all gave, which can be restored."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal["qa-service"] = "qa-service"
    revision: str
    made_at: str
    owner: str | None


class Foot(BaseModel):
    """What was written above it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rows: int
    sha256: str


def write(connection: Connection, file: BinaryIO, owner: str | None = None) -> int:
    """Write what everybody gave, or one owner, as the transaction of `connection` sees it; return the number of rows."""
    digest, rows = sha256(), -1
    head = Head(revision=HEAD, made_at=as_kept(datetime.now(UTC)), owner=owner)
    for line in chain([head.model_dump_json().encode()], _lines(connection, owner)):
        rows += 1
        digest.update(line + b"\n")
        file.write(line + b"\n")
    file.write(Foot(rows=rows, sha256=digest.hexdigest()).model_dump_json().encode() + b"\n")
    return rows


def check(path: Path) -> Head:
    """Return what a file says that it is, once the whole of it was read.

    Raises:
        BackupError: it is no such file, or not as it was written.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        first = file.readline(_HEAD_BYTES)
        try:
            head = Head.model_validate_json(first)
        except ValidationError:
            raise BackupError(f"« {path} » n'est pas une sauvegarde de qa-service.") from None
        digest, rows, last = sha256(), -2, b""
        for line in chain([first], file):
            digest.update(last)
            rows, last = rows + 1, line
    if last != Foot(rows=rows, sha256=digest.hexdigest()).model_dump_json().encode() + b"\n":
        raise BackupError(f"« {path} » est abîmé : il y manque des lignes, ou elles ont changé ; prenez une autre sauvegarde.")
    return head


def load(connection: Connection, path: Path, head: Head) -> None:
    """Fill an empty database with what `check` found good: at the schema of the file, which is then brought up to date.

    Raises:
        NewerSchemaError: a later version of the service made the file.
        BackupError: the rows do not fit that schema.
    """
    upgrading = import_module("web.storage.upgrading")
    if head.revision not in upgrading.known_revisions():
        raise NewerSchemaError(head.revision)
    upgrading.upgrade(connection, head.revision)
    schema = MetaData()
    schema.reflect(connection)
    try:
        for name, rows in groupby(_rows(path), key=lambda row: str(row.pop(_TABLE))):
            while batch := list(islice(rows, BATCH)):
                connection.execute(schema.tables[name].insert(), batch)
    except (SQLAlchemyError, KeyError, ValueError) as error:
        raise BackupError(f"« {path} » n'est pas une sauvegarde de qa-service : ses lignes ont une autre forme.") from error
    upgrading.upgrade(connection, HEAD)


def _lines(connection: Connection, owner: str | None) -> Iterator[bytes]:
    for table, query in _selected(owner):
        for row in connection.execute(query.execution_options(yield_per=BATCH)).mappings():
            line = {_TABLE: table.__tablename__, **row}
            if _JSON in line:
                line[_JSON] = json.loads(str(line[_JSON]))
            yield json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()


def _selected(owner: str | None) -> Iterator[tuple[type[Base], Select[tuple[object, ...]]]]:
    """Yield each table with its rows of the owner; with all of them for None."""
    conversations = select(ConversationRow.id).filter_by(owner=owner)
    turns = select(TurnRow.number).where(TurnRow.conversation_id.in_(conversations))
    for table, theirs in (
        (ConversationRow, ConversationRow.id.in_(conversations)),
        (ShareRow, ShareRow.conversation_id.in_(conversations)),
        (TurnRow, TurnRow.number.in_(turns)),
        (FeedbackRow, FeedbackRow.turn_number.in_(turns)),
        (CorrectionRow, CorrectionRow.owner == owner),
    ):
        columns = table.__table__
        query = select(*columns.c).order_by(*columns.primary_key)
        yield table, query if owner is None else query.where(theirs)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    """Yield the rows of a file as the tables have them, each with the name of its table."""
    with path.open("rb") as file:
        for line in islice(file, 1, None):
            row = json.loads(line)
            if _TABLE not in row:
                return  # the last line
            if _JSON in row:
                row[_JSON] = json.dumps(row[_JSON], ensure_ascii=False, separators=(",", ":"))
            yield row
