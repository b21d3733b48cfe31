"""A short name for the content of a model's files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

HASH_LENGTH = 12


def short_hash(paths: Iterable[Path]) -> str:
    """Return the first digits of the SHA-256 of some files, taken in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:HASH_LENGTH]
