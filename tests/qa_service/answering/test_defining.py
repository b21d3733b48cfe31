"""What a word means: from the glossary, with the report's own words where it uses it."""

from __future__ import annotations

import pytest

from index.french.folding import fold
from qa_service.model import AnswerStatus, Question, QuestionKind
from qa_service.service import QAService


@pytest.mark.parametrize(
    ("question", "expansion"),
    [
        ("C'est quoi, l'ERBM ?", "Engagement pour le renouveau du bassin minier"),
        ("c quoi le npnru", "Nouveau programme national de renouvellement urbain"),
        ("Que signifie CLEA ?", "Contrat local d'éducation artistique"),
        ("ça veut dire quoi PLH ?", "Programme local de l'habitat"),
        ("kesako le PCAET", "Plan climat-air-énergie territorial"),
        ("Définition de CFU", "compte financier unique"),
        ("Qu'est-ce que le PFFS ?", "Pacte financier et fiscal de solidarité"),
        ("Que veut dire A.I.P.R. ?", "Autorisation d'intervention à proximité des réseaux"),
        ("SCOT, qu'est-ce que c'est ?", "Schéma de cohérence territoriale"),
    ],
)
def test_an_acronym_is_spelled_out(question: str, expansion: str, service: QAService) -> None:
    """However it is asked, in capitals or not; the quote shows where the report uses it."""
    answer = service.ask(Question(question))
    assert (answer.status, answer.kind) == (AnswerStatus.ANSWERED, QuestionKind.DEFINITION)
    assert fold(expansion) in fold(answer.text)
    assert answer.citations[0].quote in answer.citations[0].passage.text


def test_general_knowledge_is_said_to_be_general(service: QAService) -> None:
    """A warning tells what the report does not explain; what it explains has none."""
    index = service.reports[0]
    for entry in [entry for entry in index.glossary if entry.term in ("CLEA", "PLH", "ERBM", "CFU")]:
        codes = [warning.code for warning in service.ask(Question(f"Que veut dire {entry.term} ?")).warnings]
        assert ("general_knowledge" in codes) is entry.is_general


def test_terms_of_the_glossary_are_defined(service: QAService) -> None:
    """Acronyms and house words, of one word or of many, by their own explanation, within 800 characters."""
    asked = service.reports[0].glossary[::2]  # half of them: each is a question of its own
    answers = {entry: service.ask(Question(f"Que veut dire {entry.term} ?")).text for entry in asked}
    assert len(answers) > 100
    assert [entry.term for entry, text in answers.items() if fold(entry.explanation) not in fold(text)] == []
    assert [entry.term for entry, text in answers.items() if len(text) > 800] == []


@pytest.mark.parametrize("term", ["AST", "école de la 2e chance", "Terre de Liens", "taxe de séjour", "SEQUOIA", "PLAT'AU"])
def test_house_words_are_explained(term: str, service: QAService) -> None:
    """Where the report uses them in a heading, in a list or across lines too."""
    (entry,) = [entry for entry in service.reports[0].glossary if entry.term == term]
    assert entry.explanation in service.ask(Question(f"Que veut dire {term} ?")).text


@pytest.mark.parametrize(
    ("term", "senses"),
    [
        ("CIA", ["Complément indemnitaire annuel", "Convention intercommunale d'attribution"]),
        ("REP", ["Réseau d'éducation prioritaire", "Responsabilité élargie du producteur"]),
    ],
)
def test_an_acronym_with_two_senses_gives_both(term: str, senses: list[str], service: QAService) -> None:
    """In the answer or among its alternatives: the reader chooses."""
    answer = service.ask(Question(f"Que veut dire {term} ?"))
    said = " ".join([answer.text, *(alternative.text for alternative in answer.alternatives)])
    assert [sense for sense in senses if fold(sense) not in fold(said)] == []


@pytest.mark.parametrize("question", ["C'est quoi le FDM ?", "Que veut dire F.D.M. ?", "définition fdm"])
def test_any_writing_of_a_term_is_known(question: str, mini: QAService) -> None:
    """With points, in lower case; of the made-up report too."""
    answer = mini.ask(Question(question))
    assert answer.text.startswith("FDM : festival des marionnettes. Trois jours de spectacles de marionnettes en juillet.")
    assert "Le festival des marionnettes (FDM)" in answer.citations[0].quote


def test_a_term_in_a_question_stands_for_its_expansion(mini: QAService) -> None:
    """A question with the acronym finds the sentence, and is no definition."""
    answer = mini.ask(Question("Quand a lieu le FDM ?"))
    assert answer.kind is QuestionKind.DATE
    assert "du 4 au 6 juillet 2019" in answer.text


def test_a_word_that_no_glossary_has_is_not_defined(mini: QAService) -> None:
    """Nothing is made up."""
    answer = mini.ask(Question("Que veut dire XQZ ?"))
    assert answer.status is AnswerStatus.NOT_FOUND
