"""`qa-service serve`, as a process of its own."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import Self
from urllib.error import HTTPError

import pytest
from sqlalchemy import insert, select

from qa_service.settings import Settings
from tests.support.serving import SERVE, TIMEOUT_S, Server, build_made_up, serving
from web.storage.schema import opened
from web.storage.tables import ConversationRow

QUESTION, COST = "Combien de jardins partagés ?", "Combien ont coûté les travaux de la piste ?"


def run(tmp_path: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, without an index."""
    environment = {**os.environ, "QA_VAR_DIR": str(tmp_path / "absent"), **environ}
    return subprocess.run([*SERVE, *arguments], env=environment, stderr=subprocess.PIPE, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with the index of the made-up report."""
    return build_made_up(tmp_path_factory.mktemp("made_up"))


def test_it_serves_until_it_is_told_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says where it listens, answers there from two processes, stops cleanly and leaves nothing behind."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with serving(tmp_path / "absent", "--workers", "2") as server:
        assert json.loads(server.get("/health/live")) == {"status": "live", "documents": None}
        with pytest.raises(HTTPError, match="503") as caught:
            server.get("/")
        caught.value.close()
        assert [path.name.partition("-")[0] for path in temporary.iterdir()].count("qa") == 1
    assert {line["logger"] for line in server.lines} == {"web.commands", "web.observing", "gunicorn.error"}
    assert list(temporary.iterdir()) == []
    assert tempfile.gettempdir() != str(temporary)


def test_a_terminal_is_told_in_french(tmp_path: Path) -> None:
    """As text, the first line is a sentence with the address."""
    environment = {**os.environ, "QA_VAR_DIR": str(tmp_path), "QA_LOG_FORMAT": "text", "QA_LOG_LEVEL": "warning"}
    with subprocess.Popen([*SERVE, "--port", "0"], env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert process.stderr.readline().startswith("Le service répond sur http://127.0.0.1:")
        process.terminate()
        assert process.wait(TIMEOUT_S) == 0
        assert process.stderr.read() == ""


def test_its_processes_keep_and_purge_in_one_database(kept_in: Settings, settings: Settings) -> None:
    """Two processes forked from one that had opened it answer 40 questions at once, and what is too old goes by itself."""
    with opened(kept_in) as engine, engine.begin() as connection:
        connection.execute(insert(ConversationRow).values(id="c_old", title="Un ?", created_at="2020", updated_at="2020"))
    shutil.copytree(settings.var_dir / "indexes", kept_in.var_dir / "indexes")
    environ = {"QA_SEEDS_DIR": str(settings.seeds_dir), "QA_DATABASE_URL": kept_in.database_url}
    asked = [f"Combien d'agents en {1980 + number} ?" for number in range(40)]
    with serving(kept_in.var_dir, "--workers", "2", **environ) as server, ThreadPoolExecutor(8) as pool:
        assert [told["question"] for told in pool.map(server.ask, asked)] == asked
    with opened(kept_in) as engine, engine.connect() as connection:
        kept = set(connection.scalars(select(ConversationRow.title)))
    assert kept == set(asked)


def test_a_request_in_flight_is_answered_when_it_stops(made_up: Settings) -> None:
    """Whoever had begun to ask gets an answer; meanwhile it is no longer ready."""
    body = json.dumps({"question": QUESTION}).encode()
    with serving(made_up.var_dir, QA_SEEDS_DIR=str(made_up.seeds_dir)) as server:
        health, asking = (http.client.HTTPConnection("127.0.0.1", server.port, timeout=TIMEOUT_S) for _ in range(2))
        health.request("GET", "/health/ready")
        assert json.loads(health.getresponse().read()) == {"status": "ready", "documents": 1}
        asking.putrequest("POST", "/api/v1/questions")
        asking.putheader("Content-Type", "application/json")
        asking.putheader("Content-Length", str(len(body)))
        asking.endheaders(body[:10])
        server.wait_for("request")
        server.process.send_signal(signal.SIGTERM)
        server.wait_for("Handling signal: term")
        deadline = time.monotonic() + TIMEOUT_S
        status, said = 200, b""
        while status == 200 and time.monotonic() < deadline:  # until the signal is passed on to the worker
            health.request("GET", "/health/ready")
            told = health.getresponse()
            status, said = told.status, told.read()
        assert (status, json.loads(said).get("detail")) == (503, "Le service s'arrête.")
        asking.send(body[10:])
        assert json.loads(asking.getresponse().read())["status"] == "answered"
        health.close()
        asking.close()


def change_report(settings: Settings) -> None:
    """Have the works cost 100 000 € more."""
    report = settings.seeds_dir / "rapport-2019" / "report.txt"
    report.write_text(report.read_text(encoding="utf-8").replace("1 250 000 €", "1 350 000 €"), encoding="utf-8")


class Askers:
    """Two programs that ask the same question until they are told to stop; what went wrong is kept."""

    def __init__(self, server: Server) -> None:
        self.asked = 0
        self.failures: list[object] = []
        self._server = server
        self._enough = Event()
        self._threads = [Thread(target=self._ask) for _ in range(2)]

    def _ask(self) -> None:
        while not self._enough.wait(0.01):
            try:
                answer = self._server.ask(QUESTION)
                self.failures.extend([answer] if answer["status"] != "answered" else [])
            except OSError as error:
                self.failures.append(error)
            self.asked += 1

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def ask_more(self, count: int) -> None:
        """Wait until so many more questions were asked."""
        until, deadline = self.asked + count, time.monotonic() + TIMEOUT_S
        while self.asked < until and time.monotonic() < deadline:
            time.sleep(0.05)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_new_index_is_taken_into_service_while_questions_are_asked(tmp_path: Path, workers: str) -> None:
    """Nobody is refused, and what was counted before counts on."""
    settings = build_made_up(tmp_path)
    with serving(settings.var_dir, "--workers", workers, QA_SEEDS_DIR=str(settings.seeds_dir)) as server:
        before = index_info(server.get("/metrics"))
        with Askers(server) as askers:
            askers.ask_more(10)
            change_report(settings)
            build_made_up(tmp_path)
            server.wait_for("index taken into service")
            for _ in range(int(workers)):
                server.wait_for(r"Worker exiting \(pid: \d+\)")
            askers.ask_more(20)
        assert "1 350 000 €" in server.ask(COST)["answer"]
        metrics = server.get("/metrics")
    assert askers.failures == []
    assert index_info(metrics) != before
    assert f'qa_answers_total{{status="answered"}} {askers.asked + 1}.0' in metrics.splitlines()


def index_info(metrics: str) -> list[str]:
    """Return what the metrics say of the indexes in service."""
    return [line for line in metrics.splitlines() if line.startswith("qa_index_info{")]


def test_an_index_that_fails_leaves_the_old_one_in_service(tmp_path: Path) -> None:
    """A hang-up loads it, the log says what is wrong, and questions are answered as before."""
    settings = build_made_up(tmp_path)
    with serving(settings.var_dir, QA_SEEDS_DIR=str(settings.seeds_dir)) as server:
        change_report(settings)
        server.process.send_signal(signal.SIGHUP)
        told = server.wait_for(r"the index was not taken into service, the one before stays")
        assert (told["level"], "report.txt" in told["traceback"]) == ("error", True)
        assert "1 250 000 €" in server.ask(COST)["answer"]


def test_an_index_built_after_the_start_is_found(tmp_path: Path) -> None:
    """A service that had none answers as soon as one is built."""
    with serving(tmp_path / "var", QA_SEEDS_DIR=str(tmp_path / "seeds")) as server:
        with pytest.raises(HTTPError, match="503") as caught:
            server.get("/health/ready")
        caught.value.close()
        build_made_up(tmp_path)
        server.wait_for("index taken into service")
        server.wait_for(r"Worker exiting \(pid: \d+\)")
        assert server.ask(QUESTION)["status"] == "answered"


def test_metrics_are_those_of_all_workers(tmp_path: Path) -> None:
    """Whichever process is asked, the sum is told; the memory of each, and of the first, stands alone."""
    with serving(tmp_path / "absent", "--workers", "2") as server:
        for _ in range(40):
            server.get("/health/live")
        metrics = server.get("/metrics").splitlines()
    assert 'qa_http_requests_total{method="GET",route="/health/live",status="200"} 40.0' in metrics
    memory = [float(line.split()[1]) for line in metrics if line.startswith("qa_resident_memory_bytes{pid=")]
    assert 2 <= len(memory) <= 3
    assert min(memory) > 20e6


def test_settings_come_from_a_file_too(tmp_path: Path) -> None:
    """The command line before the environment, the environment before the file."""
    config = tmp_path / "qa.toml"
    config.write_text('workers = 2\nlog_level = "error"\nmetrics = true\n', encoding="utf-8")
    with serving(tmp_path / "absent", "--config", str(config), "--workers", "1", QA_LOG_LEVEL="info") as server:
        server.get("/metrics")
    assert sum(line["event"].startswith("Booting worker") for line in server.lines) == 1


def test_what_workers_share_is_left_alone_by_the_collector(made_up: Settings) -> None:
    """What is there before they are forked is frozen: the collector would write on it, and each would get a copy."""
    code = (
        "import gc, sys; from pathlib import Path; from qa_service.settings import Settings\n"
        "from web.serving.server import serve_forever\n"
        "def ready(url): sys.exit(print(gc.get_freeze_count()))\n"
        "serve_forever(Settings(var_dir=Path(sys.argv[1]), seeds_dir=Path(sys.argv[2]), port=0), on_ready=ready)"
    )
    command = [sys.executable, "-c", code, str(made_up.var_dir), str(made_up.seeds_dir)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=TIMEOUT_S, check=True)
    assert int(done.stdout) > 10_000


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    """Exit code 1 and a French sentence, no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(tmp_path, PORT=port)
    assert done.returncode == 1
    assert f"Le port {port} est pris ; prenez-en un autre" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    """A misspelt name stops the start and is told the right one."""
    done = run(tmp_path, "--port", "0", QA_RATE_LIMT="1/minute")
    assert done.returncode == 1
    assert "QA_RATE_LIMT est inconnu ; vouliez-vous dire QA_RATE_LIMIT ?" in done.stderr


def test_help_does_not_wait_for_the_index() -> None:
    """The help is there without the libraries of the index."""
    code = "import sys, web.commands; sys.exit(bool({'faiss', 'llama_index', 'flask', 'numpy'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
