"""The OpenAPI document as a page: each operation with what it takes and gives, an example and a command to try it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, make_response, render_template, request
from pydantic.json_schema import JsonSchemaValue

from qa_service.access import AccessMode
from web import openapi
from web.schemas.examples import example_json, schema_name
from web.state import settings_in_force
from web.typography import french, thousands

bp = Blueprint("api_docs", __name__)

_TYPES = {
    "string": "texte",
    "integer": "entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
    "object": "objet",
    "null": "null",
}


@dataclass(frozen=True, slots=True)
class TypePart:
    """A piece of how a type is told; `schema` is the one that it leads to, "" for none."""

    text: str
    schema: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A parameter or a field; `about` is French for parameters, "" for fields."""

    name: str
    type: tuple[TypePart, ...]
    required: bool
    limits: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaView:
    """A schema; `about` is English, `choices` are its values if it is a closed choice."""

    name: str
    about: str
    fields: tuple[FieldView, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyView:
    """What is sent or given: of which type, under which status, by which schema ("" for a file), with an example."""

    mimetype: str
    schema: str
    example: str
    status: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """An operation ready for its template."""

    id: str
    method: str
    path: str
    summary: str
    parameters: tuple[FieldView, ...]
    body: BodyView | None
    responses: tuple[BodyView, ...]
    curl: str


@bp.get("/api/docs")
def api_docs() -> Response:
    """Show the API to those who write programs."""
    described = openapi.document(current_app)
    schemas = described["components"]["schemas"]
    operations = [
        _operation(path, method, operation, schemas)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    views = [_schema(name, schema) for name, schema in schemas.items()]
    return make_response(render_template("api_docs.html", operations=operations, schemas=views))


def _operation(path: str, method: str, described: JsonSchemaValue, schemas: JsonSchemaValue) -> OperationView:
    content = described.get("requestBody", {}).get("content", {})
    return OperationView(
        id=described["operationId"],
        method=method.upper(),
        path=path,
        summary=described["summary"],
        parameters=tuple(
            _field(one["name"], one["schema"], required=one["required"], about=one["description"])
            for one in described["parameters"]
        ),
        body=next((_body(mimetype, one, schemas) for mimetype, one in content.items()), None),
        responses=tuple(_responses(described["responses"], schemas)),
        curl=_curl(path, method.upper(), content, schemas, by_token=_guarded(described)),
    )


def _responses(described: JsonSchemaValue, schemas: JsonSchemaValue) -> Iterator[BodyView]:
    for status, response in described.items():
        for mimetype, content in response.get("content", {"": {}}).items():
            yield _body(mimetype, content, schemas, status=status, about=response["description"])


def _body(mimetype: str, content: JsonSchemaValue, schemas: JsonSchemaValue, *, status: str = "", about: str = "") -> BodyView:
    schema = content.get("schema", {})
    return BodyView(
        mimetype=mimetype,
        schema=schema_name(schema.get("$ref", "")),
        example=example_json(schema, schemas, indent=2) if schema else "",
        status=status,
        about=about,
    )


def _guarded(described: JsonSchemaValue) -> bool:
    return "security" in described and settings_in_force().access is not AccessMode.OPEN


def _curl(path: str, method: str, content: JsonSchemaValue, schemas: JsonSchemaValue, *, by_token: bool) -> str:
    """Return a command line; what the reader must fill in is in capitals."""
    address = request.url_root.rstrip("/") + "".join(
        part[1:-1].upper() if part.startswith("{") else part for part in _parts_of(path)
    )
    command = ["curl", "-s", address] if method in ("GET", "POST") else ["curl", "-s", "-X", method, address]
    if by_token:
        command += ["-H", "Authorization: Bearer JETON"]
    for mimetype, body in content.items():
        command += ["-H", f"Content-Type: {mimetype}", "-d", example_json(body["schema"], schemas)]
    return shlex.join(command)


def _parts_of(path: str) -> list[str]:
    return path.replace("{", "\0{").replace("}", "}\0").split("\0")


def _schema(name: str, schema: JsonSchemaValue) -> SchemaView:
    required = schema.get("required", ())
    return SchemaView(
        name=name,
        about=schema.get("description", ""),
        fields=tuple(_field(one, field, required=one in required) for one, field in schema.get("properties", {}).items()),
        choices=tuple(schema.get("enum", ())),
    )


def _field(name: str, schema: JsonSchemaValue, *, required: bool, about: str = "") -> FieldView:
    return FieldView(
        name=name, type=tuple(_type(schema)), required=required, limits=french(" ; ".join(_limits(schema))), about=about
    )


def _type(schema: JsonSchemaValue) -> Iterator[TypePart]:
    match schema:
        case {"$ref": reference}:
            yield TypePart(schema_name(reference), schema_name(reference))
        case {"anyOf": [first, *others]}:
            yield from _type(first)
            for other in others:
                yield TypePart(" ou ")
                yield from _type(other)
        case {"const": value}:
            yield TypePart(f"« {value} »" if isinstance(value, str) else str(value))
        case {"enum": values}:
            yield TypePart(" ou ".join(f"« {value} »" for value in values))
        case {"type": "array"}:
            yield TypePart("liste de ")
            yield from _type(schema.get("items") or schema.get("prefixItems", [{}])[0])
        case _:
            yield TypePart(_TYPES.get(schema.get("type", ""), "valeur"))


def _limits(schema: JsonSchemaValue) -> Iterator[str]:
    for one in (schema, *schema.get("anyOf", ())):
        match one:
            case {"minLength": least, "maxLength": most}:
                yield f"de {least} à {thousands(most)} caractères"
            case {"maxLength": most}:
                yield f"{thousands(most)} caractères au plus"
            case {"minimum": least, "maximum": most}:
                yield f"de {thousands(least)} à {thousands(most)}"
    if schema.get("default") not in (None, ""):
        default = schema["default"]
        yield f"par défaut : {str(default).lower() if isinstance(default, bool) else default}"
