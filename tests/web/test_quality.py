"""How far the answers can be trusted, and what nobody was told."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from qa_service.quality import Quality, read_quality, write_quality
from qa_service.service import QAService
from qa_service.settings import Settings
from tests.conftest import ROOT
from tests.support.report import SLUG
from web.app import create_app

UNKNOWN = "Quel est le prix du pain à Tokyo ?"


def test_the_measures_are_told_in_words(client: FlaskClient) -> None:
    """Those that the report came with, as so many in a hundred."""
    page = client.get("/qualite").text
    assert "350 questions d’essai" in page
    assert "<strong>100</strong> La citation est mot pour mot dans le rapport" in page
    assert "<strong>2,5</strong> Le service dit à tort ne pas savoir" in page


def test_the_last_run_of_this_machine_comes_first(tmp_path: Path) -> None:
    """A file that cannot be read is as good as none."""
    settings = Settings(var_dir=tmp_path, evaluation_dir=ROOT / "evaluation")
    shipped = read_quality(settings, SLUG)
    assert shipped
    assert (shipped.cases, shipped.created_at) == (350, "")
    last = Quality(cases=12, totals={"right": 0.5}, created_at="2026-01-02T03:04:05+00:00")
    write_quality(settings, SLUG, last)
    assert read_quality(settings, SLUG) == last
    (tmp_path / "quality" / f"{SLUG}.json").write_text("{", encoding="utf-8")
    assert read_quality(settings, SLUG) == shipped
    assert read_quality(settings, "autre") is None


def test_a_report_that_nobody_measured_says_so(service: QAService, tmp_path: Path) -> None:
    """No number is made up."""
    app = create_app(Settings(var_dir=tmp_path, evaluation_dir=tmp_path), service=service)
    assert "rien n’y est mesuré" in app.test_client().get("/qualite").text


@pytest.mark.usefixtures("app")
def test_a_question_without_answer_is_shown_to_who_asked_it(client: FlaskClient, stranger: FlaskClient) -> None:
    """And to others once two people have asked it, in whatever case; greetings are no questions."""
    client.post("/", data={"question": UNKNOWN})
    client.post("/", data={"question": "Bonjour"})
    mine = client.get("/qualite").text
    assert UNKNOWN in mine
    assert '<li><span dir="auto">Bonjour' not in mine
    assert UNKNOWN not in stranger.get("/qualite").text
    stranger.post("/", data={"question": UNKNOWN.upper()})
    third = stranger.application.test_client()
    assert f'{UNKNOWN.upper()}</span> <span class="soft">(2 fois)' in third.get("/qualite").text


def test_opinions_are_counted(client: FlaskClient) -> None:
    """By what they say."""
    assert "Personne n’a encore donné d’avis" in client.get("/qualite").text
    answer = client.post("/api/v1/questions", json={"question": "Combien d'agents ont suivi une formation ?"}).get_json()
    client.post("/api/v1/feedback", json={"question_id": answer["id"], "verdict": "wrong"})
    assert "1 réponse jugée&nbsp;: 0 juste, 0 incomplète, 1 fausse." in client.get("/qualite").text
