"""Discovering an authority: portraits, tour and quiz as pages."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.support.report import REPORT_TEXT, SLUG

ADDRESS = f"/decouvrir/{SLUG}"


def test_the_only_report_is_led_to(client: FlaskClient) -> None:
    """Its services by part, its tour, its quiz."""
    response = client.get("/decouvrir", follow_redirects=True)
    assert response.request.path == ADDRESS
    assert set(re.findall(rf'href="{ADDRESS}/([\d-]+)"', response.text)) >= {"1", "1-1", "6-5"}
    assert "Visite guidée" in response.text


def test_every_section_has_a_portrait(client: FlaskClient) -> None:
    """With questions to ask."""
    home = client.get(ADDRESS).text
    for section_id in set(re.findall(rf'href="{ADDRESS}/([\d-]+)"', home)):
        response = client.get(f"{ADDRESS}/{section_id}")
        assert response.status_code == 200
        assert "À demander" in response.text


def test_a_portrait_says_it_in_the_words_of_the_report(client: FlaskClient) -> None:
    """Each sentence is verbatim, with a link to its place; words of the glossary explain themselves."""
    page = client.get(f"{ADDRESS}/5-2").text
    told = page[page.index('id="annee"') : page.index('id="sigles"')]
    for item in re.findall(r"<li>(.*?)<a class=.place", told, re.S):
        sentence = unescape(re.sub(r"<strong>.*?</strong><br>|<[^>]+>", "", item)).split()
        assert " ".join(sentence) in re.sub(r"\^\{([^}]*)\}", r"\1", " ".join(REPORT_TEXT.split()))
    assert re.search(r'<a class="term" href="/glossaire#citeo" data-explanation="[^"]+">CITEO</a>', page)


@pytest.mark.parametrize("path", ["/zzz", "/99", "/visite/0", "/visite/11", "/visite/x", "/quiz?serie=0", "/quiz?serie=21"])
def test_what_there_is_not(client: FlaskClient, path: str) -> None:
    """404, in French."""
    response = client.get(f"{ADDRESS}{path}")
    assert response.status_code == 404
    assert "<h1>" in response.text


def test_an_unknown_report_is_not_discovered(client: FlaskClient) -> None:
    """404."""
    assert client.get("/decouvrir/rapport-1998").status_code == 404


def test_the_tour_goes_on_where_one_stopped(client: FlaskClient) -> None:
    """Without script: a cookie has the step; another browser begins at the beginning."""
    assert client.get(f"{ADDRESS}/visite").location.endswith("/visite/1")
    client.get(f"{ADDRESS}/visite/4")
    assert client.get(f"{ADDRESS}/visite").location.endswith("/visite/4")
    page = client.get(ADDRESS).text
    assert "Reprendre la visite" in page
    assert "Étape 4 sur 10" in page


@pytest.mark.parametrize(
    "cookie", ["", "x", f"{SLUG}/", f"{SLUG}/0", f"{SLUG}/11", f"{SLUG}/99999", f"{SLUG}/²", "autre/3", "<b>/1"]
)
def test_a_cookie_that_is_no_step_begins_anew(client: FlaskClient, cookie: str) -> None:
    """Whatever a client sends."""
    client.set_cookie("qa_tour", cookie)
    assert client.get(f"{ADDRESS}/visite").location.endswith("/visite/1")
    assert "Reprendre" not in client.get(ADDRESS).text


def test_the_tour_ends_at_the_quiz(client: FlaskClient) -> None:
    """The last step has no next one."""
    page = client.get(f"{ADDRESS}/visite/10").text
    assert "Étape suivante" not in page
    assert f'href="{ADDRESS}/quiz"' in page


def test_the_quiz_is_corrected_with_the_words_of_the_report(client: FlaskClient) -> None:
    """All right when all right answers are taken; each answer is quoted, none before."""
    page = client.get(f"{ADDRESS}/quiz").text
    assert "<blockquote>" not in page
    corrected = client.get(f"{ADDRESS}/quiz?serie=1&r1=0").text
    options = re.findall(r"<fieldset>(.*?)</fieldset>", page, re.S)
    answers = re.findall(r"<fieldset>(.*?)</fieldset>", corrected, re.S)
    taken = {}
    for number, (asked, told) in enumerate(zip(options, answers, strict=True), start=1):
        right = re.search(r"(?:La réponse\xa0: <strong>|Juste\xa0: )(.*?)(?:</strong>|\.</p>)", unescape(told))
        assert right
        labels = [unescape(label).strip() for label in re.findall(r'value="\d"> (.*?)</label>', asked)]
        taken[f"r{number}"] = labels.index(right[1])
        assert "<blockquote>" in told
    assert "8 bonnes réponses sur 8" in client.get(f"{ADDRESS}/quiz", query_string={"serie": 1, **taken}).text


@pytest.mark.parametrize("taken", ["4", "-1", "x", "²", "9" * 500, "<script>", ""])
def test_an_option_that_there_is_not_is_no_answer(client: FlaskClient, taken: str) -> None:
    """It counts as none."""
    response = client.get(f"{ADDRESS}/quiz", query_string={"serie": "abc", "r1": taken, "r2": "0"})
    assert response.status_code == 200
    assert "Sans réponse." in response.text
    assert "<script>" not in response.text
