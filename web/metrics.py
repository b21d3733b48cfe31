"""What the service counts and times, for Prometheus; behind gunicorn the numbers of all workers together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from index.store.report_index import ReportIndex
from qa_service.model import AnswerStatus
from qa_service.settings import MetricsAccess, Settings
from qa_service.timing import Stage
from web.identity import Role, current_identity, from_this_machine
from web.problems import ProblemError, problem_of
from web.schemas.conversations import FeedbackVerdict
from web.state import indexed_reports

EXTENSION = "qa_metrics"
WORKERS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where the workers of a server write side by side; unset: one process
_REQUEST_S = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_STAGE_S = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1)
_STATM = Path("/proc/self/statm")
_NOT_FROM_AFAR = "Les mesures se lisent depuis la machine du service, ou avec le jeton d'un administrateur (QA_METRICS)."
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Metrics(Collector):
    """The counters and histograms of an application; safe to use from several threads and processes."""

    def __init__(self) -> None:
        own = CollectorRegistry()
        # Asked of the environment as prometheus-client asks it, when it is imported.
        several = WORKERS_FOLDER in os.environ
        self._measured: Collector = MultiProcessCollector(None) if several else own  # type: ignore[no-untyped-call]
        self._requests = Counter("qa_http_requests", "Requests", ["route", "method", "status"], registry=own)
        self._request_s = Histogram(
            "qa_http_request_seconds", "Time to a response", ["route"], buckets=_REQUEST_S, registry=own
        )
        self._answers = Counter("qa_answers", "Answers and refusals (not_found)", ["status"], registry=own)
        self._stage_s = Histogram("qa_answer_stage_seconds", "Time of a stage", ["stage"], buckets=_STAGE_S, registry=own)
        self._verdicts = Counter("qa_feedback", "Opinions of answers", ["verdict"], registry=own)
        self._memory = Gauge(
            "qa_resident_memory_bytes", "At the last request or load", registry=own, multiprocess_mode="liveall"
        )
        self._note_memory()

    def count_request(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """Count a response."""
        self._requests.labels(route, method, str(status)).inc()
        self._request_s.labels(route).observe(seconds)
        self._note_memory()

    def count_answer(self, status: AnswerStatus, stages: Mapping[Stage, float]) -> None:
        """Count an answer; `stages` are in seconds."""
        self._answers.labels(status).inc()
        for stage, seconds in stages.items():
            self._stage_s.labels(stage).observe(seconds)

    def count_verdict(self, verdict: FeedbackVerdict) -> None:
        """Count an opinion."""
        self._verdicts.labels(verdict).inc()

    def _note_memory(self) -> None:
        self._memory.set(int(_STATM.read_bytes().split()[1]) * _PAGE_BYTES)

    def collect(self) -> Iterator[Metric]:
        """Yield what was measured and the indexes in service."""
        yield from self._measured.collect()
        index = GaugeMetricFamily("qa_index_info", "Indexes in service", labels=["report", "built_at", "sha256"])
        for report in indexed_reports():
            index.add_metric([report.document.slug, report.built_at, _identity(report)], 1)
        yield index


def init_app(app: Flask, settings: Settings) -> None:
    """Measure, and show what was measured at `/metrics` to those whom the settings let read it."""
    app.extensions[EXTENSION] = Metrics()
    if settings.metrics != MetricsAccess.OFF:
        app.register_blueprint(_routes(settings))


def current_metrics() -> Metrics:
    """Return the running application's metrics."""
    metrics: Metrics = current_app.extensions[EXTENSION]
    return metrics


def _routes(settings: Settings) -> Blueprint:
    bp = Blueprint("metrics", __name__)

    @bp.get("/metrics")
    def show() -> Response:
        if settings.metrics == MetricsAccess.LOOPBACK and not from_this_machine() and current_identity().role < Role.ADMIN:
            raise ProblemError(problem_of(403, _NOT_FROM_AFAR))
        return Response(generate_latest(current_metrics()), content_type=CONTENT_TYPE_PLAIN_0_0_4)

    return bp


def _identity(report: ReportIndex) -> str:
    return sha256("".join(sorted(report.manifest.files.values())).encode()).hexdigest()[:12]
