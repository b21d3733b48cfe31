"""A new index is seen."""

from pathlib import Path

from index.store.versions import new_version, put_in_place
from web.serving.watching import in_place


def test_another_version_of_an_index_is_another(tmp_path: Path) -> None:
    """Not while it is built: once it is in place."""
    folder = tmp_path / "indexes" / "rapport"
    folder.parent.mkdir()
    seen = [in_place(tmp_path)]
    for _ in range(2):
        with new_version(folder) as version:
            seen.append(in_place(tmp_path))
            put_in_place(version, folder)
        seen.append(in_place(tmp_path))
    nothing, building, first, rebuilding, second = seen
    assert nothing == building == frozenset()
    assert first == rebuilding != second
