"""Fact cards: read line by line, placed word for word, or refused with the line or the quote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import FactsError
from index.facts import Card, placed_facts, read_cards
from index.facts_review import coverage, faults
from index.model import Document, PageRange, Section, Span
from index.reading.report import Report

TEXT = "Jardins\n\nIl y a 37 sites.\n\nPatinoire\n\nIl y a 37 sites.\nElle a coûté\n3 M€ HT.\n"
DOCUMENT = Document(
    slug="val-fleuri-2019", title="Rapport", authority="Val-Fleuri", period="2019", text=TEXT, pages=(),
    sections=(
        Section(id="1", title="Jardins", level=1, span=Span(0, 28), pages=PageRange(1, 1)),
        Section(id="2", title="Patinoire", level=1, span=Span(28, len(TEXT)), pages=PageRange(2, 2)),
    ),
)  # fmt: skip


def card(quote: str, section: str = "Jardins", *questions: str) -> Card:
    """Return a card with four questions or those given."""
    return Card(quote=quote, section=section, questions=questions or ("Un ?", "Deux ?", "Trois ?", "Quatre ?"))


def test_cards_are_read_in_order(tmp_path: Path) -> None:
    """Keywords may be left out, blank lines count for nothing."""
    path = tmp_path / "facts.jsonl"
    first = {"quote": "l'été", "section": "Jardins", "questions": ["Quand ?"], "keywords": ["saison"]}
    second = {"quote": "3 M€", "section": "Patinoire", "questions": ["Combien ?", "Le prix ?"]}
    path.write_text(f"{json.dumps(first, ensure_ascii=False)}\n\n{json.dumps(second)}\n", encoding="utf-8")
    assert read_cards(path) == (
        Card(quote="l'été", section="Jardins", questions=("Quand ?",), keywords=("saison",)),
        Card(quote="3 M€", section="Patinoire", questions=("Combien ?", "Le prix ?")),
    )


def test_a_line_separator_inside_a_quote_is_no_end_of_line(tmp_path: Path) -> None:
    """A quote copied from a PDF may hold U+2028 or U+0085, which end a line for Python but not in JSONL."""
    path = tmp_path / "facts.jsonl"
    line = {"quote": "37\u2028sites\u0085ici", "section": "Jardins", "questions": ["Combien ?"]}
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [card.quote for card in read_cards(path)] == ["37\u2028sites\u0085ici"]


def test_a_report_may_have_no_cards(tmp_path: Path) -> None:
    """Without the file, or with an empty one, there is none."""
    assert read_cards(tmp_path / "facts.jsonl") == ()
    (tmp_path / "facts.jsonl").touch()
    assert read_cards(tmp_path / "facts.jsonl") == ()


@pytest.mark.parametrize(
    "line",
    [
        "pas du JSON",
        "[]",
        '{"quote": "3 M€", "section": "Patinoire"}',
        '{"quote": 3, "section": "Patinoire", "questions": []}',
        '{"quote": "3 M€", "section": "Patinoire", "questions": []}',
        '{"quote": "3 M€", "section": "Patinoire", "questions": "Combien ?"}',
        '{"quote": "3 M€", "section": "Patinoire", "questions": ["Combien ?"], "keyword": ["prix"]}',
    ],
)
def test_a_line_that_is_no_card_is_named(line: str, tmp_path: Path) -> None:
    """By its number, so that it is found among hundreds."""
    path = tmp_path / "facts.jsonl"
    path.write_text(f'{{"quote": "a", "section": "b", "questions": ["c"]}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(FactsError, match=r"facts\.jsonl », ligne 3 : ce n'est pas une fiche valable"):
        read_cards(path)


def test_cards_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    """By the file's name, whichever line it is; nothing else escapes."""
    path = tmp_path / "facts.jsonl"
    path.write_bytes('{"quote": "été", "section": "b", "questions": ["c"]}\n'.encode("latin-1"))
    with pytest.raises(FactsError, match=r"facts\.jsonl"):
        read_cards(path)


def test_a_quote_is_placed_in_the_section_that_the_card_names() -> None:
    """The same words stand in both sections; case and accents of the title do not matter."""
    facts = placed_facts((card("Il y a 37 sites."), card("Il y a 37 sites.", "PATINOIRE")), DOCUMENT)
    assert [fact.span for fact in facts] == [Span(9, 25), Span(38, 54)]
    assert [fact.span.of(TEXT) for fact in facts] == ["Il y a 37 sites."] * 2


