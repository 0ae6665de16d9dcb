import re
from collections.abc import Iterator
from functools import partial
from threading import BoundedSemaphore

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import Accessible, Picture
from tests.servers.flaky import Flaky, says
from wardline.channels.http import Http
from wardline.channels.original import LinkError, original
from wardline.web import fixes

CALM = "Saw a lovely sunset over the river."
MRN = "Thinking of my patient, MRN 4471903, tonight."
OPINION = "I am a nurse at Mass General and I think the new parking plan is a disgrace."
LINK = "See bit.ly/3xQ"
ADVICE = "Take 20 mg of your lisinopril tonight, trust me."
MENTION = "Mass General is the best hospital in Boston, go there."


def check(client: Client, text: str, **fields: str) -> HttpResponse:
    """The page after the Check button, from an employee's own network account."""
    given = {"mode": "personal", "channel": "network", "author_employer": "on"}
    answer: object = client.post("/check", {**given, "text": text, **fields})
    assert isinstance(answer, HttpResponse)
    return answer


def fix_in(answer: HttpResponse) -> str:
    """The value of the first button that applies a fix."""
    button = re.search(r'name="fix"\s+value="([^"]+)"', answer.content.decode())
    assert button
    return button[1]


def key_in(answer: HttpResponse) -> str:
    """What names the first link that can be looked up."""
    button = re.search(r'name="look-up"\s+value="([^"]+)"', answer.content.decode())
    assert button
    return button[1]


@pytest.fixture
def shortener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Flaky]:
    """A site on this machine to which "bit.ly" leads; it sends on to a paper."""
    with Flaky() as site:
        site.fault = says(200, b"<p>A paper")
        site.faults[1] = says(301, Location="/paper")
        host = site.url.removeprefix("http://")
        own = Http([host], deadline=2.0, hops=3)
        look_up = partial(_through, own, site.url)
        monkeypatch.setattr(fixes, "original", look_up)
        yield site


def _through(http: Http, url: str, link: str) -> str:
    """`original`, with the shortener's host in place of the link's."""
    try:
        return original(link.replace("bit.ly", url), http)
    except LinkError as error:
        raise LinkError(str(error).replace(url, "bit.ly"), permanent=True) from error


