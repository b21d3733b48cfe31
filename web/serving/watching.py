"""Sees that an index was built anew, and tells the server."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

INTERVAL_S = 2.0


Versions = frozenset[tuple[str, str]]


def watch_indexes(var_dir: Path, served: Versions) -> None:
    """Have a thread send this process a hang-up whenever others than `served` are in place and stay so for `INTERVAL_S`."""
    threading.Thread(target=_watch, args=(var_dir, served), name="index watch", daemon=True).start()


def _watch(var_dir: Path, served: Versions) -> None:
    seen = served
    while True:
        time.sleep(INTERVAL_S)
        before, seen = seen, in_place(var_dir)
        if seen == before and seen != served:
            served = seen
            os.kill(os.getpid(), signal.SIGHUP)


def in_place(var_dir: Path) -> Versions:
    """Return which version of which index is in place: a build puts it there by moving a link."""
    return frozenset((link.name, os.readlink(link)) for link in var_dir.glob("indexes/*") if link.is_symlink())
