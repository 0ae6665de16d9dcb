"""How other systems failed at publishing, where no other test is named after it."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core import mail
from django.utils import timezone

from tests.cast import account
from tests.newsroom import Newsroom
from tests.servers.webhook import Receiver
from wardline.people.models import Person, Unit
from wardline.publishing.models import Draft
from wardline.registry import vault
from wardline.registry.models import Account
from wardline.registry.notices import Notice
from wardline.worker.loop import attempt, every_job


@pytest.fixture
def site(
    cardiology: Unit, author: Person, colleague: Person, receiver: Receiver
) -> Account:
    """An account whose owner is gone, of which letters tell."""
    sign_in = receiver.connection
    made = account(cardiology, colleague, author, "webhook", sign_in.base_url)
    vault.store(author.actor, made, "username", "wardline")
    vault.store(author.actor, made, "secret", sign_in.secret)
    Person.objects.filter(pk=colleague.pk).update(is_active=False)
    return made


def test_a_failing_side_effect_re_ran_the_publish_postiz_1321(
    newsroom: Newsroom,
    write: Callable[..., Draft],
    site: Account,
    receiver: Receiver,
    settings: LazySettings,
) -> None:
    settings.EMAIL_BACKEND = "tests.registry.broken_mail.Backend"
    Notice.objects.create(account=site, kind="orphaned", since=timezone.now())
    (row,) = newsroom.queue(write(accounts=[site]))
    for _ in range(3):
        for name, job in every_job().items():
            attempt(name, job)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("published", 1)
    assert len(receiver.posts) == 1
    assert {notice.sent_at for notice in Notice.objects.all()} == {None}
    assert not mail.outbox
