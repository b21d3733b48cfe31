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

from web.check_schemas import CheckIn, CheckOut
from web.conversation_schemas import ConversationList, ConversationOut, ExportQuery, FeedbackIn, FeedbackOut
from web.figure_schemas import FigureList, FiguresQuery
from web.files import MIMETYPES
from web.glossary_schemas import Glossary
from web.insight_schemas import EvolutionList, FindingList
from web.problems import KINDS
from web.report_schemas import DocumentList, PassageOut, SectionDetail, SectionList
from web.schemas import AnswerOut, Health, Problem, QuestionIn
from web.transcripts import FORMATS

_REFERENCE = "#/components/schemas/{model}"


@dataclass(frozen=True, slots=True)
class Operation:
    """What one endpoint takes and gives; `response` None is an empty 204, or `files`."""

    summary: str
    response: type[BaseModel] | None
    body: type[BaseModel] | None = None
    by_document: bool = False  # takes ?document=
    query: type[BaseModel] | None = None  # what else it takes in the address
    problems: tuple[int, ...] = ()
    success: int = 200
    files: tuple[str, ...] = ()  # media types of what it gives when that is no JSON


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
        "Le registre des chiffres (aussi en text/csv)", FigureList, query=FiguresQuery, problems=(404, 422, 503)
    ),
    "api.list_evolutions": Operation(
        "Ce que les rapports donnent pour plusieurs années", EvolutionList, by_document=True, problems=(404, 503)
    ),
    "api.list_findings": Operation("Les points de vigilance", FindingList, by_document=True, problems=(404, 503)),
    "api.list_glossary": Operation("Les sigles et les mots de la maison", Glossary, by_document=True, problems=(404, 503)),
    "api.list_sections": Operation("Le plan des rapports", SectionList, by_document=True, problems=(404, 503)),
    "api.get_section": Operation("Une section et ses passages", SectionDetail, by_document=True, problems=(404, 503)),
    "api.get_passage": Operation("Un passage", PassageOut, by_document=True, problems=(404, 503)),
    "health.live": Operation("Le processus répond", Health),
    "health.ready": Operation("Le service peut répondre aux questions", Health, problems=(503,)),
    "metrics.show": Operation("Les mesures, pour Prometheus", None, problems=(403,), files=("text/plain",)),
}


def document(app: Flask) -> JsonSchemaValue:
    """Return the OpenAPI document of the routes in `OPERATIONS`, as JSON."""
    paths: dict[str, JsonSchemaValue] = {}
    for rule in app.url_map.iter_rules():
        if operation := OPERATIONS.get(rule.endpoint):
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
                paths.setdefault(path, {})[method.lower()] = _operation(rule, operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Le rapport répond", "version": "1"},
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _schemas() -> JsonSchemaValue:
    models: list[tuple[type[BaseModel], Literal["validation", "serialization"]]] = [(Problem, "serialization")]
    for operation in OPERATIONS.values():
        models += [(operation.body, "validation")] if operation.body else []
        models += [(operation.response, "serialization")] if operation.response else []
    _, schemas = models_json_schema(list(dict.fromkeys(models)), ref_template=_REFERENCE)
    definitions: JsonSchemaValue = schemas["$defs"]
    return definitions


def _operation(rule: Rule, operation: Operation) -> JsonSchemaValue:
    parameters = [_parameter(name, "path") for name in sorted(rule.arguments)]
    parameters += [_parameter("document", "query")] if operation.by_document else []
    parameters += [_parameter(name, "query") for name in (operation.query.model_fields if operation.query else ())]
    described: JsonSchemaValue = {
        "operationId": rule.endpoint.split(".")[1],
        "summary": operation.summary,
        "parameters": parameters,
        "responses": _responses(operation),
    }
    if operation.body:
        described["requestBody"] = {"required": True, "content": _content("application/json", operation.body)}
    return described


def _parameter(name: str, place: str) -> JsonSchemaValue:
    return {"name": name, "in": place, "required": place == "path", "schema": {"type": "string"}}


def _responses(operation: Operation) -> JsonSchemaValue:
    responses: JsonSchemaValue = {
        str(status): {"description": KINDS[status].title, "content": _content("application/problem+json", Problem)}
        for status in operation.problems
    }
    if operation.files:
        return {"200": {"description": "Fait", "content": {mimetype: {} for mimetype in operation.files}}, **responses}
    if operation.response is None:
        return {"204": {"description": "Fait"}, **responses}
    return {
        str(operation.success): {"description": "Fait", "content": _content("application/json", operation.response)},
        **responses,
    }


def _content(mimetype: str, model: type[BaseModel]) -> JsonSchemaValue:
    return {mimetype: {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}}
