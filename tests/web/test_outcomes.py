"""What became of a post on each of its accounts."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.web.conftest import ZONE, body
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.people.models import Person
from wardline.publishing.models import Draft, Publication
from wardline.publishing.settle import finish
from wardline.registry.models import Account
from wardline.web.outcomes import said, told

Write = Callable[..., Draft]
Settle = Callable[..., Draft]


@pytest.fixture
def settle(
    author: Person, blog: Account, page_by_hand: Account, write: Write
) -> Settle:
    """A post for both accounts, its publications in these states."""

    def settled(*states: str) -> Draft:
        draft = write(accounts=[blog, page_by_hand])
        for state in ("submitted", "cleared", "scheduled"):
            move(draft, state, SYSTEM)
        for account, state in zip((blog, page_by_hand), states, strict=True):
            row = Publication.objects.create(
                draft=draft,
                account=account,
                revision=draft.revision,
                key=f"flu-{draft.pk}-{account.pk:06}",
                due_at=timezone.now(),
                next_attempt_at=timezone.now(),
                zone=ZONE,
            )
            with transaction.atomic():
                move(row, "sending", SYSTEM)
                if state != "sending":
                    problem = {"problem": "The site said no."}
                    move(row, state, SYSTEM, set_fields=problem)
                finish(SYSTEM, row)
        draft.refresh_from_db()
        return draft

    return settled


def test_a_post_that_is_out_everywhere_is_published(settle: Settle) -> None:
    draft = settle("published", "published")
    assert said(draft) == ("Published", "good")
    assert told(draft) == ""


def test_published_shown_while_one_account_failed_mixpost_184(
    client: Client, author: Person, blog: Account, page_by_hand: Account, settle: Settle
) -> None:
    draft = settle("published", "failed")
    assert draft.state == "published"
    client.force_login(author)
    for address in ("/drafts", f"/drafts/{draft.pk}"):
        page = body(client, address)
        assert "Published on 1 of 2" in page
        assert 'wl-state--good">Published<' not in page
    page = body(client, f"/drafts/{draft.pk}")
    assert f"Out on {blog}. Not out on {page_by_hand}." in page
    assert "The site said no." in page
    assert "Settle it" in page


def test_what_is_still_being_sent_is_no_alarm(settle: Settle) -> None:
    assert said(settle("published", "sending")) == ("Published on 1 of 2", "wait")
    assert said(settle("published", "unconfirmed")) == ("Published on 1 of 2", "bad")
