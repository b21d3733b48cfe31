"""The pages of a PDF report beside its text."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import expect
from reportlab.pdfgen.canvas import Canvas

from qa_service.settings import Settings
from qa_service.wiring import build_indexes
from tests.support.app_server import serving
from tests.support.browsing import PHONE, WIDE, Open
from tests.support.drawn_pdf import put, wrapped
from web.app import create_app

SLUG = "rapport-2023"
PAGES = (
    ("1 Jardins partagés", "En 2023, 41 jardins partagés ont été ouverts dans les quartiers de la ville."),
    ("2 Patinoire", "La patinoire a accueilli 52 310 patineurs pendant la saison."),
)


def draw(path: Path) -> None:
    """Write a report of two pages."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    for heading, sentence in PAGES:
        y = put(canvas, 60, 780, [heading], font="Helvetica-Bold", size=18)
        put(canvas, 60, y - 20, wrapped(sentence, 400))
        canvas.showPage()
    canvas.save()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings over the drawn report alone, indexed."""
    seed = tmp_path / "seeds" / SLUG
    seed.mkdir(parents=True)
    draw(seed / "report.pdf")
    (seed / "report.toml").write_text('title = "Rapport 2023"\nauthority = "Ville"\nperiod = "2023"\n', encoding="utf-8")
    settings = Settings(var_dir=tmp_path / "var", seeds_dir=tmp_path / "seeds", rate_limit="off")
    list(build_indexes(settings, lambda _step: None))
    return settings


@pytest.fixture
def client(settings: Settings) -> Iterator[FlaskClient]:
    """A browser at that report."""
    app = create_app(settings)
    app.testing = True
    with app.test_client() as client:
        yield client


def test_each_page_starts_with_a_link_to_its_picture(client: FlaskClient) -> None:
    """The text says where a page begins; the picture is that page as printed."""
    page = client.get(f"/rapport/{SLUG}").text
    assert page.index('data-page="1"') < page.index("41 jardins") < page.index('data-page="2"') < page.index("52 310")
    first, second = (client.get(f"/rapport/{SLUG}/pages/{number}.png") for number in (1, 2))
    assert (first.status_code, first.mimetype) == (200, "image/png")
    assert first.data[:8] == b"\x89PNG\r\n\x1a\n"
    assert first.data != second.data


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999", "x", "-1"])
def test_a_page_that_there_is_not(client: FlaskClient, number: str) -> None:
    """404."""
    assert client.get(f"/rapport/{SLUG}/pages/{number}.png").status_code == 404


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.4 of another year"])
def test_a_file_that_is_no_longer_the_one_indexed_is_not_shown(
    client: FlaskClient, settings: Settings, content: bytes | None
) -> None:
    """Beside the text, another report's page would be a lie; the text is shown as ever."""
    path = settings.seeds_dir / SLUG / "report.pdf"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert client.get(f"/rapport/{SLUG}/pages/1.png").status_code == 404
    page = client.get(f"/rapport/{SLUG}")
    assert page.status_code == 200
    assert "data-pictures" not in page.text
    assert "41 jardins" in page.text


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """The address of the application over that report."""
    with serving(create_app(settings)) as address:
        yield address


def test_the_page_being_read_stands_beside_the_text(open_page: Open, pytestconfig: pytest.Config) -> None:
    """On a wide screen; on a narrow one the link at the start of the page shows it."""
    page = open_page(f"/rapport/{SLUG}", viewport=WIDE)
    picture = page.get_by_role("complementary", name="Page telle qu’imprimée").get_by_role("img")
    expect(picture).to_have_attribute("alt", "Page 1, telle qu’imprimée")
    expect(picture).to_have_js_property("naturalWidth", 1000)
    page.screenshot(path=pytestconfig.rootpath / pytestconfig.getoption("--screenshots") / "rapport-pdf-wide.png")
    page.set_viewport_size(PHONE)
    expect(picture).to_be_hidden()
    page.get_by_role("link", name="Page 2 telle qu’imprimée").click()
    expect(page).to_have_url(re.compile("/pages/2.png$"))
