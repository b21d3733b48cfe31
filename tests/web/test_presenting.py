"""Answers as the pages show them."""

import re
from decimal import Decimal

import pytest
from flask import Flask, render_template

from index.model import FigureKind
from qa_service.model import Answer, QuestionKind, Warning
from tests.support.answers import TRAINED, TRAINING_DAYS, VOUCHERS, citation, figure, refused, trained
from web.conversations import AnsweredTurn
from web.presenting import TurnView, view
from web.schemas.answers import AnswerOut


def shown(app: Flask, answer: Answer) -> TurnView:
    """Return the view of an answer."""
    with app.test_request_context():
        json = AnswerOut.of(answer, turn_id="q_1", conversation_id="c_1", elapsed_ms=1.0)
        return view(AnsweredTurn(json, answer.kind))


def page(app: Flask, answer: Answer) -> str:
    """Return the HTML of an answer, without no-break spaces."""
    with app.test_request_context():
        return render_template("_turn.html", turn=shown(app, answer)).replace("\u00a0", " ")


def test_the_figure_asked_for_is_set_off(app: Flask) -> None:
    """It comes with its unit, its period and what it counts."""
    headline = shown(app, trained()).headline
    assert headline
    assert str(headline.figure) == "76 agents"
    assert (headline.label, headline.period) == ("agents ayant suivi une formation", "2021")


@pytest.mark.parametrize(
    ("text", "quote", "kind", "printed"),
    [
        ("63,7 M€", "63,7 M€ de dépenses d'équipement", FigureKind.MONEY, "63,7 M€"),
        ("65%", "65% (soit 171/264)", FigureKind.PERCENTAGE, "65%"),
        ("Une quarantaine", "Une quarantaine d'ULM", FigureKind.COUNT, "Une quarantaine"),
    ],
)
def test_a_unit_is_not_said_twice(app: Flask, text: str, quote: str, kind: FigureKind, printed: str) -> None:
    """A figure printed with its sign, or in words, stands as the report prints it."""
    answer = trained(figures=(figure(text, quote, kind=kind, value=Decimal(1)),))
    headline = shown(app, answer).headline
    assert headline
    assert headline.figure.striptags() == printed


def test_a_date_is_its_own_period(app: Flask) -> None:
    """A date keeps its raised letters and has no period beside it."""
    date = figure(
        "1^{er} octobre 2021", "à compter du 1^{er} octobre 2021", kind=FigureKind.DATE, value=None, date="2021-10-01"
    )
    headline = shown(app, trained(kind=QuestionKind.DATE, figures=(date,))).headline
    assert headline
    assert str(headline.figure) == "1<sup>er</sup> octobre 2021"
    assert headline.period == ""


def test_figures_beside_the_question_are_not_set_off(app: Flask) -> None:
    """Who asks for a definition does not get the numbers of its sentence in large type."""
    assert shown(app, trained(kind=QuestionKind.DEFINITION)).headline is None


def test_the_quote_is_marked_in_its_passage(app: Flask) -> None:
    """The excerpt has the neighbouring lines, the whole passage is one step away, the quote marked in both."""
    (evidence,) = shown(app, trained()).evidence
    assert TRAINING_DAYS in evidence.excerpt
    assert "Au-delà de l" in evidence.whole
    for html in (evidence.excerpt, evidence.whole):
        assert re.findall("<mark>(.*?)</mark>", html) == [TRAINED]


def test_of_a_table_the_excerpt_has_the_header_and_the_row(app: Flask) -> None:
    """A row is read under its header, without the twelve others."""
    (evidence,) = shown(app, trained(text="3 949 €", citations=(citation(VOUCHERS),))).evidence
    assert evidence.excerpt.count("<tr>") == 2
    assert "Montant total" in evidence.excerpt
    assert evidence.whole.count("<tr>") == 14


def test_quotes_of_one_passage_share_it(app: Flask) -> None:
    """Two citations of a passage show it once, both marked, and the link opens both."""
    (evidence,) = shown(app, trained(citations=(citation(TRAINING_DAYS), citation(TRAINED, 2)))).evidence
    assert re.findall("<mark>(.*?)</mark>", evidence.excerpt) == [TRAINING_DAYS, TRAINED]
    assert evidence.url.count("citation=") == 2


def test_other_passages_stand_behind_the_first(app: Flask) -> None:
    """The passage that answers is shown, those that speak of the same thing are folded under it."""
    html = page(app, trained(citations=(citation(TRAINED), citation("198,5 M€ de dépenses totales", 2))))
    assert html.count('<figure class="evidence">') == html.count('<details class="also">') == 1
    assert html.index(TRAINED) < html.index("Aussi dans le rapport") < html.index("</span> de dépenses totales")


def test_a_quote_that_stands_twice_is_not_marked_at_random(app: Flask) -> None:
    """Nothing is highlighted rather than the wrong one."""
    made = citation(VOUCHERS)
    twice = type(made)(number=1, passage=made.passage, quote="0 €", span=made.span)
    (evidence,) = shown(app, trained(citations=(twice,))).evidence
    assert "<mark>" not in evidence.excerpt


def test_the_question_as_understood_is_shown_when_it_differs(app: Flask) -> None:
    """Case and punctuation make no difference, words do."""
    assert "Question comprise" not in page(app, trained())
    assert '<q dir="auto">Combien d&#39;agents en 2020 ?</q>' in page(app, trained(understood_as="Combien d'agents en 2020 ?"))


def test_a_refusal_is_plain_and_cites_nothing(app: Flask) -> None:
    """It says what the report says instead, with a link, under no quotation."""
    html = page(app, refused())
    assert '<div class="refusal"><p>Le rapport ne le dit pas pour 2019.</p></div>' in html
    assert "Ce que le rapport dit de proche" in html
    assert "evidence" not in html
    assert "headline" not in html


def test_a_warning_is_in_french_typography(app: Flask) -> None:
    """A warning is a sentence of the service, so that its spaces are mended."""
    with app.test_request_context():
        html = render_template("_turn.html", turn=shown(app, refused()))
    assert "celui de 2021\u00a0: une autre année manque" in html


def test_nothing_that_was_typed_is_executed(app: Flask) -> None:
    """Question, warning and suggestion are escaped."""
    attack = "<img src=x onerror=alert(1)>"
    words = {"question": attack, "understood_as": attack * 2, "related": (attack,), "warnings": (Warning("x", attack),)}
    assert "<img" not in page(app, trained(**words))
