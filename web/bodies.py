"""What is in a request's body."""

from __future__ import annotations

from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from web.problems import ProblemError, invalid, problem_of

T = TypeVar("T", bound=BaseModel)


def json_body(kind: type[T]) -> T:
    """Return what is in the request's body; pydantic reads the bytes itself, so that no JSON can break it.

    Raises:
        ProblemError: it is no JSON (415, 400), or a field is wrong (422).
    """
    if not request.is_json:
        raise ProblemError(problem_of(415))
    try:
        return kind.model_validate_json(request.get_data())
    except ValidationError as error:
        raise invalid(error.errors(include_url=False)) from None
