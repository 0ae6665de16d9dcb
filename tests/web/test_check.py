import re

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import Accessible, Picture
from wardline.web.check import question

CALM = "Saw a lovely sunset over the river."
MRN = "Thinking of MRN 4471903 tonight."
OPINION = "I am a nurse at Mass General and I think the new parking plan is a disgrace."
MENTION = "Mass General is the best hospital in Boston, go there."


def check(client: Client, text: str, **fields: str) -> HttpResponse:
    """The page after the Check button, from an employee's own network account."""
    given = {"mode": "personal", "channel": "network", "author_employer": "on"}
    answer: object = client.post("/check", {**given, "text": text, **fields})
    assert isinstance(answer, HttpResponse)
    return answer


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
    offered = check(client, OPINION, channel=channel)
    assert 'value="disclaimer"' in offered.content.decode()
    fixed = check(client, OPINION, channel=channel, fix="disclaimer")
    assert line in fixed.content.decode()
    assert 'value="disclaimer"' not in fixed.content.decode()


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
    assert 'value="disclosure"' in check(client, MENTION).content.decode()
    fixed = check(client, MENTION, author_role=role, fix="disclosure")
    assert line in fixed.content.decode()
    assert 'value="disclosure"' not in fixed.content.decode()


def test_a_fix_is_offered_only_where_a_finding_asks_for_it(client: Client) -> None:
    assert 'name="fix"' not in check(client, MRN).content.decode()


def test_an_unknown_fix_changes_nothing(client: Client) -> None:
    assert CALM in check(client, CALM, fix="magic").content.decode()


@pytest.mark.clause("PERSONAL-02", by="wardline.web.check")
def test_the_question_leaves_a_patient_out(client: Client) -> None:
    asked = words(check(client, MRN)).partition("Question ")[2]
    assert "I leave the words out" in asked
    assert "4471903" not in asked
    assert CALM in question([], CALM)


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
    page.get_by_role("button", name="Add a disclaimer").press("Enter")
    expect(text).to_have_value(re.compile("on this website are my own"))
    expect(text).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Nothing to change.")
    accessible(page)
    picture(page, "check-clean")


def test_a_mark_leads_to_its_finding_on_a_phone(
    phone: Page, live_server: LiveServer, accessible: Accessible, picture: Picture
) -> None:
    phone.goto(f"{live_server}/check")
    phone.get_by_label("Your words").fill(f"{MRN}\n\n{MENTION}")
    phone.get_by_role("link", name="finding 1").click()
    expect(phone.locator("#finding-1")).to_be_in_viewport()
    phone.get_by_text("Still unsure?").click()
    accessible(phone)
    picture(phone, "check-phone")


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
