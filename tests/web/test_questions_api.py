"""POST /api/v1/questions, as its contract says."""

import json

import pytest
from flask.testing import FlaskClient

from tests.support.report import REPORT_TEXT, SLUG

QUESTION = "Combien d'agents ont suivi une formation ?"
ANSWER_FIELDS = [
    "id", "conversation_id", "question", "understood_as", "status", "answer", "confidence", "figures", "citations",
    "alternatives", "warnings", "related", "mode", "verified", "elapsed_ms",
]  # fmt: skip
CITATION_FIELDS = [
    "number", "document", "section", "heading", "page_first", "page_last", "passage_id", "passage", "quote", "start",
    "end", "url",
]  # fmt: skip
FIGURE_FIELDS = ["text", "value", "unit", "kind", "period", "qualifier", "label", "citation"]


def test_an_answer_has_the_fields_of_the_contract(client: FlaskClient) -> None:
    """Every field of the contract and no other, in its order."""
    answer = client.post("/api/v1/questions", json={"question": QUESTION}).get_json()
    assert list(answer) == ANSWER_FIELDS
    assert list(answer["citations"][0]) == CITATION_FIELDS
    assert list(answer["figures"][0]) == FIGURE_FIELDS
    assert (answer["status"], answer["question"], answer["mode"]) == ("answered", QUESTION, "extractive")


