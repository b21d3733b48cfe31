"""The OpenAPI 3.1 document, assembled from the routes and from the models that validate and serialise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue, models_json_schema
from werkzeug.routing import Rule

from web.access.guard import SAME_FOR_ALL
from web.files import MIMETYPES
from web.problems import KINDS
from web.schemas.answers import AnswerOut, Health, Problem, QuestionIn
from web.schemas.checks import CheckIn, CheckOut
from web.schemas.completions import CompletionErrorOut, CompletionIn, CompletionOut, ModelList, ModelOut
from web.schemas.conversations import ConversationList, ConversationOut, ExportQuery, FeedbackIn, FeedbackOut
from web.schemas.figures import FigureList, FiguresQuery
from web.schemas.glossary import Glossary
from web.schemas.insights import EvolutionList, FindingList
from web.schemas.reports import DocumentList, PassageOut, SectionDetail, SectionList
from web.transcripts import FORMATS
from web.typography import french

_ALWAYS = (400, 414)  # a request that cannot be read, an address that is too long
_BEARER, _TOKEN = "bearer", "Un jeton ; un service ouvert n'en demande pas."
_REFERENCE = "#/components/schemas/{model}"
_PARAMETERS = {
    "conversation_id": "L'identifiant de la conversation.",
    "cursor": "« next_cursor » de la page précédente.",
    "descending": "« true » : dans l'ordre inverse.",
    "document": "Un seul rapport, par son nom (« slug ») ; sans lui, tous.",
    "format": "Le fichier voulu.",
    "kind": "La sorte de chiffre.",
    "limit": "Combien de lignes au plus.",
    "model": "Le nom du modèle.",
    "passage_id": "L'identifiant du passage.",
    "period": "Une année, ou une date ISO 8601 entière ou non.",
    "q": "Des mots, tous dans la phrase du chiffre, dans ses titres ou dans ce qu'il compte.",
    "section": "Une section et celles qu'elle contient, par son identifiant.",
    "section_id": "L'identifiant de la section.",
    "sort": "L'ordre des lignes.",
    "unit": "Une unité, comme « EUR », « % » ou « agents ».",
    "warnings": "« true » : seulement les chiffres à vérifier.",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What one endpoint takes and gives; without `response` and `files` it gives an empty 204."""

    summary: str
    response: type[BaseModel] | None
    body: type[BaseModel] | None = None
    by_document: bool = False  # takes ?document=
    query: type[BaseModel] | None = None  # what else it takes in the address
    takes_empty: bool = False  # an empty parameter is as none, for forms send those that are not filled in
    problems: tuple[int, ...] = ()
    success: int = 200
    files: tuple[str, ...] = ()  # media types of what it gives that is no JSON
    problem: type[BaseModel] = Problem  # the envelope of what can go wrong


OPERATIONS: Mapping[str, Operation] = {
    "api.create_question": Operation(
        "Poser une question", AnswerOut, QuestionIn, problems=(400, 403, 404, 413, 415, 422, 429, 503)
    ),
    "api.create_check": Operation(
        "Vérifier les chiffres d'un texte", CheckOut, CheckIn, problems=(400, 403, 413, 415, 422, 429, 503)
    ),
    "api.list_conversations": Operation("Ses conversations, la dernière d'abord", ConversationList, problems=(503,)),
    "api.get_conversation": Operation("Une conversation et ses réponses", ConversationOut, problems=(404, 503)),
    "api.export_conversation": Operation(
        "Une conversation en fichier, avec ses citations et leurs références",
        None,
        query=ExportQuery,
        problems=(404, 422, 503),
        files=tuple(MIMETYPES[ending] for ending in FORMATS),
    ),
    "api.delete_conversation": Operation("Supprimer une conversation", None, problems=(403, 404, 503)),
    "api.create_feedback": Operation(
        "Dire ce que l'on pense d'une réponse",
        FeedbackOut,
        FeedbackIn,
        problems=(400, 403, 404, 413, 415, 422, 503),
        success=201,
    ),
    "api.list_documents": Operation("Les rapports indexés", DocumentList, problems=(503,)),
    "api.list_figures": Operation(
        "Le registre des chiffres",
        FigureList,
        query=FiguresQuery,
        takes_empty=True,
        problems=(404, 422, 503),
        files=("text/csv",),
    ),
    "api.list_evolutions": Operation(
        "Ce que les rapports donnent pour plusieurs années", EvolutionList, by_document=True, problems=(404, 503)
    ),
    "api.list_findings": Operation("Les points de vigilance", FindingList, by_document=True, problems=(404, 503)),
    "api.list_glossary": Operation("Les sigles et les mots de la maison", Glossary, by_document=True, problems=(404, 503)),
    "api.list_sections": Operation("Le plan des rapports", SectionList, by_document=True, problems=(404, 503)),
    "api.get_section": Operation("Une section et ses passages", SectionDetail, by_document=True, problems=(404, 503)),
    "api.get_passage": Operation("Un passage", PassageOut, by_document=True, problems=(404, 503)),
    "completions.create_completion": Operation(
        "Poser une question, comme à un modèle d'OpenAI",
        CompletionOut,
        CompletionIn,
        problems=(400, 403, 404, 413, 415, 429, 503),
        files=("text/event-stream",),
        problem=CompletionErrorOut,
    ),
    "completions.list_models": Operation(
        "Les modèles, comme ceux d'OpenAI", ModelList, problems=(503,), problem=CompletionErrorOut
    ),
    "completions.get_model": Operation("Un modèle", ModelOut, problems=(404, 503), problem=CompletionErrorOut),
    "health.live": Operation("Le processus répond", Health),
    "health.ready": Operation("Le service peut répondre aux questions", Health, problems=(503,)),
    "metrics.show": Operation("Les mesures, pour Prometheus", None, problems=(403,), files=("text/plain",)),
}


