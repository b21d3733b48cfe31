"""Draft fact cards for a report without: a language model proposes, only verbatim quotes are kept, a person reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.llms.openai_like import OpenAILike
from openai import OpenAIError
from pydantic import TypeAdapter, ValidationError

from index.errors import FactsError
from index.facts import Card
from index.model import Document, Passage
from qa_service.errors import SettingsError
from qa_service.settings import Settings

_CARD = TypeAdapter(Card)
_TIMEOUT_S = 120.0  # a small model on a small machine needs most of it for a long passage


def language_model(settings: Settings) -> OpenAILike:
    """Return the language model of the settings.

    Raises:
        SettingsError: its address or its name is not set.
    """
    if not settings.llm_url or not settings.llm_model:
        raise SettingsError("réglez QA_LLM_URL (par exemple http://127.0.0.1:11434/v1) et QA_LLM_MODEL, puis recommencez")
    return OpenAILike(
        model=settings.llm_model,
        api_base=settings.llm_url,
        api_key=settings.llm_key or "none",  # the client refuses an empty key, local servers ask for none
        is_chat_model=True,
        temperature=0.0,
        timeout=_TIMEOUT_S,
        max_retries=2,
    )


def draft_cards(document: Document, passages: Sequence[Passage], model: OpenAILike) -> Iterator[tuple[Card, ...]]:
    """Yield, for each passage in order, the cards that the model proposes and whose quote is verbatim in the passage.

    Raises:
        FactsError: the model cannot be reached; what was yielded before stays good.
    """
    instructions = files("qa_service").joinpath("data", "drafting.txt").read_text(encoding="utf-8")
    for passage in passages:
        told = f"{document.title} — {' › '.join((*passage.section_path, *passage.headings))}\n\n{passage.text}"
        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=instructions),
            ChatMessage(role=MessageRole.USER, content=told),
        ]
        try:
            answer = model.chat(messages).message.content or ""
        except OpenAIError as error:
            raise FactsError(f"Le modèle de langage ne répond pas ({error}) ; vérifiez QA_LLM_URL et QA_LLM_KEY.") from error
        yield tuple(_verbatim(answer, passage))


def _verbatim(answer: str, passage: Passage) -> Iterator[Card]:
    for line in answer.splitlines():
        if not line.strip().startswith("{"):
            continue  # models like to talk around what they were asked for
        try:
            card = _CARD.validate_json(line.strip().rstrip(","))
        except ValidationError:
            continue
        if card.quote and card.questions and card.quote in passage.text:
            yield Card(quote=card.quote, section=passage.section_path[-1], questions=card.questions, keywords=card.keywords)
