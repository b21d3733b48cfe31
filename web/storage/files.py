"""Files of what people asked: nobody else's to read, and whole or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from web.storage.errors import BackupError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a file to fill, which takes the place of `path` when the block ends well, and is gone when it does not.

    Raises:
        BackupError: it cannot be written.
    """
    partial = path.with_name(f"{path.name}.partiel")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield partial
            _to_disk(partial)
            partial.replace(path)
            _to_disk(path.parent)  # the name too
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(f"« {path} » ne s'écrit pas ({error.strerror}) ; choisissez un autre fichier.") from error


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
