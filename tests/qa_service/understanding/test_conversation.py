"""What a question takes from those before it: the subject of a follow-up, nothing for a question that stands alone."""

from __future__ import annotations

import pytest

from qa_service.model import AnswerStatus, Question
from qa_service.service import QAService
from tests.qa_service.conftest import converse

RINK = "Combien de patineurs la patinoire a-t-elle accueillis en 2019 ?"
WORKS = "Où en sont les travaux de la piste ?"


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("Et en 2018 ?", "2018"),
        ("et en 2018", "2018"),
        ("2018 ?", "2018"),
        ("Et pour 2020 ?", "2020"),
        ("Idem pour 2017", "2017"),
        ("qu'en est-il de 2018 ?", "2018"),
        ("Et l'année d'avant ?", "2018"),
        ("Et l'année précédente ?", "2018"),
        ("L'année suivante ?", "2020"),
        ("Et deux ans plus tôt ?", "2017"),
        ("Et un an plus tard ?", "2020"),
        ("Est-ce plus qu'en 2018 ?", "2018"),
        ("je voulais dire en 2018", "2018"),
    ],
)
def test_another_year_is_asked_of_the_same_thing(question: str, year: str, mini: QAService) -> None:
    """The question before is asked for the other year, told outright or counted from the one asked before."""
    expected = f"Combien de patineurs la patinoire a-t-elle accueillis en {year} ?"
    assert converse(mini, RINK, question).understood_as == expected


def test_a_year_is_added_where_none_was_asked(mini: QAService) -> None:
    """The first question left it open."""
    understood = converse(mini, "Combien de jardins partagés ?", "Et en 2018 ?").understood_as
    assert understood == "Combien de jardins partagés en 2018 ?"


def test_the_year_before_is_counted_from_that_of_the_report(mini: QAService) -> None:
    """Where the question before names no year."""
    understood = converse(mini, "Combien de jardins partagés ?", "Et l'année d'avant ?").understood_as
    assert understood == "Combien de jardins partagés en 2018 ?"


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (RINK, "Et pour les travaux ?"),
        (RINK, "Et le festival ?"),
        (RINK, "Et à Bourg-Neuf ?"),
        (RINK, "Quand ?"),
        (RINK, "Pourquoi ?"),
        (RINK, "Combien ?"),
        (RINK, "C'est où ?"),
        (RINK, "Ça a coûté combien ?"),
        (RINK, "Et son coût ?"),
        (RINK, "Elle ferme quand ?"),
        (RINK, "Combien de temps sera-t-elle fermée ?"),
        (WORKS, "Ils ont coûté combien ?"),
        (WORKS, "Quel en est le coût ?"),
        (WORKS, "Et leur coût ?"),
        (WORKS, "Qui les paie ?"),
    ],
)
def test_a_follow_up_is_understood_with_its_subject(before: str, question: str, mini: QAService) -> None:
    """The reader sees the question before and this one."""
    understood = converse(mini, before, question).understood_as
    assert understood.startswith(before.rstrip(" ?"))
    assert understood.endswith(question)


def test_a_follow_up_is_answered_with_its_subject(mini: QAService) -> None:
    """After the gardens, a year alone asks for theirs, and their figure of that year comes first."""
    answer = converse(mini, "Combien de jardins partagés ont été ouverts ?", "Et en 2018 ?")
    assert "21 jardins" in answer.text
    assert answer.figures[0].figure.text == "21"