def test_a_quote_is_verbatim_and_in_place(client: FlaskClient) -> None:
    """Offsets count in the document's text; the quote lies inside its passage; the link opens it."""
    citation = client.post("/api/v1/questions", json={"question": QUESTION}).get_json()["citations"][0]
    assert "76 agents ont suivi une formation" in citation["quote"]
    assert REPORT_TEXT[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["quote"] in citation["passage"]
    assert (citation["page_first"], citation["page_last"]) == (5, 8)
    assert citation["section"] == ["Administration générale", "Ressources et relations humaines"]
    assert client.get(citation["url"]).status_code == 200


def test_the_figure_asked_for_comes_first_and_exact(client: FlaskClient) -> None:
    """`text` is as printed, `value` a plain decimal number as a string."""
    figure = client.post("/api/v1/questions", json={"question": QUESTION}).get_json()["figures"][0]
    assert (figure["text"], figure["value"], figure["citation"]) == ("76", "76", 1)


def test_the_same_question_has_the_same_answer(client: FlaskClient) -> None:
    """Byte for byte, ids and time aside."""
    answers = [client.post("/api/v1/questions", json={"question": QUESTION, "document": SLUG}).get_json() for _ in "ab"]
    for answer in answers:
        for field in ("id", "conversation_id", "elapsed_ms"):
            answer.pop(field)
    assert json.dumps(answers[0]) == json.dumps(answers[1])


def test_what_the_report_does_not_say_is_refused(client: FlaskClient) -> None:
    """A refusal is an answer, with status 200, without citations and figures."""
    response = client.post("/api/v1/questions", json={"question": "Quelle est la capitale de l'Australie ?"})
    answer = response.get_json()
    assert response.status_code == 200
    assert (answer["status"], answer["citations"], answer["figures"]) == ("not_found", [], [])


def test_a_question_can_follow_another(client: FlaskClient) -> None:
    """A turn in a conversation is added to it."""
    first = client.post("/api/v1/questions", json={"question": QUESTION}).get_json()
    again = {"question": "Et en 2020 ?", "conversation_id": first["conversation_id"]}
    second = client.post("/api/v1/questions", json=again).get_json()
    assert second["conversation_id"] == first["conversation_id"]
    turns = client.get(f"/api/v1/conversations/{first['conversation_id']}").get_json()["turns"]
    assert turns == [first, second]


def test_space_around_a_question_is_no_part_of_it(client: FlaskClient) -> None:
    """1 to 1 000 characters count after trimming."""
    padded = "\u00a0 \n" + "é" * 1000 + " \t"
    answer = client.post("/api/v1/questions", json={"question": padded})
    assert answer.status_code == 200
    assert answer.get_json()["question"] == "é" * 1000


@pytest.mark.parametrize(
    ("body", "status", "code", "errors"),
    [
        (b"", 400, "malformed", []),
        (b'{"question": "a"', 400, "malformed", []),
        (b'{"question": "\xff"}', 400, "malformed", []),
        (b'{"question": "\\ud800"}', 400, "malformed", []),
        (b"[" * 100_000, 400, "malformed", []),
        (b"9" * 5_000, 400, "malformed", []),
        (b"[]", 422, "invalid", [("", "Envoyez un objet JSON.")]),
        (b"null", 422, "invalid", [("", "Envoyez un objet JSON.")]),
        (b'"{\\"question\\": \\"a\\"}"', 422, "invalid", [("", "Envoyez un objet JSON.")]),
        (b"{}", 422, "invalid", [("question", "Ce champ est obligatoire.")]),
        (b'{"question": " \\n "}', 422, "invalid", [("question", "Ce champ est vide.")]),
        (b'{"question": 3}', 422, "invalid", [("question", "Ce champ est un texte.")]),
        (b'{"question": ["a"]}', 422, "invalid", [("question", "Ce champ est un texte.")]),
        (b'{"question": null}', 422, "invalid", [("question", "Ce champ est un texte.")]),
        (b'{"question": 1e400}', 422, "invalid", [("question", "Ce champ est un texte.")]),
        (b'{"question": "a", "top_k": 3}', 422, "invalid", [("top_k", "Ce champ est inconnu.")]),
        (b'{"question": "a\\u0000b"}', 422, "invalid",
         [("question", "Ce texte contient un caractère de commande\u00a0; retirez-le.")]),
        (b'{"question": "a\\u009b"}', 422, "invalid",
         [("question", "Ce texte contient un caractère de commande\u00a0; retirez-le.")]),
        (json.dumps({"question": "a" * 1204}).encode(), 422, "invalid",
         [("question", "Trop long\u00a0: 1\u00a0204 caractères, 1\u00a0000 au plus.")]),
        (b'{"question": "a", "conversation_id": 7}', 422, "invalid", [("conversation_id", "Ce champ est un texte.")]),
        (b'{"question": "a", "conversation_id": ""}', 404, "not_found", []),
        (b'{"question": "a", "conversation_id": "c_unknown"}', 404, "not_found", []),
        (b'{"question": "a", "document": "../../etc/passwd"}', 404, "not_found", []),
    ],
)  # fmt: skip
def test_a_wrong_request_is_told_what_is_wrong(
    client: FlaskClient, body: bytes, status: int, code: str, errors: list[tuple[str, str]]
) -> None:
    """Each has its status, its code and, for a field, a message in French."""
    response = client.post("/api/v1/questions", data=body, content_type="application/json")
    problem = response.get_json()
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert list(problem) == ["type", "title", "status", "detail", "code", "errors"]
    assert (problem["status"], problem["code"]) == (status, code)
    assert [(error["field"], error["message"]) for error in problem["errors"]] == errors


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_is_not_json_is_refused(client: FlaskClient, content_type: str) -> None:
    """The header must say JSON, so that a form on another site cannot ask."""
    response = client.post("/api/v1/questions", data=b'{"question": "a"}', content_type=content_type)
    assert (response.status_code, response.get_json()["code"]) == (415, "not_json")


def test_too_much_is_refused(client: FlaskClient) -> None:
    """More than 256 KiB are not read."""
    response = client.post("/api/v1/questions", json={"question": "a" * 300_000})
    assert (response.status_code, response.get_json()["code"]) == (413, "too_large")


def test_a_hundred_unknown_fields_are_not_all_listed(client: FlaskClient) -> None:
    """The list of problems ends at twenty."""
    fields = {f"f{number}": 0 for number in range(100)}
    response = client.post("/api/v1/questions", json={"question": "a", **fields})
    assert (response.status_code, len(response.get_json()["errors"])) == (422, 20)


HOSTILE = [
    "<script>alert(1)</script>", "'; DROP TABLE turn; --", "{{ 7 * 7 }}{% raw %}", "../../../../etc/passwd", "%s%s%n%d",
    "${jndi:ldap://x}", "\u202e\u202d\u2066 RTL \u200f", "\u200b", "\ufeff", "\U0001f9d1\u200d\U0001f4bb" * 50,
    "e\u0301" * 500, "?" * 1000, "a " * 499, "(" * 1000, "*" * 1000, "\\" * 1000, '"' * 1000, "1" * 1000,
    "9" * 400 + " €", "\uffff\ufffe", "\U0010ffff", "ﷺ" * 300, "-", "0", "NaN", "null", "true", "()", "[a-", "(?:",
    "\n\n\n?\n", "AND OR NOT", "l'" * 300, "combien " * 120, "2020 2021 2022 " * 60, "İıſK", "ß" * 900, "\u0300" * 900,
]  # fmt: skip


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_breaks_the_service(client: FlaskClient, question: str) -> None:
    """Whatever is typed gets an answer or a refusal, and the pages show it harmlessly."""
    response = client.post("/api/v1/questions", json={"question": question})
    assert response.status_code == 200
    page = client.get(f"/conversations/{response.get_json()['conversation_id']}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
