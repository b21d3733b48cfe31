"""The application behind gunicorn: one process that loads it, workers that share what it loaded."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from importlib import import_module
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # gunicorn ships no annotations
from gunicorn.util import import_app  # type: ignore[import-untyped]  # as above

from index.errors import QAError

THREADS = 8  # a worker answers in milliseconds; the threads keep slow clients from blocking quick ones


class ServerError(QAError):
    """The service cannot listen where it is told to."""


def _keep_up(worker: Any) -> None:  # noqa: ANN401  # as below
    import_module("web.upkeep").start(worker.wsgi)


class _Server(BaseApplication):  # type: ignore[misc]  # as above
    def __init__(self, *, bind: str, workers: int) -> None:
        self._options: dict[str, Any] = {
            "bind": bind,
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "post_worker_init": _keep_up,  # after the fork, which no thread survives
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401  # whatever gunicorn takes for an application
        # By name, so that `qa-service serve --help` does not wait for the index's libraries.
        return import_app("web.app:create_app()")


def serve_forever(host: str, port: int, workers: int, *, on_ready: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; `on_ready` gets the address once the application is loaded.

    Raises:
        ServerError: the address is in use, or is none of this machine's.
        QAError: what `create_app` raises.
    """
    with _listener(host, port) as listener:
        server = _Server(bind=f"fd://{listener.fileno()}", workers=workers)
        server.wsgi()
        address, actual_port = listener.getsockname()[:2]
        on_ready(f"http://{f'[{address}]' if ':' in address else address}:{actual_port}")
        listener.detach()  # from here on gunicorn closes it, in each of its processes
        server.run()


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServerError(f"Le port {port} est pris ; prenez-en un autre : qa-service serve --port 8001") from error
        raise ServerError(f"Impossible d'écouter sur « {host} », port {port} : {error.strerror or error}.") from error
