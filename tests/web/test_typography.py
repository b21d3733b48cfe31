"""French typography of the interface."""

import pytest

from web.typography import french, pages_label, period_label, thousands


def test_high_punctuation_keeps_its_line() -> None:
    """The spaces before : ; ? ! » % € and after « are no-break spaces."""
    assert french("« Quoi ? » : 5 % ; 3 € !") == (
        "«\u00a0Quoi\u00a0?\u00a0»\u00a0: 5\u00a0%\u00a0; 3\u00a0€\u00a0!"
    )  # fmt: skip


def test_thousands_are_parted_by_no_break_spaces() -> None:
    """1204 is printed as French prints it."""
    assert thousands(1204) == "1\u00a0204"


@pytest.mark.parametrize(
    ("first", "last", "label"), [(36, 40, "p.\u00a036\u00a0à\u00a040"), (11, 11, "p.\u00a011"), (None, None, "")]
)
def test_pages_are_a_range_or_one_page(first: int | None, last: int | None, label: str) -> None:
    """A section's range, an exact page, or nothing for a report without pages."""
    assert pages_label(first, last) == label


@pytest.mark.parametrize(
    ("period", "label"),
    [
        ("2021", "2021"),
        ("2021-03", "mars\u00a02021"),
        ("2021-12-31", "31\u00a0décembre\u00a02021"),
        ("2021-10-01", "1er\u00a0octobre\u00a02021"),
        ("2019/2024", "2019 à 2024"),
        (None, ""),
    ],
)
def test_a_period_is_said_in_french(period: str | None, label: str) -> None:
    """ISO 8601, cut where the report is less exact, becomes words."""
    assert period_label(period) == label
