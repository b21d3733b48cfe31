"""Answers as Markdown: what the page shows, in a text that a chat can show."""

from __future__ import annotations

import pytest
from flask import Flask

from qa_service.model import Answer, QuestionKind, Warning
from tests.support.answers import TRAINED, citation, figure, refused, trained
from web.conversations import AnsweredTurn
from web.markdown import answer_as_markdown, text_as_markdown
from web.schemas.answers import AnswerOut

SITE = "https://rapport.example/"


def shown(app: Flask, answer: Answer) -> list[str]:
    """Return the parts of an answer's text."""
    with app.test_request_context():
        out = AnswerOut.of(answer, turn_id="q", conversation_id="c", elapsed_ms=0)
        return answer_as_markdown(AnsweredTurn(out, answer.kind), SITE).split("\n\n")


def test_an_answer_comes_first_and_its_quote_last(app: Flask) -> None:
    """Between them its figure, what to check, and the question as understood if it is another."""
    answer = trained(
        question="Et les agents ?",
        figures=(figure("76", TRAINED, qualifier="environ"),),
        warnings=(Warning("unit", "L'unité *est* fausse : vérifiez."),),
    )
    text, headline, warning, understood, quote = shown(app, answer)
    assert text == TRAINED
    assert headline == "**Chiffre\u00a0: environ 76 agents** agents ayant suivi une formation (2021)"
    assert warning == "**À vérifier\u00a0:** L'unité \\*est\\* fausse\u00a0: vérifiez."
    assert understood == "*Question comprise\u00a0: combien d'agents formés*"
    assert quote.startswith(f"> «\u00a0{TRAINED}\u00a0» (Rapport d'activités 2021, Administration générale › ")
    assert f"[Voir dans le rapport]({SITE}rapport/" in quote


def test_a_figure_is_set_off_only_if_asked_for(app: Flask) -> None:
    """As on the page."""
    assert not any("Chiffre" in part for part in shown(app, trained(kind=QuestionKind.OTHER)))


def test_a_refusal_shows_other_readings_with_their_links(app: Flask) -> None:
    """And nothing as a quote."""
    text, warning, other = shown(app, refused())
    assert text == "Le rapport ne le dit pas pour 2019."
    assert warning.startswith("**À vérifier\u00a0:** ")
    assert other.startswith("Autre lecture\u00a0: 217 jours de formation")
    assert f"]({SITE}rapport/" in other


def test_words_of_one_passage_are_one_quote(app: Flask) -> None:
    """With what is left out between them."""
    days = "217 jours de formation"
    answer = trained(citations=(citation(TRAINED), citation(days, 2)), understood_as="Combien d'agents formés ?")
    quotes = [part for part in shown(app, answer) if part.startswith("> ")]
    assert len(quotes) == 1
    assert f"{TRAINED} \\[…\\] {days}" in quotes[0]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Une\nDeux", "Une\n\nDeux"),
        ("Trois :\n- **un**\n- 2^{e}", "Trois :\n\n- un\n- 2e"),
        ("Nom\tNombre\nA\t1\nB\t2\t3", "| Nom | Nombre |  |\n| --- | --- | --- |\n| A | 1 |  |\n| B | 2 | 3 |"),
        ("<b>[x](y)* a|b", "\\<b\\>\\[x\\](y)\\* a\\|b"),
    ],
)
def test_lines_of_the_report_keep_their_form(text: str, markdown: str) -> None:
    """Paragraphs, lists and tables; what Markdown would take for its own is shown as it is."""
    assert text_as_markdown(text) == markdown
