"""From a reader's report to a correction that everybody can read."""

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.newsroom import Newsroom
from tests.web.conftest import Look, SignIn, body
from wardline.people.allowance import Allowance
from wardline.people.models import Person
from wardline.publishing.models import Draft, ErrorReport
from wardline.publishing.revisions import content_of
from wardline.publishing.steps.report_error import READER, Report, report_error
from wardline.publishing.steps.save_draft import edit_draft
from wardline.web import report_error as page_module

TEXT = "Flu shots are on Tuesday in the lobby."
WRONG = "It is on Thursday, says the door."


@pytest.fixture(autouse=True)
def fresh_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "reports", Allowance())


@pytest.fixture
def post(write: Callable[..., Draft], newsroom: Newsroom) -> Draft:
    return newsroom.publish(write(TEXT))


@pytest.fixture
def url(post: Draft) -> str:
    return post.publications.get().remote_url


@pytest.mark.django_db
def test_nothing_sent_is_a_form_that_warns_of_patient_data(client: Client) -> None:
    page = body(client, "/report-error?url=https://posts.example/7")
    assert 'value="https://posts.example/7"' in page
    assert "Write nothing about a patient" in page


@pytest.mark.clause("ETHICS-05", by="wardline.web.report_error")
def test_anybody_reports_by_the_address_of_the_post(
    client: Client, post: Draft, url: str
) -> None:
    answer = client.post("/report-error", {"url": url, "text": WRONG})
    report = ErrorReport.objects.get()
    assert (report.post, report.text, report.contact) == (post, WRONG, "")
    assert report.account == post.accounts.get()
    assert answer["Location"] == f"/report-error/received/{report.pk}"
    page = body(client, answer["Location"])
    assert f"number {report.pk}" in page
    assert "Set-Cookie" not in client.get(answer["Location"]).headers
    assert WRONG not in page


def test_from_the_page_of_a_post_no_address_is_asked(
    client: Client, post: Draft
) -> None:
    address = f"/report-error?post={post.public_id}"
    assert 'name="url"' not in body(client, address)
    client.post(address, {"text": WRONG})
    assert ErrorReport.objects.get().post == post


def test_who_reports_what_is_not_ours_is_told_where_to_turn(
    client: Client, post: Draft
) -> None:
    given = {"url": "https://posts.example/other", "text": WRONG}
    page = client.post("/report-error", given).content.decode()
    assert "We published nothing at this address" in page
    assert "public-affairs@massgeneral.org" in page
    assert WRONG in page
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": "heart", "text": WRONG}, "is not the address of a page"),
        ({"url": "", "text": WRONG}, "Paste the address"),
        ({"text": ""}, "Say what is wrong"),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"contact": "me"}, "Enter a valid email"),
        ({"website": "https://spam.example"}, "Leave the last field empty"),
    ],
)
def test_what_cannot_be_kept_is_said_on_the_form(
    client: Client, url: str, given: dict[str, str], said: str
) -> None:
    sent = {"url": url, "text": WRONG, **given}
    assert said in client.post("/report-error", sent).content.decode()
    assert not ErrorReport.objects.exists()


def test_reports_are_limited_by_the_minute(client: Client, url: str) -> None:
    for _ in range(page_module.REPORTS + 1):
        answer = client.post("/report-error", {"url": url, "text": WRONG})
    assert "Too many reports" in answer.content.decode()
    assert ErrorReport.objects.count() == page_module.REPORTS


