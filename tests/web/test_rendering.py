"""Raw text to HTML: nothing lost, nothing unescaped, marks exact."""

import re
from html import unescape

import pytest

from index.model import Span
from tests.support.report import REPORT_TEXT, span_of
from web.rendering import BlockKind, Overlay, blocks_of, first_shown, plain, render_block, render_line


def html_of(text: str, *marks: Span) -> str:
    """Return the whole of `text` as HTML."""
    return "".join(str(render_block(text, block, Overlay(marks))) for block in blocks_of(text, Span(0, len(text))))


def words(html: str) -> str:
    """Return what HTML shows, white space left out."""
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]+>", "", html)))


def marked(html: str) -> str:
    """Return what stands inside `<mark>`, white space left out."""
    return words("".join(re.findall(r"<mark>(.*?)</mark>", html)))


def test_the_whole_report_is_shown() -> None:
    """Every character of the report but white space, bullets and mark-up is shown, in order."""
    shown = re.sub(r"(?m)^\s*-\s+", "", REPORT_TEXT)
    assert words(html_of(REPORT_TEXT)) == re.sub(r"\s", "", plain(shown))


def test_the_report_has_its_lists_and_tables() -> None:
    """The report's three tables and its lists are such, not paragraphs."""
    kinds = [block.kind for block in blocks_of(REPORT_TEXT, Span(0, len(REPORT_TEXT)))]
    assert kinds.count(BlockKind.ROW) == 3
    assert kinds.count(BlockKind.ITEM) == 89


def test_bold_and_superscript_are_elements() -> None:
    """Mark-up becomes elements, also one inside the other."""
    assert html_of("**le 1^{er} mai** 2021") == (
        "<p><strong>le 1</strong><strong><sup>er</sup></strong><strong> mai</strong> 2021</p>"
    )


@pytest.mark.parametrize("number", ["12 607 476.20 €", "13 056 633,72€", "198,5 M€", "3 %", "10 000", "1\u202f262", "5 000 k€"])
def test_no_line_breaks_inside_a_number(number: str) -> None:
    """Thousands and signs stay together; the characters are untouched."""
    assert html_of(f"soit {number} de") == f'<p>soit <span class="unbroken">{number}</span> de</p>'


@pytest.mark.parametrize("text", ["en 2020 7500 actes", "A l'an 2021", "2020, 2021, 2022", "d'1 an", "x 39 1000"])
def test_other_numbers_flow(text: str) -> None:
    """Years, pairs and numbers beside an apostrophe are ordinary text."""
    assert "unbroken" not in html_of(text)


def test_lone_mark_up_characters_are_text() -> None:
    """An asterisk pair or a brace that closes nothing is shown as it is."""
    assert html_of("2 ** 3 et x^{2") == "<p>2 ** 3 et x^{2</p>"


def test_a_table_has_a_header_and_figures_to_the_right() -> None:
    """The first row heads the others; an empty header cell is no header."""
    assert html_of("\tnombre\nAvis\t854") == (
        '<div class="table" role="group" aria-label="Tableau" tabindex="0"><table>'
        '<thead><tr><td></td><th scope="col">nombre</th></tr></thead>'
        '<tbody><tr><td>Avis</td><td class="number">854</td></tr></tbody></table></div>'
    )


def test_items_of_one_list_stay_together_over_blank_lines() -> None:
    """A blank line between items does not part the list; a second bullet is text."""
    assert html_of("- un\n\n- - 0,12%\nSuite") == "<ul><li>un</li><li>- 0,12%</li></ul><p>Suite</p>"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "**<b>**", "- <i>&amp;", "a\t<td>\"'", "^{<sup>}"])
def test_html_in_the_text_is_shown_not_executed(text: str) -> None:
    """Markup of the source is escaped in every place where text is put."""
    assert words(html_of(text)) == re.sub(r"\s", "", plain(text).removeprefix("- "))
    assert not re.search(r"<(script|b|i)\b", html_of(text))


@pytest.mark.parametrize(
    "quote",
    [
        "76 agents ont suivi une formation",
        "CESU\t18\t74\t3 715 €\t0 €\t0 €\t234 €\t3 949 €",
        "traitant **429 projets de délibérations** (soit 179 en Bureau",
        "projets de délibérations** (soit 179",
        "à compter du 1^{er} octobre 2021",
        "l'école de la 2^{ème} chance, a\n\naccompagné 165 jeunes",
        "1^{er",
    ],
)
def test_marks_cover_exactly_the_quote(quote: str) -> None:
    """What is highlighted is the quote, character for character, through mark-up, cells and page breaks."""
    shown = re.sub(r"\*\*|\^\{|\}|\s", "", quote)
    assert marked(html_of(REPORT_TEXT, span_of(quote))) == shown


def test_two_marks_of_one_line_stay_apart() -> None:
    """Text between two quotes is not highlighted."""
    assert html_of("un deux trois", Span(0, 2), Span(8, 13)) == "<p><mark>un</mark> deux <mark>trois</mark></p>"


def test_an_anchor_stands_before_its_character() -> None:
    """A passage that starts inside a paragraph can be linked to."""
    assert str(render_line("Un. Deux.", Span(0, 9), Overlay(anchors={4: "p-1"}))) == (
        'Un. <span class="anchor" id="p-1"></span>Deux.'
    )


def test_the_first_shown_character_comes_after_a_bullet() -> None:
    """White space and a bullet are not shown."""
    assert first_shown("x\n\n - un", 1) == 6
