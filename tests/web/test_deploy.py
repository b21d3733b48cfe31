"""The files of `web/deploy`, checked by the programs that read them, where these are installed."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.checking.drafts import MAX_FILE_BYTES
from qa_service.settings import Settings
from tests.support.code import ROOT
from tests.support.nginx import BEHIND, Nginx, running_nginx
from tests.support.serving import Server, serving
from tests.web.access.conftest import KEY

DEPLOY = ROOT / "web" / "deploy"


def test_the_settings_are_settings() -> None:
    """The file is read as the service reads it."""
    secrets = {"QA_SECRET_KEY": KEY, "QA_OIDC_CLIENT_SECRET": "s"}
    settings = Settings.from_env({"QA_CONFIG": str(DEPLOY / "qa-service.toml"), **secrets})
    settings.check_access()
    settings.check_exposed(settings.host, behind_proxies=True)
    assert (settings.workers, settings.trusted_proxies, settings.log_questions) == (2, 1, False)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    """Every line, and it is a well locked one."""
    unit = tmp_path / "qa-service.service"
    program = shutil.which("true")
    text = (DEPLOY / unit.name).read_text(encoding="utf-8")
    unit.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={program}", text, flags=re.MULTILINE), encoding="utf-8")
    for command in (["verify", "--man=no"], ["security", "--offline=true", "--no-pager", "--threshold=20"]):
        done = subprocess.run(["systemd-analyze", *command, unit], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert command[0] != "verify" or done.stderr == ""


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Nginx]]:
    """The real server behind nginx with the configuration."""
    here = tmp_path_factory.mktemp("nginx")
    with serving(here / "var", QA_LOG_QUESTIONS="on", **BEHIND) as server, running_nginx(here, server.port) as nginx:
        yield server, nginx


def test_the_proxy_tells_the_service_who_asks(proxied: tuple[Server, Nginx]) -> None:
    """The client's address, whatever the client says it is, and an id that comes back."""
    server, nginx = proxied
    told = nginx.send("GET", "/health/live", headers={"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Prefix": "/evil"})
    assert (told.status, told.headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
    line = server.wait_for("request")
    assert (line["client"], line["request_id"]) == ("127.0.0.1", told.headers["X-Request-Id"])
    assert re.fullmatch(r"[0-9a-f]{32}", line["request_id"])


def test_the_proxy_packs_text_and_keeps_metrics_in(proxied: tuple[Server, Nginx]) -> None:
    """The OpenAPI document travels compressed; the metrics do not leave the machine."""
    _, nginx = proxied
    told = nginx.send("GET", "/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert (told.status, told.headers["Content-Encoding"]) == (200, "gzip")
    assert nginx.send("GET", "/metrics").status == 404


def test_the_proxy_lets_the_largest_draft_through(proxied: tuple[Server, Nginx]) -> None:
    """What the service takes, and no more."""
    _, nginx = proxied
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert nginx.send("POST", "/verifier", b"x" * MAX_FILE_BYTES, form).status != 413
    assert nginx.send("POST", "/verifier", b"x" * (MAX_FILE_BYTES + 2**21), form).status == 413


def test_the_container_copies_what_there_is() -> None:
    """Each file and folder that the image is made from, and the service in it does not run as root."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    assert {"pyproject.toml", "seeds", "web"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["qa-service"]
    commands = [json.loads(command) for command in re.findall(r"CMD (\[.*\])$", text, re.MULTILINE)]
    assert [command[0] for command in commands] == ["python", "sh"]
