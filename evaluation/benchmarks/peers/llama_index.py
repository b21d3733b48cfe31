"""llama-index: a vector index, alone or fused with BM25, over the whole report in its default split or over the passages.

Variants are words: "fusion" adds BM25 (French stemmer and stop words) and reciprocal rank fusion, "passages" takes the
passages instead of the default split.
"""

from __future__ import annotations

from collections.abc import Sequence

import Stemmer
from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import MetadataMode, TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

from evaluation.benchmarks.peers.speaking import Ask, Task, main

_FUSED_DEPTH = 10  # of each ranking that is fused; deeper than llama-index's own 2, so that agreement can show
_BM25 = "bm25"
_TITLES = "titles"  # the key of the titles: embedded and matched with the text, not part of it


def build(task: Task) -> None:
    """Split or take the passages, embed them, save the index; BM25 beside it where it is wanted."""
    model = HuggingFaceEmbedding(model_name=task.model, device="cpu")
    if "passages" in task.variant:
        index = VectorStoreIndex(_nodes(task), embed_model=model)
    else:
        index = VectorStoreIndex.from_documents([Document(text=task.corpus.text)], embed_model=model)
    index.storage_context.persist(str(task.folder))
    if "fusion" in task.variant:
        nodes = list(index.docstore.docs.values())
        keyword = BM25Retriever.from_defaults(nodes=nodes, stemmer=_stemmer(), language="fr", similarity_top_k=_FUSED_DEPTH)
        keyword.persist(str(task.folder / _BM25))


def load(task: Task) -> Ask:
    """Return what retrieves from the saved index."""
    model = HuggingFaceEmbedding(model_name=task.model, device="cpu")
    storage = StorageContext.from_defaults(persist_dir=str(task.folder))
    index = load_index_from_storage(storage, embed_model=model)
    retriever: BaseRetriever = index.as_retriever(similarity_top_k=task.corpus.top_k)
    if "fusion" in task.variant:
        keyword = BM25Retriever.from_persist_dir(str(task.folder / _BM25))
        keyword.stemmer = _stemmer()  # the saved retriever does not remember it
        retriever = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=_FUSED_DEPTH), keyword],
            llm=MockLLM(),  # asked for nothing: one query, the question itself
            num_queries=1,
            mode=FUSION_MODES.RECIPROCAL_RANK,
            similarity_top_k=task.corpus.top_k,
            use_async=False,  # in turn: the event loop that it would start costs more than it saves
        )

    def ask(question: str) -> Sequence[str]:
        return [found.node.get_content(metadata_mode=MetadataMode.NONE) for found in retriever.retrieve(question)]

    return ask


def _nodes(task: Task) -> list[TextNode]:
    template = "{metadata_str}\n{content}"
    return [
        TextNode(text=piece.text, metadata={_TITLES: piece.titles}, text_template=template, metadata_template="{value}")
        for piece in task.corpus.passages
    ]


def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french")


if __name__ == "__main__":
    packages = ("llama-index-core", "llama-index-retrievers-bm25", "llama-index-embeddings-huggingface")
    main(build, load, (*packages, "sentence-transformers", "torch", "bm25s"))
