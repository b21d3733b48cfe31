"""A real PostgreSQL server for the run of the tests: Debian's, on a free port, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import psycopg

from evaluation.over_http import free_port

ACCOUNT = "qa"
PASSWORD = "mot/de:passe@à-ne-pas-montrer"  # every character that an address must encode
ENCODED = "mot%2Fde%3Apasse%40%C3%A0-ne-pas-montrer"
READY_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A server that runs."""

    port: int

    def url(self, database: str, password: str = ENCODED) -> str:
        """Return the address of a database, as an administrator writes it into `QA_DATABASE_URL`."""
        return f"postgresql://{ACCOUNT}:{password}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """Yield the address of a database that is empty, and gone after the block."""
        name = f"test_{token_hex(4)}"
        self.execute(f"CREATE DATABASE {name}")
        yield self.url(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Run a statement as the server's administrator."""
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Yield a server, ready; it ends with the block, and its folder with it."""
    folder = Path(tempfile.mkdtemp(prefix="qa-postgresql-"))  # not in pytest's, which only its user may enter
    account = _unprivileged()
    if account:
        shutil.chown(folder, account.pw_uid, account.pw_gid)
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    os.chmod(folder / "password", 0o644)  # the folder is closed to others
    access = ("-U", ACCOUNT, "--auth=scram-sha-256", "--pwfile=password")
    made = _start(("initdb", "-D", "data", *access, "-E", "UTF8", "--locale=C.UTF-8"), folder, account)
    assert made.wait(60) == 0, "initdb"
    port = free_port()
    # What a power cut would lose, a test does not need.
    options = ("-h", "127.0.0.1", "-p", str(port), "-c", "unix_socket_directories=", "-c", "fsync=off")
    server = _start(("postgres", "-D", "data", *options), folder, account)
    try:
        _wait(PostgreSQL(port), server)
        yield PostgreSQL(port)
    finally:
        server.terminate()
        server.communicate(timeout=30)
        shutil.rmtree(folder)


def _unprivileged() -> pwd.struct_passwd | None:
    """Return who runs the server, which refuses to be root's; None for the one who runs the tests."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def _start(command: Sequence[str], folder: Path, account: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not programs:
        raise RuntimeError("PostgreSQL is not installed: make debian")
    return subprocess.Popen(
        [programs[-1] / command[0], *command[1:]],
        cwd=folder,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait(server: PostgreSQL, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while True:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
