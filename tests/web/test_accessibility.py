"""Every page held against the rules of WCAG 2.2 AA that a program can check, by axe-core in the real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Page

from tests.support.browsing import DESK, PAGES, PHONE, Open, ask, overflow

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    """Return each broken rule with the first element that breaks it."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['help']} – {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})" for one in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_keeps_the_rules(open_page: Open, dark: bool) -> None:
    """In both colour schemes; on a desk in one, on a phone in the other."""
    page = open_page(viewport=PHONE if dark else DESK, dark=dark)
    broken = {}
    for path in PAGES:
        page.goto(path)
        broken[path] = violations(page)
    page.goto("/chiffres")
    page.get_by_role("link", name="Lien permanent").first.click()
    page.wait_for_url("**/chiffres/*/*")
    broken["a figure"] = violations(page)
    assert {path: found for path, found in broken.items() if found} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_answered_keeps_the_rules(open_page: Open, dark: bool, pytestconfig: pytest.Config) -> None:
    """Answers, a refusal, an opinion given, everything unfolded; the same shared; a checked text."""
    page = open_page(viewport=DESK if dark else PHONE, dark=dark)
    ask(page)
    ask(page, "Et en 2020 ?")
    ask(page, "Quel est le prix du pain à Tokyo ?")
    page.get_by_role("button", name="Juste").first.click()
    page.get_by_role("button", name="Juste", pressed=True).wait_for()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert violations(page) == []
    page.get_by_role("button", name="Créer un lien").click()
    page.get_by_role("link", name="Lien en lecture seule").click()
    page.get_by_text("Conversation partagée").wait_for()
    assert violations(page) == []
    assert overflow(page) == 0
    page.screenshot(
        path=pytestconfig.rootpath / pytestconfig.getoption("--screenshots") / f"partage-{'dark' if dark else 'phone'}.png"
    )
    page.goto("/verifier")
    page.get_by_label("Le texte").fill("Masse salariale 2021 : 13,1 M€, contre 11 M€ en 2020 ; 4 812 cerisiers.")
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("status").wait_for()
    assert violations(page) == []
