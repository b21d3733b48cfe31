"""Log lines: their form, and what they keep to themselves."""

import json
import logging
import sqlite3
from typing import Any

import pytest

from qa_service.settings import LogFormat, LogLevel, Settings
from tests.support.logged import Written
from web.logs import configure


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    """Return an error as it is once raised."""
    try:
        raise error from cause
    except Exception as caught:  # noqa: BLE001  # any that the test made
        return caught


def lines(written: Written, error: Exception, settings: Settings) -> list[dict[str, Any]]:
    """Return what is written of an error."""
    configure(settings)
    logging.getLogger("web.test").error("it failed", exc_info=error, extra={"route": "/"})
    return written.lines()


def test_a_line_is_one_json_object(written: Written) -> None:
    """With the time, the level, who tells, what happened and what belongs to it."""
    configure(Settings())
    logging.getLogger("web.test").warning("two\nlines of %s", "« text »", extra={"status": 200})
    (line,) = written.lines()
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "warning", "logger": "web.test", "event": "two\nlines of « text »", "status": 200}


def test_a_terminal_gets_words(written: Written) -> None:
    """The level, the event, what belongs to it; a traceback below."""
    configure(Settings(log_format=LogFormat.TEXT))
    logging.getLogger("web.test").error("it failed", exc_info=raised(OSError("disk full")), extra={"status": 500})
    first, *_, last = written.text().splitlines()
    assert first[8:] == " ERROR   it failed status=500"
    assert last == "OSError: disk full"


def test_an_error_says_where_but_quotes_nobody(written: Written) -> None:
    """A message that may hold what was asked is left out; those about files and the database are told."""
    error = raised(ValueError("Combien de chiens ?"), raised(sqlite3.OperationalError("database is locked")))
    (line,) = lines(written, error, Settings())
    assert "sqlite3" not in line["event"]
    assert "test_logs.py" in line["traceback"]
    assert "OperationalError: database is locked\n" in line["traceback"]
    assert line["traceback"].endswith("\nValueError")


def test_by_leave_an_error_says_all(written: Written) -> None:
    """As Python prints it."""
    (line,) = lines(written, raised(ValueError("Combien de chiens ?")), Settings(log_questions=True))
    assert line["traceback"].endswith("ValueError: Combien de chiens ?\n")


@pytest.mark.parametrize("log_questions", [False, True])
def test_gunicorn_does_not_tell_addresses(written: Written, log_questions: bool) -> None:
    """What it says of a broken request begins the same and ends there."""
    configure(Settings(log_questions=log_questions))
    log = logging.getLogger("gunicorn.error")
    log.warning("Invalid request from ip=192.0.2.1: GET /chiffres?q=chiens")
    log.error("Error handling request %s %s", "GET", "/partage/secret")
    log.info("Booting worker with pid: %s", 7)
    events = [line["event"] for line in written.lines()]
    if log_questions:
        assert events[0].endswith("chiens")
    else:
        assert events == ["Invalid request", "Error handling request", "Booting worker with pid: 7"]


def test_libraries_are_heard_from_warnings_on(written: Written) -> None:
    """Whatever the level, since what they tell below may hold an address or a question."""
    configure(Settings(log_level=LogLevel.DEBUG))
    for name in ("flask-limiter", "bm25s", "web.test"):
        logging.getLogger(name).info("told")
    logging.getLogger("flask-limiter").warning("told")
    assert [(line["logger"], line["level"]) for line in written.lines()] == [
        ("web.test", "info"),
        ("flask-limiter", "warning"),
    ]


def test_no_level_is_set_on_import() -> None:
    """Neither by the application nor by what it logs with: the server alone decides."""
    for name in ("web", "web.app", "web.observing", "web.logs", "web.serving.server", "qa_service", "index"):
        assert logging.getLogger(name).level == logging.NOTSET
    assert json.dumps(logging.getLogger("web").handlers) == "[]"
