"""The pages, as a browser without script uses them."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qa_service.service import QAService
from qa_service.settings import Settings
from tests.support.report import SLUG
from web.app import create_app

QUESTION = "Combien d'agents ont suivi une formation ?"
FETCH = {"X-Requested-With": "fetch"}


def ask(client: FlaskClient, question: str = QUESTION, conversation_id: str = "") -> TestResponse:
    """Send the form and follow to the conversation."""
    form = {"question": question, "conversation_id": conversation_id}
    return client.post("/", data=form, follow_redirects=True)


def test_the_first_page_offers_questions(client: FlaskClient) -> None:
    """It names the report, has a labelled field and examples that can be sent as they are."""
    page = client.get("/").text
    assert "Rapport d&#39;activités 2021" in page
    assert '<label for="question">' in page
    examples = re.findall(r'<button name="question" value="([^"]+)"', page)
    assert len(examples) == 6


def test_an_answer_has_a_page_of_its_own(client: FlaskClient) -> None:
    """The form leads to the conversation, at its last answer."""
    response = client.post("/", data={"question": QUESTION})
    assert response.status_code == 303
    assert re.fullmatch(r"/conversations/c_[\w-]{22}#last", response.location)
    page = client.get(response.location).text
    assert "<mark>76 agents ont suivi une formation</mark>" in page
    assert "p.\u00a05\u00a0à\u00a08" in page
    assert 'id="last"' in page


def test_a_conversation_goes_on(client: FlaskClient) -> None:
    """A second question joins the first; the conversation is listed once, under the first."""
    conversation_id = ask(client).request.path.removeprefix("/conversations/")
    page = ask(client, "Et en 2020 ?", conversation_id).text
    assert page.count('<article class="turn"') == 2
    assert page.count(f'<li><a href="/conversations/{conversation_id}"') == 1


def test_the_script_gets_the_same_answer_as_a_fragment(client: FlaskClient) -> None:
    """One turn, without page around it, and the address of its conversation."""
    fragment = client.post("/", data={"question": QUESTION}, headers=FETCH)
    assert fragment.status_code == 200
    assert "<html" not in fragment.text
    address = re.search(r'data-conversation="([^"]+)"', fragment.text)
    assert address
    assert fragment.text.strip() in client.get(address[1]).text


@pytest.mark.parametrize(
    ("question", "complaint"),
    [
        ("  ", "Ce champ est vide."),
        ("a" * 1001, "Trop long\u00a0: 1\u00a0001 caractères, 1\u00a0000 au plus."),
        ("a\x07", "Ce texte contient un caractère de commande\u00a0; retirez-le."),
    ],
)
def test_a_wrong_question_is_given_back_with_the_reason(client: FlaskClient, question: str, complaint: str) -> None:
    """The page shows what was typed and what is wrong; the script gets a problem document."""
    page = client.post("/", data={"question": question})
    assert page.status_code == 422
    assert complaint in page.text
    assert f">{question}</textarea>" in page.text
    problem = client.post("/", data={"question": question}, headers=FETCH)
    assert (problem.status_code, problem.mimetype) == (422, "application/problem+json")
    assert problem.get_json()["errors"] == [{"field": "question", "message": complaint}]


def test_a_conversation_can_be_deleted(client: FlaskClient) -> None:
    """It leaves the list and its page."""
    path = ask(client).request.path
    response = client.post(f"{path}/supprimer", follow_redirects=True)
    assert response.request.path == "/"
    assert path not in response.text
    assert client.get(path).status_code == 404


def test_a_strangers_conversation_is_a_404_page(client: FlaskClient, stranger: FlaskClient) -> None:
    """The page says that it is not there, or not yours."""
    path = ask(client).request.path
    for response in (stranger.get(path), stranger.post(f"{path}/supprimer"), ask(stranger, "Et ?", path[15:])):
        assert response.status_code == 404
        assert "n&#39;existe plus, ou n&#39;est pas la vôtre" in response.text


def test_the_browser_is_remembered_by_a_guarded_cookie(client: FlaskClient) -> None:
    """Only asking sets it; scripts cannot read it, other sites' forms do not carry it."""
    assert "Set-Cookie" not in client.get("/").headers
    cookie = client.post("/", data={"question": QUESTION}).headers["Set-Cookie"]
    assert re.match(r"qa_owner=[\w-]{43};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_made_up_cookie_is_replaced(client: FlaskClient) -> None:
    """A value that the service did not make gives no conversations."""
    client.set_cookie("qa_owner", "x")
    cookie = client.post("/", data={"question": QUESTION}).headers["Set-Cookie"]
    assert re.match(r"qa_owner=[\w-]{43};", cookie)


def test_one_report_is_opened_at_once(client: FlaskClient) -> None:
    """The list of reports leads on when there is only one."""
    assert client.get("/rapport").location == f"/rapport/{SLUG}"


def test_help_says_what_it_cannot_do_and_keeps(client: FlaskClient) -> None:
    """Abilities, limits, privacy."""
    page = client.get("/aide").text
    for heading in ("Ce qu’il sait faire", "Ce qu’il ne sait pas faire", "Vos données"):
        assert heading in page


@pytest.mark.parametrize("path", ["/", "/aide", "/rapport/" + SLUG, "/nulle-part"])
def test_french_typography_holds_in_every_page(client: FlaskClient, path: str) -> None:
    """No breakable space before high punctuation in the interface's own words."""
    page = re.sub(r"(?s)<main.*</main>" if "rapport" in path else r"<script.*?</script>", "", client.get(path).text)
    words = re.sub(r"<[^>]+>", "|", page)
    assert re.findall(r"\w+ [:;?!»]|« \w+", words) == []


def test_pages_have_landmarks_and_one_title(client: FlaskClient) -> None:
    """Language, skip link, banner, main, and a single h1."""
    for path in ("/", "/aide", "/rapport/" + SLUG, ask(client).request.path):
        page = client.get(path).text
        assert '<html lang="fr">' in page
        assert '<a class="skip" href="#contenu">' in page
        assert len(re.findall(r"<main\b", page)) == len(re.findall(r"<h1\b", page)) == 1


def test_help_says_how_long_a_conversation_is_kept(service: QAService, tmp_path: Path) -> None:
    """As it is set; for ever where nothing limits it."""
    for days, told in ((90, "au plus 90 jours après leur dernière question"), (0, "supprimiez\u00a0;")):
        app = create_app(Settings(var_dir=tmp_path, retention_days=days), service=service)
        assert told in unescape(app.test_client().get("/aide").text)
