"""What is read of a Word file, whatever its writer did."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qa_service.checking.drafts import read_draft
from qa_service.errors import DraftError


def word(*blocks: str) -> bytes:
    """Return a Word file with these blocks of XML in its body."""
    document = Document()
    for block in blocks:
        document.element.body.insert(-1, parse_xml(block.replace(">", f" {nsdecls('w')}>", 1)))
    content = BytesIO()
    document.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ("<w:p><w:r><w:t>Total </w:t></w:r><w:ins w:id='1' w:author='x'><w:r><w:t>12 €</w:t></w:r></w:ins></w:p>",
         "Total 12 €"),
        ("<w:p><w:r><w:t>Total</w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText> 11 €</w:delText></w:r></w:del></w:p>",
         "Total"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>13 €</w:t></w:r></w:p></w:sdtContent></w:sdt>", "13 €"),
        ("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='200000'/></w:tcPr><w:p><w:r><w:t>a|b</w:t></w:r></w:p></w:tc>"
         "<w:tc><w:p><w:r><w:t>14 €</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "| a/b | 14 € |"),
        ("<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>777 logements</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
         "</w:tc></w:tr></w:tbl>", "| 777 logements |"),
    ],
)  # fmt: skip
def test_each_word_is_read_once(block: str, text: str) -> None:
    """Insertions, content controls and nested tables; nothing deleted, a merged cell once, no bar within a cell."""
    assert read_draft("projet.docx", word(block)) == text


@pytest.mark.parametrize(
    "body", ["<foo/>", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>']
)
def test_half_a_document_is_none(body: str) -> None:
    """The message says what to do."""
    whole = ZipFile(BytesIO(word()))
    content = BytesIO()
    with ZipFile(content, "w") as packed:
        for member in whole.namelist():
            packed.writestr(member, body if member == "word/document.xml" else whole.read(member))
    with pytest.raises(DraftError, match="réenregistrez-le"):
        read_draft("projet.docx", content.getvalue())
