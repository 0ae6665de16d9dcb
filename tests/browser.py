"""Chromium for tests: pages that fail on any complaint, and axe-core on them.

https://playwright.dev/python/docs/library
https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    ViewportSize,
    sync_playwright,
)

Accessible: TypeAlias = Callable[[Page], None]
Picture: TypeAlias = Callable[[Page, str], None]

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# WCAG 2.2 AA has a rule for target size that axe leaves off unless asked.
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, started once for the tests of one process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=SWITCHES
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a fresh session at a desk; what it complains of fails the test."""
    with opened(browser, DESKTOP) as page:
        yield page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """The same on a phone: a second session, so two people can act in one test."""
    with opened(browser, PHONE) as page:
        yield page


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """Somebody else at a desk, who shares no cookie with `page`."""
    with opened(browser, DESKTOP) as page:
        yield page


@pytest.fixture(scope="session")
def accessible() -> Accessible:
    """Assert that axe-core finds nothing wrong with the page as it now stands."""
    axe = Axe()

    def assert_accessible(page: Page) -> None:
        page.wait_for_load_state("load")  # before its style sheet, targets are small
        found = axe.run(page, options=AXE_OPTIONS).response["violations"]
        assert not found, f"{page.url}\n" + "\n".join(
            f"{violation['id']}: {violation['help']}\n    {node['html']}"
            for violation in found
            for node in violation["nodes"]
        )

    return assert_accessible


@pytest.fixture(scope="session")
def picture() -> Picture:
    """Keep a screenshot as `NAME.png` in the folder of WARDLINE_SCREENSHOTS, if set."""
    folder = os.environ.get("WARDLINE_SCREENSHOTS")

    def take_picture(page: Page, name: str) -> None:
        if folder:
            page.wait_for_load_state("load")
            page.evaluate("document.fonts.ready")
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take_picture


@contextmanager
def opened(browser: Browser, viewport: ViewportSize) -> Iterator[Page]:
    """A page of its own session, with its complaints asserted empty at the end."""
    context = browser.new_context(viewport=viewport, locale="en-US")
    complaints = complaints_of(context)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


def complaints_of(context: BrowserContext) -> list[str]:
    """A list that fills with errors of scripts and requests to other machines."""
    complaints: list[str] = []

    def refuse(route: Route) -> None:
        complaints.append(f"asked for {route.request.url}")
        route.abort()

    def note(message: ConsoleMessage) -> None:
        # A page may well answer 403 or 404; what it then loads may not.
        own_answer = message.page and message.location["url"] == message.page.url
        if message.type == "error" and not own_answer:
            complaints.append(message.text)

    context.route(lambda url: urlsplit(url).hostname not in {"127.0.0.1", None}, refuse)
    context.on("console", note)
    context.on("weberror", lambda failure: complaints.append(str(failure.error)))
    return complaints
