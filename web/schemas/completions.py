"""The JSON of OpenAI's chat completions, as far as a service that cites and does not write can speak it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StrictBool
from pydantic_core import PydanticCustomError

from web.schemas.answers import AnswerOut, CitationOut, FigureOut, Problem, Schema
from web.typography import french

MODEL = "qa-service"


def _refused_unless(accepted: Callable[[object], bool], message: str) -> AfterValidator:
    """Return what refuses, in French, a request for more than the service does."""

    def check(value: object) -> object:
        if not accepted(value):
            raise PydanticCustomError("unsupported", message)
        return value

    return AfterValidator(check)


def _joined(content: object) -> object:
    """Return the texts of a list of parts as one."""
    if not isinstance(content, list):
        return content
    texts = [part.get("text") if isinstance(part, dict) and part.get("type") == "text" else None for part in content]
    if not all(isinstance(text, str) for text in texts):
        raise PydanticCustomError("unsupported", "Ce service ne lit que du texte : ni image, ni son, ni fichier.")
    return "\n".join(filter(None, texts))


class TextPart(Schema):
    """A part of a message."""

    type: Literal["text"]
    text: str


class MessageIn(Schema):
    """A message of the conversation. Only those of the user are read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str | None, BeforeValidator(_joined, json_schema_input_type=str | tuple[TextPart, ...] | None)] = None


def _has_question(messages: object) -> bool:
    return isinstance(messages, tuple) and any(message.role == "user" for message in messages)


class StreamOptions(Schema):
    """Whether a stream ends with the usage."""

    include_usage: StrictBool | None = None


class ResponseFormat(Schema):
    """The form that the answer is asked for in."""

    type: str


class CompletionIn(Schema):
    """A conversation whose last user message is the question; fields not listed here are accepted and ignored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "Combien de chiens la fourrière a-t-elle recueillis ?"}],
                }
            ]
        }
    )

    model: str
    messages: Annotated[
        tuple[MessageIn, ...],
        _refused_unless(_has_question, "Il manque une question : un message de l'utilisateur (« role » vaut « user »)."),
    ]
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[
        int | None, _refused_unless(lambda n: n in (None, 1), "Ce service donne une seule réponse : « n » vaut 1.")
    ] = None
    tools: Annotated[
        tuple[object, ...] | None, _refused_unless(lambda tools: not tools, "Ce service n'appelle pas d'outil.")
    ] = None
    functions: Annotated[
        tuple[object, ...] | None, _refused_unless(lambda tools: not tools, "Ce service n'appelle pas de fonction.")
    ] = None
    response_format: Annotated[
        ResponseFormat | None,
        _refused_unless(
            lambda form: form in (None, ResponseFormat(type="text")), "Ce service répond en Markdown, pas en JSON."
        ),
    ] = None

    @property
    def asked(self) -> tuple[str, ...]:
        """What the user said, oldest first; there is something."""
        return tuple(message.content or "" for message in self.messages if message.role == "user")


class Evidence(Schema):
    """What an answer rests on, beside OpenAI's fields: as in the answer of `POST /api/v1/questions`."""

    status: Literal["answered", "not_found"]
    figures: tuple[FigureOut, ...]
    citations: tuple[CitationOut, ...]

    @classmethod
    def of(cls, answer: AnswerOut) -> Self:
        """Return the evidence of an answer."""
        return cls(status=answer.status.value, figures=answer.figures, citations=answer.citations)


class UsageOut(Schema):
    """Always nothing: no language model runs, no token is counted."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class MessageOut(Evidence):
    """The answer; `content` is Markdown. A refusal is an answer like another, told by `status`: `refusal` is always null."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class ChoiceOut(Schema):
    """The one answer of a completion."""

    index: Literal[0] = 0
    message: MessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class CompletionOut(Evidence):
    """An answer; `created` is in seconds since 1970."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: tuple[ChoiceOut]
    usage: UsageOut


class DeltaOut(Schema):
    """What a chunk adds to the message; a field that adds nothing is left out."""

    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoiceOut(Schema):
    """The one answer of a stream, a piece of it."""

    index: Literal[0] = 0
    delta: DeltaOut
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class ChunkOut(Schema):
    """An event of a stream. The last one carries the evidence; `usage` is there only if it was asked for."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: tuple[ChunkChoiceOut, ...]
    usage: UsageOut | None = None
    status: Literal["answered", "not_found"] | None = None
    figures: tuple[FigureOut, ...] | None = None
    citations: tuple[CitationOut, ...] | None = None


class ModelOut(Schema):
    """What can be asked: every report, or one; `created` is when its index was built, in seconds since 1970."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["qa-service"] = "qa-service"


class ModelList(Schema):
    """All that can be asked."""

    object: Literal["list"] = "list"
    data: tuple[ModelOut, ...]


class CompletionError(Schema):
    """What is wrong: `message` is French, `code` as in the problems of the other routes, `param` the field if there is one."""

    message: str
    type: Literal["invalid_request_error", "rate_limit_error", "server_error"]
    param: str | None
    code: str


class CompletionErrorOut(Schema):
    """OpenAI's envelope of an error."""

    error: CompletionError

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return a problem in OpenAI's envelope, with the first field that is wrong."""
        kind: Literal["invalid_request_error", "rate_limit_error", "server_error"] = "invalid_request_error"
        if problem.status == 429:
            kind = "rate_limit_error"
        elif problem.status >= 500:
            kind = "server_error"
        first = problem.errors[0] if problem.errors else None
        message = french(f"{first.field} : {first.message}") if first and first.field else problem.detail
        return cls(
            error=CompletionError(message=message, type=kind, param=first.field or None if first else None, code=problem.code)
        )
