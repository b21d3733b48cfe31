"""What can go wrong with what is kept.

QAError
└── StorageError           the database cannot be reached, made or opened; the message says what to do
    ├── NewerSchemaError       a later version of the service made it
    └── BackupError            a file is no backup, is damaged, or cannot be written
"""

from index.errors import QAError


class StorageError(QAError):
    """The database cannot be reached, made or opened."""


class NewerSchemaError(StorageError):
    """A later version of the service made it."""


class BackupError(StorageError):
    """A file is no backup, is damaged, or cannot be written."""
