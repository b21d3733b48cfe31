"""Every PDF that cannot be read is refused by name, with what to do, within bounded time and memory."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from index.errors import ReportFormatError, ReportLimitError, ReportNotFoundError
from index.reading.limits import Limits
from index.reading.pdf import read_pdf
from tests.support.raw_pdf import one_page, raw_pdf, stream, words

MIB = 1024**2


def write(path: Path, data: bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(data)
    return path


def print_pages(path: Path, *texts: str, password: str | None = None) -> Path:
    """Print each text on a page of its own and return the path."""
    canvas = Canvas(str(path), encrypt=password)
    for text in texts:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return path


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A path without a file is refused with the path."""
    with pytest.raises(ReportNotFoundError, match=r"absent\.pdf » n'existe pas"):
        read_pdf(tmp_path / "absent.pdf")


def test_folder_is_no_pdf(tmp_path: Path) -> None:
    """A folder is refused as such."""
    with pytest.raises(ReportNotFoundError, match="n'est pas un fichier"):
        read_pdf(tmp_path)


def test_other_format_is_refused(tmp_path: Path) -> None:
    """A picture that is named .pdf is refused by its first bytes."""
    path = tmp_path / "photo.pdf"
    Image.new("RGB", (8, 8)).save(path, format="PNG")
    with pytest.raises(ReportFormatError, match=r"« photo\.pdf » n'est pas un PDF"):
        read_pdf(path)


def test_too_large_a_file_is_refused_at_once(tmp_path: Path) -> None:
    """A file of 500 MB is refused by its size, without being read."""
    path = tmp_path / "enorme.pdf"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    started = time.perf_counter()
    with pytest.raises(ReportLimitError, match=r"« enorme\.pdf » pèse 500 Mo, plus que les 200 Mo acceptés"):
        read_pdf(path)
    assert time.perf_counter() - started < 0.1


def test_cut_file_is_refused(tmp_path: Path) -> None:
    """A download that broke off is refused, though its first pages could be read."""
    whole = print_pages(tmp_path / "entier.pdf", *(f"Page {number} du rapport" for number in range(40))).read_bytes()
    for share in (0.5, 0.9, 0.99):
        path = write(tmp_path / "coupe.pdf", whole[: int(share * len(whole))])
        with pytest.raises(ReportFormatError, match=r"« coupe\.pdf » est endommagé ou incomplet ; copiez-le de nouveau"):
            read_pdf(path)


def test_damaged_page_is_refused(tmp_path: Path) -> None:
    """A page whose compressed content is broken is refused rather than read in part."""
    packed = bytearray(zlib.compress(b"\n".join(words(b"Ligne %d" % line) for line in range(400))))
    packed[len(packed) // 2 :] = bytes(len(packed) - len(packed) // 2)
    path = write(tmp_path / "abime.pdf", one_page(b"", more={4: stream(bytes(packed), b"/Filter /FlateDecode")}))
    with pytest.raises(ReportFormatError, match="est endommagé"):
        read_pdf(path)


def test_lost_page_is_refused(tmp_path: Path) -> None:
    """A file that announces more pages than it holds is refused: what it lost cannot be told."""
    path = write(tmp_path / "perdu.pdf", one_page(words(b"Bonjour"), pages=b"/Kids [3 0 R 9 0 R] /Count 2"))
    with pytest.raises(ReportFormatError, match="est endommagé"):
        read_pdf(path)


def test_password_is_asked_for(tmp_path: Path) -> None:
    """A file that opens with a password only is refused with the way out."""
    path = print_pages(tmp_path / "secret.pdf", "Budget", password="sesame")
    with pytest.raises(ReportFormatError, match=r"« secret\.pdf » est protégé par un mot de passe ; enregistrez-en une"):
        read_pdf(path)


def test_scan_is_sent_to_character_recognition(tmp_path: Path) -> None:
    """Scanned pages are refused even when a registry's stamp is printed as text on each of them."""
    path = tmp_path / "scan.pdf"
    picture = tmp_path / "page.png"
    Image.new("L", (60, 80), 200).save(picture)
    canvas = Canvas(str(path))
    for _ in range(4):
        canvas.drawImage(str(picture), 0, 0, 595, 842)
        canvas.drawString(400, 820, "Reçu en préfecture le 23/11/2022")
        canvas.showPage()
    canvas.save()
    with pytest.raises(ReportFormatError, match=r"« scan\.pdf » n'a pas de texte.*« ocrmypdf -l fra rapport\.pdf"):
        read_pdf(path)


def test_font_without_characters_is_sent_to_character_recognition(tmp_path: Path) -> None:
    """A font that does not say which characters its glyphs are gives no text to cite."""
    font = {
        5: b"<< /Type /Font /Subtype /Type0 /BaseFont /Sujet /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
        6: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sujet /FontDescriptor 7 0 R /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        7: b"<< /Type /FontDescriptor /FontName /Sujet /Flags 4 /FontBBox [0 0 1000 1000] /Ascent 800 /Descent -200 >>",
    }
    content = b"BT /F1 11 Tf 72 760 Td <0029003000310032> Tj ET"
    path = write(tmp_path / "muet.pdf", one_page(content, more=font))
    with pytest.raises(ReportFormatError, match="ne dit pas quels caractères il dessine"):
        read_pdf(path)


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    """More pages than allowed are counted, not read."""
    path = print_pages(tmp_path / "long.pdf", "un", "deux", "trois")
    with pytest.raises(ReportLimitError, match=r"« long\.pdf » a plus de 2 pages ; découpez-le"):
        read_pdf(path, limits=Limits(max_pages=2))


def test_file_that_never_ends_is_stopped(tmp_path: Path) -> None:
    """Forms that each draw the next one ten times, thirty deep, are stopped when their time is over."""
    forms = {
        number: stream(
            b"/Next Do\n" * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /Next %d 0 R >> >>" % (number + 1),
        )
        for number in range(10, 40)
    }
    forms[40] = stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 1 1]")
    path = write(tmp_path / "sans_fin.pdf", one_page(b"/Next Do", resources=b"/XObject << /Next 10 0 R >>", more=forms))
    started = time.perf_counter()
    with pytest.raises(ReportLimitError, match=r"« sans_fin\.pdf » n'a pas pu être lu en 2 s"):
        read_pdf(path, limits=Limits(timeout_s=2))
    assert time.perf_counter() - started < 4


