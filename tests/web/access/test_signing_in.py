"""Signing in, asking and signing out in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from qa_service.access import AccessMode
from qa_service.service import QAService
from tests.support.app_server import serving
from tests.support.browsing import DESK, PHONE, ask, overflow
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider, running_provider
from tests.web.access.conftest import guarded


@pytest.fixture
def provider() -> Iterator[Provider]:
    """The provider, running."""
    with running_provider() as provider:
        yield provider


@pytest.fixture
def guarded_address(provider: Provider, service: QAService, tmp_path: Path) -> Iterator[str]:
    """The address of the application that signs people in with it."""
    oidc = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
    with guarded(service, tmp_path, AccessMode.OIDC, **oidc) as app, serving(app) as address:
        yield address


def session_ends_and_begins_again(page: Page) -> None:
    """Ask when the session is over: the question stays, and is answered once one has signed in elsewhere."""
    page.context.clear_cookies()
    page.get_by_label("Votre question").fill("Combien de chiens la fourrière a-t-elle recueillis ?")
    page.keyboard.press("Enter")
    expect(page.locator(".lost")).to_contain_text("Votre session est terminée")
    expect(page.get_by_role("link", name="Se connecter")).to_be_in_viewport(ratio=1)
    assert overflow(page) == 0
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Se connecter").click()
    expect(opened.value.get_by_label("Votre question")).to_be_visible()
    opened.value.close()
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".turn")).to_have_count(2)


@pytest.mark.parametrize("window", [DESK, PHONE])
def test_signing_in_asking_and_signing_out(
    window: ViewportSize, browser: Browser, provider: Provider, guarded_address: str, pytestconfig: pytest.Config
) -> None:
    """Nothing is to be typed but the question; the name and the way out are in sight, on a phone at the foot of the page."""
    provider.sign_in("u1", name="Zoé Martin-Dubois de la Communication")
    page = browser.new_context(viewport=window, base_url=guarded_address).new_page()
    page.goto("/")
    ask(page)
    out = page.get_by_role("button", name="Se déconnecter")
    expect(page.locator(".who:visible")).to_contain_text("Zoé Martin")
    assert overflow(page) == 0
    folder = Path(pytestconfig.getoption("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"signed-in-{window['width']}.png")
    session_ends_and_begins_again(page)
    out.click()
    expect(page.get_by_role("heading", name="Vous êtes déconnecté")).to_be_visible()
    page.get_by_role("link", name="Se connecter").click()
    expect(page.get_by_label("Votre question")).to_be_visible()
    page.context.close()
