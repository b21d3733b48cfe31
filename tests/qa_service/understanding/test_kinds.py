"""What sort of answer a question asks for."""

from __future__ import annotations

import pytest

from qa_service.model import Question, QuestionKind
from qa_service.service import QAService

QUESTIONS = {
    QuestionKind.FIGURE: [
        "Combien de patineurs la patinoire a-t-elle accueillis ?",
        "Quel est le montant des travaux ?",
        "cb de jardins partagés ?",
        "Le nombre de brouettes ?",
        "À combien s'élèvent les travaux ?",
        "Quelle est la superficie du parc ?",
        "budget du festival ?",
        "Et combien de chats ?",
        "Quel a été le coût de la piste ?",
        "Quelle part des jeunes habite un quartier prioritaire ?",
        "Ça a coûté combien ?",
        "Quelle distance parcourent les bus ?",
        "De quel pourcentage la fréquentation a-t-elle augmenté ?",
        "Quel est le salaire du président ?",
    ],
    QuestionKind.DATE: [
        "Quand a lieu le festival ?",
        "Depuis quand la patinoire existe-t-elle ?",
        "En quelle année le musée a-t-il ouvert ?",
        "À quelle date le budget a-t-il été voté ?",
        "Le festival, c'est quand ?",
        "Jusqu'à quand la piste est-elle fermée ?",
        "Depuis quelle délibération porte-t-elle ce nom ?",
    ],
    QuestionKind.PERSON: [
        "Qui préside la communauté de communes ?",
        "Par qui la patinoire a-t-elle été construite ?",
        "Quelle entreprise a refait la piste ?",
        "Comment s'appelle la directrice ?",
        "Avec qui la mairie travaille-t-elle ?",
    ],
    QuestionKind.PLACE: [
        "Où se trouve la patinoire ?",
        "Dans quelle commune est le musée ?",
        "La patinoire, c'est où ?",
        "À quel endroit sont les jardins ?",
    ],
    QuestionKind.LIST: [
        "Quels sont les outils prêtés ?",
        "Liste des salles de spectacle",
        "Cite les communes concernées",
        "Quelles actions ont été menées ?",
    ],
    QuestionKind.DEFINITION: [
        "C'est quoi le FDM ?",
        "Que veut dire PLH ?",
        "Qu'est-ce que le FDM ?",
        "Définition de la régie",
        "kesako le CLEA ?",
    ],
    QuestionKind.EXPLANATION: [
        "Pourquoi la patinoire ferme-t-elle ?",
        "Comment sont choisis les jardiniers ?",
        "Dans quel but prête-t-on des outils ?",
        "À quoi sert le fonds de concours ?",
    ],
    QuestionKind.COMPARISON: [
        "La fréquentation a-t-elle augmenté par rapport à 2018 ?",
        "Quelle différence entre 2018 et 2019 ?",
        "Comment a évolué le nombre de jardins ?",
    ],
    QuestionKind.YESNO: [
        "Est-ce que la patinoire est ouverte l'été ?",
        "Y a-t-il une piscine ?",
        "La patinoire est-elle chauffée ?",
    ],
    QuestionKind.OTHER: [
        "jardins partagés",
        "Parle-moi de la patinoire",
    ],
}


@pytest.mark.parametrize(("kind", "question"), [(kind, text) for kind, texts in QUESTIONS.items() for text in texts])
def test_the_kind_that_a_question_asks_for(kind: QuestionKind, question: str, mini: QAService) -> None:
    """By its form, well written or not."""
    assert mini.ask(Question(question)).kind is kind