def document(app: Flask) -> JsonSchemaValue:
    """Return the OpenAPI document of the routes in `OPERATIONS`, as JSON."""
    schemas = _schemas()
    paths: dict[str, JsonSchemaValue] = {}
    for rule in app.url_map.iter_rules():
        if operation := OPERATIONS.get(rule.endpoint):
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
                paths.setdefault(path, {})[method.lower()] = _operation(rule, operation, schemas)
    asked = {operation.query.__name__ for operation in OPERATIONS.values() if operation.query}  # described as parameters
    return {
        "openapi": "3.1.0",
        "info": {"title": "Le rapport répond", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": {name: schema for name, schema in schemas.items() if name not in asked},
            "securitySchemes": {_BEARER: {"type": "http", "scheme": "bearer", "description": french(_TOKEN)}},
        },
    }


def _schemas() -> JsonSchemaValue:
    models: list[tuple[type[BaseModel], Literal["validation", "serialization"]]] = []
    for operation in OPERATIONS.values():
        models += [(operation.problem, "serialization")]
        models += [(model, "validation") for model in (operation.body, operation.query) if model]
        models += [(operation.response, "serialization")] if operation.response else []
    _, schemas = models_json_schema(list(dict.fromkeys(models)), ref_template=_REFERENCE)
    definitions: JsonSchemaValue = schemas["$defs"]
    return definitions


def _operation(rule: Rule, operation: Operation, schemas: JsonSchemaValue) -> JsonSchemaValue:
    parameters = [_parameter(name, "path", {"type": "string"}) for name in sorted(rule.arguments)]
    parameters += [_parameter("document", "query", {"type": "string"})] if operation.by_document else []
    if operation.query:
        fields: JsonSchemaValue = schemas[operation.query.__name__]["properties"]
        empty: JsonSchemaValue = {"allowEmptyValue": True} if operation.takes_empty else {}
        parameters += [_parameter(name, "query", field) | empty for name, field in fields.items()]
    guarded = rule.endpoint not in SAME_FOR_ALL
    described: JsonSchemaValue = {
        "operationId": rule.endpoint.split(".")[1],
        "summary": operation.summary,
        "parameters": parameters,
        "responses": _responses(operation, guarded=guarded),
        **({"security": [{_BEARER: []}, {}]} if guarded else {}),
    }
    if operation.body:
        described["requestBody"] = {"required": True, "content": _content("application/json", operation.body)}
    return described


def _parameter(name: str, place: str, schema: JsonSchemaValue) -> JsonSchemaValue:
    about = french(_PARAMETERS[name])
    return {"name": name, "in": place, "required": place == "path", "description": about, "schema": schema}


def _responses(operation: Operation, *, guarded: bool) -> JsonSchemaValue:
    content = _content("application/json", operation.response) if operation.response else {}
    content |= {mimetype: {} for mimetype in operation.files}
    done = {"description": "Fait", "content": content} if content else {"description": "Fait"}
    mimetype = "application/problem+json" if operation.problem is Problem else "application/json"
    return {
        str(operation.success if content else 204): done,
        **{
            str(status): {"description": KINDS[status].title, "content": _content(mimetype, operation.problem)}
            for status in sorted({*_ALWAYS, *operation.problems, *((401,) if guarded else ())})
        },
    }


def _content(mimetype: str, model: type[BaseModel]) -> JsonSchemaValue:
    return {mimetype: {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}}
