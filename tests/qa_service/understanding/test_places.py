"""The places that a text names, by any of their writings."""

from __future__ import annotations

import pytest

from qa_service.understanding.places import Places

PLACES = Places(["Val-Fleuri|Fleuri", "Bourg-Neuf-en-Brie|Bourg-Neuf", "Bourg", "L'Isle", "Éze|Eze-sur-Mer"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("la patinoire de Val-Fleuri", ("val fleuri",)),
        ("la patinoire de val fleuri", ("val fleuri",)),
        ("à VAL-FLEURI, l'hiver", ("val fleuri",)),
        ("celle de Fleuri ?", ("val fleuri",)),
        ("d’Éze à l’Isle", ("eze", "l isle")),
        ("d'eze", ("eze",)),
        ("Bourg-Neuf et Bourg", ("bourg neuf en brie", "bourg")),
        ("Bourg, puis Val-Fleuri, puis Bourg", ("bourg", "val fleuri")),
        ("les Bourguignons, le Val et Fleurifontaine", ()),
        ("la salle Louvre-Bourg et le Bourg-Vieux", ()),
        ("", ()),
    ],
)
def test_places_named_in_a_text(text: str, named: tuple[str, ...]) -> None:
    """Folded, in the order of first mention; a longer hyphenated name is another place."""
    assert PLACES.named_in(text) == named


def test_without_places_none_is_named() -> None:
    """A report may list none."""
    assert Places([]).named_in("à Val-Fleuri") == ()


def test_a_place_with_signs_of_patterns_is_a_plain_name() -> None:
    """Dots and brackets in a name match themselves only."""
    places = Places(["St. Jean (Haut)"])
    assert places.named_in("à St. Jean (Haut) l'hiver") == ("st. jean (haut)",)
    assert places.named_in("à Stu Jean (Haut)") == ()
