import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import ZONE, Look, SignIn
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.people.models import Person
from wardline.publishing.content import Content
from wardline.publishing.models import Clearance, Draft, Pause, Publication
from wardline.publishing.steps.correct import start_correction
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.pause import start_pause
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry.models import Account


def queued(author: Person, draft: Draft) -> Publication:
    return schedule(author.actor, draft, at=None, zone=ZONE)[0]


def failed(author: Person, draft: Draft) -> Publication:
    row = queued(author, draft)
    with transaction.atomic():
        move(row, "sending", SYSTEM)
        move(row, "failed", SYSTEM, set_fields={"problem": "The password is wrong."})
    return row


@pytest.fixture
def by_hand(author: Person, cleared: Draft, page_by_hand: Account) -> Publication:
    """A publication at a place without an API, when its time has come."""
    row = queued(author, cleared)
    Publication.objects.update(account=page_by_hand, state="by-hand")
    return row


def test_an_empty_list_says_how_publications_come_about(
    client: Client, author: Person
) -> None:
    client.force_login(author)
    assert "Nothing was published yet." in client.get("/publications").content.decode()


def test_an_outsider_reads_no_publication(
    client: Client, author: Person, cleared: Draft, outsider: Person
) -> None:
    row = queued(author, cleared)
    client.force_login(outsider)
    assert cleared.title not in client.get("/publications").content.decode()
    assert client.get(f"/publications/{row.pk}").status_code == 403


def test_the_list_shows_what_needs_a_person(
    client: Client, author: Person, cleared: Draft
) -> None:
    failed(author, cleared)
    client.force_login(author)
    page = client.get("/publications?show=problems").content.decode()
    assert "The password is wrong." in page
    assert (
        "None at the moment." in client.get("/publications?show=due").content.decode()
    )


def test_a_failed_one_is_tried_again(
    client: Client, author: Person, cleared: Draft
) -> None:
    row = failed(author, cleared)
    client.force_login(author)
    client.post(f"/publications/{row.pk}/again")
    row.refresh_from_db()
    assert row.state == "due"


def test_an_auditor_reads_and_may_not_settle(
    client: Client, author: Person, auditor: Person, cleared: Draft
) -> None:
    row = failed(author, cleared)
    client.force_login(auditor)
    assert "Try again" not in client.get(f"/publications/{row.pk}").content.decode()
    assert client.post(f"/publications/{row.pk}/again").status_code == 403


def test_an_address_on_another_site_is_refused_and_kept(
    client: Client, author: Person, cleared: Draft
) -> None:
    row = failed(author, cleared)
    Account.objects.update(channel="by_hand", url="https://network.example/heart")
    client.force_login(author)
    fields = {"url": "https://elsewhere.example/post"}
    page = client.post(f"/publications/{row.pk}/posted", fields).content.decode()
    assert "but the account is at network.example" in page
    assert "https://elsewhere.example/post" in page


def test_a_post_is_made_by_hand_and_recorded(
    page: Page, sign_in: SignIn, author: Person, by_hand: Publication, look: Look
) -> None:
    post = by_hand.draft
    sign_in(page, author)
    look(page, "dashboard")
    page.get_by_role("link", name=post.title).first.click()
    expect(page.get_by_label("Text", exact=True)).to_have_value(post.text)
    page.get_by_text("Open the account and see").click()
    expect(page.get_by_label("Open the account and see")).to_be_checked()
    page.get_by_text("What to know about this site").click()
    look(page, "by-hand")
    page.get_by_label("Address of the post").fill("https://network.example/p/1")
    page.get_by_role("button", name="Record that it is done").click()
    expect(page.get_by_role("status")).to_contain_text("Recorded.")
    by_hand.refresh_from_db()
    assert by_hand.state == "published"


def test_the_page_of_a_post_follows_what_becomes_of_it(
    page: Page, sign_in: SignIn, author: Person, cleared: Draft, look: Look
) -> None:
    sign_in(page, author)
    page.get_by_role("link", name=cleared.title).click()
    page.get_by_text("I have read it once more").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Waiting to be sent")).to_be_visible()
    look(page, "draft-sending")
    Publication.objects.update(state="published", remote_url="https://blog.example/1")
    Draft.objects.update(state="published")
    expect(page.get_by_text("Correct this post")).to_be_visible(timeout=15_000)
    look(page, "draft-published")


def test_what_is_paused_or_not_cleared_any_more_is_not_given_to_post_by_hand(
    client: Client, author: Person, clearer: Person, by_hand: Publication
) -> None:
    client.force_login(author)
    address, words = f"/publications/{by_hand.pk}", by_hand.revision.text
    assert words in client.get(address).content.decode()
    start_pause(clearer.actor, None, "A storm.")
    page = client.get(address).content.decode()
    assert words not in page
    assert "Do not post this now" in page
    Pause.objects.all().delete()
    Clearance.objects.update(state="expired")
    assert words not in client.get(address).content.decode()


def test_a_withdrawal_by_hand_is_recorded_without_its_address_being_shown(
    client: Client, author: Person, published: Draft, page_by_hand: Account
) -> None:
    address = "https://network.example/p/whitfield"
    Publication.objects.update(account=page_by_hand, remote_url=address)
    withdraw(author.actor, published, reason="It named a patient.", patient_data=True)
    row = published.publications.get(action="withdraw")
    Publication.objects.filter(pk=row.pk).update(state="failed")
    client.force_login(author)
    page = client.get(f"/publications/{row.pk}").content.decode()
    assert "Open the post and delete it" in page
    assert "whitfield" not in page
    client.post(f"/publications/{row.pk}/posted")
    row.refresh_from_db()
    assert row.state == "published"


def test_where_nothing_can_be_edited_a_correction_by_hand_is_a_linked_reply(
    client: Client, author: Person, clearer: Person, published: Draft
) -> None:
    address = "https://x.com/hospital/status/1"
    Account.objects.update(channel="by_hand", url="https://x.com/hospital")
    published.publications.update(remote_url=address)
    correction = start_correction(author.actor, published, reason="The day was wrong.")
    changed = Content(correction.title, "Come **today**.", [*correction.accounts.all()])
    edit_draft(author.actor, correction, changed, version=correction.version)
    correction.refresh_from_db()
    (asked,) = submit(author.actor, correction, version=correction.version)
    grant(clearer.actor, asked, content=asked.content_hash)
    by_hand = queued(author, correction)
    by_hand.state = "by-hand"
    by_hand.save()
    client.force_login(author)
    page = client.get(f"/publications/{by_hand.pk}").content.decode()
    assert "reply to it: it cannot be edited" in page
    assert f'value="{address}"' in page
    assert "Correction: The day was wrong." in page
    assert "Come today." in page
    assert "Paste the title" not in page
