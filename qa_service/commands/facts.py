"""`qa-service facts check | coverage | draft`."""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from pathlib import Path

import click
from pydantic import TypeAdapter
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from index.errors import FactsError
from index.facts import NAME, Card, placed_facts, read_cards
from index.facts_review import Fault, asked, coverage, faults, gap_faults
from index.figures import extract_figures
from index.gaps import NAME as GAPS
from index.gaps import GapCard, read_gaps
from index.model import Passage
from index.reading.limits import Limits
from index.reading.report import Report, read_report
from qa_service.cli import FAILURE
from qa_service.commands.printing import console, current_settings
from qa_service.wiring import seed_folders

DRAFT = "facts.draft.jsonl"
_CASES = Path("evaluation") / "questions"


@click.group()
def facts() -> None:
    """Vérifie les fiches d'un rapport et ce qu'elles couvrent."""


@facts.command()
@click.option("--cases", default=_CASES, type=click.Path(path_type=Path), help="Dossier des cas d'évaluation.")
def check(cases: Path) -> None:
    """Refuse une citation inexacte, un doublon, une question tirée d'un cas d'évaluation."""
    wrong = 0
    for seed in seed_folders(current_settings()):
        cards = read_cards(seed / NAME)
        forbidden = frozenset(_asked_in(cases / seed.name))
        document, gaps = _read(seed).document, read_gaps(seed / GAPS)
        wrong += _report(seed / NAME, "fiches", cards, list(faults(cards, document, forbidden)))
        if gaps:
            wrong += _report(seed / GAPS, "lacunes", gaps, list(gap_faults(gaps, cards, document, forbidden)))
    if wrong:
        raise click.exceptions.Exit(FAILURE)


def _report(path: Path, name: str, askers: Sequence[Card | GapCard], found: Sequence[Fault]) -> int:
    """Print the faults of a file and return how many there are."""
    for fault in found:
        console().print(Text(f"{path}:{fault.line} : {fault.message}"))
    questions = sum(len(asker.questions) for asker in askers)
    console().print(f"{path.parent.name} : {len(askers)} {name}, {questions} questions, {len(found)} défauts.")
    return len(found)


@facts.command(name="coverage")
@click.option("--list", "listing", is_flag=True, help="Donner aussi ce qui n'a pas de fiche.")
def show_coverage(listing: bool) -> None:
    """Compte les chiffres et les phrases du rapport sans fiche."""
    table = Table("Rapport", "Chiffres sans fiche", "Phrases sans fiche")
    for seed in seed_folders(current_settings()):
        report = _read(seed)
        figures = extract_figures(report.document.text, report.passages, period=report.document.period)
        found = coverage(placed_facts(read_cards(seed / NAME), report.document), report.passages, figures)
        table.add_row(
            seed.name,
            _share(len(found.bare_figures), found.figures),
            _share(len(found.bare_units), found.sentences),
        )
        figures_then_units = [(f.span, f.text) for f in found.bare_figures] + [(u.span, u.text) for u in found.bare_units]
        for span, text in figures_then_units if listing else ():
            console().print(Text(f"{span.start}  {text[:110]}"))
    console().print(table)


@facts.command()
@click.argument("report")
@click.option("--limit", type=click.IntRange(1), help="Au plus tant de passages.")
def draft(report: str, limit: int | None) -> None:
    """Propose des fiches pour REPORT par un modèle de langage (QA_LLM_URL, QA_LLM_MODEL), à relire avant usage.

    Elles sont écrites dans « facts.draft.jsonl » ; celles dont la citation n'est pas exacte sont écartées. Relisez-les, puis
    ajoutez les bonnes à « facts.jsonl ».
    """
    settings = current_settings()
    seed = settings.seeds_dir / report
    # Imported only here: llama-index takes two seconds that the other commands need not wait for.
    drafting = importlib.import_module("qa_service.drafting")
    model = drafting.language_model(settings)
    read = _read(seed)
    passages = _without_card(read, read_cards(seed / NAME))[:limit]
    kept = 0
    with (seed / DRAFT).open("w", encoding="utf-8") as file:
        drafts = drafting.draft_cards(read.document, passages, model)
        for cards in track(drafts, "fiches", total=len(passages), console=Console(stderr=True), transient=True):
            file.writelines(_line(card) for card in cards)
            kept += len(cards)
    console().print(f"{kept} fiches à relire dans « {seed / DRAFT} ».")


def _without_card(report: Report, cards: tuple[Card, ...]) -> list[Passage]:
    quotes = [fact.span for fact in placed_facts(cards, report.document)]
    return [passage for passage in report.passages if not any(quote in passage.span for quote in quotes)]


def _line(card: Card) -> str:
    return TypeAdapter(Card).dump_json(card).decode() + "\n"


def _share(part: int, whole: int) -> str:
    return f"{part} sur {whole} ({100 * part / whole:.1f} %)".replace(".", ",") if whole else "0"


def _read(seed: Path) -> Report:
    return read_report(seed, limits=Limits())


def _asked_in(folder: Path) -> list[str]:
    """Return the questions of the cases in a folder, none if there is no such folder."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            found += [asked(json.loads(line)["question"]) for line in path.read_text(encoding="utf-8").splitlines() if line]
        except (ValueError, KeyError, TypeError) as error:
            raise FactsError(f"« {path} » n'est pas un fichier de cas d'évaluation ({error}).") from error
    return found
