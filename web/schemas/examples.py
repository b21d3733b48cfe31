"""Examples of JSON made from its schema, so that they cannot differ from what the API takes and gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import JsonSchemaValue

# What says more than "…" does, by the name of the field.
_TOLD: Mapping[str, str | float] = {
    "answer": "393 chiens ont été recueillis.",
    "built_at": "2026-01-05T08:30:00+00:00",
    "confidence": 0.93,
    "content": "393 chiens ont été recueillis.",
    "created": 1767601800,
    "created_at": "2026-01-05T08:30:00+00:00",
    "document": "rapport-2021",
    "elapsed_ms": 4.2,
    "end": 1429,
    "label": "chiens",
    "page_first": 75,
    "page_last": 75,
    "period": "2021",
    "question": "Combien de chiens la fourrière a-t-elle recueillis ?",
    "quote": "393 chiens ont été recueillis",
    "slug": "rapport-2021",
    "start": 1400,
    "text": "393",
    "understood_as": "Combien de chiens la fourrière a-t-elle recueillis ?",
    "unit": "chiens",
    "updated_at": "2026-01-05T08:30:00+00:00",
    "url": "/rapport/rapport-2021#p-1",
    "value": "393",
}
_PLAIN: Mapping[str, str | float | None] = {"string": "…", "integer": 1, "number": 1.0, "boolean": False, "null": None}


def example_json(schema: JsonSchemaValue, schemas: JsonSchemaValue, *, indent: int | None = None) -> str:
    """Return an example of `schema` as JSON, on one line without `indent`; `schemas` are those that it may refer to."""
    return json.dumps(_example(schema, schemas, "", ()), ensure_ascii=False, indent=indent)


def schema_name(reference: str) -> str:
    """Return the name that a reference ends with."""
    return reference.rpartition("/")[2]


def _example(schema: JsonSchemaValue, schemas: JsonSchemaValue, field: str, inside: tuple[str, ...]) -> Any:  # noqa: ANN401  # JSON
    match schema:
        case {"$ref": reference}:
            name = schema_name(reference)
            return _example(schemas[name], schemas, field, (*inside, name))
        case {"examples": [example, *_]} | {"const": example} | {"enum": [example, *_]}:
            return example
        case {"anyOf": [first, *_]}:
            return _example(first, schemas, field, inside)
        case {"prefixItems": [*items]}:
            return [_example(item, schemas, field, inside) for item in items]
        case {"type": "array", "items": items}:
            # A section holds sections: the example ends at the first.
            return [] if schema_name(items.get("$ref", "")) in inside else [_example(items, schemas, field, inside)]
        case {"type": "object"}:
            return {name: _example(one, schemas, name, inside) for name, one in schema.get("properties", {}).items()}
        case {"type": kind}:
            return _TOLD.get(field, _PLAIN[kind]) if kind != "null" else None
        case _:
            return "…"