def words(answer: HttpResponse) -> str:
    """The page's words without its tags, as one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_empty_page_says_that_nothing_is_kept(client: Client) -> None:
    page: object = client.get("/check")
    assert isinstance(page, HttpResponse)
    assert "not stored, not logged" in words(page)
    assert page["Cache-Control"] == "no-store, private"


def test_a_text_in_the_address_is_not_read(client: Client) -> None:
    assert "4471903" not in client.get("/check", {"text": MRN}).content.decode()


@pytest.mark.clause("PERSONAL-08", "PERSONAL-10", by="wardline.web.check")
def test_nothing_to_change_leaves_one_question_to_the_author(client: Client) -> None:
    said = words(check(client, CALM))
    assert "Nothing to change." in said
    assert "A post stays for good" in said


def test_an_official_text_is_sent_on_to_a_draft(client: Client) -> None:
    assert "Write it as a draft" in words(check(client, CALM, mode="official"))


def test_a_finding_is_marked_and_explained(client: Client) -> None:
    answer = check(client, MRN)
    assert answer["Cache-Control"] == "no-store, private"
    assert re.search(r"<mark[^>]*>[^<]*4471903", answer.content.decode())
    said = words(answer)
    assert "1 thing to look at." in said
    assert "(POLICY-01)" in said


@pytest.mark.clause("PERSONAL-10", by="wardline.web.check")
def test_it_stores_nothing(
    client: Client, db: None, django_assert_num_queries: type
) -> None:
    with django_assert_num_queries(0):
        assert "to look at" in words(check(client, MRN))
    assert not client.session.keys()


@pytest.mark.clause("PERSONAL-13", "PERSONAL-14", by="wardline.web.fixes")
@pytest.mark.parametrize(
    ("channel", "line"),
    [
        ("blog", "The views expressed on this blog are my own and"),
        ("network", "The views expressed on this website are my own and"),
        ("microblog", "disgrace. Views my own, not my employer&#x27;s."),
    ],
)
def test_the_disclaimer_fits_the_channel_and_settles_the_finding(
    client: Client, channel: str, line: str
) -> None:
    offer = check(client, OPINION, channel=channel)
    assert "Add a disclaimer" in words(offer)
    fixed = check(client, OPINION, channel=channel, fix=fix_in(offer))
    assert line in fixed.content.decode()
    assert "Add a disclaimer" not in words(fixed)


@pytest.mark.clause("PERSONAL-16", "PERSONAL-17", "ETHICS-02", by="wardline.web.fixes")
@pytest.mark.parametrize(
    ("role", "line"),
    [
        ("", "I work at Mass General."),
        ("night nurse", "I work at Mass General as a night nurse."),
        ("ICU nurse", "I work at Mass General as an ICU nurse."),
        ("the head of security.", "I work at Mass General as the head of security."),
    ],
)
def test_the_disclosure_names_the_role(client: Client, role: str, line: str) -> None:
    offer = check(client, MENTION)
    assert "Say where I work" in words(offer)
    fixed = check(client, MENTION, author_role=role, fix=fix_in(offer))
    assert line in fixed.content.decode()
    assert "Say where I work" not in words(fixed)


def test_a_fix_is_offered_only_where_a_finding_asks_for_it(client: Client) -> None:
    assert 'name="fix"' not in check(client, ADVICE).content.decode()


def test_an_unknown_fix_changes_nothing(client: Client) -> None:
    assert CALM in check(client, CALM, fix="magic").content.decode()
    assert CALM in check(client, CALM, link="magic").content.decode()


def test_a_number_is_taken_out_with_one_click(client: Client) -> None:
    fixed = check(client, MRN, fix=fix_in(check(client, MRN)))
    assert (
        "Thinking of my patient, MRN [number removed], tonight."
        in fixed.content.decode()
    )
    assert "Nothing to change." in words(fixed)


def test_every_fix_can_be_applied_at_once(client: Client) -> None:
    text = f"{MRN} Call 617-555-0184 about the patient."
    assert "Apply every fix" in words(check(client, text))
    fixed = check(client, text, fix="all")
    assert "Nothing to change." in words(fixed)


def test_what_a_fix_changed_is_shown_and_can_be_undone(client: Client) -> None:
    text = f"Good evening.\r\n{MRN}"
    offer = check(client, text)
    assert "What changed" not in words(offer)
    fixed = check(client, text, fix=fix_in(offer))
    assert "removed: 4471903, added: [number removed]," in words(fixed)
    undo = re.search(r'name="undo"\s+value="([^"]+)"', fixed.content.decode())
    assert undo
    undone = check(client, "Something else", undo=undo[1])
    assert f">\nGood evening.\n{MRN}</textarea>" in undone.content.decode()


@pytest.mark.clause("PERSONAL-02", "POLICY-05", by="wardline.web.fixes")
def test_where_there_is_no_fix_it_says_who_can_tell(client: Client) -> None:
    page = check(client, ADVICE)
    assert "Whom to ask: Public Affairs" in words(page)
    assert 'href="mailto:public-affairs@' in page.content.decode()
    assert "Whom to ask" not in words(check(client, ADVICE, mode="official"))


@pytest.mark.clause("ETHICS-11", by="wardline.web.fixes")
def test_a_link_is_looked_up_only_when_asked_and_put_in_when_wanted(
    client: Client, monkeypatch: pytest.MonkeyPatch, shortener: Flaky
) -> None:
    text = "Our paper: bit.ly/3xQ and more"
    offer = check(client, text)
    assert "Look up where it leads" in words(offer)
    assert not shortener.seen
    found = check(client, text, **{"look-up": key_in(offer)})
    assert shortener.seen == ["HEAD /3xQ", "HEAD /paper"]
    direct = f"{shortener.url}/paper"
    assert f"It leads to {direct}" in words(found)
    put = check(client, text, link=f"{key_in(offer)} {direct}")
    assert f"Our paper: {direct} and more" in put.content.decode()


def test_a_link_that_cannot_be_looked_up_says_what_to_do(
    client: Client, shortener: Flaky
) -> None:
    shortener.fault = says(404)
    key = key_in(check(client, LINK))
    page = check(client, LINK, **{"look-up": key})
    assert "bit.ly/3xQ cannot be followed from here. Open it" in words(page)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", ""])
def test_only_a_web_address_is_put_in(client: Client, url: str) -> None:
    put = check(client, LINK, link=f"{key_in(check(client, LINK))} {url}")
    assert f">\n{LINK}</textarea>" in put.content.decode()


def test_too_many_look_ups_at_once_are_asked_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch, shortener: Flaky
) -> None:
    monkeypatch.setattr(fixes, "_LOOK_UPS", BoundedSemaphore(1))
    key = key_in(check(client, LINK))
    with fixes._LOOK_UPS:
        page = check(client, LINK, **{"look-up": key})
    assert "Try again in a minute." in words(page)
    assert not shortener.seen


@pytest.mark.clause("PERSONAL-02", by="wardline.web.check")
def test_the_question_leaves_a_patient_out(client: Client) -> None:
    asked = words(check(client, MRN)).partition("Question ")[2]
    assert "I leave the words out" in asked
    assert "4471903" not in asked


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "Type or paste your words first."),
        ({"text": "a" * 100_001}, "Check it in parts."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"text": "a", "mode": "x"}, "Select a valid choice."),
        ({"text": "a", "channel": ""}, "This field is required."),
    ],
)
def test_bad_input_is_told_beside_the_field(
    client: Client, fields: dict[str, str], told: str
) -> None:
    answer = check(client, **{"text": "", **fields})
    assert answer.status_code == 200
    assert told in words(answer)
    assert "This was not checked yet." in words(answer)


def test_a_forged_form_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert check(strict, CALM).status_code == 403


def test_findings_come_while_typing_and_one_click_settles_them(
    page: Page, live_server: LiveServer, accessible: Accessible, picture: Picture
) -> None:
    page.goto(f"{live_server}/check")
    accessible(page)
    text = page.get_by_label("Your words")
    expect(text).to_be_focused()
    page.keyboard.type(OPINION)
    expect(page.locator("mark")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 thing to look at.")
    accessible(page)
    picture(page, "check-fix")
    page.get_by_role("button", name="Add a disclaimer").press("Enter")
    expect(text).to_have_value(re.compile("on this website are my own"))
    expect(page.get_by_role("heading", name="What changed")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Nothing to change.")
    accessible(page)
    picture(page, "check-clean")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_have_value(OPINION)


def test_a_mark_leads_to_its_finding_on_a_phone(
    phone: Page, live_server: LiveServer, accessible: Accessible, picture: Picture
) -> None:
    phone.goto(f"{live_server}/check")
    phone.get_by_label("Your words").fill(f"{MRN}\n\n{MENTION}")
    expect(phone.get_by_role("link", name="2 things to look at.")).to_be_visible()
    phone.get_by_role("link", name="finding 1").click()
    expect(phone.locator("#finding-1")).to_be_in_viewport()
    expect(phone.get_by_role("button", name="Apply every fix")).to_be_visible()
    phone.get_by_text("Still unsure?").click()
    accessible(phone)
    room = phone.evaluate("innerWidth - document.documentElement.scrollWidth")
    assert room >= 0
    picture(phone, "check-phone")


def test_no_check_of_the_old_words_overtakes_a_fix(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server}/check")
    text = page.get_by_label("Your words")
    text.fill(MRN)
    button = page.get_by_role("button", name="Take the record number out")
    expect(button).to_be_visible()
    page.clock.install()
    held: list[Route] = []
    page.route("**/check", lambda route: held.append(route))  # noqa: PLW0108
    text.press_sequentially(" ")
    with page.expect_request("**/check"):
        button.click()
    page.clock.run_for(1000)  # the words would have been checked again by now
    [fix] = held
    fix.continue_()
    page.unroute("**/check")
    expect(text).to_have_value(re.compile("number removed"))
    expect(page.get_by_role("status")).to_have_text("Nothing to change.")


def test_the_number_of_a_mark_stays_with_its_last_word(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server}/check")
    page.get_by_label("Your words").fill(f"{ADVICE} {MRN}")
    expect(page.locator("mark")).to_have_count(2)
    torn = page.locator(".wl-preview").evaluate(
        """preview => {
            const torn = [], range = document.createRange();
            for (let width = 160; width < 400; width += 2) {
                preview.style.width = `${width}px`;
                for (const number of preview.querySelectorAll("mark > a")) {
                    const words = number.previousSibling;
                    range.setStart(words, words.length - 1);
                    range.setEnd(words, words.length);
                    const below = number.getBoundingClientRect().top
                        - range.getBoundingClientRect().top;
                    if (below > 10) torn.push(width);
                }
            }
            return torn;
        }"""
    )
    assert not torn


def test_a_link_is_looked_up_on_a_phone(
    phone: Page,
    live_server: LiveServer,
    accessible: Accessible,
    picture: Picture,
    shortener: Flaky,
) -> None:
    phone.goto(f"{live_server}/check")
    text = phone.get_by_label("Your words")
    text.fill(f"Our new paper on salt: bit.ly/3xQ\n\n{ADVICE}")
    look_up = phone.get_by_role("button", name="Look up where it leads")
    expect(look_up).to_be_visible()
    accessible(phone)
    picture(phone, "check-link-phone")
    look_up.press("Enter")
    expect(phone.get_by_text("It leads to")).to_be_visible()
    accessible(phone)
    picture(phone, "check-link-found-phone")
    phone.get_by_role("button", name="Link this page instead").click()
    expect(text).to_have_value(re.compile(f"on salt: {shortener.url}/paper\n"))


def test_the_check_works_without_scripts(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{live_server}/check")
    plain.get_by_label("Your words").fill(OPINION)
    plain.get_by_role("button", name="Check").click()
    plain.get_by_role("button", name="Add a disclaimer").click()
    expect(plain.get_by_label("Your words")).to_have_value(re.compile("are my own"))
    context.close()
