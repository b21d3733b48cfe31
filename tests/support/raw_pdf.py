"""PDF files written object by object: what no honest program would write."""

from __future__ import annotations

from collections.abc import Mapping


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object; `entries` go into its dictionary."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def raw_pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, with a true cross-reference table; object 1 is the catalogue."""
    body = b"%PDF-1.7\n"
    offsets = {}
    for number, held in sorted(objects.items()):
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, offset)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, len(body))
    return body + table + end


def one_page(
    content: bytes, *, resources: bytes = b"", pages: bytes = b"/Kids [3 0 R] /Count 1", more: Mapping[int, bytes] = {}
) -> bytes:
    """Return a PDF of one page whose content stream is object 4 and whose font /F1, Helvetica, is object 5."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages %s >>" % pages,
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> %s >> >>" % resources,
        4: stream(content),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    return raw_pdf(objects | dict(more))


def words(text: bytes) -> bytes:
    """Return the content stream that prints `text` near the top of the page."""
    return b"BT /F1 11 Tf 72 760 Td (%s) Tj ET" % text
