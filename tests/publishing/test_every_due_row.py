"""Whatever stands against a due publication, it ends, or tells a person. Never stuck.

https://github.com/gitroomhq/postiz-app/issues/1259
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from wardline.audit import chain
from wardline.people.models import Person
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.states import UNDER_WAY, WAITING_FOR_A_PERSON
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.pause import start_pause
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.registry import vault
from wardline.registry.models import Account
from wardline.worker.jobs import deliver

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
Harm = Callable[[], object]


def expire() -> None:
    Clearance.objects.update(expires_at=timezone.now() - DAY)


def edit() -> None:
    Draft.objects.update(content_hash="0" * 64)


def compromise() -> None:
    Account.objects.update(state="compromised")


def retire_by_hand() -> None:
    Account.objects.update(channel="by_hand")


def delay() -> None:
    Publication.objects.update(due_at=F("due_at") - DAY)


def kill_the_worker() -> None:
    past = timezone.now() - DAY
    Publication.objects.update(state="sending", lease_until=past, in_doubt=True)


def nothing() -> None:
    """The site does not answer, at 127.0.0.1:9."""


@pytest.fixture
def due(
    write: Callable[..., Draft], author: Person, clearer: Person, blog: Account
) -> Publication:
    """A cleared publication that is due now, with a sign-in."""
    vault.store(author.actor, blog, "username", "wardline")
    vault.store(author.actor, blog, "secret", "sesame")
    draft = write()
    for clearance in submit(author.actor, draft, version=1):
        grant(clearer.actor, clearance, content=clearance.content_hash)
    return schedule(author.actor, draft, at=None, zone="UTC")[0]


def work_it_off(row: Publication) -> str:
    """Let a worker act until nothing is due, whatever the clock says."""
    for _turn in range(20):
        Publication.objects.update(next_attempt_at=timezone.now() - DAY)
        if not deliver.run():
            break
    row.refresh_from_db()
    return row.state


@pytest.mark.parametrize(
    ("harm", "ends"),
    [
        (nothing, {"failed", "unconfirmed"}),
        (expire, {"held"}),
        (edit, {"held"}),
        (compromise, {"held"}),
        (retire_by_hand, {"by-hand"}),
        (delay, {"missed"}),
        (kill_the_worker, {"failed", "unconfirmed", "missed"}),
    ],
)
def test_stuck_or_vanished_queue_every_due_row_ends_or_tells_a_person(
    due: Publication, harm: Harm, ends: set[str]
) -> None:
    harm()
    assert work_it_off(due) in ends
    assert due.state in WAITING_FOR_A_PERSON
    assert not Publication.objects.filter(state__in=UNDER_WAY).exists()
    assert not list(chain.verify())


def test_stuck_or_vanished_queue_no_sign_in_is_a_failure_that_is_told(
    due: Publication,
) -> None:
    due.account.secrets.all().delete()
    assert work_it_off(due) == "failed"
    assert "registrar" in due.problem


def test_stuck_or_vanished_queue_a_pause_holds_and_says_so(
    due: Publication, clearer: Person
) -> None:
    start_pause(clearer.actor, None, "A storm.")
    assert work_it_off(due) == "held"
    assert "A storm" in due.problem
