"""`qa-service serve`, as a process of its own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import insert, select

from qa_service.settings import Settings
from web.storage.schema import opened
from web.storage.tables import ConversationRow

SERVE = [sys.executable, "-c", "from web.commands import serve; serve()"]


def start(tmp_path: Path, *arguments: str, **environ: str) -> subprocess.Popen[str]:
    """Start the command without an index, so that it is quick."""
    environment = {**os.environ, "QA_VAR_DIR": str(tmp_path / "absent"), **environ}
    return subprocess.Popen([*SERVE, *arguments], env=environment, stderr=subprocess.PIPE, text=True)


def test_it_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    """It says where it listens, answers there from two processes, and stops cleanly."""
    with start(tmp_path, "--port", "0", "--workers", "2") as process:
        assert process.stderr
        said = re.fullmatch(r"Le service répond sur (http://127\.0\.0\.1:\d+) .*\n", process.stderr.readline())
        assert said
        with urlopen(f"{said[1]}/health/live", timeout=10) as response:
            assert (response.status, response.read()) == (200, b'{"status":"live","documents":null}')
        with pytest.raises(HTTPError, match="503") as caught:
            urlopen(f"{said[1]}/", timeout=10)
        caught.value.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


def test_its_processes_keep_and_purge_in_one_database(kept_in: Settings, settings: Settings) -> None:
    """Two processes forked from one that had opened it answer 40 questions at once, and what is too old goes by itself."""
    with opened(kept_in) as engine, engine.begin() as connection:
        connection.execute(insert(ConversationRow).values(id="c_old", title="Un ?", created_at="2020", updated_at="2020"))
    environ = {"QA_SEEDS_DIR": str(settings.seeds_dir), "QA_VAR_DIR": str(kept_in.var_dir), "QA_RATE_LIMIT": "off"}
    shutil.copytree(settings.var_dir / "indexes", kept_in.var_dir / "indexes")
    with start(kept_in.var_dir, "--port", "0", "--workers", "2", QA_DATABASE_URL=kept_in.database_url, **environ) as process:
        assert process.stderr
        url = process.stderr.readline().split()[4]
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(lambda number: ask(url, f"Combien d'agents en {1980 + number} ?"), range(40))) == {200}
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""
    with opened(kept_in) as engine, engine.connect() as connection:
        kept = set(connection.scalars(select(ConversationRow.title)))
    assert kept == {f"Combien d'agents en {1980 + number} ?" for number in range(40)}


def ask(url: str, question: str) -> int:
    """Ask as a program does; return the status."""
    body = json.dumps({"question": question}).encode()
    with urlopen(Request(f"{url}/api/v1/questions", body, {"Content-Type": "application/json"}), timeout=30) as response:
        return int(response.status)


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    """Exit code 1 and a French sentence, no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with start(tmp_path, PORT=port) as process:
            _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Le port {port} est pris ; prenez-en un autre" in errors
    assert "Traceback" not in errors


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    """A misspelt name stops the start and is told the right one."""
    with start(tmp_path, "--port", "0", QA_RATE_LIMT="1/minute") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "QA_RATE_LIMT est inconnu ; vouliez-vous dire QA_RATE_LIMIT ?" in errors


def test_help_does_not_wait_for_the_index() -> None:
    """The help is there without the libraries of the index."""
    code = "import sys, web.commands; sys.exit(bool({'faiss', 'llama_index', 'flask', 'numpy'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
