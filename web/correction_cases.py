"""Verified answers as cases of the evaluation: what the service was taught is measured ever after."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from qa_service.corrections import Correction
from qa_service.model import Question, QuestionKind
from qa_service.service import QAService

_ASKED = {QuestionKind.OTHER: "explanation"}  # the kinds of cases know no "other"


def as_cases(corrections: Iterable[Correction], service: QAService) -> bytes:
    """Return one JSON object a line, as `evaluation/README.md` describes them."""
    lines = (json.dumps(_case(correction, service), ensure_ascii=False) for correction in corrections)
    return "".join(f"{line}\n" for line in lines).encode()


def _case(correction: Correction, service: QAService) -> dict[str, object]:
    kind = service.interpret(Question(correction.question)).kind
    named = f"{correction.document} {correction.question}".encode()
    return {
        "id": f"V-{sha256(named).hexdigest()[:12]}",
        "persona": "agent",
        "kind": _ASKED.get(kind, kind.value) if correction.quote else "unanswerable",
        "style": "direct",
        "question": correction.question,
        "answers": [[correction.told]] if correction.quote else [],
        "evidence": [correction.quote] if correction.quote else [],
        "note": f"Réponse vérifiée le {correction.corrected_at[:10]}.",
    }
