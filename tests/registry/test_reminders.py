"""When an account is reminded of, due for review and escalated; and its letters."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from wardline.audit.models import Entry
from wardline.people.models import Membership, Person
from wardline.registry.models import Account, Task
from wardline.registry.notices import Notice
from wardline.registry.particulars import Particulars
from wardline.registry.reminders import stage
from wardline.registry.steps.certify import EVERY, certify
from wardline.registry.steps.propose_change import propose_change, take_back
from wardline.registry.steps.register_account import change_account, register_account
from wardline.registry.steps.remind import remind
from wardline.registry.steps.report_compromised import report_compromised
from wardline.registry.steps.restore_account import restore_account
from wardline.registry.steps.review_due import review_due
from wardline.registry.steps.review_version import return_version
from wardline.registry.steps.send_notice import AGAIN_AFTER, send_notice
from wardline.registry.steps.step_in import step_in
from wardline.registry.steps.tasks import close_task
from wardline.registry.steps.watch_owners import watch_owners

DAY = timedelta(days=1)
BROKEN = "tests.registry.broken_mail.Backend"


@pytest.fixture
def account(particulars: Particulars, registrar: Person) -> Account:
    return register_account(registrar.actor, particulars)


@pytest.fixture
def ends(account: Account) -> datetime:
    """When the account's certification ends."""
    assert account.certified_at
    return account.certified_at + EVERY


def kinds() -> list[str]:
    return [notice.kind for notice in Notice.objects.all()]


def sent(now: datetime) -> list[str]:
    """The subjects of all that goes out now."""
    mail.outbox.clear()
    while send_notice(now):
        pass
    return [str(each.subject) for each in mail.outbox]


def test_nobody_is_reminded_of_what_is_far_off(ends: datetime) -> None:
    now = ends - 15 * DAY
    review_due(now)
    remind(now)
    watch_owners()
    assert (kinds(), sent(now)) == ([], [])
    assert Account.objects.get().state == "active"


@pytest.mark.parametrize(
    ("left", "kind"),
    [
        (14 * DAY + timedelta(seconds=1), ""),
        (14 * DAY, "certify-14"),
        (8 * DAY, "certify-14"),
        (7 * DAY, "certify-7"),
        (DAY, "certify-1"),
        (timedelta(seconds=1), "certify-1"),
        (timedelta(0), "due-for-review"),
        (-13 * DAY, "due-for-review"),
        (-14 * DAY, "escalated"),
    ],
)
def test_what_is_called_for_depends_on_the_days_left(
    left: timedelta, kind: str
) -> None:
    now = timezone.now()
    assert stage(now + left, now) == kind


def test_each_reminder_goes_out_once_and_is_on_record(
    account: Account, ends: datetime
) -> None:
    letters = []
    for left in (14, 13, 7, 6, 1):
        now = ends - left * DAY
        remind(now)
        remind(now)
        letters.append(len(sent(now)))
    assert letters == [1, 0, 1, 0, 1]
    assert kinds() == ["certify-14", "certify-7", "certify-1"]
    assert Entry.objects.filter(action="account.remind").count() == 3


def test_what_could_not_be_sent_gives_way_to_a_newer_reminder(ends: datetime) -> None:
    remind(ends - 7 * DAY)
    remind(ends - DAY)
    assert len(sent(ends - DAY)) == 1
    assert kinds() == ["certify-1"]


def test_after_a_standstill_only_the_newest_reminder_is_sent(
    account: Account, ends: datetime
) -> None:
    remind(ends - 5 * DAY)
    assert kinds() == ["certify-7"]


def test_a_letter_goes_to_owner_and_deputy_with_a_link_and_no_notes(
    account: Account, ends: datetime, settings: LazySettings
) -> None:
    settings.SITE_URL = "https://wardline.example"
    Account.objects.update(name="Heart\r\nBcc: x@evil.example", notes="Lent password")
    remind(ends - 7 * DAY)
    (subject,) = sent(ends - 7 * DAY)
    letter = mail.outbox[0]
    assert "\n" not in subject
    assert letter.to == ["amara.author@massgeneral.org", "mo.derator@massgeneral.org"]
    assert f"https://wardline.example/accounts/{account.pk}/certify" in letter.body
    assert "Lent password" not in letter.body


def test_when_the_days_are_over_it_is_due_with_a_task(
    account: Account, ends: datetime, author: Person
) -> None:
    review_due(ends)
    account.refresh_from_db()
    assert account.state == "due-for-review"
    assert Task.objects.get().kind == "certify"
    review_due(ends)
    certify(author.actor, account)
    assert Task.objects.get().state == "done"


@pytest.mark.clause("OFFICIAL-01", by="wardline.registry.reminders")
def test_fourteen_days_later_the_registrar_is_told(
    account: Account, ends: datetime, registrar: Person
) -> None:
    review_due(ends)
    remind(ends)
    sent(ends)
    assert registrar.email not in mail.outbox[0].to
    late = ends + 14 * DAY
    remind(late)
    sent(late)
    assert registrar.email in mail.outbox[0].to
    assert "have not confirmed it for 14 days" in mail.outbox[0].body