def test_decompression_bomb_is_stopped(tmp_path: Path) -> None:
    """A few kilobytes that unpack to a gigabyte are refused when the memory allowed is used up."""
    packer = zlib.compressobj(9)
    # After a full flush each megabyte packs to the same bytes: repeat them instead of packing a gigabyte.
    first, next_ = (packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    packed = zlib.compress(first + 1000 * next_)
    filters = b"/Filter [/FlateDecode /FlateDecode]"
    assert len(packed) < MIB
    path = write(tmp_path / "bombe.pdf", one_page(b"", more={4: stream(packed, filters)}))
    with pytest.raises(ReportLimitError, match=r"« bombe\.pdf » demande plus de 300 Mio de mémoire"):
        read_pdf(path, limits=Limits(max_memory_bytes=300 * MIB, timeout_s=30))


@pytest.mark.parametrize(
    "pages",
    [b"/Kids [2 0 R] /Count 1", b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0"],
    ids=["self", "circle", "none"],
)
def test_page_tree_that_leads_nowhere_is_refused(tmp_path: Path, pages: bytes) -> None:
    """A page tree that holds itself, or no page, is refused within the time allowed."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages %s >>" % pages,
        3: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
    }
    path = write(tmp_path / "boucle.pdf", raw_pdf(objects))
    with pytest.raises(ReportFormatError, match="est endommagé"):
        read_pdf(path, limits=Limits(timeout_s=10))


def test_form_that_draws_itself_is_drawn_once(tmp_path: Path) -> None:
    """A form that draws itself does not keep the reader busy; the page's own text is read."""
    form = stream(
        b"/Again Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /Again 10 0 R >> >>",
    )
    content = words(b"Bonjour") + b" /Again Do"
    path = tmp_path / "miroir.pdf"
    write(path, one_page(content, resources=b"/XObject << /Again 10 0 R >>", more={10: form}))
    assert read_pdf(path, limits=Limits(timeout_s=20)).text == "Bonjour\n\n"


def test_object_stream_that_holds_itself_is_refused(tmp_path: Path) -> None:
    """Objects that are packed in a stream that is packed in itself are refused within the time allowed."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    # Entries of the cross-reference stream, objects 0 to 4: their kind (1 byte), place (2) and index (1). Objects 2 and
    # 3 lie in stream 3: it lies in itself.
    entries = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(2, "big") + index.to_bytes(1, "big")
        for kind, place, index in ((0, 0, 0), (1, 9, 0), (2, 3, 0), (2, 3, 1), (1, len(body), 0))
    )
    table = stream(entries, b"/Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R")
    end = b"startxref\n%d\n%%%%EOF\n" % len(body)
    path = write(tmp_path / "gigogne.pdf", body + b"4 0 obj\n" + table + b"\nendobj\n" + end)
    with pytest.raises(ReportFormatError, match="est endommagé"):
        read_pdf(path, limits=Limits(timeout_s=20))


def test_cross_references_that_go_round_are_refused(tmp_path: Path) -> None:
    """A cross-reference table that names itself as the one before is refused within the time allowed."""
    whole = one_page(words(b"Bonjour"))
    at = whole.rindex(b"xref\n0 1")
    path = write(tmp_path / "cercle.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % at))
    with pytest.raises(ReportFormatError, match="est endommagé"):
        read_pdf(path, limits=Limits(timeout_s=20))
