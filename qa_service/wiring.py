"""Puts the parts together: from settings to a service, from settings to an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from threadpoolctl import threadpool_limits

from index.encoder.embedder import Embedder
from index.encoder.loading import load_embedder
from index.errors import IndexMissingError
from index.reading.limits import Limits
from index.store.building import Progress, build_index, check_is_current
from index.store.report_index import ReportIndex
from qa_service.answering.answerer import Answerer
from qa_service.answering.confidence import Confidence
from qa_service.collector import collector_paused
from qa_service.ranking.ranker import Ranker
from qa_service.ranking.weights import Weights
from qa_service.service import QAService
from qa_service.settings import Settings
from qa_service.understanding.interpreter import Interpreter
from qa_service.understanding.places import Places


@collector_paused()
def load_service(settings: Settings) -> QAService:
    """Return the service over every report that has a seed folder.

    Raises:
        IndexStateError: an index is missing, damaged or stale; the message names the command that mends it.
        EncoderError: the embedding model cannot be loaded.
    """
    # On matrices as small as a report's the threads of OpenBLAS and those of FAISS wait for each other: 16 ms an answer, not 3.
    threadpool_limits(1, user_api="blas")
    embedder = load_embedder(settings.encoder)
    indexes = [open_current(seed, settings, embedder) for seed in seed_folders(settings)]
    if not indexes:
        raise IndexMissingError(f"Il n'y a aucun rapport dans « {settings.seeds_dir} » ; ajoutez-en un.")
    places = Places(place for index in indexes for place in index.metadata.places)
    words: Counter[str] = Counter()
    for index in indexes:
        words.update(index.words)
    names = [name for index in indexes for name in (index.metadata.authority, *index.metadata.short_names)]
    glossary = [entry for index in indexes for entry in index.glossary]
    interpreter = Interpreter(words, places, glossary, names, period=max(index.document.period for index in indexes))
    rankers = [Ranker(index, embedder, places, Weights.learnt("units", with_cards=bool(index.facts))) for index in indexes]
    confidence = {with_cards: Confidence.learnt(with_cards=with_cards) for with_cards in (True, False)}
    figures = {with_cards: Weights.learnt("figures", with_cards=with_cards) for with_cards in (True, False)}
    return QAService(interpreter, rankers, Answerer(confidence, figures))


def build_indexes(settings: Settings, progress: Progress) -> Iterator[ReportIndex]:
    """Build the index of every report that has a seed folder and yield each as it stands in place.

    Raises:
        QAError: a report cannot be read, or the encoder not loaded; the indexes in place stay as they are.
    """
    embedder = load_embedder(settings.encoder)
    for seed in seed_folders(settings):
        yield _build(settings, seed, embedder, progress)


def build_one(settings: Settings, seed: Path) -> ReportIndex:
    """Build the index of one seed folder and return it; raises as `build_indexes`."""
    return _build(settings, seed, load_embedder(settings.encoder), lambda _step: None)


def _build(settings: Settings, seed: Path, embedder: Embedder, progress: Progress) -> ReportIndex:
    folder = index_folder(settings, seed)
    return build_index(seed, folder, embedder, limits=Limits(), progress=progress, cards=settings.cards)


def seed_folders(settings: Settings) -> list[Path]:
    """Return the folders of the reports, by name."""
    if not settings.seeds_dir.is_dir():
        return []
    return sorted(folder for folder in settings.seeds_dir.iterdir() if (folder / "report.toml").is_file())


def index_folder(settings: Settings, seed: Path) -> Path:
    """Return where the index of a seed folder stands."""
    return settings.var_dir / "indexes" / seed.name


def open_indexes(settings: Settings) -> tuple[ReportIndex, ...]:
    """Return the index of every report, for reading; whether each is current is not checked.

    Raises:
        IndexStateError: an index is missing or damaged, or there is no report.
    """
    seeds = seed_folders(settings)
    if not seeds:
        raise IndexMissingError(f"Il n'y a aucun rapport dans « {settings.seeds_dir} » ; ajoutez-en un.")
    return tuple(ReportIndex.open(index_folder(settings, seed)) for seed in seeds)


def open_current(seed: Path, settings: Settings, embedder: Embedder) -> ReportIndex:
    """Return the index of a seed folder, checked to be built from it as it is now.

    Raises:
        IndexStateError: it is missing, damaged or stale; the message names the command that mends it.
    """
    index = ReportIndex.open(index_folder(settings, seed))
    check_is_current(index, seed, embedder, cards=settings.cards)
    return index
