"""What can go wrong on the report side.

QAError                    everything this project raises on purpose; the message says what, the value and the remedy
├── ReportError            a report cannot be read
│   ├── ReportNotFoundError    there is no such file or folder
│   ├── ReportFormatError      not UTF-8, empty, damaged, encrypted, without a text layer, of an unknown type
│   └── ReportLimitError       larger, longer to read or hungrier for memory than allowed
├── FactsError             a fact card or glossary entry is malformed or does not quote the report verbatim
├── IndexStateError        an index on disk cannot be used; the message names the command that mends it
│   ├── IndexMissingError      never built
│   ├── IndexCorruptError      a file is missing, damaged or of another version
│   └── IndexStaleError        built from another report, other settings or another encoder
└── EncoderError           an embedding model cannot be loaded
"""


class QAError(Exception):
    """The root: whoever shows errors to a user catches this one."""


class ReportError(QAError):
    """A report cannot be read."""


class ReportNotFoundError(ReportError):
    """There is no such file or folder."""


class ReportFormatError(ReportError):
    """The file is not what it should be."""


class ReportLimitError(ReportError):
    """The file asks for more time or memory than allowed."""


class FactsError(QAError):
    """A fact card or a glossary entry cannot be used."""


class IndexStateError(QAError):
    """An index on disk cannot be used."""


class IndexMissingError(IndexStateError):
    """The index was never built."""


class IndexCorruptError(IndexStateError):
    """A file of the index is missing or damaged."""


class IndexStaleError(IndexStateError):
    """The index was built from something else."""


class EncoderError(QAError):
    """An embedding model cannot be loaded."""