def test_a_report_from_another_site_is_refused(url: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    given = {"url": url, "text": WRONG}
    assert strict.post("/report-error", given).status_code == 403


def test_no_word_of_a_report_is_logged(
    client: Client, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/report-error", {"url": url, "text": WRONG, "contact": "a@b.org"})
    assert WRONG not in caplog.text
    assert "a@b.org" not in caplog.text


def test_unit_and_public_affairs_see_what_waits_with_its_age(
    client: Client, post: Draft, author: Person, clearer: Person, outsider: Person
) -> None:
    report = report_error(READER, post, Report(WRONG))
    ErrorReport.objects.update(at=timezone.now() - timedelta(days=2))
    for person in (author, clearer):
        client.force_login(person)
        for page in ("/", "/error-reports"):
            shown = body(client, page)
            assert f"/error-reports/{report.pk}" in shown
            assert "2 days ago" in shown
            assert "Late" in shown
    client.force_login(outsider)
    assert f"/error-reports/{report.pk}" not in body(client, "/error-reports")
    assert client.get(f"/error-reports/{report.pk}").status_code == 403


def test_after_patient_data_was_withdrawn_only_the_privacy_office_reads_the_report(
    client: Client, post: Draft, author: Person, privacy_officer: Person
) -> None:
    report = report_error(READER, post, Report(WRONG))
    client.force_login(author)
    client.post(f"/error-reports/{report.pk}/withdraw")
    assert Draft.objects.get(pk=post.pk).restricted
    assert client.get(f"/error-reports/{report.pk}").status_code == 403
    assert post.title not in body(client, "/error-reports")
    client.force_login(privacy_officer)
    assert WRONG in body(client, f"/error-reports/{report.pk}")


def test_dismissing_says_why(client: Client, post: Draft, author: Person) -> None:
    report = report_error(READER, post, Report(WRONG))
    client.force_login(author)
    address = f"/error-reports/{report.pk}/dismiss"
    assert "Say in a sentence" in client.post(address).content.decode()
    client.post(address, {"note": "Tuesday is right."})
    assert "Tuesday is right." in body(client, f"/error-reports/{report.pk}")


def test_an_auditor_reads_reports_and_decides_nothing(
    client: Client, post: Draft, auditor: Person
) -> None:
    report = report_error(READER, post, Report(WRONG))
    client.force_login(auditor)
    page = body(client, f"/error-reports/{report.pk}")
    assert WRONG in page
    assert "<form method" not in page.partition("<main")[2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("ETHICS-05", by="wardline.web.error_reports")
def test_from_a_report_to_the_correction_that_all_can_read(
    page: Page,
    visitor: Page,
    live_server: LiveServer,
    post: Draft,
    url: str,
    newsroom: Newsroom,
    sign_in: SignIn,
    look: Look,
) -> None:
    visitor.goto(f"{live_server.url}/report-error")
    look(visitor, "report-error")
    visitor.get_by_label("Address of the post").fill(url + "x")
    visitor.get_by_label("What is wrong?").fill(WRONG)
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_text("We published nothing")).to_be_visible()
    look(visitor, "report-error-unknown")
    visitor.get_by_label("Address of the post").fill(url)
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_text("Your report has the number")).to_be_visible()
    look(visitor, "report-error-received")

    sign_in(page, newsroom.author)
    expect(page.get_by_text("Readers say that something is wrong")).to_be_visible()
    look(page, "dashboard-reports")
    page.goto(f"{live_server.url}/error-reports")
    look(page, "error-reports")
    page.get_by_role("link", name=post.title).click()
    look(page, "error-report")
    page.get_by_label("What was wrong?").fill("The day was wrong.")
    page.get_by_role("button", name="Accept and start the correction").click()
    expect(page).to_have_url(re.compile(r"/drafts/\d+/edit"))

    fix = post.corrections.get()
    _correct(newsroom, fix)
    page.goto(f"{live_server.url}/drafts/{fix.pk}")
    expect(page.get_by_text("after a reader reported it")).to_be_visible()

    visitor.goto(f"{live_server.url}/corrections")
    look(visitor, "corrections-index")
    visitor.get_by_role("link", name="Correction: Flu shots").click()
    expect(visitor.get_by_text("after it was reported")).to_be_visible()
    visitor.get_by_text("This version in full").click()
    look(visitor, "corrections-full")
    assert "The day was wrong." in Client().get("/corrections.atom").content.decode()


def _correct(newsroom: Newsroom, fix: Draft) -> None:
    """The author's edit, the clearance and the worker's sending."""
    content = content_of(fix.revision)
    new = replace(content, text=content.text.replace("Tuesday", "Thursday"))
    edit_draft(newsroom.author.actor, fix, new, version=fix.version)
    fix.refresh_from_db()
    newsroom.publish(fix)


def test_a_readers_address_adds_nothing_to_the_letter_to_them(
    client: Client, post: Draft, author: Person
) -> None:
    contact = "a?bcc=all&body=hi@b.example"
    row = report_error(READER, post, Report(WRONG, contact))
    client.force_login(author)
    page = body(client, f"/error-reports/{row.pk}")
    assert 'href="mailto:a%3Fbcc%3Dall%26body%3Dhi@b.example"' in page