def test_where_nobody_of_the_unit_is_left_the_registrar_is_reminded(
    account: Account, ends: datetime, author: Person, moderator: Person,
    registrar: Person,
) -> None:  # fmt: skip
    Person.objects.filter(pk__in=[author.pk, moderator.pk]).update(is_active=False)
    remind(ends - DAY)
    sent(ends - DAY)
    assert mail.outbox[0].to == [registrar.email]


def test_what_was_certified_meanwhile_is_not_asked_for_any_more(
    account: Account, ends: datetime, author: Person
) -> None:
    remind(ends - DAY)
    certify(author.actor, account)
    assert sent(ends) == []
    assert kinds() == []


def test_a_compromised_account_is_left_to_those_who_mend_it(
    account: Account, ends: datetime, author: Person
) -> None:
    report_compromised(author.actor, account, "strange posts")
    review_due(ends)
    remind(ends)
    assert kinds() == ["compromised"]
    assert Account.objects.get().state == "compromised"


def test_a_letter_that_cannot_be_sent_waits_and_holds_up_no_other(
    account: Account, ends: datetime, particulars: Particulars, registrar: Person,
    settings: LazySettings,
) -> None:  # fmt: skip
    other = replace(particulars, name="Other", url="https://other.example/")
    register_account(registrar.actor, other)
    now = ends - DAY + AGAIN_AFTER  # the other one's days end a moment later
    remind(now)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, BROKEN
    assert sent(now) == []
    settings.EMAIL_BACKEND = working
    assert sent(now) == []
    assert len(sent(now + AGAIN_AFTER)) == 2


@pytest.mark.clause("OFFICIAL-01", by="wardline.registry.steps.watch_owners")
def test_an_orphan_is_a_task_until_somebody_owns_it(
    account: Account, author: Person, moderator: Person, registrar: Person
) -> None:
    Person.objects.filter(pk=author.pk).update(is_active=False)
    watch_owners()
    watch_owners()
    task = Task.objects.get()
    assert (task.kind, task.state) == ("orphaned", "open")
    assert sent(timezone.now()) == ["Heart notes has no owner"]
    assert mail.outbox[0].to == [moderator.email, registrar.email]
    step_in(moderator.actor, account)
    task.refresh_from_db()
    assert task.state == "done"


@pytest.mark.clause("OFFICIAL-01", by="wardline.registry.letters")
def test_a_compromise_is_told_at_once_to_all_who_have_to_act(
    account: Account, author: Person, moderator: Person, registrar: Person
) -> None:
    report_compromised(moderator.actor, account, "The password was hunter2")
    (subject,) = sent(timezone.now())
    letter = mail.outbox[0]
    assert subject == "Heart notes may be in a stranger's hands: act now"
    assert letter.to == [author.email, moderator.email, registrar.email]
    assert f"/accounts/{account.pk}/custody" in letter.body
    assert "change the password" in letter.body
    assert "hunter2" not in letter.body
    assert sent(timezone.now() + AGAIN_AFTER) == []


def test_what_was_restored_meanwhile_raises_no_alarm(
    account: Account, author: Person, registrar: Person
) -> None:
    report_compromised(author.actor, account, "Strange posts")
    close_task(author.actor, account.tasks.get())
    restore_account(registrar.actor, account)
    assert sent(timezone.now()) == []
    report_compromised(author.actor, account, "Again")
    assert len(sent(timezone.now())) == 1


def test_an_owner_who_comes_back_closes_the_task(
    account: Account, author: Person, cardiology: object
) -> None:
    membership = Membership.objects.get(person=author)
    membership.delete()
    watch_owners()
    membership.save(force_insert=True)
    watch_owners()
    assert Task.objects.get().state == "done"
    assert sent(timezone.now()) == []


def test_an_owner_whom_the_registrar_names_closes_the_task_at_once(
    account: Account, author: Person, colleague: Person, registrar: Person,
    particulars: Particulars,
) -> None:  # fmt: skip
    Person.objects.filter(pk=author.pk).update(is_active=False)
    watch_owners()
    change_account(registrar.actor, account, replace(particulars, owner=colleague))
    assert Task.objects.get().state == "done"


@pytest.mark.clause("OFFICIAL-01", by="wardline.registry.steps.propose_change")
def test_the_public_keeps_the_last_approved_version(
    account: Account, author: Person, registrar: Person, particulars: Particulars
) -> None:
    approved = account.versions.get()

    def public() -> tuple[str, int | None]:
        newest = account.versions.filter(state="approved").first()
        return Account.objects.get().name, newest.number if newest else None

    renamed = replace(particulars, name="Renamed")
    first = propose_change(author.actor, account, renamed)
    assert public() == ("Heart notes", approved.number)
    return_version(registrar.actor, first, "Keep the name")
    take_back(author.actor, propose_change(author.actor, account, renamed))
    assert public() == ("Heart notes", approved.number)
    change_account(registrar.actor, account, renamed)
    assert public() == ("Renamed", 2)
