"""The report reader."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.support.answers import TRAINED, passages
from tests.support.report import REPORT_TEXT, SLUG, span_of
from web.links import citation_key

ADDRESS = f"/rapport/{SLUG}"


def marks(page: str) -> str:
    """Return the highlighted characters, white space left out."""
    return re.sub(r"<[^>]+>|\s", "", unescape("".join(re.findall(r"<mark>(.*?)</mark>", page))))


def test_the_whole_report_is_there(client: FlaskClient) -> None:
    """Every word of the report stands on the page, in order."""
    page = client.get(ADDRESS).text
    main = page[page.index("</header>", page.index("<main")) : page.index("</main>")]
    main = re.sub(r'<span class="pages">.*?</span>|<p class="section-links">.*?</p>', "", main)
    shown = re.sub(r"\W", "", unescape(re.sub(r"<[^>]+>", "", main)))
    assert shown == re.sub(r"\W", "", re.sub(r"\^\{([^}]*)\}", r"\1", REPORT_TEXT))


def test_every_passage_and_section_has_its_anchor(client: FlaskClient) -> None:
    """Each link of the outline and of the API leads somewhere, once."""
    page = client.get(ADDRESS).text
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {f"p-{passage.id}" for passage in passages()} <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_headings_are_headings(client: FlaskClient) -> None:
    """Outline entries with their pages, sub-headings below them."""
    page = client.get(ADDRESS).text
    assert re.search(r'<h2 id="s-1" class="outlined">Administration générale <span class="pages">p.\xa04', page)
    assert re.search(r'<h3 id="s-1-5" class="outlined">Affaires juridiques et contentieuses <span', page)
    assert "<h4>1 - Les missions</h4>" in page
    assert "<h5>Médecine du travail – Convention AST (Association Action Santé Travail)</h5>" in page


@pytest.mark.parametrize(
    "quote", [TRAINED, "l'école de la 2^{ème} chance, a\n\naccompagné 165 jeunes", "Total\t168\t660\t42 370 €"]
)
def test_the_words_cited_are_highlighted_exactly(client: FlaskClient, quote: str) -> None:
    """What is marked is the quote's characters, all of them and no other."""
    page = client.get(f"{ADDRESS}?citation={citation_key(span_of(quote), quote)}").text
    assert marks(page) == re.sub(r"\^\{|\}|\s", "", quote)


def test_two_citations_are_both_highlighted(client: FlaskClient) -> None:
    """An address may name several ranges."""
    first, second = span_of(TRAINED), span_of("65% (soit 171/264)")
    page = client.get(f"{ADDRESS}?citation={first.start}-{first.end}&citation={second.start}-{second.end}").text
    assert marks(page) == "76agentsontsuiviuneformation" + "65%(soit171/264)"


@pytest.mark.parametrize("citation", ["", "x", "5-2", "0-999999", "10-20-00000000", "<script>", "%00", "9" * 3000])
def test_a_link_that_is_not_exact_highlights_nothing(client: FlaskClient, citation: str) -> None:
    """The report is shown with a notice."""
    response = client.get(f"{ADDRESS}?citation={citation}")
    assert response.status_code == 200
    assert "rien n’est surligné" in response.text
    assert "<mark>" not in response.text


def test_an_unknown_report_is_a_404_page(client: FlaskClient) -> None:
    """The page says so in French."""
    response = client.get("/rapport/rapport-1998")
    assert response.status_code == 404
    assert "Aucun rapport indexé ne s&#39;appelle «\u00a0rapport-1998\u00a0»." in response.text


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient) -> None:
    """The reader is large: a browser that has it gets 304."""
    etag = client.get(ADDRESS).headers["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304


def test_figures_are_marked_on_demand(client: FlaskClient) -> None:
    """Each leads to its page in the register, and nothing else of the text changes."""
    plain, marked = client.get(ADDRESS).text, client.get(f"{ADDRESS}?montrer=chiffres").text
    links = re.findall(r'<a class="printed" href="([^"]+)">(.*?)</a>', marked)
    assert "printed" not in plain
    assert len(links) > 1100
    assert ("76", "76") in {(words, re.sub(r"<[^>]+>", "", words)) for _, words in links}
    assert client.get(links[0][0]).status_code == 200
    assert "Ne plus marquer les chiffres" in marked


def test_passages_give_their_links_on_demand(client: FlaskClient) -> None:
    """One for each passage, to the anchor where it starts; both wishes may be had at once."""
    page = client.get(f"{ADDRESS}?montrer=liens&montrer=chiffres&montrer=%3Cscript%3E").text
    links = re.findall(r'<a class="permalink" href="#([^"]+)">', page)
    assert set(links) == {f"p-{passage.id}" for passage in passages()}
    assert len(links) == len(set(links))
    assert 'class="printed"' in page
    assert "<script>" not in page


def test_a_section_can_be_asked_about(client: FlaskClient) -> None:
    """From its heading: the chat opens on that section."""
    page = client.get(ADDRESS).text
    assert f'href="/?section={SLUG}/1-1"' in page
    assert f'href="/decouvrir/{SLUG}/1-1"' in page


def test_a_text_has_no_pages_to_show(client: FlaskClient) -> None:
    """404, and no empty frame for a picture."""
    assert client.get(f"{ADDRESS}/pages/1.png").status_code == 404
    assert "data-pictures" not in client.get(ADDRESS).text
