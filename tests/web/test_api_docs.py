"""The page of the JSON interface: what the OpenAPI document says, to read and to try."""

from __future__ import annotations

import re
import shlex
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, Request, expect
from pydantic import BaseModel

from tests.support.browsing import DESK, PHONE, Open, overflow
from tests.web.test_accessibility import violations
from web.openapi import OPERATIONS, document
from web.schemas.examples import example_json


def test_every_operation_is_shown_and_nothing_comes_from_elsewhere(open_page: Open, address: str) -> None:
    """Each by its address, its parameters and its statuses; style and picture are our own, there is no script."""
    page = open_page("/aide")
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.get_by_role("link", name="la description de l’interface").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Interface JSON")
    for path, methods in described(page).items():
        for method, operation in methods.items():
            shown = page.locator(f"#{operation['operationId']}")
            expect(shown.locator(".address")).to_have_text(f"{method.upper()} {path}")
            expect(shown.locator("tbody th")).to_have_text([one["name"] for one in operation["parameters"]])
            statuses = set(shown.locator("li > strong").all_inner_texts())
            assert statuses == set(operation["responses"])
    assert requests
    assert {request.url.startswith(f"{address}/") for request in requests} == {True}
    assert {request.resource_type for request in requests} <= {"document", "stylesheet", "image", "other", "fetch"}


def described(page: Page) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the paths of the OpenAPI document, asked for by the page's own browser."""
    paths: dict[str, dict[str, dict[str, Any]]] = page.request.get("/api/v1/openapi.json").json()["paths"]
    return paths


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_keeps_the_rules_of_accessibility(open_page: Open, dark: bool, pytestconfig: pytest.Config) -> None:
    """Everything unfolded, on a desk and on a phone, where it is not wider than the window."""
    page = open_page("/api/docs", viewport=PHONE if dark else DESK, dark=dark)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert violations(page) == []
    assert overflow(page) == 0
    folder = pytestconfig.rootpath / pytestconfig.getoption("--screenshots")
    page.screenshot(path=Path(folder) / f"api-{'phone' if dark else 'desk'}.png")


def test_every_link_leads_somewhere(client: FlaskClient) -> None:
    """From types to their schemas, from the list to the operations."""
    text = client.get("/api/docs").text
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r'id="([^"]+)"', text))


def test_every_command_works(client: FlaskClient) -> None:
    """As it is printed; one with a word in capitals is for the reader to fill in, and one names an answer that is not there."""
    commands = re.findall(r"<code>(curl .*?)</code>", client.get("/api/docs").text)
    assert len(commands) == len(OPERATIONS)
    statuses = {}
    for command in commands:
        curl, silent, *words = shlex.split(unescape(command))
        assert (curl, silent) == ("curl", "-s")
        method = words.pop(1) if words[0] == "-X" and words.pop(0) else None
        address, *body = words
        path = address.removeprefix("http://localhost")
        headers = {"Content-Type": "application/json"} if body else {}
        response = client.open(
            path, method=method or ("POST" if body else "GET"), headers=headers, data=body[3] if body else None
        )
        statuses[path] = response.status_code
    to_fill_in = {path for path in statuses if re.search("[A-Z]{4}", path)} | {"/api/v1/feedback"}
    assert {path for path, status in statuses.items() if status == 404} == to_fill_in
    assert {status for path, status in statuses.items() if path not in to_fill_in} == {200}


MODELS: list[type[BaseModel]] = [
    model for one in OPERATIONS.values() for model in (one.body, one.response, one.problem) if model
]


@pytest.mark.parametrize("model", list(dict.fromkeys(MODELS)), ids=lambda model: model.__name__)
def test_examples_are_what_the_models_take(client: FlaskClient, model: type[BaseModel]) -> None:
    """Requests that are accepted, responses that could have been given."""
    schemas = document(client.application)["components"]["schemas"]
    example = example_json(schemas[model.__name__], schemas)
    assert model.model_validate_json(example)
