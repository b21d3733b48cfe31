"""An index proves what it was built from: a missing, changed or stale file is named with the command that mends it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from index.errors import IndexCorruptError, IndexMissingError, IndexStaleError
from index.store.building import check_is_current
from index.store.manifest import FORMAT
from index.store.report_index import ReportIndex
from tests.support.hashing import HashingEmbedder
from tests.support.mini import write_cards

COMMAND = r"lancez : qa-service build"


def flipped(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def truncated(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def lengthened(path: Path) -> None:
    """Append a byte."""
    path.write_bytes(path.read_bytes() + b"\n")


def test_the_manifest_says_what_was_built(built: ReportIndex, seed: Path) -> None:
    """Counts, format, encoder, when, and the SHA-256 of every file, sources included."""
    manifest = built.manifest
    assert (manifest.format, manifest.slug, manifest.encoder) == (FORMAT, "val-fleuri-2019", "hashing-64")
    assert manifest.passages == len(built.passages) > 3
    assert manifest.units == len(built.units) == built.unit_dense.size
    assert (manifest.facts, manifest.figures) == (2, len(built.figures))
    assert datetime.fromisoformat(manifest.built_at).tzinfo is not None
    assert set(manifest.sources) == {"report.txt", "report.toml", "facts.jsonl", "glossary.toml"}
    for name, digest in manifest.sources.items():
        assert sha256((seed / name).read_bytes()).hexdigest() == digest


def test_every_file_is_in_the_manifest(built: ReportIndex, folder: Path) -> None:
    """No file of the folder escapes the check but the manifest itself, and none is a pickle."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {*built.manifest.files, "manifest.json"}
    assert not [name for name in names if name.endswith((".pkl", ".pickle"))]


def test_every_missing_file_is_named(built: ReportIndex, folder: Path) -> None:
    """Whichever file is gone, the message names it and the command."""
    for name in built.manifest.files:
        path = folder / name
        kept = path.read_bytes()
        path.unlink()
        with pytest.raises(IndexCorruptError, match=COMMAND) as error:
            ReportIndex.open(folder)
        assert f"« {name} »" in str(error.value)
        path.write_bytes(kept)
    assert ReportIndex.open(folder).manifest == built.manifest


@pytest.mark.parametrize("damage", [flipped, truncated, lengthened])
def test_every_damaged_file_is_named(damage: Callable[[Path], None], built: ReportIndex, folder: Path) -> None:
    """Whichever file has other bytes, the message names it and the command."""
    for name in built.manifest.files:
        path = folder / name
        kept = path.read_bytes()
        damage(path)
        with pytest.raises(IndexCorruptError, match=COMMAND) as error:
            ReportIndex.open(folder)
        assert f"« {name} »" in str(error.value)
        path.write_bytes(kept)


def test_an_index_never_built(folder: Path) -> None:
    """The message names the report and the command."""
    with pytest.raises(IndexMissingError, match=rf"« val-fleuri-2019 » n'est pas construit ; {COMMAND}"):
        ReportIndex.open(folder)


def test_a_folder_without_manifest_is_no_index(built: ReportIndex, folder: Path) -> None:
    """The manifest is written last: without it the folder is half-built."""
    (folder / "manifest.json").unlink()
    with pytest.raises(IndexMissingError, match=COMMAND):
        ReportIndex.open(folder)


def test_a_file_in_the_place_of_the_folder_is_no_index(folder: Path) -> None:
    """Refused with the same message."""
    folder.parent.mkdir(parents=True)
    folder.write_text("", encoding="utf-8")
    with pytest.raises(IndexMissingError, match=COMMAND):
        ReportIndex.open(folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1, 2", b'{"format": "x"}'])
def test_a_damaged_manifest_is_named(content: bytes, built: ReportIndex, folder: Path) -> None:
    """Whatever stands in it."""
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(IndexCorruptError, match=rf"manifest\.json » est illisible ; {COMMAND}"):
        ReportIndex.open(folder)


def test_an_index_of_another_format_is_refused(built: ReportIndex, folder: Path) -> None:
    """An index of an older or newer version is to be rebuilt, not misread."""
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "format": FORMAT + 1}), "utf-8")
    with pytest.raises(IndexCorruptError, match=rf"format {FORMAT + 1}.*format {FORMAT} ; {COMMAND}"):
        ReportIndex.open(folder)


def test_an_index_is_current_after_its_build(built: ReportIndex, seed: Path) -> None:
    """Nothing is raised, in another place too."""
    check_is_current(built, seed, HashingEmbedder(), cards=True)
    elsewhere = seed.with_name("moved") / seed.name
    shutil.copytree(seed, elsewhere)
    check_is_current(built, elsewhere, HashingEmbedder(), cards=True)


@pytest.mark.parametrize("name", ["report.txt", "report.toml", "facts.jsonl", "glossary.toml"])
def test_a_changed_source_makes_the_index_stale(name: str, built: ReportIndex, seed: Path) -> None:
    """Even by one character; the file is named."""
    path = seed / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(IndexStaleError, match=rf"« {name} » de « val-fleuri-2019 » a changé .* ; {COMMAND}"):
        check_is_current(built, seed, HashingEmbedder(), cards=True)


@pytest.mark.parametrize("name", ["facts.jsonl", "glossary.toml"])
def test_a_source_that_goes_or_comes_makes_the_index_stale(name: str, built: ReportIndex, seed: Path) -> None:
    """Cards or a glossary taken away are a change too."""
    (seed / name).unlink()
    with pytest.raises(IndexStaleError, match=rf"« {name} »"):
        check_is_current(built, seed, HashingEmbedder(), cards=True)


def test_another_file_for_the_report_makes_the_index_stale(built: ReportIndex, seed: Path) -> None:
    """A PDF beside the text would be read instead of it."""
    (seed / "report.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(IndexStaleError, match=COMMAND):
        check_is_current(built, seed, HashingEmbedder(), cards=True)


def test_switching_the_cards_off_makes_the_index_stale(built: ReportIndex, seed: Path) -> None:
    """An index with cards does not serve for one without."""
    with pytest.raises(IndexStaleError, match=COMMAND):
        check_is_current(built, seed, HashingEmbedder(), cards=False)


def test_cards_that_are_not_used_may_change(built: ReportIndex, seed: Path) -> None:
    """An index without cards does not depend on them."""
    alone = replace(built, manifest=replace(built.manifest, sources=without(built.manifest.sources, "facts.jsonl")))
    write_cards(seed)
    check_is_current(alone, seed, HashingEmbedder(), cards=False)


def without(sources: dict[str, str], name: str) -> dict[str, str]:
    """Return the sources but one."""
    return {key: value for key, value in sources.items() if key != name}


def test_another_encoder_makes_the_index_stale(built: ReportIndex, seed: Path) -> None:
    """The message names both encoders."""
    with pytest.raises(IndexStaleError, match=rf"« hashing-64 » et le service utilise « other-1 » ; {COMMAND}"):
        check_is_current(built, seed, OtherEmbedder(), cards=True)


@dataclass(frozen=True, slots=True)
class OtherEmbedder(HashingEmbedder):
    """Another model."""

    name: str = "other-1"
