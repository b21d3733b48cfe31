"""The application behind gunicorn: one process that loads it, workers that share what it loaded.

A hang-up signal, or a new index on disk, has the first process load the index again; new workers then serve it, and the
old ones finish what they began.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import logging
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import mkdtemp
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # gunicorn ships no annotations
from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # as above
from gunicorn.util import import_app  # type: ignore[import-untyped]  # as above

from index.errors import QAError
from qa_service.collector import collector_paused
from qa_service.settings import Settings
from web.serving.slow_clients import CLIENT_COUNTS, MAX_CLIENTS
from web.serving.watching import Versions, in_place, watch_indexes

THREADS = 8  # a worker answers in milliseconds; the threads keep slow answers from blocking quick ones
GRACEFUL_S = 30  # how long a worker that is told to stop may finish what it began
_M_ARENA_MAX = -8  # malloc.h
_log = logging.getLogger(__name__)


class ServerError(QAError):
    """The service cannot listen where it is told to."""


class _Logger(Logger):  # type: ignore[misc]  # as above
    """Gunicorn's messages, written where all others are."""

    def __init__(self, cfg: Any) -> None:  # noqa: ANN401  # gunicorn's configuration
        super().__init__(cfg)
        self.error_log.propagate = True

    def warning(self, msg: str, *args: object, **kwargs: Any) -> None:  # noqa: ANN401  # as gunicorn calls it
        """Log a warning; of a request that cannot be read neither the client's address nor its line, maybe a question."""
        super().warning("a request that cannot be read" if msg.startswith("Invalid request from") else msg, *args, **kwargs)


class _Server(BaseApplication):  # type: ignore[misc]  # as above
    def __init__(self, settings: Settings, *, bind: str, on_ready: Callable[[], None]) -> None:
        self._settings = settings
        self._on_ready = on_ready
        self._served: Versions = in_place(settings.var_dir)  # before they are loaded: a build meanwhile is seen
        self._options: dict[str, Any] = {
            "bind": bind,
            "workers": settings.workers,
            "threads": THREADS,
            "worker_class": "web.serving.slow_clients.PatientWorker",
            "worker_connections": MAX_CLIENTS,
            "sendfile": False,  # answers go through memory, to be sent by the worker's loop
            "preload_app": True,
            "graceful_timeout": GRACEFUL_S,
            "logger_class": _Logger,
            "loglevel": settings.log_level,
            "errorlog": None,
            "control_socket_disable": True,
            # Whom to believe is said by `trusted_proxies` alone; by default gunicorn believes whoever is on this machine.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "limit_request_line": 0,  # the application refuses a long address itself, with a page or a document
            "when_ready": self._when_ready,
            "post_worker_init": _post_worker_init,
            "child_exit": _child_exit,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401  # whatever gunicorn takes for an application
        # By name, so that `qa-service serve --help` does not wait for the index's libraries.
        with collector_paused():
            app = import_app("web.app:create_app")(self._settings)
        _share_with_workers()
        return app

    def reload(self) -> None:
        """Load the index again; gunicorn calls this on a hang-up, before it forks workers over what `wsgi` returns."""
        gc.unfreeze()  # the index before goes now, not in each of the workers
        try:
            service = import_app("qa_service.wiring:load_service")(self._settings)
            self.callable = import_app("web.app:create_app")(self._settings, service=service)
        except Exception:  # noqa: BLE001  # whatever is wrong with the new index, the old one stays in service
            _log.exception("the index was not taken into service, the one before stays")
        else:
            _log.info("index taken into service")
        _share_with_workers()

    def _when_ready(self, _arbiter: object) -> None:
        watch_indexes(self._settings.var_dir, self._served)
        self._on_ready()


def serve_forever(settings: Settings, *, on_ready: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; `on_ready` gets the address once it is loaded and heeds signals.

    Raises:
        SettingsError: others than this machine may reach it, and nothing says who they may be.
        ServerError: the address is in use, or is none of this machine's.
        QAError: what `create_app` raises.
    """
    settings.check_exposed(settings.host, behind_proxies=settings.trusted_proxies > 0)
    # A worker answers on one core: threads of the libraries' own would wait for each other. Read when they are imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _few_heaps()
    with _listener(settings.host, settings.port) as listener, _metrics_folder():
        address, actual_port = listener.getsockname()[:2]
        url = f"http://{f'[{address}]' if ':' in address else address}:{actual_port}"
        server = _Server(settings, bind=f"fd://{listener.fileno()}", on_ready=lambda: on_ready(url))
        server.wsgi()
        listener.detach()  # from here on gunicorn closes it, in each of its processes
        server.run()


def _few_heaps() -> None:
    """Have the threads share two heaps: of eight, each keeps what the largest request that it served once took."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):  # glibc's
        libc.mallopt(_M_ARENA_MAX, 2)


def _share_with_workers() -> None:
    """Have the collector leave alone what is there: it writes on all that it looks at, and each worker would get a copy."""
    gc.collect()
    gc.freeze()


@contextmanager
def _metrics_folder() -> Iterator[None]:
    """Give the workers a folder to count in, side by side; prometheus-client learns of it by the environment."""
    folder, owner = mkdtemp(prefix="qa-service-"), os.getpid()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    try:
        yield
    finally:
        if os.getpid() == owner:  # the workers, forked below, leave by this way too
            del os.environ["PROMETHEUS_MULTIPROC_DIR"]
            shutil.rmtree(folder, ignore_errors=True)


def _post_worker_init(worker: Any) -> None:  # noqa: ANN401  # gunicorn's worker
    """Let `/health/ready` tell that this worker takes its leave, and begin what no thread survives a fork for: the purge."""
    worker.wsgi.config["QA_STOPPING"] = lambda: not worker.alive
    import_app("web.serving.upkeep:start")(worker.wsgi)


def _child_exit(_arbiter: object, worker: Any) -> None:  # noqa: ANN401  # as above
    """Neither the memory nor the clients of a worker that is gone count any more."""
    CLIENT_COUNTS.forget(worker.age)
    import_app("prometheus_client.multiprocess:mark_process_dead")(worker.pid)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServerError(f"Le port {port} est pris ; prenez-en un autre : qa-service serve --port 8001") from error
        raise ServerError(f"Impossible d'écouter sur « {host} », port {port} : {error.strerror or error}.") from error
