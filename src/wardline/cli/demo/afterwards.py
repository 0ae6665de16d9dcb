"""What comes after a post is out: corrections, reports, withdrawals and dead links."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from wardline.audit.record import SYSTEM
from wardline.channels.original import Looked
from wardline.cli.demo.desk import Desk, day
from wardline.cli.demo.hospital import Hospital
from wardline.publishing.follow import follow_up
from wardline.publishing.links import DEAD_LINK, EVERY, keep
from wardline.publishing.models import ErrorReport
from wardline.publishing.revisions import content_of
from wardline.publishing.steps.decide_report import accept_report
from wardline.publishing.steps.report_error import READER, Report, report_error
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.withdraw import withdraw

LIST = "https://heart-lists.example/2024/top-ten"


def fill(made: Hospital) -> None:
    """One of each; what the public reads of them is of today, as in the record."""
    desk = Desk(made)
    _corrected(desk)
    _withdrawn(desk)
    _reported(desk)
    _dead_link(desk)


def _corrected(desk: Desk) -> None:
    """A reader saw the wrong day; three hours later the correction was out."""
    author = desk.made.actor("author")
    post = desk.cleared(
        "Learn to save a life",
        "Our next CPR course is on Tuesday, December 1, at 6 pm.\n\n"
        "- It is free.\n- It takes two hours.\n- Anybody can come.",
        "page",
        "blog",
    )
    desk.post(post, day(-6, 9))
    report = report_error(
        READER, post, Report("December 1 is when I am told Thursday.")
    )
    earlier = timezone.now() - timedelta(hours=3)
    ErrorReport.objects.filter(pk=report.pk).update(at=earlier)
    accept_report(author, report, reason="The day was wrong.")
    fix = post.corrections.get()
    text = post.text.replace("Tuesday, December 1", "Thursday, December 3")
    content = replace(content_of(fix.revision), text=text)
    edit_draft(author, fix, content, version=fix.version)
    fix.refresh_from_db()
    desk.clear(fix)
    desk.post(fix)


def _withdrawn(desk: Desk) -> None:
    post = desk.cleared(
        "Free parking on Friday", "The garage is free for everybody on Friday."
    )
    desk.post(post, day(-5, 8))
    reason = "There is no free parking: we mixed up two weeks."
    withdraw(desk.made.actor("author"), post, reason=reason)
    for row in post.publications.filter(action="withdraw"):
        desk.come_out(row)


def _reported(desk: Desk) -> None:
    """It waits for the unit to decide."""
    post = desk.cleared(
        "What a valve does",
        "Four valves open and close about a hundred times a day.",
        "blog",
    )
    desk.post(post, day(-2, 10))
    wrong = "A hundred thousand times a day, surely, not a hundred?"
    report = report_error(READER, post, Report(wrong), desk.made.accounts["blog"])
    earlier = timezone.now() - timedelta(hours=5)
    ErrorReport.objects.filter(pk=report.pk).update(at=earlier)


def _dead_link(desk: Desk) -> None:
    """The page that a post links is gone since."""
    post = desk.cleared(
        "Ten foods for your heart", f"We liked this list: {LIST} What is yours?", "blog"
    )
    desk.post(post, day(-20, 10))
    gone = keep(post, LIST, Looked("dead", detail="The site says it is gone (410)."))
    gone.failures = 2
    gone.due_at = timezone.now() + EVERY
    gone.save()
    what = f"A link in this post is dead: {LIST} Correct the post."
    follow_up(SYSTEM, post, DEAD_LINK, what, subject=LIST, within=EVERY)
