"""What can go wrong here.

QAError
└── EvaluationError        a file of cases, figures or a run cannot be used, or the server under measure does not answer
"""

from index.errors import QAError


class EvaluationError(QAError):
    """An evaluation cannot be run; the message says in French what, the value and the remedy."""
