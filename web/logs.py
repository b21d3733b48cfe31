"""The log on stderr: one JSON object a line, or words on a terminal. What it tells of those who ask is a setting."""

from __future__ import annotations

import json
import logging
import sqlite3
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from index.errors import QAError
from qa_service.settings import LogFormat, Settings

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")  # ties the lines of one request together
_OURS = ("web", "qa_service", "index", "gunicorn", "py")  # "py.warnings" are Python's own
_USUAL = frozenset((*vars(logging.makeLogRecord({})), "message", "asctime"))  # the rest was given as `extra`
# What these errors say is about files, the database or the index; any other may quote what somebody asked.
_QUOTING_NOBODY = (OSError, sqlite3.Error, QAError)
_TELLING = ("Invalid request", "Error handling request")  # gunicorn goes on with the client's address, or what it sent


def configure(settings: Settings) -> None:
    """Send what this process logs to stderr, as the settings say."""
    handler = logging.StreamHandler()
    kind = TextFormatter if writes_text(settings) else JsonFormatter
    handler.setFormatter(kind(messages=settings.log_questions))
    handler.addFilter(_concerns_us)
    if not settings.log_questions:
        handler.addFilter(_discreet)
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)
    logging.captureWarnings(True)


def writes_text(settings: Settings) -> bool:
    """Return whether the log is for people."""
    return settings.log_format == LogFormat.TEXT or (settings.log_format == LogFormat.AUTO and sys.stderr.isatty())


class _Formatter(logging.Formatter):
    """`messages` says whether a traceback may hold the message of any error."""

    def __init__(self, *, messages: bool) -> None:
        super().__init__()
        self._messages = messages

    def _extra(self, record: logging.LogRecord) -> dict[str, object]:
        """Return what the line says beside its event, the request's id first and a traceback last."""
        extra: dict[str, object] = {"request_id": REQUEST_ID.get()} if REQUEST_ID.get() else {}
        extra |= {name: value for name, value in vars(record).items() if name not in _USUAL}
        if record.exc_info and record.exc_info[1]:
            extra["traceback"] = _traceback(record.exc_info[1], messages=self._messages)
        return extra


class JsonFormatter(_Formatter):
    """One line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **self._extra(record),
        }
        return json.dumps(line, ensure_ascii=False, default=str)


class TextFormatter(_Formatter):
    """Words for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the time of day, the level, the event and what else there is, a traceback below."""
        extra = self._extra(record)
        below = f"\n{extra.pop('traceback')}" if "traceback" in extra else ""
        given = "".join(f" {name}={json.dumps(value, ensure_ascii=False, default=str)}" for name, value in extra.items())
        return f"{self.formatTime(record, '%H:%M:%S')} {record.levelname:<7} {record.getMessage()}{given}{below}"


def _traceback(error: BaseException, *, messages: bool) -> str:
    """Return where an error and its causes were raised, the first cause first; what they say only where it may be told."""
    if messages:
        return "".join(traceback.format_exception(error))
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        said = f": {cause}" if isinstance(cause, _QUOTING_NOBODY) else ""
        parts.insert(0, f"{''.join(traceback.format_tb(cause.__traceback__))}{type(cause).__name__}{said}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(parts)


def _concerns_us(record: logging.LogRecord) -> bool:
    """Libraries are heard from warnings on: what they tell below may hold addresses or words of a question."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in _OURS


def _discreet(record: logging.LogRecord) -> bool:
    if record.name == "gunicorn.error":
        for beginning in _TELLING:
            if record.getMessage().startswith(beginning):
                record.msg, record.args = beginning, ()
    return True
