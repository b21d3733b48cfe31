"""txtai: its hybrid index (dense and BM25, equal weights) over the passages, with its default settings."""

from __future__ import annotations

from collections.abc import Sequence

from txtai import Embeddings

from evaluation.benchmarks.peers.speaking import Ask, Task, main


def build(task: Task) -> None:
    """Index the passages and save the index."""
    embeddings = Embeddings(path=task.model, hybrid=True)
    embeddings.index((number, piece.searched) for number, piece in enumerate(task.corpus.passages))
    embeddings.save(str(task.folder))


def load(task: Task) -> Ask:
    """Return what searches the saved index."""
    embeddings = Embeddings()
    embeddings.load(str(task.folder))
    passages, top_k = task.corpus.passages, task.corpus.top_k

    def ask(question: str) -> Sequence[str]:
        return [passages[number].text for number, _score in embeddings.search(question, top_k)]

    return ask


if __name__ == "__main__":
    main(build, load, ("txtai", "sentence-transformers", "torch", "faiss-cpu"))
