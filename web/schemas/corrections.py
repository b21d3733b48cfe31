"""What the form of a verified answer says."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, StringConstraints

from web.schemas.answers import QuestionText, Schema, WithoutControlCharacters

MAX_CHARS = 800  # what an answer may have at most
_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_CHARS), WithoutControlCharacters()]
# As the report prints it: neither stripped nor shortened.
_Quote = Annotated[str, StringConstraints(max_length=MAX_CHARS)]


class CorrectionIn(Schema):
    """A question, what to tell, and the words of the report that prove it: a `quote`, else a `sentence` that was offered.

    `silent` says that the report does not say.
    """

    model_config = ConfigDict(extra="forbid")

    question: QuestionText
    document: Annotated[str, StringConstraints(max_length=200)]
    told: _Text = ""
    quote: _Quote = ""
    sentence: _Quote = ""
    silent: bool = False