def test_a_quote_outside_its_section_is_found_all_the_same() -> None:
    """A wrong or unknown section misleads nobody."""
    facts = placed_facts((card("Elle a coûté\n3 M€ HT."), card("3 M€", "Ports")), DOCUMENT)
    assert [fact.quote for fact in facts] == ["Elle a coûté\n3 M€ HT.", "3 M€"]
    assert all(fact.span.of(TEXT) == fact.quote for fact in facts)


@pytest.mark.parametrize("quote", ["Il y a 38 sites.", "il y a 37 sites.", "Elle a coûté 3 M€ HT.", "37  sites"])
def test_a_quote_that_is_not_verbatim_is_refused(quote: str) -> None:
    """A digit, a capital, a line end or a space: the first such quote is shown."""
    with pytest.raises(FactsError, match="n'est pas dans le rapport mot pour mot") as error:
        placed_facts((card("Il y a 37 sites."), card(quote), card("ailleurs")), DOCUMENT)
    assert f"« {quote} »" in str(error.value)


def test_a_card_points_at_the_figure_that_each_question_asks_for() -> None:
    """By words of its quote, which get a place in the report; "" points at none."""
    pointing = Card(quote="Il y a 37 sites.", section="Patinoire", questions=("Combien ?", "Où ?"), answers=("37 sites", ""))
    (fact,) = placed_facts((pointing,), DOCUMENT)
    assert fact.answers == (Span(45, 53), None)
    assert fact.answers[0] is not None
    assert fact.answers[0].of(TEXT) == "37 sites"


@pytest.mark.parametrize("answer", ["38 sites", "s"])
def test_an_answer_that_is_not_once_in_its_quote_is_refused(answer: str) -> None:
    """Nowhere, or in two places: nobody could tell which figure is meant."""
    pointing = Card(quote="Il y a 37 sites.", section="Jardins", questions=("Combien ?",), answers=(answer,))
    with pytest.raises(FactsError, match=f"La réponse « {answer} » n'est pas une seule fois"):
        placed_facts((pointing,), DOCUMENT)


def test_a_card_points_for_each_question_or_for_none(tmp_path: Path) -> None:
    """An answer too few would shift all others."""
    path = tmp_path / "facts.jsonl"
    line = {"quote": "Il y a 37 sites.", "section": "Jardins", "questions": ["Combien ?", "Où ?"], "answers": ["37"]}
    path.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(FactsError, match="ligne 1"):
        read_cards(path)


@pytest.mark.parametrize("quote", ["", " ", "\n"])
def test_an_empty_quote_is_refused(quote: str, tmp_path: Path) -> None:
    """It would stand everywhere and prove nothing."""
    path = tmp_path / "facts.jsonl"
    path.write_text(json.dumps({"quote": quote, "section": "Jardins", "questions": ["Combien ?"]}), encoding="utf-8")
    with pytest.raises(FactsError):
        placed_facts(read_cards(path), DOCUMENT)


def test_a_review_names_each_fault_by_line() -> None:
    """A misquote, too few questions, a question of an evaluation case, a question asked twice whatever its typing."""
    cards = (
        card("Il y a 37 sites.", "Jardins", "Combien de sites ?", "Les sites ?", "Quels sites ?", "Où ?"),
        card("Il y a 99 sites."),
        card("3 M€", "Patinoire", "COMBIEN  de sites", "Le prix ?", "Le coût ?"),
    )
    found = [(fault.line, fault.message) for fault in faults(cards, DOCUMENT, frozenset({"le cout"}))]
    assert [line for line, _ in found] == [2, 3, 3, 3]
    assert "mot pour mot" in found[0][1]
    assert [message for _, message in found[1:]] == [
        "3 questions ; il en faut au moins 4",
        "question déjà posée ligne 1 : « COMBIEN  de sites »",
        "question d'un cas d'évaluation : « Le coût ? »",
    ]


def test_coverage_counts_what_has_no_card(report: Report) -> None:
    """A card on one sentence covers it and leaves all others."""
    quote = "76 agents ont suivi une formation"
    facts = placed_facts((card(quote, "Ressources et relations humaines"),), report.document)
    units = sum(len(passage.units) for passage in report.passages)
    found = coverage(facts, report.passages, ())
    assert (found.sentences, len(found.bare_units)) == (units, units - 1)
    assert quote not in [unit.text for unit in found.bare_units]
