"""haystack: BM25 over the passages in its in-memory store, with its default settings."""

from __future__ import annotations

from collections.abc import Sequence

from haystack import Document
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from evaluation.benchmarks.peers.speaking import Ask, Task, main

_STORE = "store.json"


def build(task: Task) -> None:
    """Write the passages into a store and save it."""
    store = InMemoryDocumentStore()
    store.write_documents(
        [
            Document(id=str(number), content=piece.searched, meta={"text": piece.text})
            for number, piece in enumerate(task.corpus.passages)
        ]
    )
    store.save_to_disk(str(task.folder / _STORE))


def load(task: Task) -> Ask:
    """Return what retrieves from the saved store."""
    store = InMemoryDocumentStore.load_from_disk(str(task.folder / _STORE))
    retriever = InMemoryBM25Retriever(document_store=store, top_k=task.corpus.top_k)

    def ask(question: str) -> Sequence[str]:
        return [found.meta["text"] for found in retriever.run(query=question)["documents"]]

    return ask


if __name__ == "__main__":
    main(build, load, ("haystack-ai",))
