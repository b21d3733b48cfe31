"""What a new colleague does, in a real browser: discovers the services, is quizzed, reads and searches the report."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.support.browsing import DESK, PHONE, Open, ask
from tests.support.report import SLUG

BOTH = pytest.mark.parametrize(("viewport", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone-no-script"])
PORTRAIT = f"/decouvrir/{SLUG}/5-2"


@BOTH
def test_the_tour_is_taken_up_where_it_was_left(open_page: Open, viewport: ViewportSize, script: bool) -> None:
    """From the menu: two steps on, away, and back."""
    page = open_page(viewport=viewport, script=script)
    page.get_by_role("link", name="Découvrir").click()
    page.get_by_role("link", name="Visite guidée").click()
    for number in (2, 3):
        page.get_by_role("link", name="Étape suivante").click()
        page.wait_for_url(f"**/visite/{number}")
    page.get_by_role("link", name="Questions", exact=True).click()
    page.get_by_role("link", name="Découvrir").click()
    page.get_by_role("link", name="Reprendre la visite").click()
    expect(page).to_have_url(re.compile("/visite/3$"))
    expect(page.locator(".steps [aria-current]")).to_have_text(re.compile("^Étape 3"))


@BOTH
def test_a_quiz_is_answered(open_page: Open, viewport: ViewportSize, script: bool) -> None:
    """The score is said, and each answer quoted with a link to its words in the report."""
    page = open_page(f"/decouvrir/{SLUG}/quiz", viewport=viewport, script=script)
    for question in page.locator(".quiz fieldset").all():
        question.get_by_role("radio").first.check()
    page.get_by_role("button", name="Voir les réponses").click()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\d bonnes? réponses? sur 8"))
    expect(page.locator(".quiz blockquote")).to_have_count(8)
    page.get_by_role("link", name="Voir dans le rapport").first.click()
    expect(page.locator("main mark").first).to_be_in_viewport()


@BOTH
def test_a_question_is_asked_of_a_section(open_page: Open, viewport: ViewportSize, script: bool) -> None:
    """From its heading in the report; the next question is asked of it too, until one asks of the whole report."""
    page = open_page(f"/rapport/{SLUG}#s-2-1", viewport=viewport, script=script)
    page.locator("#s-2-1 + .section-links").get_by_role("link", name="Poser une question").click()
    expect(page.locator(".scope")).to_contain_text("Habitat, parc privé et parc public")
    for turn in (1, 2):
        page.get_by_label("Votre question").fill("Combien d'agents ?")
        page.get_by_role("button", name="Demander").click()
        expect(page.locator(".turn")).to_have_count(turn)
        expect(page.locator(".turn .evidence .place").last).to_contain_text("Habitat, parc privé et parc public")
    page.reload()
    expect(page.locator(".scope")).to_be_visible()
    page.get_by_role("link", name="sur tout le rapport").click()
    expect(page.locator(".scope")).to_have_count(0)


@BOTH
def test_words_are_looked_for_in_the_report(open_page: Open, viewport: ViewportSize, script: bool) -> None:
    """From the reader to the sentences, and back to the words in their place."""
    page = open_page(f"/rapport/{SLUG}", viewport=viewport, script=script)
    page.get_by_label("Chercher dans le rapport").fill("ressourcerie")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("status")).to_contain_text("phrases avec ces mots")
    page.get_by_role("link", name="Voir dans le rapport").first.click()
    expect(page.locator("main mark").first).to_have_text("ressourcerie")
    expect(page.locator("main mark").first).to_be_in_viewport()


def test_figures_are_marked_where_one_reads(open_page: Open) -> None:
    """A click on one opens its page in the register."""
    page = open_page(f"/rapport/{SLUG}")
    page.get_by_role("link", name="Marquer les chiffres").click()
    page.locator("a.printed", has_text="76").first.click()
    expect(page).to_have_url(re.compile(f"/chiffres/{SLUG}/"))


def bubble(page: Page) -> str:
    """Return the explanation in view, "" for none."""
    shown = page.get_by_role("tooltip")
    return shown.inner_text() if shown.is_visible() else ""


def test_an_acronym_is_explained_on_hover_and_focus(open_page: Open) -> None:
    """The pointer may rest on the explanation; Escape takes it away."""
    page = open_page(PORTRAIT)
    term = page.locator("a.term", has_text="CITEO").first
    term.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("emballages")
    expect(term).to_have_attribute("aria-describedby", "bulle")
    page.get_by_role("tooltip").hover()
    page.wait_for_timeout(400)
    assert bubble(page)
    page.keyboard.press("Escape")
    assert bubble(page) == ""
    page.mouse.move(0, 0)
    page.locator("main a").first.focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if bubble(page):
            break
    assert bubble(page)


def test_an_acronym_is_explained_on_tap(open_page: Open) -> None:
    """The first tap explains within the window, the second leads to the glossary."""
    page = open_page(PORTRAIT, viewport=PHONE, touch=True)
    term = page.locator("a.term", has_text="CITEO").first
    term.tap()
    expect(page.get_by_role("tooltip")).to_be_in_viewport(ratio=1)
    assert page.url.endswith(PORTRAIT)
    term.tap()
    expect(page).to_have_url(re.compile("/glossaire#citeo$"))


def test_an_acronym_of_an_answer_is_explained(open_page: Open) -> None:
    """Also in an answer that arrives later; its words can still be copied whole."""
    page = open_page()
    ask(page, "Combien de bénéficiaires du RSA le PLIE a-t-il accompagnés ?")
    page.locator(".answer a.term", has_text="PLIE").hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    copied = page.evaluate("(getSelection().selectAllChildren(document.querySelector('.answer')), getSelection().toString())")
    assert "1 256 bénéficiaires du RSA" in " ".join(copied.split())
