"""Where an index stands on disk: a link to a version, moved by one rename; versions are built beside, one build at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the lock of an index folder: a second build waits for the first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f".{folder.name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def new_version(folder: Path) -> Iterator[Path]:
    """Give a new folder beside an index to build in, with the lock held; a build that fails leaves nothing of it.

    What builds that were killed left behind is removed; the version in place stays.
    """
    in_place = folder.resolve()
    for left in folder.parent.glob(f".{folder.name}.v-*"):
        if left.resolve() != in_place:
            shutil.rmtree(left, ignore_errors=True)
    version = Path(mkdtemp(prefix=f".{folder.name}.v-", dir=folder.parent))
    try:
        yield version
    finally:
        if folder.resolve() != version.resolve():
            shutil.rmtree(version, ignore_errors=True)


def put_in_place(version: Path, folder: Path) -> None:
    """Point an index folder at a version by one rename: a reader finds the old one or the new one, never a part.

    The version before stays on disk until the next build, for readers that are opening it.
    """
    link = folder.with_name(f".{folder.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(version.name, target_is_directory=True)
    os.replace(link, folder)
