import pytest
from playwright.sync_api import Browser, Page

from tests.browser import DESKTOP, Accessible, Picture, opened

GOOD = "<!doctype html><html lang=en><title>A</title><main><h1>A</h1></main>"


def test_a_plain_page_is_accessible_and_complains_of_nothing(
    page: Page, accessible: Accessible, picture: Picture
) -> None:
    page.set_content(GOOD)
    accessible(page)
    picture(page, "plain")


def test_an_image_without_words_is_named_as_the_violation(
    page: Page, accessible: Accessible
) -> None:
    page.set_content(GOOD.replace("</main>", "<img src='data:,'></main>"))
    with pytest.raises(AssertionError, match="image-alt"):
        accessible(page)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('broken')", "broken"),
        ("setTimeout(() => { throw Error('thrown') })", "thrown"),
        ("fetch('http://198.51.100.7/').catch(() => 0)", "198.51.100.7"),
    ],
)
def test_a_page_that_complains_fails_its_test(
    browser: Browser, script: str, complaint: str
) -> None:
    with pytest.raises(AssertionError, match=complaint):
        run_script(browser, script)


def run_script(browser: Browser, script: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.set_content(f"{GOOD}<script>{script}</script>")
        page.wait_for_function("1")
