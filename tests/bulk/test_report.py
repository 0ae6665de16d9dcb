"""The HTML report, in a real browser, on a desk and on a phone."""

from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser import DESKTOP, PHONE, Accessible, Picture
from wardline.bulk import Summary, report
from wardline.bulk.summary import Account
from wardline.bulk.tally import Month

EMPTY = Summary(("posts.csv",), "0" * 64, 5, 0, 0, 0, {}, {}, (), 0, {})
FULL = msgspec.structs.replace(
    EMPTY,
    posts=12_345,
    flagged=1_234,
    findings=1_300,
    refused=3,
    topics={"patient-privacy": 900, "outside-contact": 400},
    severities={"advise": 1_300},
    accounts=tuple(Account(f"@account-{n:02}-{'x' * n}", 100 - n) for n in range(60)),
    accounts_flagged=75,
    months={f"2026-{n:02}": Month(1_000 * n, 100 + n) for n in range(1, 13)},
)
TITLES = {"outside-contact": "Contact with press, police and regulators"}


def test_nothing_found_draws_nothing() -> None:
    page = report(msgspec.structs.replace(EMPTY, months={"2026-01": Month(5)}), TITLES)
    assert "<svg" not in page
    assert "Nothing was found." in page
    assert "<dt>posts screened</dt><dd>5</dd>" in page


def test_it_says_how_grave_the_findings_are() -> None:
    mixed = msgspec.structs.replace(FULL, severities={"advise": 1_200, "hold": 100})
    said = "100 are holds; 1,200 are advice."
    assert f"Of the findings, {said}" in report(mixed, TITLES)


def test_names_are_text_and_never_markup() -> None:
    bad = msgspec.structs.replace(EMPTY, accounts=(Account("<script>alert(1)", 1),))
    assert "<script" not in report(bad, TITLES)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_reads_well_anywhere(
    browser: Browser,
    accessible: Accessible,
    picture: Picture,
    tmp_path: Path,
    viewport: ViewportSize,
) -> None:
    file = tmp_path / "report.html"
    file.write_text(report(FULL, TITLES), "utf-8")
    page = browser.new_page(viewport=viewport)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(file.as_uri())
    picture(page, f"archive-report-{viewport['width']}")
    accessible(page)
    for figures in page.get_by_text("All figures").all():
        figures.click()
    assert seen == [file.as_uri()]
    assert page.locator("svg").count() == 3
    assert page.get_by_role("row", name="2026-12 12,000 112 0.9%").count() == 1
    assert page.get_by_text("15 more accounts").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    accessible(page)
    page.close()
