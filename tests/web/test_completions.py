"""The service as a model: OpenAI's own client over HTTP, and what it is told when it asks for something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from flask.testing import FlaskClient
from openai.types.chat import ChatCompletionMessageParam

from qa_service.service import QAService
from qa_service.settings import Settings
from tests.support.report import REPORT_TEXT, SLUG
from web.app import create_app
from web.schemas.completions import MODEL

QUESTION = "Combien d'agents ont suivi une formation ?"
QUOTE = "76 agents ont suivi une formation"


@pytest.fixture
def ai(address: str) -> Iterator[openai.OpenAI]:
    """OpenAI's client, with a key that the service does not ask for."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as ai:
        yield ai


def said(*texts: str) -> list[ChatCompletionMessageParam]:
    """Return a conversation in which the user said `texts`, and each but the last was answered."""
    messages: list[ChatCompletionMessageParam] = []
    for text in texts:
        messages += [{"role": "user", "content": text}, {"role": "assistant", "content": "…"}]
    return messages[:-1]


def extra(answered: openai.BaseModel) -> dict[str, Any]:
    """Return the fields that OpenAI's client has no name for."""
    return answered.model_extra or {}


def test_every_report_is_a_model(ai: openai.OpenAI) -> None:
    """And all of them together are one."""
    models = ai.models.list().data
    assert [model.id for model in models] == [MODEL, f"{MODEL}/{SLUG}"]
    assert {(model.object, model.owned_by) for model in models} == {("model", "qa-service")}
    assert [ai.models.retrieve(model.id) for model in models] == models


def test_an_answer_is_markdown_with_its_proof(ai: openai.OpenAI, client: FlaskClient) -> None:
    """The answer, the figure, the quote with section and pages, and a link that opens the report."""
    completion = ai.chat.completions.create(model=MODEL, messages=said(QUESTION), temperature=0.3, max_tokens=9)
    choice = completion.choices[0]
    assert (completion.object, completion.model, choice.finish_reason) == ("chat.completion", MODEL, "stop")
    assert (choice.message.role, choice.message.refusal) == ("assistant", None)
    answer, figure, quote, *_ = (choice.message.content or "").split("\n\n")
    assert QUOTE in answer
    assert figure.replace("\u00a0", " ") == "**Chiffre : 76 agents** (2021)"
    assert quote.startswith("> «\u00a0")
    assert "Ressources et relations humaines" in quote
    assert "p.\u00a05\u00a0à\u00a08" in quote
    url = quote.rpartition("](")[2].rstrip(")")
    assert url.startswith(str(ai.base_url).removesuffix("v1/") + "rapport/")
    page = client.get(url.removeprefix(str(ai.base_url).removesuffix("/v1/")))
    assert "<mark>" in page.text


def test_the_evidence_comes_beside_the_text(ai: openai.OpenAI) -> None:
    """On the message and on the completion: figures and citations as the API gives them."""
    completion = ai.chat.completions.create(model=f"{MODEL}/{SLUG}", messages=said(QUESTION))
    evidence = extra(completion)
    assert extra(completion.choices[0].message) == evidence
    assert (evidence["status"], evidence["figures"][0]["value"]) == ("answered", "76")
    citation = evidence["citations"][0]
    assert REPORT_TEXT[citation["start"] : citation["end"]] == citation["quote"]


