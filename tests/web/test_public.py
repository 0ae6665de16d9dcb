import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import Accessible, Picture
from wardline.people.models import Person
from wardline.publishing.content import Content
from wardline.publishing.models import Draft, Publication
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.resolve import record_posted
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry.models import Account

URL = "https://network.example/cardiology/posts/7"
Correct = Callable[[Draft, str, str], None]


@pytest.fixture
def publish(author: Person, clearer: Person) -> Callable[[Draft], None]:
    """Clear a draft and post it by hand."""

    def publish_by_hand(draft: Draft) -> None:
        for clearance in submit(author.actor, draft, version=draft.version):
            grant(clearer.actor, clearance, content=clearance.content_hash, note="Hm.")
        schedule(author.actor, draft, at=None, zone="UTC")
        while claim():
            pass
        row = Publication.objects.get(draft=draft)
        record_posted(author.actor, row, url=URL)
        draft.refresh_from_db()

    return publish_by_hand


@pytest.fixture
def post(
    write: Callable[..., Draft],
    publish: Callable[[Draft], None],
    page_by_hand: Account,
) -> Draft:
    """A published post with a wrong day in it."""
    draft = write("Flu shots are on *Tuesday*.", accounts=[page_by_hand])
    publish(draft)
    return draft


@pytest.fixture
def correct(author: Person, publish: Callable[[Draft], None]) -> Correct:
    """Correct a post: new words, and the reason."""

    def correct_post(post: Draft, text: str, reason: str) -> None:
        fix = start_correction(author.actor, post, reason=reason)
        content = Content(fix.title, text, list(fix.accounts.all()))
        edit_draft(author.actor, fix, content, version=fix.version)
        fix.refresh_from_db()
        publish(fix)
        post.refresh_from_db()

    return correct_post


def read(post: Draft) -> str:
    """The public page as an anonymous visitor gets it."""
    answer = Client().get(f"/corrections/{post.public_id}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_was_never_corrected_has_no_page(client: Client, post: Draft) -> None:
    assert client.get(f"/corrections/{post.public_id}").status_code == 404
    assert client.get("/corrections/none").status_code == 404


def test_a_correction_in_progress_is_not_public(
    client: Client, post: Draft, author: Person
) -> None:
    start_correction(author.actor, post, reason="The day was wrong.")
    assert client.get(f"/corrections/{post.public_id}").status_code == 404


@pytest.mark.clause("ETHICS-05", "ETHICS-06", "ETHICS-07", by="wardline.web.public")
def test_each_correction_shows_what_it_changed_and_why(
    post: Draft, correct: Correct
) -> None:
    correct(post, "Flu shots are on *Thursday*.", "The day was wrong.")
    correct(post, "Flu shots are on *Thursday* in the lobby.", "The place was missing.")
    page = read(post)
    assert "<p>Flu shots are on <em>Tuesday</em>.</p>" in page
    assert re.search(r"Correction 1.*The day was wrong.*<del>.*Tuesday", page)
    assert re.search(r"Correction 2.*The place was missing.*<ins>in the lobby", page)
    assert "By an author of Cardiology" in page
    assert f'href="{URL}"' in page


def test_no_person_and_no_note_is_named(
    post: Draft, correct: Correct, author: Person, clearer: Person
) -> None:
    correct(post, "Flu shots are on Thursday.", "The day was wrong.")
    page = read(post)
    assert not [n for n in (author.name, clearer.name, "Hm.") if n in page]


def test_a_correction_has_no_page_of_its_own(
    client: Client, post: Draft, correct: Correct
) -> None:
    correct(post, "Flu shots are on Thursday.", "The day was wrong.")
    fix = post.corrections.get()
    assert client.get(f"/corrections/{fix.public_id}").status_code == 404


def test_a_withdrawn_post_keeps_its_words_and_its_reason(
    post: Draft, clearer: Person
) -> None:
    withdraw(clearer.actor, post, reason="The clinic is closed.")
    page = read(post)
    assert "The clinic is closed." in page
    assert "By Public Affairs" in page
    assert "Tuesday" in page
    assert URL not in page


@pytest.mark.clause("POLICY-01", by="wardline.web.public")
def test_of_patient_data_nothing_is_said_but_that_it_is_gone(
    post: Draft, correct: Correct, privacy_officer: Person
) -> None:
    correct(post, "Flu shots are on Thursday.", "The day was wrong.")
    withdraw(
        privacy_officer.actor, post, reason="Ann Lee was named.", patient_data=True
    )
    page = read(post)
    assert "privacy" in page
    assert not [word for word in ("day", "Flu", "Ann", URL) if f"{word} " in page]


@pytest.mark.django_db(transaction=True)
def test_the_page_reads_well(
    page: Page,
    phone: Page,
    live_server: LiveServer,
    post: Draft,
    correct: Correct,
    accessible: Accessible,
    picture: Picture,
) -> None:
    correct(post, "Flu shots are on *Thursday* in the lobby.", "The day was wrong.")
    for screen, name in ((page, "corrections"), (phone, "corrections-phone")):
        screen.goto(f"{live_server.url}/corrections/{post.public_id}")
        accessible(screen)
        picture(screen, name)


@pytest.mark.django_db
def test_an_address_that_no_post_can_have_is_not_found(client: Client) -> None:
    assert client.get("/corrections/%00").status_code == 404
    assert client.get("/api/posts/%00/history").status_code == 404
    assert client.get("/report-error?post=%00&url=%00").status_code == 200
    assert client.get("/approve/%00").status_code == 410
