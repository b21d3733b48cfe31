"""What the encoder learns from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.encoder.train import EVERYDAY
from index.encoder.training.cases import questions_of
from index.encoder.training.pairs import Pair, card_pairs, everyday_pairs, gap_pairs, squad_pairs, without_questions
from index.errors import EncoderError
from tests.conftest import SEED

CONTEXT = "La ville a un pont. Il date de 1850. Le maire y passe. Il pleut."


def test_a_question_goes_with_its_sentence_its_neighbours_and_the_paragraph(tmp_path: Path) -> None:
    """The answer's place decides the sentence; a question without an answer is left out."""
    questions = [
        {"question": "De quand date le pont ?", "answers": [{"text": "1850", "answer_start": 31}]},
        {"question": "Sans réponse ?", "answers": []},
    ]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": CONTEXT, "qas": questions}]}]}), "utf-8")
    around = "La ville a un pont. Il date de 1850. Le maire y passe."
    assert squad_pairs(path) == [Pair("De quand date le pont ?", ("Il date de 1850.", around, CONTEXT))]


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    (tmp_path / "x.json").write_text("{}", "utf-8")
    with pytest.raises(EncoderError, match=r"x\.json » n'est pas un fichier de questions au format SQuAD"):
        squad_pairs(tmp_path / "x.json")


def write_card(folder: Path, quote: str) -> Path:
    """Write a file with one card."""
    card = {"quote": quote, "section": "", "questions": ["combien de gens ?", "effectif ?"], "keywords": []}
    path = folder / "facts.jsonl"
    path.write_text(json.dumps(card), "utf-8")
    return path


def test_a_card_pairs_its_questions_with_its_quote_and_one_another(tmp_path: Path) -> None:
    """Without the report beside it, a card is all there is."""
    assert card_pairs(write_card(tmp_path, "262 agents")) == [
        Pair("combien de gens ?", ("262 agents", "effectif ?")),
        Pair("effectif ?", ("262 agents", "combien de gens ?")),
    ]


def test_a_gap_pairs_its_questions_with_one_another(tmp_path: Path) -> None:
    """They ask the same, and nothing answers; one alone has nothing to be near to."""
    gaps = [
        {"quote": "262 agents", "section": "", "missing": "year", "questions": ["Effectif en 2015 ?", "Combien en 2015 ?"]},
        {"quote": "262 agents", "section": "", "missing": "detail", "questions": ["Leur âge ?"]},
    ]
    path = tmp_path / "gaps.jsonl"
    path.write_text("".join(json.dumps(gap) + "\n" for gap in gaps), "utf-8")
    assert gap_pairs(path) == [
        Pair("Effectif en 2015 ?", ("Combien en 2015 ?",)),
        Pair("Combien en 2015 ?", ("Effectif en 2015 ?",)),
    ]


def test_everyday_questions_pair_with_administrative_texts(tmp_path: Path) -> None:
    """And with one another."""
    path = tmp_path / "everyday.jsonl"
    path.write_text(json.dumps({"texts": ["Encours : 99 853"], "questions": ["La dette ?", "On doit combien ?"]}), "utf-8")
    assert everyday_pairs(path)[0] == Pair("La dette ?", ("Encours : 99 853", "On doit combien ?"))
    path.write_text('{"texts": "un seul"}', "utf-8")
    with pytest.raises(EncoderError, match=r"everyday\.jsonl"):
        everyday_pairs(path)


def test_the_everyday_questions_that_are_shipped_are_read() -> None:
    """Each with a text and other questions beside it."""
    pairs = everyday_pairs(EVERYDAY)
    assert len(pairs) > 5000
    assert all(len(pair.texts) > 1 for pair in pairs)


def test_a_card_beside_its_report_pairs_with_the_unit_as_it_is_indexed(tmp_path: Path) -> None:
    """The unit comes with its titles, as the index embeds it."""
    for name in ("report.toml", "report.txt"):
        (tmp_path / name).write_bytes((SEED / name).read_bytes())
    (pair, _) = card_pairs(write_card(tmp_path, "65 visites médicales ont été effectuées"))
    quote, unit, other = pair.texts
    assert (quote, other) == ("65 visites médicales ont été effectuées", "effectif ?")
    assert unit.startswith("Ressources et relations humaines · ")
    assert unit.endswith("En 2021, 65 visites médicales ont été effectuées au titre du suivi médical des agents.")


def test_a_file_without_cards_is_refused(tmp_path: Path) -> None:
    """A wrong path does not train a model without cards."""
    with pytest.raises(EncoderError, match="ne contient aucune fiche"):
        card_pairs(tmp_path / "facts.jsonl")


def test_no_evaluation_question_is_learnt(tmp_path: Path) -> None:
    """A question of a case goes, however it is typed, as a question and as a text; so do those of its conversation."""
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"question": "Et l'été ?", "history": ["Où ça ?"], "evidence": []}), "utf-8")
    pairs = [Pair("ET L’ETE", ("a",)), Pair("b", ("c", "et l'été")), Pair("d", ("ou ca",)), Pair("e", ("f",))]
    assert without_questions(pairs, questions_of(path)) == [Pair("b", ("c",)), Pair("e", ("f",))]