def test_a_stream_says_the_same(ai: openai.OpenAI) -> None:
    """Role, words, reason to stop; the evidence with the last chunk; no usage unless asked for."""
    whole = ai.chat.completions.create(model=MODEL, messages=said(QUESTION))
    chunks = list(ai.chat.completions.create(model=MODEL, messages=said(QUESTION), stream=True))
    deltas = [chunk.choices[0].delta for chunk in chunks]
    assert (deltas[0].role, deltas[0].content) == ("assistant", "")
    assert "".join(delta.content or "" for delta in deltas) == whole.choices[0].message.content
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    assert [bool(extra(chunk)) for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
    assert extra(chunks[-1]) == extra(whole)
    assert {chunk.usage for chunk in chunks} == {None}
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_stream_ends_with_the_usage_if_asked(ai: openai.OpenAI) -> None:
    """In a chunk without choices, which carries the evidence too."""
    options: openai.types.chat.ChatCompletionStreamOptionsParam = {"include_usage": True}
    *chunks, last = ai.chat.completions.create(model=MODEL, messages=said(QUESTION), stream=True, stream_options=options)
    assert last.choices == []
    assert last.usage is not None
    assert last.usage.total_tokens == 0
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert extra(last)["status"] == "answered"


def test_the_helper_that_gathers_a_stream_works(ai: openai.OpenAI) -> None:
    """OpenAI's client puts the chunks together itself."""
    with ai.chat.completions.stream(model=MODEL, messages=said(QUESTION)) as stream:
        gathered = stream.get_final_completion()
    assert QUOTE in (gathered.choices[0].message.content or "")


def test_a_stream_is_written_as_openai_writes_it(client: FlaskClient) -> None:
    """Server-sent events: each a line of JSON, an empty line, `[DONE]` at the end; absent and null as there."""
    body = {"model": MODEL, "messages": said(QUESTION), "stream": True}
    response = client.post("/v1/chat/completions", json=body)
    assert (response.mimetype, response.headers["Cache-Control"]) == ("text/event-stream", "no-cache")
    *events, end = response.text.split("\n\n")
    assert (events.pop(), end) == ("data: [DONE]", "")
    first = json.loads(events[0].removeprefix("data: "))
    assert set(first) == {"id", "object", "created", "model", "choices"}
    assert first["choices"] == [
        {"index": 0, "delta": {"role": "assistant", "content": ""}, "logprobs": None, "finish_reason": None}
    ]
    assert json.loads(events[-1].removeprefix("data: "))["choices"][0]["delta"] == {}


def test_a_question_follows_up_the_ones_before(ai: openai.OpenAI, client: FlaskClient) -> None:
    """As in a conversation that the service keeps: the third question has its subject from the first."""
    asked = ["Quel est le montant de la masse salariale ?", "Et en 2020 ?", "Et en 2021 ?"]
    kept: dict[str, Any] = {}
    for question in asked:
        body = {"question": question} | ({"conversation_id": kept["conversation_id"]} if kept else {})
        kept = client.post("/api/v1/questions", json=body).get_json()
    completion = ai.chat.completions.create(model=MODEL, messages=said(*asked))
    assert extra(completion)["citations"] == kept["citations"]
    assert extra(completion)["figures"] == kept["figures"]
    assert "Question comprise" in (completion.choices[0].message.content or "")


def test_a_question_that_was_refused_is_no_history(ai: openai.OpenAI) -> None:
    """A chat keeps sending what was too long or empty; what comes after is answered all the same."""
    asked = [QUESTION, "a" * 2000, " ", "Et en 2020 ?"]
    completion = ai.chat.completions.create(model=MODEL, messages=said(*asked))
    assert completion == ai.chat.completions.create(model=MODEL, messages=said(QUESTION, asked[-1])).model_copy(
        update={"id": completion.id, "created": completion.created}
    )


def test_instructions_are_accepted_and_parts_are_joined(ai: openai.OpenAI) -> None:
    """A system message changes nothing; a message may come in parts of text."""
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Réponds en anglais, sans citer."},
        {"role": "user", "content": [{"type": "text", "text": "Combien d'agents"}, {"type": "text", "text": "formés ?"}]},
    ]
    completion = ai.chat.completions.create(model=MODEL, messages=messages)
    assert extra(completion)["figures"][0]["value"] == "76"


def test_a_refusal_is_an_answer(ai: openai.OpenAI) -> None:
    """The report does not say it: nothing is cited."""
    completion = ai.chat.completions.create(model=MODEL, messages=said("Quelle est la capitale de l'Australie ?"))
    assert extra(completion) == {"status": "not_found", "figures": [], "citations": []}
    assert "rapport" in (completion.choices[0].message.content or "")


def test_nothing_is_kept(client: FlaskClient) -> None:
    """Neither a conversation nor a cookie."""
    response = client.post("/v1/chat/completions", json={"model": MODEL, "messages": said(QUESTION)})
    assert "Set-Cookie" not in response.headers
    assert client.get("/api/v1/conversations").get_json() == {"conversations": []}


def test_an_unknown_model_is_told(ai: openai.OpenAI) -> None:
    """With those that there are."""
    for name in ("gpt-4o", f"{MODEL}/", f"{MODEL}/autre", SLUG):
        with pytest.raises(openai.NotFoundError, match="Il n'y a pas de modèle") as caught:
            ai.chat.completions.create(model=name, messages=said(QUESTION))
        assert (caught.value.code, caught.value.type) == ("model_not_found", "invalid_request_error")


USER = {"role": "user", "content": QUESTION}


