"""Draft cards from a language model, over a real HTTP server that speaks the OpenAI protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from index.errors import FactsError
from index.reading.report import Report
from qa_service.drafting import draft_cards, language_model
from qa_service.errors import SettingsError
from qa_service.settings import Settings

QUOTE = "30 agents médaillés en 2021 soit 22 en argent, 5 en vermeil et 3 en or."


class ChatCompletions(BaseHTTPRequestHandler):
    """Answers every chat with a true card, a misquoting one and some talk."""

    def do_POST(self) -> None:
        """Answer as `POST /v1/chat/completions` does."""
        self.rfile.read(int(self.headers["Content-Length"]))
        cards = [
            {"quote": QUOTE, "section": "", "questions": ["Combien de médaillés ?"], "keywords": ["récompense"]},
            {"quote": "31 agents médaillés en 2021", "section": "", "questions": ["Combien de médaillés ?"]},
        ]
        content = "Voici les fiches :\n" + "\n".join(json.dumps(card, ensure_ascii=False) for card in cards)
        message = {"role": "assistant", "content": content}
        body = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "petit",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        }
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal clean."""


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a server that runs as long as the test."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), ChatCompletions)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the client keeps its connection for the next question
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_only_verbatim_quotes_are_kept(report: Report, address: str) -> None:
    """The misquoting card and the talk are left out; the section is that of the passage."""
    passage = next(passage for passage in report.passages if QUOTE in passage.text)
    model = language_model(Settings(llm_url=address, llm_model="petit"))
    [cards] = draft_cards(report.document, [passage], model)
    assert [(card.quote, card.section) for card in cards] == [(QUOTE, "Ressources et relations humaines")]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_model_out_of_reach_is_explained(report: Report) -> None:
    """The message names the setting to look at."""
    model = language_model(Settings(llm_url="http://127.0.0.1:9/v1", llm_model="petit"))
    with pytest.raises(FactsError, match="QA_LLM_URL"):
        list(draft_cards(report.document, report.passages[:1], model))


def test_a_model_that_is_not_set_is_asked_for() -> None:
    """Both settings are named."""
    with pytest.raises(SettingsError, match=r"QA_LLM_URL .* et QA_LLM_MODEL"):
        language_model(Settings())
