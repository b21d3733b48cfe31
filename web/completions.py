"""OpenAI's chat completions: the service as a model that chat front ends and OpenAI's clients can ask. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from time import time
from typing import Literal

from flask import Blueprint, Response, request
from pydantic import BaseModel, TypeAdapter, ValidationError

from qa_service.model import Question
from qa_service.timing import Stopwatch
from web import observing
from web.asking import answered
from web.bodies import json_body
from web.conversations import HISTORY_TURNS, AnsweredTurn, new_id
from web.markdown import answer_as_markdown
from web.problems import ProblemError, invalid, problem_of
from web.schemas.answers import QuestionText
from web.schemas.completions import (
    MODEL,
    ChoiceOut,
    ChunkChoiceOut,
    ChunkOut,
    CompletionIn,
    CompletionOut,
    DeltaOut,
    Evidence,
    MessageOut,
    ModelList,
    ModelOut,
    UsageOut,
)
from web.state import current_reports, current_service

bp = Blueprint("completions", __name__, url_prefix="/v1")

_QUESTION: TypeAdapter[str] = TypeAdapter(QuestionText)


@bp.get("/models")
def list_models() -> Response:
    """List what can be asked."""
    return _json(ModelList(data=_models()))


@bp.get("/models/<path:model>")
def get_model(model: str) -> Response:
    """Give one of them."""
    return _json(_model(model))


@bp.post("/chat/completions")
def create_completion() -> Response:
    """Answer the last question of a conversation, at once or as a stream."""
    asked = json_body(CompletionIn)
    turn = _answered(asked)
    completion = _completion(turn, asked.model)
    if not asked.stream:
        return _json(completion)
    with_usage = bool(asked.stream_options and asked.stream_options.include_usage)
    response = Response(_events(completion, with_usage), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _models() -> tuple[ModelOut, ...]:
    built = {report.document.slug: int(datetime.fromisoformat(report.built_at).timestamp()) for report in current_reports()}
    every = ModelOut(id=MODEL, created=max(built.values()))
    return (every, *(ModelOut(id=f"{MODEL}/{slug}", created=created) for slug, created in built.items()))


def _model(name: str) -> ModelOut:
    for model in _models():
        if model.id == name:
            return model
    known = ", ".join(f"« {model.id} »" for model in _models())
    detail = f"Il n'y a pas de modèle « {name[:100]} » ; au choix : {known}."
    raise ProblemError(problem_of(404, detail, code="model_not_found"))


def _answered(asked: CompletionIn) -> AnsweredTurn:
    slug = _model(asked.model).id.removeprefix(MODEL).removeprefix("/")
    *earlier, text = asked.asked
    # What the service would have refused as a question was never answered: nothing follows it up.
    history = current_service().history(list(filter(_is_question, earlier))[-HISTORY_TURNS:])
    watch = Stopwatch()
    turn = answered(Question(_question(text), history, slug or None), watch, conversation_id="")
    observing.answered(turn.answer, turn.kind, watch.seconds)
    return turn


def _question(text: str) -> str:
    try:
        return _QUESTION.validate_python(text)
    except ValidationError as error:
        raise invalid([{**one, "loc": ("messages",)} for one in error.errors(include_url=False)]) from None


def _is_question(text: str) -> bool:
    try:
        _QUESTION.validate_python(text)
    except ValidationError:
        return False
    return True


def _completion(turn: AnsweredTurn, model: str) -> CompletionOut:
    evidence = dict(Evidence.of(turn.answer))
    message = MessageOut(content=answer_as_markdown(turn, request.host_url), **evidence)
    return CompletionOut(
        id=new_id("chatcmpl"),
        created=int(time()),
        model=model,
        choices=(ChoiceOut(message=message),),
        usage=UsageOut(prompt_tokens=0, completion_tokens=0, total_tokens=0),
        **evidence,
    )


def _events(completion: CompletionOut, with_usage: bool) -> Iterator[str]:
    """Yield the lines of a stream; what is left out of a chunk is left out of its JSON."""
    for chunk in _chunks(completion, with_usage):
        yield f"data: {chunk.model_dump_json(exclude_unset=True)}\n\n"
    yield "data: [DONE]\n\n"


def _chunks(completion: CompletionOut, with_usage: bool) -> Iterator[ChunkOut]:
    empty = ChunkOut(
        id=completion.id, object="chat.completion.chunk", created=completion.created, model=completion.model, choices=()
    )
    if with_usage:
        empty = empty.model_copy(update={"usage": None})
    said = completion.choices[0].message.content.splitlines(keepends=True)
    for delta in (DeltaOut(role="assistant", content=""), *(DeltaOut(content=line) for line in said)):
        yield empty.model_copy(update={"choices": (_chunk_choice(delta, None),)})
    last = empty.model_copy(update={"choices": (_chunk_choice(DeltaOut(), "stop"),)})
    if with_usage:
        yield last
        last = empty.model_copy(update={"usage": completion.usage})
    yield last.model_copy(update={name: getattr(completion, name) for name in Evidence.model_fields})


def _chunk_choice(delta: DeltaOut, finish_reason: Literal["stop"] | None) -> ChunkChoiceOut:
    return ChunkChoiceOut(index=0, delta=delta, logprobs=None, finish_reason=finish_reason)


def _json(body: BaseModel) -> Response:
    return Response(body.model_dump_json(), mimetype="application/json")
