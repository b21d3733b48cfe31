"""Links to the words of the report."""

import pytest

from index.model import Span
from web.links import citation_key, cited_span

TEXT = "Le service compte 262 agents."


def test_a_link_names_exactly_its_words() -> None:
    """A key made for a quote leads back to the quote's range."""
    key = citation_key(Span(18, 28), "262 agents")
    assert key == "18-28-fea6e47a"
    assert cited_span(key, TEXT) == Span(18, 28)


def test_a_link_without_checksum_is_a_plain_range() -> None:
    """A range typed by hand is taken as it is."""
    assert cited_span("18-28", TEXT) == Span(18, 28)


def test_other_words_in_the_same_place_are_not_the_quote() -> None:
    """After a rebuild from another text the link marks nothing rather than something else."""
    assert cited_span(citation_key(Span(18, 28), "262 agents"), TEXT.replace("262", "263")) is None


@pytest.mark.parametrize(
    "citation",
    ["", "18", "28-18", "18-18", "18-30", "-1-4", "18-28-zzzzzzzz", "٣-٤", "1e3-2e3", "9" * 400 + "-1", "0-9\n"],
)
def test_what_is_no_range_of_the_text_marks_nothing(citation: str) -> None:
    """Outside the text, backwards, empty or no numbers at all."""
    assert cited_span(citation, TEXT) is None
