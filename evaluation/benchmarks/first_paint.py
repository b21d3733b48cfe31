"""`python -m evaluation.benchmarks.first_paint`: when a browser first shows something, and how many bytes it takes.

Debian's chromium, driven by Playwright, opens each page of the real server with an empty cache. Paint times are those of the
Paint Timing API (first-contentful-paint, from the start of the navigation); bytes are those of every response, as sent.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import click
from playwright.sync_api import Browser, Request, sync_playwright
from rich.console import Console
from rich.table import Column, Table

from evaluation.over_http import running_server
from qa_service.commands.printing import current_settings
from qa_service.wiring import seed_folders

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_WARM_UP = 2  # the first pages of a browser and of a server are not what its users see all day
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One opening of a page: milliseconds to its first paint, bytes of all responses, requests that left the server."""

    paint_ms: float
    bytes: int
    elsewhere: int


def measure(browser: Browser, address: str, path: str) -> Load:
    """Open a page with an empty cache and return what that took."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 860})
    page = context.new_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(path, wait_until="networkidle")
    paint_ms = page.evaluate(_PAINT)
    sizes = [request.sizes() for request in finished]
    context.close()
    return Load(
        paint_ms=float(paint_ms),
        bytes=sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes),
        elsewhere=sum(not request.url.startswith((address, "data:")) for request in finished),
    )


def pages() -> Iterator[str]:
    """Yield the pages that are measured: the chat, and those of the first report that hold most."""
    yield "/"
    for seed in seed_folders(current_settings())[:1]:
        yield from (f"/decouvrir/{seed.name}", f"/rapport/{seed.name}")
    yield from ("/chiffres", "/glossaire")


@click.command()
@click.option("--times", default=15, show_default=True, type=click.IntRange(1, 200), help="Ouvertures de chaque page.")
def main(times: int) -> None:
    """Mesure le premier affichage de chaque page dans un vrai navigateur."""
    columns = ("premier affichage (ms, médiane)", "le plus lent", "ko transmis", "requêtes ailleurs")
    table = Table(Column("page", no_wrap=True), *columns)
    with running_server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
        for path in pages():
            loads = [measure(browser, address, path) for _ in range(_WARM_UP + times)][_WARM_UP:]
            table.add_row(*_row(path, loads))
        browser.close()
    Console().print(table)


def _row(path: str, loads: Sequence[Load]) -> tuple[str, ...]:
    paints = [load.paint_ms for load in loads]
    kilobytes = max(load.bytes for load in loads) / 1000
    return (path, f"{median(paints):.0f}", f"{max(paints):.0f}", f"{kilobytes:.1f}", str(max(load.elsewhere for load in loads)))


if __name__ == "__main__":
    main()
