"""The service itself as an adapter of the same shape: what is timed is a whole answer (`QAService.ask`), not retrieval alone.

`QA_SEEDS_DIR`, `QA_VAR_DIR`, `QA_CARDS` and `QA_ENCODER` say which report, where, and with what.
"""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.benchmarks.peers.speaking import Ask, Task, main
from qa_service.commands.printing import current_settings
from qa_service.model import Question
from qa_service.wiring import build_indexes, load_service


def build(_task: Task) -> None:
    """Build the index of the report, as `qa-service build` does."""
    for _ in build_indexes(current_settings(), lambda _step: None):
        pass


def load(task: Task) -> Ask:
    """Return what answers: the passages that the answer cites."""
    service = load_service(current_settings())

    def ask(question: str) -> Sequence[str]:
        citations = service.ask(Question(question)).citations
        return [citation.passage.text for citation in citations[: task.corpus.top_k]]

    return ask


if __name__ == "__main__":
    main(build, load, ("qa-service", "faiss-cpu", "bm25s"))
