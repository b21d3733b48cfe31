"""The OpenAPI document is that of the routes and schemas in force."""

import json
import re

from flask import Flask
from flask.testing import FlaskClient

from web.openapi import OPERATIONS
from web.schemas.answers import AnswerOut, QuestionIn


def test_every_route_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    """Each path and method under /api/v1, /v1 and /health, the metrics, and no other."""
    described = {
        (path, method.upper())
        for path, methods in client.get("/api/v1/openapi.json").get_json()["paths"].items()
        for method in methods
    }
    routed = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith(("api.", "completions.", "health.", "metrics.")) and rule.endpoint != "api.get_openapi"
    }
    assert described == routed
    assert len(OPERATIONS) == len(routed)


def test_it_is_openapi_3_1(client: FlaskClient) -> None:
    """With a title and a version."""
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    assert document["info"] == {"title": "Le rapport répond", "version": "1"}


def test_every_reference_leads_to_a_schema(client: FlaskClient) -> None:
    """No `$ref` is left hanging, no schema is there for nothing."""
    document = client.get("/api/v1/openapi.json").get_json()
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert references == set(document["components"]["schemas"])


def test_schemas_are_those_that_validate_and_serialise(client: FlaskClient) -> None:
    """Fields, limits and what is required come from the models."""
    schemas = client.get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    question = schemas["QuestionIn"]
    assert set(question["properties"]) == set(QuestionIn.model_fields)
    assert question["properties"]["question"]["maxLength"] == 1000
    assert (question["required"], question["additionalProperties"]) == (["question"], False)
    assert set(schemas["AnswerOut"]["required"]) == set(AnswerOut.model_fields)


def test_every_operation_names_what_can_go_wrong(client: FlaskClient) -> None:
    """Each problem is a problem document; asking can be refused in ten ways."""
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    responses = paths["/api/v1/questions"]["post"]["responses"]
    assert set(responses) == {"200", "400", "401", "403", "404", "413", "414", "415", "422", "429", "503"}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert responses["429"]["content"] == problem
    section = paths["/api/v1/sections/{section_id}"]["get"]
    assert [(parameter["name"], parameter["in"]) for parameter in section["parameters"]] == [
        ("section_id", "path"),
        ("document", "query"),
    ]
