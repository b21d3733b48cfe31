"""What Prometheus reads."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from qa_service.service import QAService
from qa_service.settings import MetricsAccess, Settings
from tests.support.report import SLUG
from web.app import create_app

Labels = dict[str, str]


def value(client: FlaskClient, name: str, labels: Labels) -> float:
    """Return a sample as a parser of Prometheus reads it; 0 if there is none."""
    response = client.get("/metrics")
    assert (response.status_code, response.mimetype) == (200, "text/plain")
    samples = [sample for family in text_string_to_metric_families(response.text) for sample in family.samples]
    return sum(sample.value for sample in samples if sample.name == name and labels.items() <= sample.labels.items())


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/health/live", "/health/live", "200"),
        (f"/rapport/{SLUG}", "/rapport/<slug>", "200"),
        ("/api/v1/passages/p-1", "/api/v1/passages/<passage_id>", "404"),
        ("/a/b/c", "unrouted", "404"),
    ],
)
def test_requests_are_counted_and_timed_by_route(client: FlaskClient, path: str, route: str, status: str) -> None:
    """By the rule, so that no address makes a label."""
    client.get(path)
    client.get(path)
    labels = {"route": route, "method": "GET", "status": status}
    assert value(client, "qa_http_requests_total", labels) == 2
    assert value(client, "qa_http_request_seconds_count", {"route": route}) == 2


def test_a_made_up_method_makes_no_label(client: FlaskClient) -> None:
    """All those that are none count together."""
    for method in ("BREW", "STEEP"):
        client.open("/", method=method)
    assert value(client, "qa_http_requests_total", {"method": "other"}) == 2


def test_answers_refusals_and_stages_are_counted(client: FlaskClient) -> None:
    """A refusal is an answer that is not found; a greeting ranks nothing."""
    for question in ("Combien de chiens la fourrière a-t-elle recueillis ?", "Quel est le prix du baril ?", "Bonjour"):
        client.post("/api/v1/questions", json={"question": question})
    assert value(client, "qa_answers_total", {"status": "answered"}) == 1
    assert value(client, "qa_answers_total", {"status": "not_found"}) == 2
    counts = [value(client, "qa_answer_stage_seconds_count", {"stage": stage}) for stage in ("understand", "rank", "store")]
    assert counts == [3, 2, 3]
    assert 0 < value(client, "qa_answer_stage_seconds_sum", {"stage": "answer"}) < 10


def test_opinions_are_counted(client: FlaskClient) -> None:
    """Once they are kept."""
    answer = client.post("/api/v1/questions", json={"question": "Combien de chiens ?"}).get_json()
    client.post("/api/v1/feedback", json={"question_id": answer["id"], "verdict": "wrong", "comment": ""})
    client.post("/api/v1/feedback", json={"question_id": "q_none", "verdict": "right", "comment": ""})
    assert value(client, "qa_feedback_total", {"verdict": "wrong"}) == 1
    assert value(client, "qa_feedback_total", {}) == 1


def test_the_index_in_service_is_named(client: FlaskClient, service: QAService) -> None:
    """The report, when its index was built, and a digest of its files; and the memory that all takes."""
    (report,) = service.reports
    assert value(client, "qa_index_info", {"report": SLUG, "built_at": report.built_at}) == 1
    assert value(client, "qa_resident_memory_bytes", {}) > 50e6


def test_a_service_without_index_has_metrics(tmp_path: Path) -> None:
    """They say that there is none."""
    client = create_app(Settings(var_dir=tmp_path, seeds_dir=tmp_path)).test_client()
    assert value(client, "qa_index_info", {}) == 0


def reader(tmp_path: Path, service: QAService, access: MetricsAccess, *, proxies: int = 0) -> FlaskClient:
    """Return a client of an application with other settings."""
    settings = Settings(var_dir=tmp_path, metrics=access, trusted_proxies=proxies)
    return create_app(settings, service=service).test_client()


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "status"),
    [
        ("127.0.0.1", "", 0, 200),
        ("::1", "", 0, 200),
        ("::ffff:127.0.0.1", "", 0, 200),
        ("192.0.2.1", "", 0, 403),
        ("127.0.0.1", "127.0.0.1", 0, 403),  # a proxy that is not trusted stands before somebody
        ("127.0.0.1", "127.0.0.1", 1, 200),
        ("127.0.0.1", "127.0.0.1, 192.0.2.1", 1, 403),  # what the client says of itself does not count
        ("127.0.0.1", "unknown", 1, 403),
        ("127.0.0.1", "", 1, 200),
    ],
)
def test_only_this_machine_reads_them(
    tmp_path: Path, service: QAService, address: str, forwarded: str, proxies: int, status: int
) -> None:
    """By default; behind trusted proxies the address that they forward counts."""
    client = reader(tmp_path, service, MetricsAccess.LOOPBACK, proxies=proxies)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    response = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert response.status_code == status
    if status == 403:
        assert "(QA_METRICS)" in response.get_json()["detail"]


def test_they_can_be_opened_or_closed(tmp_path: Path, service: QAService) -> None:
    """To all, or to nobody: then the address leads nowhere."""
    elsewhere = {"REMOTE_ADDR": "192.0.2.1"}
    assert reader(tmp_path, service, MetricsAccess.ON).get("/metrics", environ_base=elsewhere).status_code == 200
    closed = reader(tmp_path, service, MetricsAccess.OFF)
    assert closed.get("/metrics").status_code == 404
    assert "/metrics" not in closed.get("/api/v1/openapi.json").get_json()["paths"]


def test_they_are_described(client: FlaskClient) -> None:
    """As text, in the OpenAPI document."""
    described = client.get("/api/v1/openapi.json").get_json()["paths"]["/metrics"]["get"]
    assert described["responses"]["200"]["content"] == {"text/plain": {}}
