"""What a running service does without being asked, in each server process, in a thread of its own: it purges."""

from __future__ import annotations

import logging
import time
from threading import Thread

from flask import Flask
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from web.state import EXTENSION, State
from web.storage.retention import Retention

CHECK_EVERY_S = 3600  # a purge is due once a day; whether it is costs one statement
log = logging.getLogger(__name__)


def start(app: Flask) -> None:
    """Begin; the thread ends with the process."""
    state: State = app.extensions[EXTENSION]
    Thread(target=_run, args=(state.retention,), name="upkeep", daemon=True).start()


def _run(retention: Retention) -> None:
    while True:
        try:
            if deleted := retention.purge_if_due():
                log.info("purged", extra={"conversations": deleted, "older_than_days": retention.days})
        except (DatabaseError, PoolTimeoutError) as error:  # it goes on at the next check, or in another process
            log.warning("purge failed", exc_info=error)
        time.sleep(CHECK_EVERY_S)
