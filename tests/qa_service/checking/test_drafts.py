"""What is read of a Word file, whatever its writer did."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qa_service.checking.drafts import read_draft
from qa_service.errors import DraftError, DraftLimitError

DOCUMENT = b"<w:document %s><w:body>%%s</w:body></w:document>" % nsdecls("w").encode()


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


def packed_anew(compression: int = ZIP_DEFLATED, **members: bytes) -> bytes:
    """Return a Word file with some members, named without their folder and ending, changed."""
    content = BytesIO()
    with ZipFile(BytesIO(word())) as whole, ZipFile(content, "w", compression) as packed:
        for name in whole.namelist():
            packed.writestr(name, members.get(Path(name).stem, whole.read(name)))
    return content.getvalue()


def test_a_damaged_file_is_no_document() -> None:
    """Wherever a byte is changed, the text is read or the message says what to do."""
    content = packed_anew()
    for place in range(0, len(content), 499):
        damaged = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        with suppress(DraftError):
            read_draft("projet.docx", damaged)


def test_other_ways_of_packing_are_not_unpacked() -> None:
    """Word has none but one; of others, a file may ask for any amount of memory."""
    with pytest.raises(DraftError, match="réenregistrez-le"):
        read_draft("projet.docx", packed_anew(ZIP_LZMA))


@pytest.mark.parametrize(
    ("body", "why"),
    [(b" " * 11_000_000, "décompressé"), (DOCUMENT % (b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 150_000), "trop long")],
)
def test_what_is_endless_once_unpacked_is_refused(body: bytes, why: str) -> None:
    """Before it takes the memory and the time of everybody."""
    with pytest.raises(DraftLimitError, match=why):
        read_draft("projet.docx", packed_anew(document=body))


def test_entities_are_not_read() -> None:
    """Neither another file nor an entity that grows."""
    file = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + DOCUMENT % b"<w:p><w:r><w:t>12&a;</w:t></w:r></w:p>"
    assert read_draft("projet.docx", packed_anew(document=file)) == "12"
    letters = b"".join(b'<!ENTITY %c "%s">' % (letter + 1, b"&%c;" % letter * 10) for letter in range(97, 106))
    laughs = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + letters + b"]>" + DOCUMENT % b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>"
    with pytest.raises(DraftError):
        read_draft("projet.docx", packed_anew(document=laughs))
