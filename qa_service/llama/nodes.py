"""Passages and units as llama-index nodes, and the FAISS index as its vector store."""

from __future__ import annotations

from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.data_structs.data_structs import IndexDict
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.vector_stores.faiss import FaissVectorStore

from index.model import Passage, Span
from index.store.fields import UnitRef, unit_in_context
from index.store.report_index import ReportIndex
from qa_service.model import RetrievedPassage


def passage_node(passage: Passage) -> TextNode:
    """Return a passage as a node: its text unchanged, its place in the metadata."""
    return _node(passage.id, passage.text, passage, passage.span)


def unit_node(ref: UnitRef, number: int) -> TextNode:
    """Return a unit as a node: the text that its vector is of; `number` is its row in the FAISS index."""
    return _node(f"{ref.passage.id}#{number}", unit_in_context(ref), ref.passage, ref.unit.span)


def scored_node(retrieved: RetrievedPassage) -> NodeWithScore:
    """Return a retrieved passage as a node with its score."""
    return NodeWithScore(node=passage_node(retrieved.passage), score=retrieved.score)


def vector_store(index: ReportIndex) -> FaissVectorStore:
    """Return the dense index of a report as a vector store; its ids are the numbers of the units."""
    return FaissVectorStore(index.unit_dense.faiss_index)


def vector_store_index(index: ReportIndex, embedding: BaseEmbedding) -> VectorStoreIndex:
    """Return the dense index of a report as llama-index's own index, without embedding anything again."""
    nodes = [unit_node(ref, number) for number, ref in enumerate(index.units)]
    docstore = SimpleDocumentStore()
    docstore.add_documents(nodes)
    numbers = {str(number): node.node_id for number, node in enumerate(nodes)}
    return VectorStoreIndex(
        index_struct=IndexDict(nodes_dict=numbers),
        embed_model=embedding,
        storage_context=StorageContext.from_defaults(docstore=docstore, vector_store=vector_store(index)),
    )


def _node(identity: str, text: str, passage: Passage, span: Span) -> TextNode:
    pages = passage.pages
    return TextNode(
        id_=identity,
        text=text,
        start_char_idx=span.start,
        end_char_idx=span.end,
        metadata={
            "document": passage.document,
            "passage_id": passage.id,
            "section": " › ".join(passage.section_path),
            "heading": passage.heading,
            "page_first": pages.first if pages else None,
            "page_last": pages.last if pages else None,
        },
    )
