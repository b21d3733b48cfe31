"""Totals as tables in the terminal; print_failures and print_differences alone name cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from evaluation.comparison import Difference
from evaluation.golden_figures import Match, ReportFigures
from evaluation.metrics import METRICS
from evaluation.running import Outcome
from evaluation.summary import Summary
from evaluation.wording import decimal, points


def print_summary(console: Console, summary: Summary) -> None:
    """Print the totals, then those by style, persona and kind, then retrieval alone, times and reliability."""
    console.print(_scores_table(summary))
    retrieval = _table("Recherche seule, en %", "signal", "recall@1", "recall@3", "recall@10", "MRR")
    for found in summary.retrieval:
        recalls = (found.recall_at_1, found.recall_at_3, found.recall_at_10)
        retrieval.add_row(found.variant, *map(points, recalls), points(found.mrr))
    console.print(retrieval)
    timings = _table("Durée par question", "", "p50 ms", "p99 ms")
    for timing in summary.timings:
        timings.add_row(timing.where, decimal(timing.p50_ms), decimal(timing.p99_ms))
    console.print(timings)
    bins = _table("Confiance annoncée, en %", "de", "à", "réponses", "justes")
    for b in summary.reliability:
        bins.add_row(points(b.low), points(b.high), str(b.answers), points(b.right / b.answers))
    console.print(bins)


def _scores_table(summary: Summary) -> Table:
    table = _table("Réponses, en %", "", "cas", *(metric.name for metric in METRICS))
    table.add_row("tous", str(summary.cases), *(points(score.value) for score in summary.scores))
    if summary.without_cards:
        table.add_row("sans fiches", str(summary.cases), *(points(score.value) for score in summary.without_cards))
    axis = ""
    for group in summary.groups:
        if group.axis != axis:
            table.add_section()
        axis = group.axis
        table.add_row(group.name, str(group.cases), *(points(score.value) for score in group.scores))
    return table


def print_failures(console: Console, outcomes: Iterable[Outcome]) -> None:
    """Print each case answered wrong, with its question, what was expected and what came."""
    for outcome in outcomes:
        case, answer, verdict = outcome.case, outcome.answer, outcome.verdict
        if verdict.right or (verdict.refused and not case.answerable):
            continue
        console.rule(f"{case.id} · {case.kind} · {case.style}", align="left")
        for name, text in (
            ("question", " / ".join((*case.history, case.question))),
            ("compris", answer.understood_as),
            ("attendu", " + ".join(piece[0] for piece in case.answers) or "refus"),
            ("reçu", f"[{answer.status}, {answer.confidence:.2f}, cité {verdict.cited_at}] {answer.text}"),
        ):
            console.print(f"{name:>9} : {text}", markup=False, highlight=False)


def print_differences(console: Console, differences: Sequence[Difference]) -> None:
    """Print each metric in both runs and the cases that turned."""
    table = _table("Comparaison, en %", "", "A", "B", "écart", "gagnés", "perdus")
    for d in differences:
        change = None if d.before is None or d.after is None else d.after - d.before
        moved = (points(d.before), points(d.after), points(change, "+"))
        table.add_row(d.metric, *moved, " ".join(d.gained), " ".join(d.lost))
    console.print(table)


def print_figures(console: Console, results: Iterable[ReportFigures]) -> None:
    """Print how well the figures of each report are found, all together and by kind."""
    shares = ("recall", "precision", "period", "qualifier", "count_unit")
    for result in results:
        table = _table(f"Chiffres de {result.document}, en %", "", "attendus", "relevés", *shares)
        for s in result.scores:
            counts = (str(s.golden), str(s.extracted))
            table.add_row(s.kind or "tous", *counts, *(points(getattr(s, share)) for share in shares))
        console.print(table)


def print_misses(console: Console, matches: Iterable[Match]) -> None:
    """Print each figure that is missed ("-") or should not be ("+"), with its place."""
    for match in matches:
        if match.golden and not match.figure:
            g = match.golden
            line = f"- {g.start} {g.text!r} {g.date or g.value} {g.unit} {g.kind}"
        elif match.figure and not match.golden:
            f = match.figure
            line = f"+ {f.span.start} {f.text!r} {f.date or f.value} {f.unit} {f.kind}"
        else:
            continue
        console.print(line, markup=False, highlight=False)


def print_numbers(console: Console, numbers: Mapping[str, object]) -> None:
    """Print counts and seconds by their names, one a line."""
    table = Table(box=box.SIMPLE, show_header=False, padding=0, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right")
    for name, value in numbers.items():
        table.add_row(f"{name}  ", str(value))
    console.print(table)


def _table(title: str, first: str, *columns: str) -> Table:
    """Return an empty table; headers break at "_" so that the widest one fits 80 columns."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE, padding=0, pad_edge=False)
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column.replace("_", "\n"), justify="right")
    return table
