"""What a text needs before it goes into a file of another format, so that it is shown as it is and does nothing."""

from __future__ import annotations

_MARKDOWN = str.maketrans({character: f"\\{character}" for character in r"\`*_{}[]<>#|"})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for the start of a formula


def for_markdown(text: str) -> str:
    """Return `text` so that its emphasis, links and HTML are shown as typed."""
    return text.translate(_MARKDOWN)


def for_xml(text: str) -> str:
    """Return `text` with a space for each control character: no XML, hence no .docx or .xlsx, holds one."""
    return "".join(char if char.isprintable() else " " for char in text)


def for_cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
