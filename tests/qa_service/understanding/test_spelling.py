"""Careless typing: a word that nobody spells like this is read as the report's; all others stay as typed."""

from __future__ import annotations

import pytest

from qa_service.model import Question
from qa_service.service import QAService


def understood(service: QAService, question: str) -> str:
    """Return a question as it was understood."""
    return service.ask(Question(question)).understood_as


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Combien de gens à la pattinoire ?", "Combien de gens à la patinoire ?"),
        ("qui organise les marionetes", "qui organise les marionnettes"),
        ("les jadrins partagés", "les jardins partagés"),
        ("un patineu", "un patineurs"),  # the report has the plural alone
        ("la natinoire", "la patinoire"),
        ("subvension du tilleuil", "subvention du tilleul"),
        ("Patinoirre fermée ?", "patinoire fermée ?"),
        ("l’outil des jardinierrs", "l’outil des jardiniers"),
    ],
)
def test_a_slip_is_read_as_the_word_of_the_report(typed: str, read: str, mini: QAService) -> None:
    """One slip in a word, two in a long one; a letter doubled, dropped, swapped or mistaken."""
    assert understood(mini, typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "Combien de patineurs ? 48251, 48 252 ou 48.253 en 2081 ?",  # numbers
        "Le gala de Tileul et des Maroinettes",  # capitalised inside a sentence: names
        "le FMD, la CCVQ et l'E.R.B.N.",  # acronyms
        "LA PATINOIRRE",  # in capitals as a whole
        "la piscine, la liste, les festivals et les jardins",  # words of French near those of the report
        "les patineuses et l'embauche",  # words of French that the report has in another form
        "le prix d'un pot",  # short words have too many neighbours
        "abracadabrantesque",  # near to nothing
        "«  Été : l'œuvre d’art — 3 m² »",  # marks, accents and ligatures
    ],
)
def test_what_is_no_slip_stays_as_typed(typed: str, mini: QAService) -> None:
    """To the last character."""
    assert understood(mini, typed) == typed


def test_a_slip_is_answered(mini: QAService) -> None:
    """As the question was meant."""
    assert "37 jardins partagés" in mini.ask(Question("combien de jadrins partagés ont été ouvets")).text


def test_a_word_of_the_real_report_is_never_changed(service: QAService) -> None:
    """A question made of the report's own sentences is read as it stands."""
    sentences = [unit.text for passage in service.reports[0].passages[40:60] for unit in passage.units]
    questions = [sentence for sentence in sentences if len(sentence) < 150][:40]
    assert [understood(service, question) for question in questions] == questions
