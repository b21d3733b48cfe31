"""The virtual environments of the peers: one each, made once from its file of pinned packages."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from evaluation.benchmarks.systems import System
from evaluation.errors import EvaluationError

REQUIREMENTS = Path(__file__).parent / "peers"
_STAMP = ".installed"  # holds the hash of the file that the environment was made from
_TIMEOUT_S = 1800


def python_of(system: System, folder: Path) -> Path:
    """Return the Python that runs a system; its environment is made in `folder` where it is not there or out of date.

    Raises:
        EvaluationError: its packages cannot be installed; the message has the last line of pip.
    """
    if not system.requirements:
        return Path(sys.executable)
    requirements = REQUIREMENTS / f"{system.requirements}.txt"
    environment = folder / system.requirements
    stamp, wanted = environment / _STAMP, hashlib.sha256(requirements.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
        _make(environment, requirements)
        stamp.write_text(wanted, encoding="ascii")
    return environment / "bin" / "python"


def _make(environment: Path, requirements: Path) -> None:
    shutil.rmtree(environment, ignore_errors=True)
    venv.create(environment, with_pip=True)
    install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", str(requirements))
    try:
        done = subprocess.run(
            [environment / "bin" / "python", *install], capture_output=True, encoding="utf-8", timeout=_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise EvaluationError(f"L'installation de « {requirements.name} » dure plus de {_TIMEOUT_S // 60} minutes.") from None
    if done.returncode:
        last = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("ERROR")), "pip a échoué")
        raise EvaluationError(f"« {requirements.name} » ne s'installe pas ({last}) ; le registre de paquets répond-il ?")
