"""What the choice of a figure is learnt from: a card's question must not tell its own answer."""

from __future__ import annotations

from pathlib import Path

from evaluation.choosing import samples_of_cards
from qa_service.answering.figures import FIGURE_FEATURES
from qa_service.settings import Settings
from qa_service.wiring import build_indexes, load_service
from tests.support.mini import write_cards, write_seed

RINK = {
    "quote": "La patinoire a accueilli 48 250 patineurs. Les travaux ont coûté 1 250 000 € HT.",
    "section": "Patinoire",
    "questions": ["Combien de gens sont venus glisser ?", "Le prix du chantier ?", "Que s'y passe-t-il ?"],
    "answers": ["48 250 patineurs", "1 250 000 € HT", ""],
}


def test_a_question_is_left_out_of_what_speaks_for_its_answer(tmp_path: Path) -> None:
    """Each figure has one question that asks for it: without it, nothing asks for the figure that answers."""
    seed = write_seed(tmp_path / "seeds" / "val-fleuri-2019", text=f"Patinoire\n\n{RINK['quote']}\n")
    write_cards(seed, RINK)
    (seed / "glossary.toml").unlink()
    settings = Settings(var_dir=tmp_path / "var", seeds_dir=tmp_path / "seeds")
    list(build_indexes(settings, lambda _step: None))
    samples = list(samples_of_cards(load_service(settings)))
    asked = FIGURE_FEATURES.index("asked")
    assert [sample.answering.tolist() for sample in samples] == [[True, False], [False, True]]
    assert [sample.features[sample.answering, asked].tolist() for sample in samples] == [[0.0], [0.0]]
    assert all(sample.features[~sample.answering, asked].any() for sample in samples)
