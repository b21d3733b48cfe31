"""The words that are shown: whole sentences and lists while they fit, and what is left out is told."""

from __future__ import annotations

import re

import pytest

from index.model import UnitKind
from qa_service.model import Answer, AnswerStatus, Question
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service
from tests.support.mini import write_cards, write_seed

PEOPLE = "une bibliothécaire, un adjoint du patrimoine et deux bénévoles"
LIBRARIES = [f"Bibliothèque de la rue des Tilleuls, au numéro {number}" for number in range(101, 141)]
PEATLAND = (
    "Le plan de sauvegarde des tourbières, préparé avec les éleveurs, les chasseurs, les pêcheurs et les riverains, "
    "approuvé par les trois assemblées puis par le conservatoire, comprend le relevé des sphaignes, des seuils "
    "dans les fossés, la coupe des bouleaux et des pins, la remise en pâture par des chevaux rustiques, un "
    "sentier sur pilotis, la formation de vingt guides, une exposition itinérante dans les écoles, un atlas, "
    "le suivi du niveau de l'eau par des sondes et celui des libellules par des bénévoles, et ce plan de sauvegarde "
    "des tourbières coûte 12 345 € en tout."
)
COST = "Combien coûte le plan de sauvegarde des tourbières ?"
TEXT = f"""Lecture publique

Les quarante bibliothèques qui reçoivent une aide sont les suivantes :

{"".join(f"- {name}{chr(10)}" for name in LIBRARIES)}
Chaque équipe compte {PEOPLE}.

Milieux naturels

{PEATLAND}

Les barrages du ruisseau sont au nombre de trois :

- celui du moulin, refait en mars
- celui du lavoir, refait en mai
- celui de l'étang, à refaire

Objet\tNombre\tPrix
Passerelle du moulin\t4\t18 700 €
Ponton du lavoir\t9\t3 150 €
"""


@pytest.fixture(scope="module")
def marsh(tmp_path_factory: pytest.TempPathFactory) -> QAService:
    """The service over a made-up report with a list and a sentence that are too long to be shown whole."""
    folder = tmp_path_factory.mktemp("marsh")
    seed = write_seed(folder / "seeds" / "val-fleuri-2019", text=TEXT)
    write_cards(seed)
    (seed / "glossary.toml").unlink()
    settings = Settings(var_dir=folder / "var", seeds_dir=folder / "seeds")
    assert len(list(build_indexes(settings, lambda _step: None))) == 1
    return load_service(settings)


def asked(service: QAService, question: str) -> Answer:
    """Return the answer to a question that the report answers."""
    answer = service.ask(Question(question))
    assert answer.status is AnswerStatus.ANSWERED
    return answer


def test_a_list_too_long_counts_what_it_shows(marsh: QAService) -> None:
    """The first items in order, then "n éléments sur 40", within 800 characters and cited as far as shown."""
    answer = asked(marsh, "Quelles bibliothèques reçoivent une aide ?")
    shown = [name for name in LIBRARIES if name in answer.text]
    assert 1 < len(shown) < 40
    assert shown == LIBRARIES[: len(shown)]
    assert answer.text.endswith(f" ({len(shown)} éléments sur 40)")
    assert len(answer.text) <= 800
    assert all(name in answer.citations[0].quote for name in shown)


def test_a_list_that_fits_is_whole(marsh: QAService) -> None:
    """After the words that introduce it, and nothing is counted."""
    answer = asked(marsh, "Quels sont les barrages du ruisseau ?")
    assert answer.text.startswith("Les barrages du ruisseau sont au nombre de trois : celui du moulin, refait en mars ;")
    assert answer.text.endswith("celui de l'étang, à refaire")
    assert "sur" not in answer.text


def test_an_item_stands_after_its_introduction(marsh: QAService) -> None:
    """Alone it would not say what it is one of."""
    answer = asked(marsh, "Quand le barrage du lavoir a-t-il été refait ?")
    assert "celui du lavoir, refait en mai" in answer.text
    assert answer.text.startswith("Les barrages du ruisseau")


def test_a_row_stands_with_its_headers(marsh: QAService) -> None:
    """Each cell after the title of its column; the figure asked for comes first."""
    answer = asked(marsh, "Quel est le prix du ponton du lavoir ?")
    assert "Ponton du lavoir · Nombre : 9 · Prix : 3 150 €" in answer.text
    assert answer.figures[0].figure.text == "3 150 €"
    assert {unit.kind for unit in answer.citations[0].passage.units} >= {UnitKind.ROW}


def test_a_sentence_too_long_is_cut_between_words(marsh: QAService) -> None:
    """The cut is marked, each word is one of the sentence, and the limit for a figure holds."""
    text = asked(marsh, COST).text
    assert "…" in text
    assert len(text) <= 450
    words = set(re.findall(r"\w+", PEATLAND))
    assert [word for word in re.findall(r"\w+", text) if word not in words] == []


def test_a_cut_keeps_the_figure_asked_for(marsh: QAService) -> None:
    """It stands in the sentence's last words; a quote of the beginning would not answer."""
    answer = asked(marsh, COST)
    assert answer.figures[0].figure.text == "12 345 €"
    assert "12 345 €" in answer.text
    assert "12 345 €" in answer.citations[0].quote


def test_a_quote_is_no_longer_than_its_passage(marsh: QAService) -> None:
    """Nor shorter than what is shown of it."""
    for question in ("Quels sont les barrages du ruisseau ?", "Qui compose l'équipe d'une bibliothèque ?"):
        cited = asked(marsh, question).citations[0]
        assert cited.span in cited.passage.span
        assert cited.quote in cited.passage.text


def test_an_answer_stays_in_its_passage(marsh: QAService) -> None:
    """What stands under another heading is not run together with it."""
    answer = asked(marsh, "Combien de bénévoles compte chaque équipe ?")
    assert PEOPLE in answer.text
    assert "tourbières" not in answer.text
