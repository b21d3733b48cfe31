"""Verified answers: made by an editor, given to everybody, measured ever after."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from evaluation.cases import load_case_sets
from qa_service.service import QAService
from qa_service.settings import Settings
from tests.support.report import SLUG
from tests.web.conftest import running

QUESTION = "Combien de chats ont retrouvé leur maître ?"
QUOTE = "8 chats ont été restitués à leurs propriétaires"
FORM = {"question": QUESTION, "document": SLUG, "told": "8 chats", "quote": QUOTE}


@pytest.fixture
def either(kept_in: Settings, service: QAService) -> Iterator[Flask]:
    """The application over either database."""
    with running(kept_in, service) as app:
        yield app


def answered(client: FlaskClient, question: str = QUESTION, **fields: str) -> dict[str, object]:
    """Return the answer of the API."""
    answer: dict[str, object] = client.post("/api/v1/questions", json={"question": question, **fields}).get_json()
    return answer


def test_a_verified_answer_is_given_from_then_on(either: Flask) -> None:
    """To everybody who asks the same, by the API, on the page and to OpenAI's clients; a second thought takes its place."""
    client, other = either.test_client(), either.test_client()
    assert answered(client)["mode"] == "extractive"
    assert client.post("/corrections", data=FORM).status_code == 303
    told = answered(other, "combien de chats ont retrouve leur maitre")
    assert (told["answer"], told["mode"], told["status"], told["confidence"]) == ("8 chats", "verified", "answered", 1.0)
    assert told["citations"][0]["quote"] == QUOTE  # type: ignore[index]
    page = other.post("/", data={"question": QUESTION}, follow_redirects=True).text
    assert "Réponse vérifiée le" in page
    messages = [{"role": "user", "content": QUESTION}]
    completion = other.post("/v1/chat/completions", json={"model": "qa-service", "messages": messages}).get_json()
    assert "8 chats" in completion["choices"][0]["message"]["content"]
    client.post("/corrections", data={**FORM, "silent": "true"})
    assert answered(other)["status"] == "not_found"
    client.post("/corrections/retirer", data={"question": QUESTION.upper(), "document": SLUG})
    assert answered(other)["mode"] == "extractive"


def test_another_question_is_answered_as_ever(client: FlaskClient) -> None:
    """One word or number more makes it another."""
    client.post("/corrections", data=FORM)
    assert answered(client, f"{QUESTION[:-2]} en 2020 ?")["mode"] == "extractive"


