"""A post that is out is never said to have failed because it could not be read back."""

from collections.abc import Callable

import pytest

from tests.cast import account
from tests.newsroom import Newsroom
from tests.servers.flaky import Fault, Flaky, failed, lost
from tests.servers.mediawiki import MediaWikiServer
from wardline.audit.clock import database_now
from wardline.people.models import Person, Unit
from wardline.publishing.models import Draft, Publication
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.deliver import deliver
from wardline.registry import vault

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("mediawiki"),
]


def send(row: Publication) -> Publication:
    Publication.objects.filter(pk=row.pk).update(next_attempt_at=database_now())
    claimed = claim()
    assert claimed
    deliver(claimed)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("fault", [lost, failed])
def test_false_failed_from_a_read_after_publish_postiz_1562(
    mediawiki: MediaWikiServer,
    newsroom: Newsroom,
    cardiology: Unit,
    author: Person,
    moderator: Person,
    write: Callable[..., Draft],
    fault: Fault,
) -> None:
    sign_in = mediawiki.connection("User:Admin")
    with Flaky(mediawiki.url, renames=True) as proxy:
        address = f"{proxy.url}/index.php/User:Admin"
        wiki = account(cardiology, author, moderator, "mediawiki", address, "wiki")
        vault.store(author.actor, wiki, "username", sign_in.username)
        vault.store(author.actor, wiki, "secret", sign_in.secret)
        (first,) = newsroom.queue(write(accounts=[wiki]))
        assert send(first).state == "published"
        reads_back = len(proxy.seen)
        proxy.faults = {2 * reads_back: fault}
        (second,) = newsroom.queue(write("A harp plays at noon.", accounts=[wiki]))
        assert send(second).state == "due"
        assert second.in_doubt
        assert send(second).state == "published"
        assert second.remote_url
