"""The tasks of a user, in a real browser over HTTP: on a desk and on a phone, with script and without."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Request, ViewportSize, expect

from tests.support.browsing import DESK, NARROW, PAGES, PHONE, QUESTION, SMALLEST, WIDE, Open, ask, overflow
from tests.support.report import SLUG

QUOTE = "76 agents ont suivi une formation"
PICTURES = {
    "/chiffres": "chiffres", "/evolutions": "evolutions", "/points-de-vigilance": "points-de-vigilance",
    "/glossaire": "glossaire", "/qualite": "qualite", "/aide": "aide", f"/?section={SLUG}/1-1": "section",
    f"/decouvrir/{SLUG}": "decouvrir", f"/decouvrir/{SLUG}/1-1": "portrait", f"/decouvrir/{SLUG}/visite/2": "visite",
    f"/decouvrir/{SLUG}/quiz": "quiz", f"/decouvrir/{SLUG}/quiz?serie=1&r1=0&r2=1": "quiz-corrige",
    f"/rapport/{SLUG}/recherche?q=piscine": "recherche",
    "/corrections": "corrections", f"/rapport/{SLUG}?montrer=chiffres#s-1-1": "rapport-chiffres",
}  # fmt: skip


def marked(page: Page, place: str) -> str:
    """Return the words that are highlighted in a part of the page, a line for each mark."""
    return "\n".join(page.locator(f"{place} mark").all_inner_texts())


def follow_citation(page: Page) -> None:
    """Open the report from the answer: the same words are highlighted there, and in view."""
    page.locator(".evidence > .further .open").wait_for()
    cited = marked(page, ".evidence > blockquote")
    assert QUOTE in cited
    page.locator(".evidence > .further .open").click()
    expect(page.locator("main mark").first).to_be_in_viewport()
    assert marked(page, "main") == cited


@contextmanager
def requests_of(page: Page) -> Iterator[list[Request]]:
    """Collect the requests that a page makes."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    yield requests


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_an_answer_arrives_in_place(open_page: Open, viewport: ViewportSize) -> None:
    """The figure, the answer and the marked quote appear; the address is the conversation's; the field is ready."""
    page = open_page(viewport=viewport)
    ask(page)
    expect(page.locator(".headline strong")).to_have_text(re.compile(r"^76\sagents$"))
    assert QUOTE in marked(page, ".evidence > blockquote")
    expect(page.locator(".evidence .pages")).to_have_text(re.compile(r"^p\.\s5\sà\s8$"))
    expect(page).to_have_url(re.compile(r"/conversations/c_[\w-]{22}$"))
    expect(page.get_by_label("Votre question")).to_be_focused()
    expect(page.get_by_label("Votre question")).to_have_value("")


def test_an_answer_is_announced(open_page: Open) -> None:
    """A screen reader hears the answer, not the passage."""
    page = open_page()
    ask(page)
    expect(page.get_by_role("status")).to_contain_text(QUOTE)
    expect(page.get_by_role("status")).not_to_contain_text("Voir dans le rapport")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_citation_opens_the_report_at_the_words(open_page: Open, viewport: ViewportSize, script: bool) -> None:
    """The quote, the whole quote and nothing but the quote is highlighted, in view."""
    page = open_page(viewport=viewport, script=script)
    page.get_by_label("Votre question").fill(QUESTION)
    page.get_by_role("button", name="Demander").click()
    follow_citation(page)


def test_asking_needs_no_script(open_page: Open) -> None:
    """Form, example, follow-up, list and deletion work as plain pages."""
    page = open_page(script=False)
    page.locator(".examples button").first.click()
    expect(page.locator(".turn")).to_have_count(1)
    page.get_by_label("Votre question").fill(QUESTION)
    page.get_by_role("button", name="Demander").click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#conversations-liste a")).to_have_count(1)
    page.get_by_text("Supprimer cette conversation").click()
    page.get_by_role("button", name="Supprimer définitivement").click()
    expect(page.locator("#conversations-liste a")).to_have_count(0)


def test_a_conversation_stands_after_reloading(open_page: Open) -> None:
    """What arrived by script is what the server shows again."""
    page = open_page()
    ask(page)
    ask(page, "Combien de stagiaires ont été accueillis ?")
    shown = page.locator("#fil").inner_text()
    page.reload()
    assert page.locator("#fil").inner_text() == shown
    expect(page.locator("#conversations-liste a")).to_have_count(1)


def test_a_suggestion_is_asked_at_a_click(open_page: Open) -> None:
    """An example is a question like any other."""
    page = open_page()
    example = page.locator(".examples button").first
    question = example.get_attribute("value")
    example.click()
    expect(page.locator(".turn h2")).to_have_text(question or "")
    expect(page.locator(".examples")).to_have_count(0)


def test_a_question_is_sent_once(open_page: Open) -> None:
    """Enter pressed three times asks once."""
    page = open_page()
    page.get_by_label("Votre question").fill(QUESTION)
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(1)
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)


def test_shift_enter_goes_to_the_next_line(open_page: Open) -> None:
    """A question may have lines."""
    page = open_page()
    page.get_by_label("Votre question").fill("Combien")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_label("Votre question")).to_have_value("Combien\n")


