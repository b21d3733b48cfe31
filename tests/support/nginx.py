"""A real nginx with the shipped configuration, before servers of the tests."""

from __future__ import annotations

import http.client
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation.over_http import free_port
from tests.support.code import ROOT

SHIPPED = ROOT / "web" / "deploy" / "nginx.conf"
HOST = "rapport.example.fr"
USER = "zoe"  # whom nginx says to have signed in
# How a server is set that stands behind it.
BEHIND = {
    "QA_TRUSTED_PROXIES": "1", "QA_ACCESS": "proxy", "QA_PROXY_ADDRESSES": "127.0.0.1", "QA_SECRET_KEY": "0123456789abcdef" * 2,
}  # fmt: skip
READY_TIMEOUT_S, REQUEST_TIMEOUT_S = 30, 30
_MAIN = """daemon off; pid {here}/nginx.pid; error_log {here}/error.log;
events {{}}
http {{
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
    {site}
}}
"""
_CERTIFICATE = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN={HOST} -keyout key -out cert"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over TLS."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(frozen=True, slots=True)
class Nginx:
    """A server that runs."""

    port: int

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}, source: str = "127.0.0.1"
    ) -> Reply:
        """Return the reply to a request, sent over a connection of its own from a loopback address.

        Raises:
            OSError, HTTPException: there is none.
        """
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the test's own certificate
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=REQUEST_TIMEOUT_S, context=context, source_address=(source, 0)
        )
        try:
            # As a browser does, which nginx has signed in, from one of our pages.
            connection.request(method, path, body, {"Host": HOST, "Sec-Fetch-Site": "same-origin", **headers})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()


@contextmanager
def running_nginx(here: Path, *machines: int) -> Iterator[Nginx]:
    """Yield nginx before the servers on these ports of this machine, one or two; it ends with the block."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if program is None:
        raise RuntimeError("nginx is not installed: make debian")
    subprocess.run(_CERTIFICATE.split(), cwd=here, check=True, capture_output=True)
    port, plain = free_port(), free_port()
    site = SHIPPED.read_text(encoding="utf-8")
    changes = {
        "listen [::]:": "# listen [::]:",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{machines[0]};",
        f"/etc/ssl/certs/{HOST}.pem": str(here / "cert"),
        f"/etc/ssl/private/{HOST}.key": str(here / "key"),
        "/var/log/nginx": str(here),
        'X-Remote-User ""': f"X-Remote-User {USER}",
    }
    if len(machines) > 1:
        changes["# server 10.0.0.2:8000;"] = f"server 127.0.0.1:{machines[1]};"
    for old, new in changes.items():
        assert old in site, old
        site = site.replace(old, new)
    (here / "nginx.conf").write_text(_MAIN.format(here=here, site=site), encoding="utf-8")
    command = [program, "-p", str(here), "-c", str(here / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen(command) as nginx:
        deadline = time.monotonic() + READY_TIMEOUT_S
        while not (here / "nginx.pid").exists() and nginx.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        yield Nginx(port)
        nginx.terminate()
