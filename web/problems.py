"""What can go wrong in a request: one table from status to code and words, one envelope (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from web.schemas.answers import FieldProblem, Problem
from web.typography import french, thousands

T = TypeVar("T", bound=BaseModel)
MAX_FIELD_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """The code, title and usual explanation of one HTTP status."""

    code: str
    title: str
    detail: str


KINDS: Mapping[int, ProblemKind] = {
    400: ProblemKind("malformed", "Requête illisible", "Le corps de la requête n'est pas du JSON valide en UTF-8."),
    401: ProblemKind("unauthenticated", "Identification demandée", "Dites qui vous êtes pour utiliser ce service."),
    403: ProblemKind("forbidden", "Requête refusée", "Cette requête vient d'un autre site."),
    404: ProblemKind("not_found", "Introuvable", "Il n'y a rien à cette adresse."),
    405: ProblemKind("method_not_allowed", "Méthode refusée", "Cette adresse n'accepte pas cette méthode."),
    413: ProblemKind("too_large", "Trop volumineux", "La requête dépasse la taille acceptée."),
    414: ProblemKind("address_too_long", "Adresse trop longue", "L'adresse de la requête dépasse la taille acceptée."),
    415: ProblemKind("not_json", "Format refusé", "Envoyez du JSON (« Content-Type: application/json »)."),
    422: ProblemKind("invalid", "Demande à corriger", "Un champ au moins est à corriger."),
    429: ProblemKind("too_many_requests", "Trop de questions", "Attendez un peu avant de poser une autre question."),
    500: ProblemKind("internal", "Erreur du service", "Le service a rencontré une erreur ; elle a été enregistrée."),
    503: ProblemKind("unavailable", "Service indisponible", "Le service ne peut pas répondre pour le moment."),
}


class ProblemError(Exception):
    """A request that cannot be served; carries the envelope to send."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def problem_of(
    status: int, detail: str | None = None, *, code: str | None = None, errors: Sequence[FieldProblem] = ()
) -> Problem:
    """Return the envelope for `status`, with the table's explanation and code unless others are given."""
    kind = KINDS.get(status) or ProblemKind("refused", "Requête refusée", "Le service n'accepte pas cette requête.")
    return Problem(
        title=kind.title,
        status=status,
        detail=french(detail or kind.detail),
        code=code or kind.code,
        errors=tuple(errors),
    )


def unknown(detail: str) -> ProblemError:
    """Return the error for a thing that does not exist, or not for this caller."""
    return ProblemError(problem_of(404, detail))


def invalid(errors: Sequence[ErrorDetails]) -> ProblemError:
    """Return the error for what pydantic found: 400 when it is no JSON at all, 422 with each field otherwise."""
    if any(error["type"] == "json_invalid" for error in errors):
        return ProblemError(problem_of(400))
    return ProblemError(problem_of(422, errors=[_field_problem(error) for error in errors[:MAX_FIELD_PROBLEMS]]))


def validated(kind: type[T], values: Mapping[str, str]) -> T:
    """Return what a form or an address gives; raises ProblemError (422) with what is wrong in each field."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise invalid(error.errors(include_url=False)) from None


def _field_problem(error: ErrorDetails) -> FieldProblem:
    field = ".".join(str(part)[:100] for part in error["loc"])
    return FieldProblem(field=field, message=french(_message(error)))


def _message(error: ErrorDetails) -> str:
    match error["type"]:
        case "enum" | "literal_error":
            return f"Au choix : {error['ctx']['expected'].replace(' or ', ' ou ')}."
        case "string_pattern_mismatch" if not error["input"].strip():
            return "Ce champ est vide."
        case "string_too_long":
            given, most = len(error["input"].strip()), error["ctx"]["max_length"]
            return f"Trop long : {thousands(given)} caractères, {thousands(most)} au plus."
        case "unsupported":
            return error["msg"]  # ours, and French
        case kind:
            return _MESSAGES.get(kind, "La valeur de ce champ n'est pas valable.")


_MESSAGES = {
    "missing": "Ce champ est obligatoire.",
    "model_type": "Envoyez un objet JSON.",
    "extra_forbidden": "Ce champ est inconnu.",
    "string_type": "Ce champ est un texte.",
    "string_too_short": "Ce champ est vide.",
    "control_character": "Ce texte contient un caractère de commande ; retirez-le.",
}
