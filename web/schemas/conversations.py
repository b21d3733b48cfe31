"""The JSON of conversations, and of what those who ask think of their answers."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, StringConstraints

from web.schemas.answers import AnswerOut, Schema, WithoutControlCharacters

MAX_TITLE_CHARS = 120
MAX_COMMENT_CHARS = 1000


class ConversationSummary(Schema):
    """A conversation in a list; `title` is its first question, times are RFC 3339."""

    id: str
    title: str
    created_at: str
    updated_at: str


class ConversationList(Schema):
    """The caller's own conversations, the last used first."""

    conversations: tuple[ConversationSummary, ...]


class ConversationOut(ConversationSummary):
    """A conversation with its answers as they were given, oldest first."""

    turns: tuple[AnswerOut, ...]


class TitleIn(Schema):
    """What a conversation is called."""

    title: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TITLE_CHARS),
        WithoutControlCharacters(),
    ]


class FeedbackVerdict(StrEnum):
    """What the asker thinks of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    INCOMPLETE = "incomplete"


class FeedbackIn(Schema):
    """What the asker thinks of the answer whose `id` is `question_id`, and why."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question_id": "q_4mZ1", "verdict": "incomplete", "comment": "Il manque les chats."}]},
    )

    question_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    verdict: FeedbackVerdict
    comment: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=MAX_COMMENT_CHARS),
        WithoutControlCharacters(),
    ] = ""


class FeedbackOut(Schema):
    """An opinion, as it was kept."""

    verdict: FeedbackVerdict
    comment: str


class ExportQuery(Schema):
    """The file that a conversation is asked for as."""

    format: Literal["md", "docx", "csv"] = "md"
