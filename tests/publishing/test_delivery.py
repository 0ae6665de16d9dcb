"""Delivery to a real WordPress: at most once, exactly as cleared, never silently."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.servers.flaky import Flaky, failed, lost, refused
from tests.servers.wordpress import WordPressServer
from wardline.audit import chain
from wardline.audit.clock import database_now
from wardline.people.models import Person
from wardline.publishing.content import Content
from wardline.publishing.errors import PublishingError
from wardline.publishing.lease import Claim
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.deliver import deliver
from wardline.publishing.steps.resolve import record_posted, try_again
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule, unschedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry import vault
from wardline.registry.models import Account

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("wordpress"),
]
Due = Callable[..., Publication]


@pytest.fixture
def site(blog: Account, author: Person, wordpress: WordPressServer) -> Account:
    """Cardiology's blog on the real WordPress, with its sign-in in the vault."""
    blog.url = wordpress.url
    blog.save()
    vault.store(author.actor, blog, "username", wordpress.author.user)
    vault.store(author.actor, blog, "secret", wordpress.author.app_password)
    return blog


@pytest.fixture
def due(
    write: Callable[..., Draft], author: Person, clearer: Person, site: Account
) -> Due:
    """A publication that is cleared and due: `due()`, `due("Words.")`."""

    def cleared_and_due(*words: str) -> Publication:
        return release(author, clearer, write(*words))

    return cleared_and_due


def release(author: Person, clearer: Person, draft: Draft) -> Publication:
    for clearance in submit(author.actor, draft, version=draft.version):
        grant(clearer.actor, clearance, content=clearance.content_hash)
    (row,) = schedule(author.actor, draft, at=None, zone="America/New_York")
    return row


def send(row: Publication) -> Publication:
    """Let the worker act once, whatever the time is."""
    Publication.objects.filter(pk=row.pk).update(next_attempt_at=database_now())
    if claimed := claim():
        deliver(claimed)
    row.refresh_from_db()
    return row


def move_site(site: Account, url: str) -> None:
    site.url = url
    site.save()


def test_nothing_due_is_nothing_done(db: None) -> None:
    assert claim() is None


def test_what_is_cleared_is_published_once(
    due: Due, wordpress: WordPressServer
) -> None:
    row = send(due("Flu shots are on **Tuesday**."))
    assert row.state == "published"
    assert "Flu shots are on <strong>Tuesday</strong>." in wordpress.page(
        row.remote_url
    )
    assert row.draft.state == "published"
    assert claim() is None
    assert not list(chain.verify())


@pytest.mark.parametrize("fault", [lost, failed])
@pytest.mark.parametrize("request_number", range(1, 8))
def test_an_answer_lost_at_any_request_leaves_one_post(
    due: Due,
    site: Account,
    wordpress: WordPressServer,
    fault: Callable[..., None],
    request_number: int,
) -> None:
    with Flaky(wordpress.url) as proxy:
        proxy.faults = {request_number: fault}
        move_site(site, proxy.url)
        row = due()
        for _ in range(3):
            if send(row).state == "published":
                break
        assert row.state == "published"
        assert len(wordpress.public(row.key)) == 1


def test_a_server_that_is_down_is_tried_again_later(
    due: Due, site: Account, wordpress: WordPressServer
) -> None:
    with Flaky(wordpress.url) as proxy:
        proxy.fault = refused
        move_site(site, proxy.url)
        row = send(due())
        assert row.state == "due"
        assert row.next_attempt_at > timezone.now()
        assert row.problem
        proxy.fault = lambda forward, answer: answer(forward())
        assert send(row).state == "published"


def test_after_the_last_attempt_a_person_is_asked_and_may_try_again(
    due: Due, site: Account, wordpress: WordPressServer, author: Person
) -> None:
    row = due()
    Publication.objects.filter(pk=row.pk).update(attempts=7)
    with Flaky(wordpress.url) as proxy:
        proxy.fault = refused
        move_site(site, proxy.url)
        assert send(row).state in {"failed", "unconfirmed"}
    move_site(site, wordpress.url)
    try_again(author.actor, row)
    assert send(row).state == "published"
    assert len(wordpress.public(row.key)) == 1


def test_only_wordpress_itself_says_which_post_it_has(due: Due, author: Person) -> None:
    row = due()
    Publication.objects.update(state="unconfirmed")
    row.refresh_from_db()
    with pytest.raises(PublishingError, match="Try again"):
        record_posted(author.actor, row, url=row.account.url + "/flu-shots")


def test_a_wrong_password_is_a_failure_that_says_what_to_do(
    due: Due, site: Account, author: Person
) -> None:
    vault.store(author.actor, site, "secret", "no such password")
    row = send(due())
    assert row.state == "failed"
    assert "application password" in row.problem
    assert row.draft.state == "scheduled"


def test_an_account_with_no_sign_in_says_so(due: Due, site: Account) -> None:
    site.secrets.all().delete()
    row = send(due())
    assert row.state == "failed"
    assert "registrar" in row.problem


