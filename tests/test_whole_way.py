"""The whole way, in Chromium, on a real WordPress: check, clear, publish, correct.

`wardline run` serves the demo hospital as a newcomer starts it, in processes of its
own; each person has a browser of their own.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.browser import DESKTOP, Accessible, Picture, opened
from tests.servers.wordpress import WordPressServer

pytestmark = pytest.mark.xdist_group("wordpress")
Enter = Callable[[str], Page]
expect.set_options(timeout=20_000)  # two cores run servers, tests and browser

HELD = """\
Our patient Rosa Delgado came home on March 3, 2026 after her valve repair.

Please donate to the hospital's valve fund today.
"""
REWRITTEN = """\
Valve repair lets people go home sooner: our new guide tells how, on Tuesday.

Please donate to the hospital's valve fund today.
"""
CORRECTED = REWRITTEN.replace("Tuesday", "Thursday")


@dataclass(frozen=True, slots=True)
class Hospital:
    """A running Wardline: its address, its environment, its sign-ins' password."""

    url: str
    environment: dict[str, str]
    password: str

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [wardline(), *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


def wardline() -> str:
    return str(Path(sys.executable).with_name("wardline"))


@pytest.fixture
def running(tmp_path: Path, wordpress: WordPressServer) -> Iterator[Hospital]:
    """The demo hospital, started as `make run` starts it."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        **{key: text for key, text in os.environ.items() if "DJANGO" not in key},
        "WARDLINE_DATA": str(tmp_path),
        "WARDLINE_SITE_URL": url,
        "WARDLINE_ALLOWED_HOSTS": json.dumps(["127.0.0.1"]),
    }
    for step in ("prepare", "demo"):
        subprocess.run([wardline(), step], env=environment, check=True)
    command = [wardline(), "run", "--port", str(port)]
    with subprocess.Popen(command, env=environment) as process:
        wait_for(url + "/healthz")
        password = (tmp_path / "demo-password").read_text()
        yield Hospital(url, environment, password)
        process.terminate()
        assert process.wait(30) == 0


def wait_for(url: str) -> None:
    for _ in range(150):
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture
def enter(browser: Browser, running: Hospital) -> Iterator[Enter]:
    """Sign in as one of the demo's people, in a browser of their own."""
    stack: list[object] = []

    def sign_in(who: str) -> Page:
        context = opened(browser, DESKTOP)
        stack.append(context)
        page = context.__enter__()
        page.goto(f"{running.url}/sign-in")
        page.get_by_label("E-mail").fill(f"{who}@demo.example")
        page.get_by_label("Password").fill(running.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
        return page

    yield sign_in
    for context in stack:
        context.__exit__(None, None, None)  # type: ignore[attr-defined]


def test_from_the_first_words_to_the_correction(
    running: Hospital,
    enter: Enter,
    visitor: Page,
    wordpress: WordPressServer,
    accessible: Accessible,
    picture: Picture,
) -> None:
    register_the_blog(enter("registrar"), running, wordpress)

    author = enter("author")
    author.goto(f"{running.url}/drafts/new/cardiology")
    author.get_by_label("Title").fill("Home sooner")
    author.get_by_label("Text", exact=True).fill(HELD)
    tick(author, "Cardiology blog")
    expect(author.get_by_text("only the Privacy Office may lift")).not_to_have_count(0)
    for telling in ("Rosa Delgado", "March 3, 2026"):
        expect(author.locator("mark", has_text=telling)).to_be_visible()
    accessible(author)
    picture(author, "whole-way-held")

    author.get_by_label("Text", exact=True).fill(REWRITTEN)
    tick(author, "Public Affairs")
    expect(author.get_by_text("only the Privacy Office may lift")).to_have_count(0)
    author.get_by_role("button", name="Save and ask for clearance").click()
    expect(author.get_by_text("Development Office").first).to_be_visible()
    draft = author.url
    accessible(author)

    clear(enter("development"), running, "development", accessible)
    clear(enter("public-affairs"), running, "public-affairs", accessible)

    author.goto(draft)
    publish(author)
    post = settled(author)
    picture(author, "whole-way-published")
    accessible(author)
    assert "Tuesday" in wordpress.page(post)
    (found,) = wordpress.call("GET", "posts", search="home sooner")
    assert found["link"] == post

    correct(author, enter, running)

    visitor.goto(post)
    expect(visitor.locator("del", has_text="Tuesday")).to_be_visible()
    expect(visitor.locator("ins", has_text="Thursday")).to_be_visible()
    expect(visitor.get_by_text("Correction", exact=True)).to_be_visible()
    picture(visitor, "whole-way-wordpress")
    visitor.get_by_role("link", name="Read the original in full").click()
    expect(visitor).to_have_url(re.compile(f"^{running.url}/corrections/"))
    expect(
        visitor.get_by_text("our new guide tells how, on Tuesday").first
    ).to_be_visible()
    accessible(visitor)
    picture(visitor, "whole-way-corrections")

    verified = running.command("audit", "verify")
    assert verified.returncode == 0, verified.stdout
    assert "verify" in verified.stdout


def register_the_blog(
    registrar: Page, running: Hospital, wordpress: WordPressServer
) -> None:
    registrar.goto(f"{running.url}/accounts/register")
    registrar.get_by_label("Unit").select_option("Cardiology")
    registrar.get_by_label("Name that readers see").fill("Cardiology blog")
    registrar.get_by_label("How posts get there").select_option("wordpress")
    registrar.get_by_label("Kind of site").select_option("blog")
    registrar.get_by_label("Address", exact=True).fill(wordpress.url)
    registrar.get_by_label("Official e-mail address").fill("heart@massgeneral.org")
    registrar.get_by_label("Owner").select_option("Ana Reyes")
    registrar.get_by_label("Deputy").select_option("Ben Okafor")
    registrar.get_by_role("button", name="Register").click()
    registrar.get_by_label("User name at the channel").fill(wordpress.author.user)
    registrar.get_by_label("Application password").fill(wordpress.author.app_password)
    registrar.get_by_role("button", name="Store").click()
    expect(registrar.get_by_text("Signing in works")).to_be_visible()


def clear(page: Page, running: Hospital, office: str, accessible: Accessible) -> None:
    page.goto(f"{running.url}/queue/{office}")
    accessible(page)
    page.get_by_role("link", name="Home sooner").click()
    grant = page.get_by_role("button", name="Grant this wording")
    expect(grant).to_be_visible()
    accessible(page)
    grant.click()
    expect(page.get_by_role("link", name="Home sooner")).to_have_count(0)


def correct(author: Page, enter: Enter, running: Hospital) -> None:
    author.get_by_text("Correct this post").click()
    author.get_by_label("What was wrong?").fill("The day was wrong.")
    author.get_by_role("button", name="Start the correction").click()
    author.get_by_label("Text", exact=True).fill(CORRECTED)
    author.get_by_role("button", name="Save and ask for clearance").click()
    correction = author.url
    for office in ("development", "public-affairs"):
        page = enter(office)
        page.goto(f"{running.url}/queue/{office}")
        clear_if_asked(page)
    author.goto(correction)
    publish(author)
    settled(author)


def clear_if_asked(page: Page) -> None:
    """A correction is asked of the offices that its own words call for."""
    if page.get_by_role("link", name="Home sooner").count():
        page.get_by_role("link", name="Home sooner").click()
        page.get_by_role("button", name="Grant this wording").click()


def publish(author: Page) -> None:
    tick(author, "for ever")
    author.get_by_role("button", name="Publish").click()


def tick(page: Page, label: str) -> None:
    """Tick a box by its label: the design system draws the box beside it."""
    page.locator(".usa-checkbox__label", has_text=label).click()


def settled(author: Page) -> str:
    """Where the post is, once the worker published it and the page showed that."""
    expect(author.get_by_text("Done", exact=True)).to_be_visible(timeout=30_000)
    link = author.get_by_role("link", name="Open the post")
    return link.get_attribute("href") or ""
