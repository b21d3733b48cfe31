"""Documents, outline, sections, passages and conversations in the API, and the health checks."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from qa_service.settings import Settings
from tests.support.report import REPORT_TEXT, SLUG
from web.app import create_app

HR_SECTION = "1-1"


def test_documents_are_listed_with_their_counts(client: FlaskClient) -> None:
    """Title, authority, period, last page and how much was found."""
    (document,) = client.get("/api/v1/documents").get_json()["documents"]
    assert (document["slug"], document["period"], document["pages"]) == (SLUG, "2021", 75)
    assert document["passages"] > 300
    assert set(document) == {"slug", "title", "authority", "period", "pages", "passages", "figures", "built_at"}


def test_the_outline_has_two_levels(client: FlaskClient) -> None:
    """Sections come in reading order, each with those below it."""
    sections = client.get("/api/v1/sections").get_json()["sections"]
    assert [section["title"] for section in sections[1:3]] == [
        "Administration générale",
        "Habitat, politique de la ville, NPNRU et ERBM",
    ]
    first = sections[1]["children"][0]
    assert (first["title"], first["level"]) == ("Ressources et relations humaines", 2)
    assert (first["page_first"], first["page_last"], first["children"]) == (5, 8, [])


def test_a_section_has_its_passages(client: FlaskClient) -> None:
    """The passages of a section and of those below it, verbatim and in order."""
    section = client.get(f"/api/v1/sections/{HR_SECTION}").get_json()
    assert section["title"] == "Ressources et relations humaines"
    starts = [passage["start"] for passage in section["passages"]]
    assert starts == sorted(starts)
    for passage in section["passages"]:
        assert passage["text"] == REPORT_TEXT[passage["start"] : passage["end"]]
        assert section["start"] <= passage["start"] < passage["end"] <= section["end"]


def test_a_section_includes_those_below_it(client: FlaskClient) -> None:
    """The passages of an outer section are its own and its children's."""
    passages = client.get("/api/v1/sections/1").get_json()["passages"]
    assert HR_SECTION in {passage["section_id"] for passage in passages}


def test_a_passage_is_found_by_its_id(client: FlaskClient) -> None:
    """The same passage as in its section, and its link opens the report there."""
    passage = client.get(f"/api/v1/sections/{HR_SECTION}").get_json()["passages"][0]
    assert client.get(f"/api/v1/passages/{passage['id']}").get_json() == passage
    assert f'id="p-{passage["id"]}"' in client.get(passage["url"]).text


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/sections/none", "/api/v1/passages/none", "/api/v1/sections?document=none", "/health/none",
        "/api/v1/sections/%00", "/api/v1/passages/..%2f..%2fetc", "/api/v1/passages/%ff", "/api/v1/none",
        "/api/v1/sections/" + "9" * 3000, "/api/v1/conversations/none",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_a_404_problem(client: FlaskClient, path: str) -> None:
    """Always the envelope, in French."""
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert response.get_json()["title"] == "Introuvable"


def test_a_conversation_of_a_program_is_read_and_deleted_by_its_id(client: FlaskClient) -> None:
    """A program has no cookie: its conversations are not listed, and gone once deleted."""
    answer = client.post("/api/v1/questions", json={"question": "Combien d'agents ?"}).get_json()
    address = f"/api/v1/conversations/{answer['conversation_id']}"
    conversation = client.get(address).get_json()
    assert (conversation["title"], conversation["turns"]) == ("Combien d'agents ?", [answer])
    assert client.get("/api/v1/conversations").get_json() == {"conversations": []}
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_a_browsers_conversation_is_hidden_from_others(client: FlaskClient, stranger: FlaskClient) -> None:
    """Read, continued, deleted by another: each time as if it did not exist."""
    client.post("/", data={"question": "Combien d'agents ?"})
    (summary,) = client.get("/api/v1/conversations").get_json()["conversations"]
    address = f"/api/v1/conversations/{summary['id']}"
    again = {"question": "Et en 2020 ?", "conversation_id": summary["id"]}
    assert stranger.get(address).status_code == 404
    assert stranger.delete(address).status_code == 404
    assert stranger.post("/api/v1/questions", json=again).status_code == 404
    assert stranger.get("/api/v1/conversations").get_json() == {"conversations": []}
    assert client.post("/api/v1/questions", json=again).status_code == 200


def test_the_service_is_live_and_ready(client: FlaskClient) -> None:
    """Both say so, and how many reports can be asked."""
    assert client.get("/health/live").get_json() == {"status": "live", "documents": None}
    assert client.get("/health/ready").get_json() == {"status": "ready", "documents": 1}


def test_without_index_the_service_is_live_and_not_ready(tmp_path: Path) -> None:
    """Pages and API answer 503 with the command that builds the index; help and liveness work."""
    client = create_app(Settings(var_dir=tmp_path / "absent")).test_client()
    assert client.get("/health/live").status_code == 200
    for path in ("/health/ready", "/api/v1/documents", "/api/v1/sections/1"):
        response = client.get(path)
        assert (response.status_code, response.get_json()["code"]) == (503, "no_index")
        assert "qa-service build" in response.get_json()["detail"]
    assert client.post("/api/v1/questions", json={"question": "Combien ?"}).status_code == 503
    page = client.post("/", data={"question": "Combien ?"})
    assert page.status_code == 503
    assert "qa-service build" in page.text
    assert ">Combien ?</textarea>" in page.text
    assert client.get("/aide").status_code == 200