def test_a_follow_up_is_verified_as_it_was_understood(client: FlaskClient) -> None:
    """Its words alone say nothing."""
    first = answered(client, "Combien de chats recueillis en 2021 ?")
    second = answered(client, "Et en 2020 ?", conversation_id=str(first["conversation_id"]))
    understood = str(second["understood_as"])
    client.post("/corrections", data={"question": understood, "document": SLUG, "silent": "true", "told": "Pas pour 2020."})
    first = answered(client, "Combien de chats recueillis en 2021 ?")
    second = answered(client, "Et en 2020 ?", conversation_id=str(first["conversation_id"]))
    assert (second["answer"], second["mode"]) == ("Pas pour 2020.", "verified")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"quote": "9 chats"}, "n&#39;est pas dans le rapport mot pour mot"),
        ({"told": "1 000 chats"}, "1000"),
        ({"quote": ""}, "Choisissez la phrase du rapport"),
        ({"quote": "x" * 3000}, "Trop long"),
        ({"question": ""}, "question"),
        ({"told": "\x01"}, "caractère de commande"),
        ({"other": "x"}, "inconnu"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(client: FlaskClient, changes: dict[str, str], message: str) -> None:
    """The form comes back as it was filled in."""
    response = client.post("/corrections", data={**FORM, **changes})
    assert response.status_code == 422
    assert message in response.text
    if "question" not in changes:
        assert answered(client)["mode"] == "extractive"
        assert QUESTION in response.text


def test_an_unknown_report_is_not_corrected(client: FlaskClient) -> None:
    """404."""
    assert client.post("/corrections", data={**FORM, "document": "autre"}).status_code == 404


def test_what_waits_is_listed(client: FlaskClient) -> None:
    """Answers judged wrong, questions without answer; neither once it is verified."""
    unknown = "Quel est le prix du pain à Tokyo ?"
    answer, refusal = answered(client), answered(client, unknown)
    given = {"verdict": "wrong", "comment": "Ce sont des chiens."}
    client.post("/api/v1/feedback", json={"question_id": answer["id"], **given})
    page = client.get("/corrections").text
    assert "Ce sont des chiens." in page
    assert f'Répondre<span class="visually-hidden">&nbsp;: {refusal["question"]}' in page
    client.post("/corrections", data=FORM)
    page = client.get("/corrections").text
    assert "Ce sont des chiens." not in page
    assert QUOTE in page


def test_the_form_offers_the_nearest_sentences(client: FlaskClient) -> None:
    """One of them can be chosen as it is, and is the answer where nothing else is told."""
    page = client.get("/corrections/nouvelle", query_string={"question": QUESTION}).text
    assert 'value="8 chats ont été restitués à leurs propriétaires et 38 chats sont passés en adoption' in page
    sentence = re.findall(r'name="sentence" value="(8 chats[^"]+)"', page)[0]
    client.post("/corrections", data={"question": QUESTION, "document": SLUG, "sentence": sentence})
    assert answered(client)["answer"] == sentence


def test_verified_answers_are_cases_of_the_evaluation(client: FlaskClient, tmp_path: Path) -> None:
    """As `qa-service evaluate --questions` reads them."""
    client.post("/corrections", data=FORM)
    client.post("/corrections", data={"question": "Combien de girafes ?", "document": SLUG, "silent": "true"})
    (tmp_path / "cas.jsonl").write_bytes(client.get("/corrections/cas.jsonl").data)
    (case_set,) = load_case_sets(str(tmp_path / "cas.jsonl"), [SLUG])
    kinds = {case.question: (case.kind.value, case.answers, case.evidence) for case in case_set.cases}
    assert kinds[QUESTION] == ("figure", (("8 chats",),), (QUOTE,))
    assert kinds["Combien de girafes ?"] == ("unanswerable", (), ())
    assert json.loads((tmp_path / "cas.jsonl").read_text().split("\n")[0])["id"].startswith("V-")


def test_a_verified_answer_that_the_report_no_longer_prints_is_pointed_out(app: Flask, client: FlaskClient) -> None:
    """It is not given, and its editor is told."""
    client.post("/corrections", data=FORM)
    store = app.extensions["qa_service"].corrections
    (correction,) = store.all()
    store.keep(type(correction)(**{**{f: getattr(correction, f) for f in correction.__slots__}, "quote": "8 girafes"}), None)
    assert answered(client)["mode"] == "extractive"
    assert "Le rapport n’imprime plus ces mots" in client.get("/corrections").text


@pytest.mark.parametrize(
    "elsewhere", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"HTTP_HOST": "example.org:8000"}]
)
def test_only_who_sits_at_the_machine_corrects(client: FlaskClient, elsewhere: dict[str, str]) -> None:
    """From elsewhere, through a proxy, or by a name that somebody else gave this machine, the pages are refused."""
    assert client.get("/corrections", environ_overrides=elsewhere).status_code == 403
    assert client.post("/corrections", data=FORM, environ_overrides=elsewhere).status_code == 403
    page = client.post("/", data={"question": QUESTION}, headers={"X-Requested-With": "fetch"}, environ_overrides=elsewhere)
    assert "Corriger cette réponse" not in page.text


def test_a_question_on_a_section_is_another_question(client: FlaskClient) -> None:
    """What was verified of the whole report says nothing of a part of it."""
    client.post("/corrections", data=FORM)
    assert answered(client, document=SLUG)["mode"] == "verified"
    assert answered(client, document=SLUG, section="6-5")["mode"] == "extractive"