def test_what_is_too_late_is_missed_and_goes_back_to_a_person(due: Due) -> None:
    row = due()
    long_ago = timezone.now() - timedelta(hours=3)
    Publication.objects.filter(pk=row.pk).update(due_at=long_ago)
    assert send(row).state == "missed"
    row.draft.refresh_from_db()
    assert row.draft.state == "cleared"


@pytest.mark.clause("OFFICIAL-08", by="wardline.publishing.hindrance")
@pytest.mark.parametrize("lack", ["void", "expired"])
def test_without_a_good_clearance_nothing_is_sent(due: Due, lack: str) -> None:
    row = due()
    past = timezone.now() - timedelta(days=1)
    fields = {"state": "void"} if lack == "void" else {"expires_at": past}
    Clearance.objects.update(**fields)
    assert send(row).state == "held"
    assert "clearance" in row.problem


def test_what_is_in_doubt_and_not_there_needs_its_clearance_still(
    due: Due, site: Account, wordpress: WordPressServer
) -> None:
    with Flaky(wordpress.url) as proxy:
        proxy.faults = {3: lost}  # the creation of the hidden draft
        move_site(site, proxy.url)
        row = send(due())
        assert (row.state, row.in_doubt) == ("due", True)
        Clearance.objects.update(expires_at=timezone.now() - timedelta(days=1))
        assert send(row).state == "held"
        assert not wordpress.public(row.key)


def test_an_account_out_of_use_sends_nothing(due: Due, site: Account) -> None:
    row = due()
    Account.objects.update(state="compromised")
    assert send(row).state == "held"


def test_a_draft_taken_back_is_not_sent(due: Due, author: Person) -> None:
    row = due()
    unschedule(author.actor, row.draft)
    assert send(row).state == "cancelled"
    row.draft.refresh_from_db()
    assert row.draft.state == "cleared"


def test_a_worker_whose_lease_was_taken_over_writes_nothing(
    due: Due, wordpress: WordPressServer
) -> None:
    row = due()
    first = claim()
    assert first
    Publication.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = claim()
    assert second == Claim(row.pk, first.fence + 1)
    deliver(first)
    row.refresh_from_db()
    assert row.state == "sending"
    deliver(second)
    row.refresh_from_db()
    assert row.state == "published"
    assert len(wordpress.public(row.key)) == 1


def test_a_leased_publication_is_not_claimed_twice(due: Due) -> None:
    due()
    assert claim()
    assert claim() is None


def test_a_post_by_hand_waits_for_the_person_who_posts_it(
    write: Callable[..., Draft],
    author: Person,
    clearer: Person,
    page_by_hand: Account,
) -> None:
    row = send(release(author, clearer, write(accounts=[page_by_hand])))
    assert row.state == "by-hand"
    record_posted(author.actor, row, url="https://network.example/cardiology/posts/7")
    row.draft.refresh_from_db()
    assert row.draft.state == "published"


def test_a_withdrawal_by_hand_waits_for_the_person_who_takes_it_down(
    write: Callable[..., Draft],
    author: Person,
    clearer: Person,
    page_by_hand: Account,
) -> None:
    row = send(release(author, clearer, write(accounts=[page_by_hand])))
    url = "https://network.example/cardiology/posts/7"
    record_posted(author.actor, row, url=url)
    row.draft.refresh_from_db()
    withdraw(author.actor, row.draft, reason="Wrong day.")
    removal = send(Publication.objects.get(action="withdraw"))
    assert (removal.state, removal.remote_url) == ("by-hand", url)
    record_posted(author.actor, removal, url=url)
    assert removal.state == "published"


@pytest.mark.clause("ETHICS-06", "ETHICS-07", by="wardline.publishing.steps.deliver")
def test_a_correction_keeps_what_was_wrong_and_strikes_it(
    due: Due, author: Person, clearer: Person, wordpress: WordPressServer
) -> None:
    row = send(due("Flu shots are on Tuesday."))
    fix = start_correction(author.actor, row.draft, reason="The day was wrong.")
    content = Content(fix.title, "Flu shots are on Thursday.", list(fix.accounts.all()))
    edit_draft(author.actor, fix, content, version=fix.version)
    fix.refresh_from_db()
    done = send(release(author, clearer, fix))
    page = wordpress.page(row.remote_url)
    assert done.state == "published"
    assert "<del>Tuesday" in page
    assert "<ins>Thursday" in page
    assert "Correction" in page
    assert f"/corrections/{row.draft.public_id}" in page
    row.draft.refresh_from_db()
    assert row.draft.state == "corrected"
    assert len(wordpress.public(row.key)) == 1


@pytest.mark.clause("POLICY-01", by="wardline.publishing.steps.withdraw")
def test_a_withdrawn_post_is_gone_and_patient_data_restricts_its_text(
    due: Due, author: Person, wordpress: WordPressServer
) -> None:
    row = send(due())
    withdraw(author.actor, row.draft, reason="A patient is named.", patient_data=True)
    removal = Publication.objects.get(action="withdraw")
    assert send(removal).state == "published"
    assert not wordpress.public(row.key)
    row.draft.refresh_from_db()
    assert row.draft.restricted


def test_the_vault_is_not_opened_inside_a_transaction(
    site: Account, author: Person
) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        vault.use(author.actor, site, "secret", purpose="test")
