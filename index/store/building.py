"""Building an index to one side and putting it in place by one rename."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from index.encoder.embedder import Embedder
from index.errors import IndexStaleError, IndexStateError
from index.facts import NAME as FACTS
from index.facts import placed_facts, read_cards
from index.figures import extract_figures
from index.french.tokens import said
from index.gaps import NAME as GAPS
from index.gaps import placed_gaps, read_gaps
from index.glossary import NAME as GLOSSARY
from index.glossary import read_glossary
from index.reading.limits import Limits
from index.reading.metadata import source_file
from index.reading.report import read_report
from index.store.contents import Contents, write_contents
from index.store.dense import build_dense, build_exact
from index.store.fields import (
    fact_terms,
    figure_text,
    gap_terms,
    passage_terms,
    questions_of,
    unit_in_context,
    unit_refs,
    unit_terms,
)
from index.store.lexical import LexicalIndex
from index.store.manifest import FORMAT, Manifest, hashes, package_versions, sha256, write_manifest
from index.store.report_index import (
    DENSE_FACTS,
    DENSE_FIGURES,
    DENSE_GAPS,
    DENSE_UNITS,
    LEXICAL_FACTS,
    LEXICAL_GAPS,
    LEXICAL_PASSAGES,
    LEXICAL_QUESTIONS,
    LEXICAL_UNITS,
    WORDS,
    ReportIndex,
)
from index.store.versions import exclusive, new_version, put_in_place
from index.store.words import write_words

Progress = Callable[[str], None]  # called with the French name of each step as it begins


def build_index(
    seed: Path, folder: Path, embedder: Embedder, *, limits: Limits, progress: Progress, cards: bool = True
) -> ReportIndex:
    """Read the report in `seed`, build its index beside `folder`, put it in place and return it.

    `cards` says whether its fact cards and gaps are used. Whatever fails before the last step leaves the index that
    was in `folder` as it was.

    Raises:
        ReportError: the report cannot be read.
    """
    progress("lecture du rapport")
    report = read_report(seed, limits=limits)
    progress("relevé des chiffres")
    figures = extract_figures(report.document.text, report.passages, period=report.document.period)
    facts = placed_facts(read_cards(seed / FACTS), report.document) if cards else ()
    gaps = placed_gaps(read_gaps(seed / GAPS), report.document) if cards else ()
    contents = Contents(
        metadata=report.metadata,
        document=report.document,
        passages=report.passages,
        figures=figures,
        facts=facts,
        gaps=gaps,
        glossary=read_glossary(seed / GLOSSARY, report.document),
    )
    try:
        with exclusive(folder), new_version(folder) as version:
            _write(version, contents, embedder, source_hashes(seed, cards=cards), progress)
            progress("mise en place")
            put_in_place(version, folder)
    except OSError as error:
        raise IndexStateError(
            f"L'index ne peut pas être écrit dans « {folder.parent} » ({error.strerror}) ; "
            "vérifiez QA_VAR_DIR et la place libre."
        ) from error
    return ReportIndex.open(folder)


def _write(folder: Path, contents: Contents, embedder: Embedder, sources: dict[str, str], progress: Progress) -> None:
    write_contents(folder, contents)
    progress("index lexical")
    refs = unit_refs(contents.passages)
    LexicalIndex.build([passage_terms(passage) for passage in contents.passages]).save(folder / LEXICAL_PASSAGES)
    LexicalIndex.build([unit_terms(ref) for ref in refs]).save(folder / LEXICAL_UNITS)
    LexicalIndex.build([fact_terms(fact) for fact in contents.facts]).save(folder / LEXICAL_FACTS)
    LexicalIndex.build([said(question.text) for question in questions_of(contents.facts)]).save(folder / LEXICAL_QUESTIONS)
    LexicalIndex.build([gap_terms(gap) for gap in contents.gaps]).save(folder / LEXICAL_GAPS)
    write_words(folder / WORDS, contents.passages)
    progress("index dense")
    build_dense(embedder.encode_passages([unit_in_context(ref) for ref in refs])).save(folder / DENSE_UNITS)
    for askers, name in ((contents.facts, DENSE_FACTS), (contents.gaps, DENSE_GAPS)):
        questions = [question.text for question in questions_of(askers)]
        build_exact(embedder.encode_queries(questions)).save(folder / name)
    build_dense(embedder.encode_passages([figure_text(figure) for figure in contents.figures])).save(folder / DENSE_FIGURES)
    manifest = Manifest(
        format=FORMAT,
        slug=contents.document.slug,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=embedder.name,
        sources=sources,
        files=hashes(folder),
        packages=package_versions(),
        passages=len(contents.passages),
        units=len(refs),
        facts=len(contents.facts),
        gaps=len(contents.gaps),
        figures=len(contents.figures),
    )
    write_manifest(folder, manifest)


def source_hashes(seed: Path, *, cards: bool) -> dict[str, str]:
    """Return the SHA-256 of each file of a seed folder that its index is built from, by name."""
    paths = [source_file(seed), seed / "report.toml", seed / GLOSSARY, *([seed / FACTS, seed / GAPS] if cards else [])]
    return {path.name: sha256(path) for path in paths if path.exists()}


def check_is_current(index: ReportIndex, seed: Path, embedder: Embedder, *, cards: bool) -> None:
    """Check that an index was built from the report and cards as they are now and with this encoder.

    Raises:
        IndexStaleError: names what changed and the command.
    """
    now, then = source_hashes(seed, cards=cards), index.manifest.sources
    changed = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    if changed:
        raise IndexStaleError(
            f"« {changed[0]} » de « {seed.name} » a changé depuis la construction de l'index ; lancez : qa-service build"
        )
    if index.manifest.packages != package_versions():
        raise IndexStaleError(
            f"L'index « {seed.name} » a été construit avec d'autres versions des bibliothèques ; lancez : qa-service build"
        )
    if index.manifest.encoder != embedder.name:
        raise IndexStaleError(
            f"L'index « {seed.name} » a été construit avec l'encodeur « {index.manifest.encoder} » et le service utilise "
            f"« {embedder.name} » ; lancez : qa-service build"
        )
