"""Readers say what is wrong; the unit or Public Affairs decides, and a clock runs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.newsroom import Newsroom
from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.publishing.deadlines import clock_of, clock_of_report, median_lately
from wardline.publishing.errors import PublishingError
from wardline.publishing.finding import published_at
from wardline.publishing.models import Draft, ErrorReport, FollowUp, Publication
from wardline.publishing.steps.cancel_draft import cancel_draft
from wardline.publishing.steps.close_follow_up import close_follow_up
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide_report import (
    accept_report,
    dismiss_report,
    withdraw_reported,
)
from wardline.publishing.steps.report_error import (
    MOST_OF_A_POST,
    READER,
    Report,
    report_error,
)
from wardline.publishing.steps.tell_privacy import tell_privacy
from wardline.publishing.steps.withdraw import withdraw

WRONG = "The clinic is on Thursday, and Ann Lee is in the picture."
RIGHT = "Flu shots are on Thursday."


@pytest.fixture
def post(write: Callable[..., Draft], newsroom: Newsroom) -> Draft:
    """A published post with a wrong day in it."""
    return newsroom.publish(write("Flu shots are on Tuesday."))


@pytest.fixture
def report(post: Draft) -> ErrorReport:
    return report_error(READER, post, Report(WRONG))


def hours_ago(report: ErrorReport, hours: int) -> None:
    report.at = timezone.now() - timedelta(hours=hours)
    report.save()


def test_nothing_reported_is_nothing_to_do(post: Draft) -> None:
    assert median_lately() is None
    assert not post.error_reports.exists()


def test_a_report_is_kept_without_its_words_in_the_audit(report: ErrorReport) -> None:
    entry = Entry.objects.get(action="error-report.received")
    assert (report.state, entry.actor_name) == ("received", "A reader")
    assert "Ann Lee" not in f"{entry.target_name} {entry.detail}"
    assert "Ann Lee" not in repr(Report(WRONG))


@pytest.mark.parametrize(("text", "why"), [(" ", "Say what"), ("x" * 2001, "too long")])
def test_a_report_says_something_and_not_too_much(
    post: Draft, text: str, why: str
) -> None:
    with pytest.raises(PublishingError, match=why):
        report_error(READER, post, Report(text))


def test_what_is_not_out_cannot_be_reported(
    write: Callable[..., Draft], post: Draft, newsroom: Newsroom
) -> None:
    withdraw(newsroom.author.actor, post, reason="Wrong.")
    for draft in (write(), post):
        with pytest.raises(PublishingError, match="not published"):
            report_error(READER, draft, Report(WRONG))


def test_of_one_post_only_so_many_reports_wait(post: Draft) -> None:
    for _ in range(MOST_OF_A_POST):
        report_error(READER, post, Report(WRONG))
    with pytest.raises(PublishingError, match="Many readers"):
        report_error(READER, post, Report(WRONG))


@pytest.mark.parametrize(
    "spelling", ["{url}", "{url}/?utm_source=x", "HTTPS://WWW.POSTS.EXAMPLE/{pk}#top"]
)
def test_a_post_is_found_by_its_address_in_any_spelling(
    post: Draft, spelling: str
) -> None:
    row = post.publications.get()
    number = row.remote_url.rpartition("/")[2]
    found = published_at(spelling.format(url=row.remote_url, pk=number))
    assert found == row


def test_an_address_that_is_none_of_ours_finds_nothing(post: Draft) -> None:
    assert published_at("https://posts.example/other") is None
    assert published_at("https://posts.example") is None


def test_an_author_accepts_and_the_correction_begins(
    report: ErrorReport, author: Person
) -> None:
    fix = accept_report(author.actor, report, reason="The day was wrong.")
    report.refresh_from_db()
    assert fix
    assert (report.state, report.correction) == ("accepted", fix)
    assert (fix.corrects, fix.reason) == (report.post, "The day was wrong.")


def test_public_affairs_accepts_and_the_unit_gets_a_task_that_its_correction_closes(
    report: ErrorReport, author: Person, clearer: Person
) -> None:
    assert accept_report(clearer.actor, report, reason="-") is None
    task = FollowUp.objects.get(kind="correct")
    assert (task.state, task.draft) == ("open", report.post)
    fix = start_correction(author.actor, report.post, reason="The day was wrong.")
    task.refresh_from_db()
    report.refresh_from_db()
    assert (task.state, report.correction) == ("done", fix)


def test_a_second_report_is_settled_by_the_correction_that_is_open(
    post: Draft, report: ErrorReport, author: Person
) -> None:
    other = report_error(READER, post, Report("Thursday!"))
    fix = accept_report(author.actor, report, reason="The day was wrong.")
    assert accept_report(author.actor, other, reason="The day was wrong.") == fix


def test_a_correction_that_was_given_up_settles_nothing(
    report: ErrorReport, author: Person
) -> None:
    fix = accept_report(author.actor, report, reason="The day was wrong.")
    assert fix
    cancel_draft(author.actor, fix)
    report.refresh_from_db()
    assert clock_of_report(report).ended is None
    again = start_correction(author.actor, report.post, reason="The day was wrong.")
    report.refresh_from_db()
    assert report.correction == again


def test_a_report_is_dismissed_with_a_note(report: ErrorReport, author: Person) -> None:
    with pytest.raises(PublishingError, match="why"):
        dismiss_report(author.actor, report, note=" ")
    dismiss_report(author.actor, report, note="Tuesday is right.")
    assert (report.state, report.note) == ("dismissed", "Tuesday is right.")
    assert clock_of_report(report).ended == report.decided_at


def test_nobody_else_decides(report: ErrorReport, outsider: Person) -> None:
    with pytest.raises(DeniedError):
        accept_report(outsider.actor, report, reason="Hm.")
    with pytest.raises(DeniedError):
        dismiss_report(outsider.actor, report, note="Hm.")
    with pytest.raises(DeniedError):
        withdraw_reported(outsider.actor, report)


@pytest.mark.clause("ETHICS-05", by="wardline.publishing.deadlines")
def test_the_clock_runs_from_the_first_report_to_the_last_account(
    post: Draft, report: ErrorReport, newsroom: Newsroom
) -> None:
    hours_ago(report, 3)
    assert not clock_of_report(report).ended
    fix = newsroom.fix(post, RIGHT)
    accept_report(newsroom.author.actor, report, reason="-")
    assert clock_of(fix).ended is None
    newsroom.publish(fix)
    clock = clock_of(fix)
    assert clock.reported
    assert clock.took // timedelta(hours=1) == 3
    assert not clock.late
    assert clock_of_report(report).ended == clock.ended


def test_without_a_report_the_clock_runs_from_the_start_of_the_correction(
    post: Draft, newsroom: Newsroom
) -> None:
    clock = clock_of(newsroom.correct(post, RIGHT))
    assert not clock.reported
    assert clock.took < timedelta(minutes=1)


@pytest.mark.clause("ETHICS-05", by="wardline.publishing.deadlines")
@pytest.mark.parametrize(("hours", "late"), [(23, False), (25, True)])
def test_what_takes_longer_than_it_should_is_late(
    report: ErrorReport, hours: int, *, late: bool
) -> None:
    hours_ago(report, hours)
    assert clock_of_report(report).late is late


def test_the_median_is_of_what_was_finished_lately(
    post: Draft, newsroom: Newsroom
) -> None:
    for text, hours in (("One.", 1), ("Two.", 2), ("Three.", 9)):
        report = report_error(READER, post, Report(WRONG))
        hours_ago(report, hours)
        accept_report(newsroom.author.actor, report, reason=text)
        fix = post.corrections.get(state="editing")
        newsroom.publish(fix)
        post.refresh_from_db()
    median = median_lately()
    assert median
    assert median // timedelta(hours=1) == 2
    Publication.objects.update(finished_at=timezone.now() - timedelta(days=91))
    assert median_lately() is None


def test_a_withdrawal_settles_what_was_reported(
    report: ErrorReport, author: Person
) -> None:
    withdraw(author.actor, report.post, reason="It was all wrong.")
    report.refresh_from_db()
    assert report.state == "accepted"
    assert clock_of_report(report).ended


@pytest.mark.clause("POLICY-01", by="wardline.publishing.withdrawal")
def test_patient_data_that_a_reader_saw_is_taken_down_at_once_and_told_without_a_word_of_it(
    report: ErrorReport, author: Person, privacy_officer: Person
) -> None:
    withdraw_reported(author.actor, report)
    post = Draft.objects.get(pk=report.post_id)
    assert (post.state, post.restricted) == ("withdrawn", True)
    assert Publication.objects.filter(action="withdraw", state="due").exists()
    now = timezone.now()
    assert tell_privacy(now)
    assert not tell_privacy(now)
    (letter,) = mail.outbox
    assert letter.to == ["privacy-office@massgeneral.org"]
    words = f"{letter.subject} {letter.body}"
    assert f"/drafts/{post.pk}" in words
    assert not [word for word in ("Flu", "Tuesday", "Ann", "Thursday") if word in words]
    open_ones = FollowUp.objects.filter(draft=post, state="open")
    (task,) = open_ones
    assert task.kind == "patient-data"
    with pytest.raises(DeniedError):
        close_follow_up(author.actor, task)
    close_follow_up(privacy_officer.actor, task)


def test_a_letter_that_cannot_be_sent_stays_open_and_is_tried_again(
    report: ErrorReport, author: Person, settings: object
) -> None:
    withdraw_reported(author.actor, report)
    backend = "tests.publishing.test_error_reports.NoServer"
    settings.EMAIL_BACKEND = backend  # type: ignore[attr-defined]
    now = timezone.now()
    assert tell_privacy(now)
    assert not tell_privacy(now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert tell_privacy(now + timedelta(minutes=11))
    assert len(mail.outbox) == 1
    assert not FollowUp.objects.filter(kind="tell-privacy", state="open").exists()


class NoServer:
    """A mail server that does not answer."""

    def __init__(self, **_given: object) -> None: ...

    def send_messages(self, _messages: list[object]) -> int:
        raise ConnectionRefusedError


def test_an_accepted_report_is_not_forgotten_when_its_correction_is_given_up(
    report: ErrorReport, newsroom: Newsroom
) -> None:
    actor = newsroom.author.actor
    fix = accept_report(actor, report, reason="The day was wrong.")
    assert fix
    cancel_draft(actor, fix)
    task = report.post.follow_ups.get()
    assert (task.kind, task.state) == ("correct", "open")
    start_correction(actor, report.post, reason="The day was wrong.")
    task.refresh_from_db()
    assert task.state == "done"
