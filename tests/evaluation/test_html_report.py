"""The page for readers who are no developers."""

import re
from dataclasses import replace

from evaluation.html_report import render_report
from evaluation.runs import Run, Source
from evaluation.summary import summarise
from tests.support.evaluation_service import REFUSED, RIGHT
from tests.support.report import SLUG

VERDICTS = (
    replace(RIGHT, http_ms=12.5),
    replace(REFUSED, http_ms=7.0),
    replace(RIGHT, id="T-3", right=False, http_ms=9.0),
)
RUN = Run(
    created_at="2026-01-31T12:34:56+00:00", sources=(Source(SLUG, "test.jsonl", "0" * 64),), verdicts=VERDICTS
)  # fmt: skip
PAGE = render_report(RUN, summarise(VERDICTS))
TEXT = " ".join(re.sub(r"<[^>]+>", " ", PAGE.split("</style>")[1]).split())


def test_the_page_shows_every_total() -> None:
    """Rates with a decimal comma, groups by name, the confidence table, each signal and both times."""
    for words in (
        "3 questions dont la réponse est connue, posées le 31/01/2026 à 12:34",
        "50,0 % Réponses justes",
        "Formulation directe 3 50,0 %",
        "Communication 3",
        "Absent du rapport 1 – – –",
        "de 90,0 % à 100,0 % 2 50,0 %",
        "Mots (lexical) 100,0 % 100,0 % 100,0 % 1,000",
        "Les deux ensemble 0,0 % 100,0 % 100,0 % 0,500",
        "Dans le programme 4,0 ms 4,0 ms",
        "Par le réseau (HTTP) 9,0 ms 12,5 ms",
    ):
        assert words in TEXT


def test_the_page_names_no_case() -> None:
    """Totals only: the page of the test set may be shown to anyone."""
    assert "T-001" not in PAGE


def test_the_page_fetches_nothing() -> None:
    """It has no script, link, image or address: it can be sent by mail."""
    assert re.findall(r"<(?:script|link|img|iframe)|https?:|url\(|@import", PAGE) == []


def test_without_http_there_is_no_row_for_it() -> None:
    """What was not measured is not shown as zero."""
    assert "HTTP" not in render_report(RUN, summarise([RIGHT]))