def test_a_lost_connection_keeps_the_question(open_page: Open) -> None:
    """It is said, the question stays in the field, and one click sends it again."""
    page = open_page()
    page.context.set_offline(True)
    page.get_by_label("Votre question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".lost")).to_contain_text("La connexion a été perdue")
    expect(page.get_by_label("Votre question")).to_have_value(QUESTION)
    page.context.set_offline(False)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".lost")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_question_to_a_deleted_conversation_opens_another(open_page: Open, script: bool) -> None:
    """What was typed is kept, and nothing of the old conversation is shown with the new one."""
    page = open_page(script=script)
    page.get_by_label("Votre question").fill(QUESTION)
    page.get_by_role("button", name="Demander").click()
    page.wait_for_url("**/conversations/*")
    gone = page.context.new_page()
    gone.goto(page.url)
    gone.get_by_text("Supprimer cette conversation").click()
    gone.get_by_role("button", name="Supprimer définitivement").click()
    gone.wait_for_url(re.compile("/$"))
    page.get_by_label("Votre question").fill("Et combien de chiens ?")
    page.get_by_role("button", name="Demander").click()
    expect(page.get_by_text(re.compile("Cette conversation n.existe plus")).first).to_be_visible()
    page.get_by_role("button", name=re.compile("Réessayer|Renvoyer")).click()
    expect(page.locator(".turn h2")).to_have_text(["Et combien de chiens ?"])


def test_the_way_back_leads_to_the_whole_conversation(open_page: Open) -> None:
    """From the report, after two answers that arrived in place."""
    page = open_page()
    ask(page)
    ask(page, "Et en 2020 ?")
    page.locator(".evidence > .further .open").first.click()
    page.wait_for_url("**/rapport/**")
    page.go_back()
    expect(page.locator(".turn")).to_have_count(2)
    ask(page, "Et en 2019 ?")


def test_a_refused_question_says_why(open_page: Open) -> None:
    """The server's own words are shown, the question is kept."""
    page = open_page()
    page.get_by_label("Votre question").fill("a\x07")
    page.keyboard.press("Enter")
    expect(page.locator(".lost")).to_contain_text("caractère de commande")


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u202eabc" * 200])
def test_what_is_typed_is_only_shown(open_page: Open, question: str) -> None:
    """Nothing is executed, nothing breaks the page."""
    page = open_page(viewport=PHONE)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    ask(page, question)
    assert page.locator(".turn h2").inner_text() == question
    assert overflow(page) == 0


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(open_page: Open, path: str) -> None:
    """Wide tables scroll by themselves; the page never does sideways, from 320 to 1 920 pixels."""
    page = open_page(path)
    for viewport in (SMALLEST, NARROW, PHONE, DESK, WIDE):
        page.set_viewport_size(viewport)
        assert overflow(page) == 0


def test_a_wide_table_fits_a_narrow_phone(open_page: Open) -> None:
    """The passage with eight columns is shown within the window."""
    page = open_page(viewport=NARROW)
    ask(page, "Quel est le montant total des prestations CESU ?")
    assert overflow(page) == 0


def test_everything_can_be_reached_by_keyboard(open_page: Open) -> None:
    """The skip link comes first and leads to the content; the field has the focus when the page opens."""
    page = open_page("/aide")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#contenu"
    page.goto("/")
    expect(page.get_by_label("Votre question")).to_be_focused()


def test_the_chat_page_is_light_and_local(open_page: Open, address: str) -> None:
    """Nothing is fetched from elsewhere; page, assets and an answer stay under 60 kB."""
    page = open_page("/aide")
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    with requests_of(page) as requests:
        page.goto("/")
        ask(page)
        page.wait_for_load_state("networkidle")
    assert {request.url.startswith(address) for request in requests} == {True}
    sizes = [request.sizes()["responseBodySize"] for request in finished]  # a cancelled one has no size
    assert 0 < sum(sizes) < 60_000


@pytest.mark.parametrize(
    ("name", "viewport", "dark"),
    [("wide", WIDE, False), ("desk", DESK, False), ("dark", DESK, True), ("phone", PHONE, False)],
)
def test_pictures(open_page: Open, name: str, viewport: ViewportSize, dark: bool, pytestconfig: pytest.Config) -> None:
    """The first page, an answer, the report at the highlighted quote, the pages of figures, a checked text."""
    page = open_page(viewport=viewport, dark=dark)
    picture(page, f"start-{name}", pytestconfig)
    ask(page)
    picture(page, f"chat-{name}", pytestconfig)
    follow_citation(page)
    picture(page, f"report-{name}", pytestconfig)
    for address, called in PICTURES.items():
        page.goto(address)
        picture(page, f"{called}-{name}", pytestconfig)
    page.goto("/verifier")
    page.get_by_label("Le texte").fill("Masse salariale 2021 : 13,1 M€, contre 11 M€ en 2020 ; 4 812 cerisiers.")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("status")).to_contain_text("chiffres")  # no picture can be taken while a page gives way to another
    picture(page, f"verifier-{name}", pytestconfig)


