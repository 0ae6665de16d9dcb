"""The pages of patients' authorizations: recorded, chosen in a draft, revoked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn, body
from wardline.people.models import Person, Unit
from wardline.publishing.models import Authorization, Draft, FollowUp
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.times import hospital_time
from wardline.registry.models import Account

YESTERDAY = (timezone.localdate() - timedelta(days=1)).isoformat()
STORY = "Our patient Rosa Delgado rang the bell after her last round of chemo."


@pytest.fixture
def row(cardiology: Unit, privacy_officer: Person, blog: Account) -> Authorization:
    made = Authorization.objects.create(
        unit=cardiology,
        reference="PA-2026-014",
        kept_at="Privacy Office, binder 7",
        given_by="person",
        covers=["story", "name"],
        scope="A post about finishing treatment.",
        signed_on=timezone.localdate(),
        expires_at=timezone.now() + timedelta(days=90),
        recorded_by=privacy_officer,
    )
    made.accounts.set([blog])
    return made


def filled(blog: Account, **other: object) -> dict[str, object]:
    return {
        "reference": "PA-2026-015",
        "kept_at": "Privacy Office, binder 7",
        "given_by": "person",
        "covers": ["story"],
        "scope": "A post about finishing treatment.",
        "accounts": [blog.pk],
        "signed_on": YESTERDAY,
        "last_day": (timezone.localdate() + timedelta(days=30)).isoformat(),
        **other,
    }


def test_nothing_is_on_record_to_begin_with(client: Client, author: Person) -> None:
    client.force_login(author)
    page = body(client, "/authorizations")
    assert "None is on record." in page
    assert "Send the signed form to the Privacy Office" in page


def test_privacy_puts_one_on_record(
    client: Client, privacy_officer: Person, blog: Account
) -> None:
    client.force_login(privacy_officer)
    assert "Cardiology" in body(client, "/authorizations/new")
    client.post("/authorizations/new/cardiology", filled(blog))
    row = Authorization.objects.get()
    assert row.expires_at
    assert hospital_time(row.expires_at).strftime("%H:%M") == "00:00"
    page = body(client, f"/authorizations/{row.pk}")
    assert "Cardiology blog" in page


def test_a_name_in_place_of_a_number_is_refused_with_everything_kept(
    client: Client, privacy_officer: Person, blog: Account
) -> None:
    client.force_login(privacy_officer)
    given = filled(blog, reference="Rosa Delgado")
    page = client.post("/authorizations/new/cardiology", given).content.decode()
    assert "Give the number of the signed form" in page
    assert "Rosa Delgado" in page
    assert not Authorization.objects.exists()


def test_authors_see_their_units_and_nobody_elses(
    client: Client, row: Authorization, author: Person, outsider: Person
) -> None:
    client.force_login(author)
    assert "PA-2026-014" in body(client, "/authorizations?state=valid&unit=cardiology")
    assert "None is like that" in body(client, "/authorizations?state=expired")
    assert "takes it back" not in body(client, f"/authorizations/{row.pk}")
    assert client.get("/authorizations/new").status_code == 403
    client.force_login(outsider)
    assert "PA-2026-014" not in body(client, "/authorizations")
    assert client.get(f"/authorizations/{row.pk}").status_code == 403


def test_a_draft_is_written_with_it(
    client: Client, row: Authorization, author: Person, blog: Account
) -> None:
    client.force_login(author)
    given = {
        "title": "The bell",
        "text": STORY,
        "accounts": [blog.pk],
        "authorizations": [row.pk],
        "save": "1",
    }
    client.post("/drafts/new/cardiology", given)
    draft = Draft.objects.get()
    assert list(draft.authorizations.all()) == [row]
    assert "PA-2026-014" in body(client, f"/drafts/{draft.pk}")


def test_the_office_is_told_that_none_is_attached(
    client: Client,
    author: Person,
    privacy_officer: Person,
    write: Callable[..., Draft],
) -> None:
    draft = write(STORY)
    submit(author.actor, draft, version=1)
    clearance = draft.clearances.get(office="privacy")
    client.force_login(privacy_officer)
    page = body(client, f"/clearances/{clearance.pk}")
    assert "No authorization is attached" in page
    client.force_login(author)
    assert "edit the draft and tick it there" in body(client, f"/drafts/{draft.pk}")


@pytest.mark.django_db(transaction=True)
def test_an_authorization_from_record_to_revocation(
    page: Page,
    sign_in: SignIn,
    look: Look,
    author: Person,
    privacy_officer: Person,
    clearer: Person,
    write: Callable[..., Draft],
) -> None:
    sign_in(page, privacy_officer)
    page.locator("summary", has_text="Posts").click()
    page.get_by_role("link", name="Authorizations").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Put one on record").click()
    page.get_by_role("link", name="Cardiology").click()
    page.wait_for_load_state()
    page.get_by_label("Number of the signed form").fill("PA-2026-014")
    look(page, "authorization-record")
    page.get_by_label("Where the signed form is").fill("Privacy Office, binder 7")
    page.locator("label", has_text="The story").click()
    page.get_by_label("What it is for").fill("A post about finishing treatment.")
    page.locator("label", has_text="Cardiology blog").click()
    page.get_by_label("Signed on").fill(YESTERDAY)
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_text("is on record: drafts can use it")).to_be_visible()
    row = Authorization.objects.get()
    draft = write(STORY, authorizations=[row])
    submit(author.actor, draft, version=1)
    while each := draft.clearances.filter(state="pending").first():
        office = privacy_officer if each.lifts_hold else clearer
        grant(office.actor, each, content=each.content_hash, note="Signed.")
    draft.refresh_from_db()
    (queued,) = schedule(author.actor, draft, at=None, zone="UTC")
    page.reload()
    look(page, "authorization")
    page.get_by_label("How and when was it revoked?").fill("By letter of today.")
    page.get_by_role("button", name="Revoke it now").click()
    expect(page.get_by_text("Revoked. What used it")).to_be_visible()
    look(page, "authorization-revoked")
    queued.refresh_from_db()
    assert queued.state == "held"
    assert not FollowUp.objects.exists()
    page.locator("summary", has_text="Posts").click()
    page.get_by_role("link", name="Authorizations", exact=True).first.click()
    page.wait_for_load_state()
    look(page, "authorizations")
    page.goto(page.url.replace("/authorizations", f"/drafts/{draft.pk}"))
    look(page, "draft-with-authorization")
