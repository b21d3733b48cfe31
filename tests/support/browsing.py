"""What the tests in a real browser share: the windows they open, and what every one of them does."""

from collections.abc import Callable

from playwright.sync_api import Page, ViewportSize, expect

from tests.support.report import SLUG

QUESTION = "Combien d'agents ont suivi une formation ?"
DESK, WIDE = ViewportSize(width=1280, height=860), ViewportSize(width=1920, height=1080)
PHONE, NARROW = ViewportSize(width=390, height=844), ViewportSize(width=360, height=740)
SMALLEST = ViewportSize(width=320, height=480)  # what WCAG 1.4.10 asks for: a desk's window at 400 %
# Every page that an address alone opens.
PAGES = (
    "/", f"/?section={SLUG}/1-1", "/aide", "/accessibilite", "/qualite", "/nulle-part",
    f"/rapport/{SLUG}", f"/rapport/{SLUG}?montrer=chiffres&montrer=liens", f"/rapport/{SLUG}/recherche?q=piscine",
    f"/decouvrir/{SLUG}", f"/decouvrir/{SLUG}/1", f"/decouvrir/{SLUG}/5-2", f"/decouvrir/{SLUG}/visite/3",
    f"/decouvrir/{SLUG}/quiz", f"/decouvrir/{SLUG}/quiz?serie=1&r1=0&r2=1",
    "/chiffres", "/chiffres?q=aucun", "/evolutions", "/points-de-vigilance", "/glossaire", "/glossaire?q=erbm", "/verifier",
    "/corrections",
    "/corrections/nouvelle?question=Combien%20de%20chats%20%3F",
)  # fmt: skip
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

Open = Callable[..., Page]


def ask(page: Page, question: str = QUESTION) -> None:
    """Type a question, send it with the keyboard, and wait for one more answer."""
    before = page.locator(".turn").count()
    page.get_by_label("Votre question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(before + 1)


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
