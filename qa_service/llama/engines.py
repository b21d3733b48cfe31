"""Retriever, query engine and chat engine over the service; deterministic, without a language model."""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.base.response.schema import Response
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle
from pydantic import PrivateAttr

from qa_service.llama.nodes import passage_node, scored_node
from qa_service.model import Answer, Question, Turn
from qa_service.service import QAService


class ReportRetriever(BaseRetriever):
    """Retrieves the passages nearest to a question."""

    def __init__(self, service: QAService, *, top_k: int = 10) -> None:
        super().__init__()
        self._service = service
        self._top_k = top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._service.retrieve(Question(query_bundle.query_str), top_k=self._top_k)
        return [scored_node(passage) for passage in found]


class ReportQueryEngine(CustomQueryEngine):
    """Answers one question; the response's nodes are the cited passages, its metadata the status and confidence."""

    _service: QAService = PrivateAttr()

    def __init__(self, service: QAService) -> None:
        super().__init__()
        self._service = service

    def custom_query(self, query_str: str) -> Response:
        """Return the answer as a llama-index response."""
        answer = self._service.ask(Question(query_str))
        return Response(
            response=answer.text,
            source_nodes=_cited(answer),
            metadata={"status": answer.status.value, "confidence": answer.confidence},
        )


class ReportChatEngine(BaseChatEngine):
    """Answers the questions of one conversation, follow-ups included; one instance a conversation."""

    def __init__(self, service: QAService) -> None:
        self._service = service
        self._messages: list[ChatMessage] = []
        self._turns: tuple[Turn, ...] = ()

    @property
    def chat_history(self) -> list[ChatMessage]:
        """The messages so far, oldest first."""
        return list(self._messages)

    def reset(self) -> None:
        """Forget the conversation."""
        self._messages, self._turns = [], ()

    def chat(self, message: str, chat_history: Sequence[ChatMessage] | None = None) -> AgentChatResponse:
        """Return the answer to `message`; `chat_history`, if given, replaces what was said before."""
        if chat_history is not None:
            self._replay(chat_history)
        answer = self._service.ask(Question(message, self._turns))
        self._turns = (*self._turns, Turn(message, answer.understood_as))
        self._messages.append(ChatMessage(role=MessageRole.USER, content=message))
        self._messages.append(ChatMessage(role=MessageRole.ASSISTANT, content=answer.text))
        return AgentChatResponse(response=answer.text, source_nodes=_cited(answer))

    def stream_chat(self, message: str, chat_history: Sequence[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """Return the answer as a stream of one piece: it is there at once."""
        answered = self.chat(message, chat_history)
        stream = StreamingAgentChatResponse(response=answered.response, source_nodes=answered.source_nodes)
        stream.put_in_queue(answered.response)
        stream.is_done = True
        return stream

    async def achat(self, message: str, chat_history: Sequence[ChatMessage] | None = None) -> AgentChatResponse:
        """As `chat`; it takes milliseconds and waits for nothing."""
        return self.chat(message, chat_history)

    async def astream_chat(self, message: str, chat_history: Sequence[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """As `stream_chat`, for `async_response_gen`."""
        answered = self.chat(message, chat_history)
        stream = StreamingAgentChatResponse(response=answered.response, source_nodes=answered.source_nodes)
        stream._ensure_async_setup()  # its queue is made only here
        stream.aput_in_queue(answered.response)
        stream.is_done = True
        return stream

    def _replay(self, messages: Sequence[ChatMessage]) -> None:
        self.reset()
        self._messages = list(messages)
        for message in messages:
            if message.role is MessageRole.USER and message.content:
                answer = self._service.ask(Question(message.content, self._turns))
                self._turns = (*self._turns, Turn(message.content, answer.understood_as))


def _cited(answer: Answer) -> list[NodeWithScore]:
    return [NodeWithScore(node=passage_node(citation.passage), score=answer.confidence) for citation in answer.citations]