@pytest.mark.parametrize(
    ("changes", "param", "message"),
    [
        ({"messages": []}, "messages", "Il manque une question"),
        ({"messages": [{"role": "system", "content": QUESTION}]}, "messages", "Il manque une question"),
        ({"messages": [{"role": "user", "content": " "}]}, "messages", "Ce champ est vide."),
        ({"messages": [{"role": "user"}]}, "messages", "Ce champ est vide."),
        ({"messages": [{"role": "user", "content": "a" * 1001}]}, "messages", "1\u00a0000 au plus"),
        ({"messages": [{"role": "user", "content": "a\u0000"}]}, "messages", "caractère de commande"),
        ({"messages": "Bonjour"}, "messages", "n'est pas valable"),
        ({"messages": [{"role": "robot", "content": "a"}]}, "messages.0.role", "'assistant', 'tool' ou 'function'"),
        ({"messages": [{"role": "user", "content": 3}]}, "messages.0.content", "Ce champ est un texte."),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages.0.content", "ni image"),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": 3}]}]}, "messages.0.content", "du texte"),
        ({"messages": [{"role": "user", "content": ["a"]}]}, "messages.0.content", "du texte"),
        ({"n": 2}, "n", "une seule réponse"),
        ({"tools": [{"type": "function"}]}, "tools", "outil"),
        ({"functions": [{"name": "f"}]}, "functions", "fonction"),
        ({"response_format": {"type": "json_object"}}, "response_format", "Markdown"),
        ({"stream": "peut-être"}, "stream", "n'est pas valable"),
        ({"stream_options": 3}, "stream_options", "Envoyez un objet JSON."),
        ({"model": None}, "model", "Ce champ est un texte."),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    client: FlaskClient, changes: dict[str, object], param: str, message: str
) -> None:
    """Each with OpenAI's status and envelope, the field and a message in French."""
    response = client.post("/v1/chat/completions", json={"model": MODEL, "messages": [USER], **changes})
    assert response.status_code == 400, response.text
    error = response.get_json()["error"]
    assert list(error) == ["message", "type", "param", "code"]
    assert (error["type"], error["param"], error["code"]) == ("invalid_request_error", param, "invalid")
    assert message in error["message"]


@pytest.mark.parametrize(
    ("harmless"),
    [{"tools": None}, {"tools": [], "n": 1}, {"response_format": {"type": "text"}}, {"user": "u", "seed": 1, "stop": ["."]}],
)
def test_what_changes_nothing_is_accepted(client: FlaskClient, harmless: dict[str, object]) -> None:
    """Parameters of a model that writes, and those left at their usual value."""
    response = client.post("/v1/chat/completions", json={"model": MODEL, "messages": [USER], **harmless})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "malformed"),
        (b'{"model": "\xff"}', "application/json", 400, "malformed"),
        (b"[" * 100_000, "application/json", 400, "malformed"),
        (b"[]", "application/json", 400, "invalid"),
        (b"{}", "text/plain", 415, "not_json"),
        (b'"' + b"a" * 300_000 + b'"', "application/json", 413, "too_large"),
    ],
)
def test_what_is_no_request_is_refused(client: FlaskClient, body: bytes, content_type: str, status: int, code: str) -> None:
    """In the same envelope."""
    response = client.post("/v1/chat/completions", data=body, content_type=content_type)
    assert (response.status_code, response.get_json()["error"]["code"]) == (status, code)
    assert response.mimetype == "application/json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/chat/completions", 405), ("POST", "/v1/embeddings", 404), ("GET", "/v1/models/gpt-4o", 404)],
)
def test_what_is_not_there_is_told_alike(client: FlaskClient, method: str, path: str, status: int) -> None:
    """Another method, another route, another model."""
    response = client.open(path, method=method)
    assert (response.status_code, list(response.get_json())) == (status, ["error"])


def test_questions_are_limited_like_the_others(tmp_path: Path, service: QAService) -> None:
    """Together with those of the page and the API; the models can still be listed."""
    limited = create_app(Settings(var_dir=tmp_path, rate_limit="2/minute"), service=service).test_client()
    body = {"model": MODEL, "messages": [USER]}
    assert limited.post("/api/v1/questions", json={"question": "?"}).status_code == 200
    assert limited.post("/v1/chat/completions", json=body).status_code == 200
    refused = limited.post("/v1/chat/completions", json=body)
    assert (refused.status_code, refused.get_json()["error"]["type"]) == (429, "rate_limit_error")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert limited.get("/v1/models").status_code == 200


def test_without_an_index_it_says_what_to_do(tmp_path: Path) -> None:
    """As a server that cannot answer for now."""
    app = create_app(Settings(var_dir=tmp_path, seeds_dir=tmp_path))
    for response in (
        app.test_client().get("/v1/models"),
        app.test_client().post("/v1/chat/completions", json={"model": MODEL, "messages": [USER]}),
    ):
        error = response.get_json()["error"]
        assert (response.status_code, error["type"], error["code"]) == (503, "server_error", "no_index")


def test_another_site_cannot_ask_for_this_browser(client: FlaskClient) -> None:
    """What a browser marks as coming from elsewhere is refused."""
    body = {"model": MODEL, "messages": [USER]}
    response = client.post("/v1/chat/completions", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, response.get_json()["error"]["code"]) == (403, "forbidden")


def test_the_example_of_the_readme_works(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As it is printed there, but for the port."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert example
    names: dict[str, Any] = {}
    exec(example[1].replace("http://127.0.0.1:8000", address), names)
    names["client"].close()
    assert "393 chiens" in capsys.readouterr().out
