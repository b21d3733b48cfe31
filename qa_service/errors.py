"""What can go wrong on the question side, beside what `index.errors` has.

QAError
├── SettingsError          a setting is unknown or has a value that it cannot have; the message names both
├── DraftError             a text to check cannot be read; the message says what to do
│   └── DraftLimitError        it is longer, or unpacks to more, than allowed
└── CorrectionError        a verified answer is not what the report says; the message says what to do
"""

from index.errors import QAError


class SettingsError(QAError):
    """A setting is unknown or has a value that it cannot have; the message names both."""


class DraftError(QAError):
    """A text to check cannot be read."""


class DraftLimitError(DraftError):
    """A text to check is too large."""


class CorrectionError(QAError):
    """A verified answer is not what the report says."""
