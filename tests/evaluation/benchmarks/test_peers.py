"""The adapters of the peers, and what their environments are made from."""

import re
import tomllib

import pytest

from evaluation.benchmarks.environments import REQUIREMENTS
from evaluation.benchmarks.systems import SYSTEMS
from tests.conftest import ROOT
from tests.support.code import imports, room

PEERS = sorted({system.requirements for system in SYSTEMS if system.requirements})


@pytest.mark.parametrize("name", PEERS)
def test_every_package_of_a_peer_is_pinned(name: str) -> None:
    """And torch to the version of the service, which brings no GPU libraries."""
    lines = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if not line.startswith("#")]
    assert [line for line in packages if not re.fullmatch(r"[\w.-]+==[\w.!]+", line)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = next(line for line in project["dependencies"] if line.startswith("torch=="))
    assert {line for line in packages if line.startswith("torch==")} <= {ours}
    assert [line for line in packages if re.match("nvidia|triton|cuda", line)] == []


@pytest.mark.parametrize("name", PEERS)
def test_an_adapter_imports_nothing_of_the_service(name: str) -> None:
    """What is timed is the peer alone."""
    ours = {imported for imported in imports(f"evaluation/benchmarks/peers/{name}.py") if room(imported)}
    assert ours == {"evaluation.benchmarks.peers.speaking"}
    assert {imported for imported in imports("evaluation/benchmarks/peers/speaking.py") if room(imported)} == set()
