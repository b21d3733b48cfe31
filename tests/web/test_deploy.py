"""The files of `web/deploy`, checked by the programs that read them, where these are installed."""

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.checking.drafts import MAX_FILE_BYTES
from qa_service.settings import Settings
from tests.support.code import ROOT
from tests.support.serving import Server, serving
from tests.web.access.conftest import KEY

DEPLOY = ROOT / "web" / "deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
MAIN = """daemon off; pid {here}/nginx.pid; error_log {here}/error.log;
events {{}}
http {{
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
    {site}
}}
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_settings_are_settings() -> None:
    """The file is read as the service reads it."""
    secrets = {"QA_SECRET_KEY": KEY, "QA_OIDC_CLIENT_SECRET": "s"}
    settings = Settings.from_env({"QA_CONFIG": str(DEPLOY / "qa-service.toml"), **secrets})
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
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int]]:
    """The real server behind nginx with the configuration, and the port that speaks TLS."""
    if not NGINX or not shutil.which("openssl"):
        pytest.skip("nginx or openssl is not installed")
    here = tmp_path_factory.mktemp("nginx")
    certificate = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=rapport.example.fr -keyout key -out cert"
    subprocess.run(certificate.split(), cwd=here, check=True, capture_output=True)
    port, plain = free_port(), free_port()
    access = {"QA_ACCESS": "proxy", "QA_PROXY_ADDRESSES": "127.0.0.1", "QA_SECRET_KEY": KEY}
    with serving(here / "var", QA_TRUSTED_PROXIES="1", QA_LOG_QUESTIONS="on", **access) as server:
        site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
        for old, new in (
            ("listen [::]:", "# listen [::]:"),
            ("listen 443", f"listen 127.0.0.1:{port}"),
            ("listen 80", f"listen 127.0.0.1:{plain}"),
            ("127.0.0.1:8000;", f"127.0.0.1:{server.port};"),
            ("/etc/ssl/certs/rapport.example.fr.pem", str(here / "cert")),
            ("/etc/ssl/private/rapport.example.fr.key", str(here / "key")),
            ("/var/log/nginx", str(here)),
            ('X-Remote-User ""', 'X-Remote-User "zoe"'),
        ):
            assert old in site
            site = site.replace(old, new)
        (here / "nginx.conf").write_text(MAIN.format(here=here, site=site), encoding="utf-8")
        command = [NGINX, "-p", str(here), "-c", str(here / "nginx.conf")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        with subprocess.Popen(command) as nginx:
            while not (here / "nginx.pid").exists():
                time.sleep(0.05)
            yield server, port
            nginx.terminate()


def asked(
    port: int, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage]:
    """Return the status and the headers of a response over TLS."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the test's own certificate
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
    sent = {"Host": "rapport.example.fr", **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body, sent)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers


def test_the_proxy_tells_the_service_who_asks(proxied: tuple[Server, int]) -> None:
    """The client's address, whatever the client says it is, and an id that comes back."""
    server, port = proxied
    status, headers = asked(port, "/health/live", X_Forwarded_For="192.0.2.1", X_Forwarded_Prefix="/evil")
    assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
    line = server.wait_for("request")
    assert (line["client"], line["request_id"]) == ("127.0.0.1", headers["X-Request-Id"])
    assert re.fullmatch(r"[0-9a-f]{32}", line["request_id"])


def test_the_proxy_packs_text_and_keeps_metrics_in(proxied: tuple[Server, int]) -> None:
    """The OpenAPI document travels compressed; the metrics do not leave the machine."""
    _, port = proxied
    status, headers = asked(port, "/api/v1/openapi.json", Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert asked(port, "/metrics")[0] == 404


def test_the_proxy_lets_the_largest_draft_through(proxied: tuple[Server, int]) -> None:
    """What the service takes, and no more."""
    _, port = proxied
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert asked(port, "/verifier", method="POST", body=b"x" * MAX_FILE_BYTES, **form)[0] != 413
    assert asked(port, "/verifier", method="POST", body=b"x" * (MAX_FILE_BYTES + 2**21), **form)[0] == 413


def test_the_container_copies_what_there_is() -> None:
    """Each file and folder that the image is made from, and the service in it does not run as root."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    assert {"pyproject.toml", "seeds", "web"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["qa-service"]
    commands = [json.loads(command) for command in re.findall(r"CMD (\[.*\])$", text, re.MULTILINE)]
    assert [command[0] for command in commands] == ["python", "sh"]