def picture(page: Page, name: str, config: pytest.Config) -> None:
    """Write a picture of the window to the folder of `--screenshots`."""
    folder = Path(config.getoption("--screenshots", "var/screenshots"))
    path = config.rootpath / folder / f"{name}.png"
    page.screenshot(path=path)
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("viewport", [DESK, NARROW], ids=["desk", "phone"])
def test_a_figure_is_searched_for_and_opened(open_page: Open, viewport: ViewportSize, script: bool) -> None:
    """By words and kind; its link leads to the marked words of the report; nothing runs over the edge of a phone."""
    page = open_page("/chiffres", viewport=viewport, script=script)
    page.get_by_label("Mots").fill("masse salariale")
    page.get_by_label("Sorte").select_option(label="montant")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("status")).to_contain_text("2 chiffres")
    assert marked(page, ".figures li:nth-child(2)") == "13 056 633.72€"
    assert overflow(page) == 0
    page.get_by_role("link", name="Voir dans le rapport").last.click()
    expect(page.locator("main mark").first).to_be_in_viewport()
    assert marked(page, "main") == "13 056 633.72€"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_text_is_checked(open_page: Open, viewport: ViewportSize, script: bool) -> None:
    """Typed or as a file; each verdict is said in words, leads to the report's sentence, and the check can be saved."""
    page = open_page("/verifier", viewport=viewport, script=script)
    page.get_by_label("Le texte").fill("La masse salariale est de 13 056 633,72 € en 2021.\nEn 2020, elle était de 11 M€.")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("status")).to_contain_text("1 confirmé, 1 contredit")
    assert overflow(page) == 0
    page.locator(".checked a").last.click()
    expect(page.locator("#chiffre-2")).to_be_in_viewport()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Exporter en .docx").click()
    assert saved.value.suggested_filename == "verification.docx"
    content: FilePayload = {"name": "projet.md", "mimeType": "text/markdown", "buffer": "Masse salariale : 13,1 M€".encode()}
    page.get_by_label("ou un fichier").set_input_files(content)
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("status")).to_contain_text("1 arrondi")
    page.get_by_role("link", name="Voir dans le rapport").first.click()
    assert "13 056 633.72€" in marked(page, "main")


def test_a_figure_is_copied_with_its_reference(open_page: Open) -> None:
    """Figure, what it counts, period, sentence, report, section and pages; the button says that it is done."""
    page = open_page("/chiffres?q=masse+salariale&kind=money&period=2021")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier avec la référence").click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("13 056 633.72€")
    assert all(part in copied for part in ("masse salariale", "2021", "« La masse salariale est passée", "p.\u00a05"))


def test_earlier_questions_come_back_with_the_arrows(open_page: Open) -> None:
    """Up to the oldest and down again to the empty field; a text of one's own is left alone."""
    page = open_page()
    ask(page)
    ask(page, "Et en 2020 ?")
    field = page.get_by_label("Votre question")
    for key, value in (
        ("ArrowUp", "Et en 2020 ?"),
        ("ArrowUp", QUESTION),
        ("ArrowUp", QUESTION),
        ("ArrowDown", "Et en 2020 ?"),
        ("ArrowDown", ""),
    ):
        field.press(key)
        expect(field).to_have_value(value)
    field.fill("Ma question")
    field.press("ArrowUp")
    expect(field).to_have_value("Ma question")
    page.get_by_role("button", name="Modifier").click()
    expect(field).to_have_value(re.compile("2020"))
    expect(field).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_conversation_is_renamed_and_saved(open_page: Open, script: bool) -> None:
    """From beside it, as soon as it has an answer; the quote is copied with its reference where a script runs."""
    page = open_page(script=script)
    if script:
        ask(page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copier avec la référence").first.click()
        expect(page.get_by_role("button", name="Copié")).to_be_visible()
        assert "76 agents ont suivi une formation" in page.evaluate("navigator.clipboard.readText()")
    else:
        page.get_by_label("Votre question").fill(QUESTION)
        page.get_by_role("button", name="Demander").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name=".docx").click()
    assert saved.value.suggested_filename == "conversation.docx"
    page.get_by_text("Renommer cette conversation").click()
    page.get_by_label("Titre").fill("Formation")
    page.get_by_role("button", name="Renommer").click()
    expect(page.locator(".threads li a[aria-current]")).to_have_text("Formation")
    assert overflow(page) == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_answer_is_judged(open_page: Open, script: bool) -> None:
    """With a remark; the opinion is shown as kept, in place where a script runs, and announced."""
    page = open_page(script=script, viewport=PHONE)
    if script:
        ask(page)
    else:
        page.get_by_label("Votre question").fill(QUESTION)
        page.get_by_role("button", name="Demander").click()
    page.get_by_text("Préciser").click()
    page.get_by_label("Votre remarque").fill("Et 2020 ?")
    page.get_by_role("button", name="Incomplète").click()
    expect(page.get_by_role("button", name="Incomplète")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Votre remarque")).to_have_value("Et 2020 ?")
    assert overflow(page) == 0
    if script:
        expect(page.locator("#annonce")).to_have_text("Votre avis est enregistré, merci.")
