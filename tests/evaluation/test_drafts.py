"""Drafts with known verdicts, what readers judged by hand, and the commands that measure against both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.drafts import Draft, KnownClaim, load_drafts, places_of, totals
from evaluation.errors import EvaluationError
from evaluation.judged import audit_totals, evolution_totals
from qa_service.checking.checker import Verdict
from qa_service.cli import main
from qa_service.service import QAService
from tests.support.report import REPORT_TEXT, SLUG


@pytest.mark.parametrize(("name", "drafts", "claims"), [("dev", 30, 148), ("test", 30, 148), ("train", 120, 606)])
def test_the_drafts_quote_the_report(name: str, drafts: int, claims: int) -> None:
    """Each figure stands once where it is said to; what the report gives has evidence, verbatim."""
    found = load_drafts(name, [SLUG])
    assert (len(found), sum(len(draft.claims) for draft in found)) == (drafts, claims)
    for draft in found:
        for claim in draft.claims:
            if claim.verdict is not Verdict.NOT_FOUND:
                assert places_of(claim.evidence, REPORT_TEXT)


def test_totals_count_the_costly_mistakes(service: QAService) -> None:
    """A right one, one shown right that is not, one overlooked."""
    text = "La masse salariale s'élève à 13 056 633,72 € en 2021."
    known = [KnownClaim(figure="13 056 633,72 €", before="", verdict=verdict, evidence="") for verdict in Verdict]
    drafts = [Draft(id=str(place), text=text, claims=(claim,)) for place, claim in enumerate(known)]
    found = totals(drafts, [service.checker.check(text)] * len(drafts))
    assert (found.claims, found.right, found.contradicted_shown_right, found.overlooked) == (4, 1, 1, 0)
    empty = totals(drafts[:1], [service.checker.check("Bonjour.")])
    assert (empty.right, empty.overlooked) == (0, 1)


def test_a_draft_must_hold_its_figures() -> None:
    """Once: a figure that stands twice needs the words before it."""
    with pytest.raises(ValueError, match="does not stand once"):
        Draft(id="x", text="12 et 12", claims=(KnownClaim(figure="12", before="", verdict=Verdict.NOT_FOUND, evidence=""),))


def test_no_drafts_no_measure(tmp_path: Path) -> None:
    """The message names the file that is missing."""
    with pytest.raises(EvaluationError, match=r"dev\.jsonl"):
        load_drafts("dev", [SLUG], root=tmp_path)


def test_what_is_shown_is_judged_real(service: QAService) -> None:
    """At least eight alarms of ten; every series that a reader lists, and none besides."""
    audit = audit_totals(service.reports[0])
    assert audit.real >= 0.8 * audit.shown
    assert audit.sure_shown >= 7
    evolutions = evolution_totals(service.reports[0])
    assert evolutions.found == evolutions.stated == evolutions.extracted


def test_mistakes_that_cost_most_stay_rare(service: QAService) -> None:
    """On the drafts for development: nothing contradicted is confirmed, few right figures are contradicted."""
    drafts = load_drafts("dev", [SLUG])
    found = totals(drafts, [service.checker.check(draft.text) for draft in drafts])
    assert found.contradicted_shown_right == 0
    assert found.true_shown_contradicted <= 0.03 * found.true
    assert found.right >= 0.86 * found.claims


@pytest.mark.usefixtures("environment")
def test_the_commands_print_totals(capsys: pytest.CaptureFixture[str]) -> None:
    """As lines or as JSON; no draft is named."""
    assert main(["evaluate", "--checks", "--questions", "dev", "--json"]) == 0
    run = json.loads(capsys.readouterr().out)
    assert run["totals"]["claims"] == 148
    assert run["characters"] > 19_000
    assert main(["evaluate", "--audit"]) == 0
    assert "sure_shown" in capsys.readouterr().out
