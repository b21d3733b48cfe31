"""Words looked for in the report, as a page."""

import re

import pytest
from flask.testing import FlaskClient

from tests.support.report import SLUG

ADDRESS = f"/rapport/{SLUG}/recherche"


def test_each_sentence_is_shown_with_its_words_marked(client: FlaskClient) -> None:
    """Its place, and a link that highlights the same words in the report."""
    page = client.get(ADDRESS, query_string={"q": "ressourcerie"}).text
    assert "<mark>ressourcerie</mark>" in page
    assert "Gestion des déchets · p.\u00a060" in page
    link = re.findall(r'href="([^"]+citation=[^"]+)"', page)[0].replace("&amp;", "&")
    assert "<mark>ressourcerie</mark>" in client.get(link).text


def test_a_common_word_is_not_shown_without_end(client: FlaskClient) -> None:
    """100 sentences, and how many there are."""
    page = client.get(ADDRESS, query_string={"q": "2021"}).text
    assert "les 100 premières sont montrées" in page


def test_what_is_not_there_can_be_asked(client: FlaskClient) -> None:
    """As a question, which may find it in other words."""
    page = client.get(ADDRESS, query_string={"q": "chômeurs décrocheurs repris en main"}).text
    assert "Aucune phrase du rapport n’a ces mots" in page
    assert 'value="chômeurs décrocheurs repris en main"' in page


@pytest.mark.parametrize("words", ["", "   ", "<script>alert(1)</script>", "\u202eabc", "x" * 3000, "%", "\x00"])
def test_any_words_are_taken(client: FlaskClient, words: str) -> None:
    """And shown as text."""
    response = client.get(ADDRESS, query_string={"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_an_unknown_report_is_not_searched(client: FlaskClient) -> None:
    """404."""
    assert client.get("/rapport/rapport-1998/recherche?q=eau").status_code == 404