@pytest.mark.parametrize("question", ["Et en 2020 ?", "Combien ?", "Pourquoi ?", "Et alors ?"])
def test_a_follow_up_of_nothing_is_not_answered(question: str, service: QAService) -> None:
    """First in a conversation it has no subject."""
    assert service.ask(Question(question)).status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    "question",
    [
        "Combien de jardins partagés ont été ouverts ?",
        "Quand a lieu le festival des marionnettes ?",
        "Quelle subvention pour la salle Le Tilleul ?",
        "Qui organise le festival des marionnettes ?",
        "jardins partagés",
        "Liste des outils prêtés aux jardiniers",
        "Est-ce que le festival a eu du succès ?",
        "Il y a combien de places à La Grange ?",
        "Où se trouve la communauté de communes ?",
        "Combien de brouettes sont prêtées ?",
        "Que fera la patinoire en 2020 ?",
        "C'est quoi le FDM ?",
        "Que veut dire FDM ?",
        "Y a-t-il des motoculteurs ?",
        "Le festival, c'était quand ?",
    ],
)
def test_a_question_that_stands_alone_takes_nothing(question: str, mini: QAService) -> None:
    """Another subject after the rink: read and answered as if it came first."""
    alone, after = mini.ask(Question(question)), converse(mini, RINK, question)
    assert after.understood_as == alone.understood_as == question
    assert after.text == alone.text


@pytest.mark.parametrize(
    ("questions", "understood"),
    [
        (
            (RINK, "Et en 2018 ?", "Et en 2017 ?"),
            "Combien de patineurs la patinoire a-t-elle accueillis en 2017 ?",
        ),
        (
            (RINK, "merci", "Et en 2018 ?"),
            "Combien de patineurs la patinoire a-t-elle accueillis en 2018 ?",
        ),
        (
            (RINK, "Combien de jardins partagés ont été ouverts ?", "Et en 2018 ?"),
            "Combien de jardins partagés ont été ouverts en 2018 ?",
        ),
        (("bonjour", "Combien de jardins partagés ?"), "Combien de jardins partagés ?"),
    ],
)
def test_a_conversation_goes_on(questions: tuple[str, ...], understood: str, mini: QAService) -> None:
    """A follow-up of a follow-up keeps the subject, thanks do not interrupt, a new subject takes over."""
    assert converse(mini, *questions).understood_as == understood


@pytest.mark.parametrize("question", ["Non, je parlais des jardins partagés", "Pardon, les jardins partagés"])
def test_a_correction_says_what_was_meant(question: str, mini: QAService) -> None:
    """The words of correcting are not searched for."""
    answer = converse(mini, RINK, question)
    assert answer.understood_as.endswith("jardins partagés")
    assert not {"parlais", "Pardon", "Non"} & set(answer.understood_as.replace(",", "").split())
    assert "37 jardins partagés" in answer.text


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("Bonjour", "Bonjour"),
        ("bonjour !", "Bonjour"),
        ("Salut, ça va ?", "Bonjour"),
        ("Bonsoir à tous", "Bonjour"),
        ("merci", "Avec plaisir"),
        ("Merci beaucoup !", "Avec plaisir"),
        ("ok merci", "Avec plaisir"),
        ("Parfait, merci", "Avec plaisir"),
        ("au revoir", "Au revoir"),
        ("Bonne journée !", "Au revoir"),
        ("Qui es-tu ?", "Je réponds aux questions"),
        ("Que savez-vous faire ?", "Je réponds aux questions"),
        ("aide", "Je réponds aux questions"),
    ],
)
def test_small_talk_gets_a_word(said: str, reply: str, mini: QAService) -> None:
    """Without a quote, a figure or a search, first or later in a conversation."""
    for answer in (mini.ask(Question(said)), converse(mini, RINK, said)):
        assert answer.text.startswith(reply)
        assert (answer.citations, answer.figures, answer.alternatives) == ((), (), ())
        assert (answer.status, answer.understood_as) == (AnswerStatus.NOT_FOUND, said)


@pytest.mark.parametrize(
    "question",
    [
        "Bonjour, combien de jardins partagés ont été ouverts ?",
        "Merci. Combien de jardins partagés ont été ouverts ?",
        "Salut ! combien de jardins partagés ont été ouverts",
    ],
)
def test_a_polite_question_is_a_question(question: str, mini: QAService) -> None:
    """A greeting before it changes nothing."""
    assert "37 jardins partagés" in converse(mini, RINK, question).text
