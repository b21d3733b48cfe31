"""The service used through llama-index's own interfaces."""

from __future__ import annotations

import asyncio

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import NodeWithScore
from llama_index.core.vector_stores.types import VectorStoreQuery

from index.encoder.loading import load_embedder
from qa_service.llama.embedding import EncoderEmbedding
from qa_service.llama.engines import ReportChatEngine, ReportQueryEngine, ReportRetriever
from qa_service.llama.nodes import vector_store, vector_store_index
from qa_service.service import QAService
from qa_service.settings import Settings

QUESTION = "Combien de jeunes l'école de la 2e chance a-t-elle accompagnés ?"


def said(node: NodeWithScore) -> str:
    """Return the text of a node."""
    return node.node.get_content()


def test_retriever_gives_nodes_best_first(service: QAService) -> None:
    """Nodes come with falling scores and know their section and pages."""
    nodes = ReportRetriever(service, top_k=5).retrieve(QUESTION)
    scores = [node.score or 0.0 for node in nodes]
    assert len(nodes) == 5
    assert scores == sorted(scores, reverse=True)
    assert "165 jeunes" in said(nodes[0])
    assert nodes[0].node.metadata["page_first"] == 36


def test_query_engine_answers_with_its_sources(service: QAService) -> None:
    """A response carries the cited passages."""
    response = ReportQueryEngine(service).query(QUESTION)
    assert isinstance(response, Response)
    assert "165 jeunes" in str(response)
    assert response.metadata is not None
    assert response.metadata["status"] == "answered"
    assert "165 jeunes" in said(response.source_nodes[0])


def test_chat_engine_follows_the_conversation(service: QAService) -> None:
    """A follow-up takes its subject from the question before; after a reset there is none."""
    engine = ReportChatEngine(service)
    engine.chat("Quel est le montant de la masse salariale pour 2021 ?")
    assert "12 607 476.20" in engine.chat("Et en 2020 ?").response
    assert len(engine.chat_history) == 4
    engine.reset()
    assert engine.chat_history == []


def test_chat_engine_takes_a_history(service: QAService) -> None:
    """A history given replaces the one kept."""
    first, second = ReportChatEngine(service), ReportChatEngine(service)
    first.chat("Quel est le montant de la masse salariale pour 2021 ?")
    assert "12 607 476.20" in second.chat("Et en 2020 ?", chat_history=first.chat_history).response


def test_chat_engine_streams(service: QAService) -> None:
    """A stream gives the same words, in a thread and in an event loop."""
    engine = ReportChatEngine(service)
    whole = engine.chat(QUESTION).response
    assert "".join(engine.stream_chat(QUESTION).response_gen) == whole

    async def streamed() -> str:
        stream = await engine.astream_chat(QUESTION)
        return "".join([piece async for piece in stream.async_response_gen()])

    assert asyncio.run(streamed()) == whole


def test_the_vector_store_is_the_index_on_disk(service: QAService, settings: Settings) -> None:
    """The FAISS file answers llama-index's own query: a unit's text finds itself."""
    index = service.reports[0]
    embedding = EncoderEmbedding(load_embedder(settings.encoder))
    row = embedding.get_text_embedding(
        vector_store_index(index, embedding).docstore.get_nodes([f"{index.units[5].passage.id}#5"])[0].get_content()
    )
    result = vector_store(index).query(VectorStoreQuery(query_embedding=row, similarity_top_k=1))
    assert result.ids == ["5"]
    assert result.similarities is not None
    assert result.similarities[0] == pytest.approx(1.0, abs=1e-3)


def test_llama_index_retrieves_from_it_itself(service: QAService, settings: Settings) -> None:
    """llama-index's own retriever runs over the shipped index and encoder."""
    embedding = EncoderEmbedding(load_embedder(settings.encoder))
    retriever = vector_store_index(service.reports[0], embedding).as_retriever(similarity_top_k=3)
    nodes = retriever.retrieve("fourrière : combien de chiens ?")
    assert len(nodes) == 3
    assert any("chiens" in said(node) for node in nodes)
