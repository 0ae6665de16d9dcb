from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.web.conftest import ZONE, body
from wardline.people.models import Person, Unit
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.steps.decide import send_back
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.registry.expiry import end_of
from wardline.registry.models import Account
from wardline.registry.steps.store_credential import store_credential

Write = Callable[..., Draft]


def test_with_nothing_to_do_it_says_so_and_how_to_begin(
    client: Client, author: Person, hospital: Unit
) -> None:
    client.force_login(author)
    page = client.get("/").content.decode()
    assert "Nothing waits for you." in page
    assert "Write a draft" in page


def test_who_does_not_write_is_not_asked_to(client: Client, registrar: Person) -> None:
    client.force_login(registrar)
    assert "Write a draft" not in client.get("/").content.decode()


def test_a_draft_that_was_sent_back_waits_for_its_author(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    draft = write()
    submit(author.actor, draft, version=1)
    send_back(clearer.actor, draft.clearances.get(), note="Name the room.")
    client.force_login(author)
    page = client.get("/").content.decode()
    assert "Sent back to you" in page
    assert "Nothing waits for you." not in page


def test_a_request_waits_for_the_office_that_was_called(
    client: Client, author: Person, clearer: Person, developer: Person, write: Write
) -> None:
    draft = write()
    submit(author.actor, draft, version=1)
    client.force_login(clearer)
    assert draft.title in client.get("/").content.decode()
    client.force_login(developer)
    assert draft.title not in client.get("/").content.decode()


def test_a_queue_that_does_not_move_is_told_to_everybody(
    client: Client, author: Person, registrar: Person, cleared: Draft
) -> None:
    schedule(author.actor, cleared, at=None, zone=ZONE)
    client.force_login(registrar)
    assert "Sending is late" not in client.get("/").content.decode()
    long_ago = timezone.now() - timedelta(minutes=11)
    Publication.objects.update(due_at=long_ago, next_attempt_at=long_ago)
    page = client.get("/").content.decode()
    assert "Sending is late" in page
    assert cleared.title not in page


def test_patient_data_that_does_not_come_down_is_told_to_the_privacy_office(
    client: Client, author: Person, privacy_officer: Person, cleared: Draft
) -> None:
    (row,) = schedule(author.actor, cleared, at=None, zone=ZONE)
    Publication.objects.update(state="failed", action="withdraw")
    client.force_login(privacy_officer)
    assert f"/publications/{row.pk}" not in client.get("/").content.decode()
    Draft.objects.update(restricted=True)
    assert f"/publications/{row.pk}" in client.get("/").content.decode()
    page = client.get(f"/publications/{row.pk}").content.decode()
    assert "Try again" in page


def test_a_request_whose_time_is_over_is_marked(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    submit(author.actor, write(), version=1)
    client.force_login(clearer)
    assert "Overdue" not in body(client, "/")
    Clearance.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert "Overdue" in body(client, "/")


def test_a_sign_in_that_ends_soon_waits_for_the_registrar(
    client: Client, registrar: Person, blog: Account
) -> None:
    days = (timezone.localdate() + timedelta(each) for each in (60, 6))
    client.force_login(registrar)
    for last, told in zip(days, (False, True), strict=True):
        store_credential(
            registrar.actor, blog, username="heart", secret="s", expires_on=last
        )
        left = (end_of(last) - timezone.now()).days
        words = f"{blog} has a sign-in that ends in {left} days"
        assert (words in body(client, "/")) is told
