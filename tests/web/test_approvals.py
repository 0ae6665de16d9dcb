"""Somebody without an account reads, and decides once, by a link."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.web.conftest import Look, SignIn, body
from wardline.people.allowance import Allowance
from wardline.people.models import Person
from wardline.publishing.content import Content, Pictured
from wardline.publishing.models import ApprovalLink, Clearance, Draft
from wardline.publishing.steps.add_picture import add_picture
from wardline.publishing.steps.decide import grant, send_back
from wardline.publishing.steps.invite import invite
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.submit import submit
from wardline.web import approvals

TEXT = "The walk-in clinic opens on Tuesday in the main hall."
JANE, ADDRESS = "Jane Roe", "jane@counsel.example"
ASKED = {"name": JANE, "email": ADDRESS, "hours": "72"}


@pytest.fixture(autouse=True)
def fresh_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approvals, "decisions", Allowance())


@pytest.fixture
def row(author: Person, write: Callable[..., Draft]) -> Clearance:
    draft = write(TEXT, "Walk in")
    return submit(author.actor, draft, version=1)[0]


@pytest.fixture
def path(row: Clearance, clearer: Person) -> str:
    """The path of a link that Jane Roe got."""
    return f"/approve/{invite(clearer.actor, row, name=JANE, email=ADDRESS)}"


def dot(colour: str) -> bytes:
    """A picture of one colour, as a PNG file."""
    file = BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
    return file.getvalue()


def decision(row: Clearance, **other: str) -> dict[str, str]:
    given = {"content": row.content_hash, "name": "Jane Roe", "read": "on"}
    return {**given, "grant": "1", **other}


def test_opening_the_link_decides_nothing(
    client: Client, row: Clearance, path: str
) -> None:
    for _ in range(3):  # mail programs open links to look for malware
        assert client.head(path).status_code == 200
        answer = client.get(path)
    assert TEXT in answer.content.decode()
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    row.refresh_from_db()
    assert row.state == "pending"


def test_the_link_decides_once_and_leaves_a_receipt(
    client: Client, row: Clearance, path: str
) -> None:
    answer = client.post(path, decision(row), follow=True)
    assert "You cleared this wording." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "granted"
    again = client.post(path, decision(row))
    assert again.status_code == 410
    assert "it decides once only" in again.content.decode()
    assert TEXT not in again.content.decode()


def test_it_is_sent_back_with_a_note_alone(
    client: Client, row: Clearance, path: str
) -> None:
    back = {"content": row.content_hash, "name": "Jane Roe", "read": "on"}
    page = client.post(path, {**back, "send-back": "1"}).content.decode()
    assert "Say what the author should change." in page
    given = {**back, "send-back": "1", "note": "Name the room."}
    answer = client.post(path, given, follow=True)
    assert "You sent it back." in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.note) == ("refused", "Name the room.")


def test_nothing_is_decided_unread_or_unnamed(
    client: Client, row: Clearance, path: str
) -> None:
    page = client.post(path, decision(row, read="", name=" ")).content.decode()
    assert "Read it, then tick this box." in page
    assert "Write your name" in page
    row.refresh_from_db()
    assert row.state == "pending"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, "This link is too old."),
        ({"revoked_at": timezone.now()}, "The office took this link back."),
        ({"hash": "0" * 64}, "This link is not complete."),
    ],
)
def test_a_link_that_does_not_work_says_why(
    client: Client, path: str, change: dict[str, object], words: str
) -> None:
    ApprovalLink.objects.update(**change)
    answer = client.get(path)
    assert answer.status_code == 410
    assert words in answer.content.decode()
    assert TEXT not in answer.content.decode()


def test_a_draft_with_patient_data_is_shown_to_nobody_outside(
    client: Client, row: Clearance, path: str
) -> None:
    Draft.objects.filter(pk=row.draft_id).update(restricted=True)
    page = client.get(path).content.decode()
    assert TEXT not in page
    assert "Walk in" not in page
    assert "its words go to nobody outside" in page


def test_a_picture_is_sent_with_a_good_link_alone(
    client: Client, author: Person, clearer: Person, write: Callable[..., Draft]
) -> None:
    draft = write(TEXT, "Walk in")
    unit = draft.unit
    shown, other = (
        add_picture(author.actor, unit, "a.png", dot(name)) for name in ("red", "blue")
    )
    accounts = list(draft.accounts.all())
    pictures = [Pictured(shown.sha256, "A red square.")]
    content = Content("Walk in", TEXT, accounts, pictures=pictures)
    edit_draft(author.actor, draft, content, version=1)
    draft.refresh_from_db()
    row = submit(author.actor, draft, version=2)[0]
    path = f"/approve/{invite(clearer.actor, row, name=JANE, email=ADDRESS)}"
    picture = f"{path}/pictures/{shown.sha256}"
    assert picture in body(client, path)
    assert client.get(picture)["Content-Type"] == "image/png"
    assert client.get(f"{path}/pictures/{other.sha256}").status_code == 404
    ApprovalLink.objects.update(revoked_at=timezone.now())
    assert client.get(picture).status_code == 404


def test_what_the_offices_note_among_themselves_stays_inside(
    client: Client, author: Person, clearer: Person, write: Callable[..., Draft]
) -> None:
    draft = write(TEXT, "Walk in")
    row = submit(author.actor, draft, version=1)[0]
    send_back(clearer.actor, row, note="Counsel worries about the room.")
    draft.refresh_from_db()
    other = Content("Walk in", "Other words.", list(draft.accounts.all()))
    edit_draft(author.actor, draft, other, version=1)
    draft.refresh_from_db()
    again = submit(author.actor, draft, version=2)[0]
    page = body(
        client, f"/approve/{invite(clearer.actor, again, name=JANE, email=ADDRESS)}"
    )
    assert "Counsel worries" not in page
    assert clearer.name not in page
    # Nobody can tell why it was sent back: perhaps for a name that no rule knows.
    assert "What changed since this office last decided" not in page
    assert TEXT not in page


@pytest.mark.parametrize(
    ("before", "shown"), [(TEXT, True), (f"Rosa Delgado, MRN 4471903. {TEXT}", False)]
)
def test_what_was_cleared_before_is_compared_outside_unless_it_held_patient_data(
    client: Client,
    author: Person,
    clearer: Person,
    privacy_officer: Person,
    write: Callable[..., Draft],
    before: str,
    shown: bool,  # noqa: FBT001  (pytest gives it)
) -> None:
    draft = write(before, "Walk in")
    submit(author.actor, draft, version=1)
    by_office = {"privacy": privacy_officer, "public-affairs": clearer}
    while row := draft.clearances.filter(state="pending").first():
        actor = by_office[row.office].actor
        grant(actor, row, content=row.content_hash, note="Signed.")
    draft.refresh_from_db()
    other = Content("Walk in", "Other words.", list(draft.accounts.all()))
    edit_draft(author.actor, draft, other, version=1)
    draft.refresh_from_db()
    (again,) = submit(author.actor, draft, version=2)
    page = body(
        client, f"/approve/{invite(clearer.actor, again, name=JANE, email=ADDRESS)}"
    )
    assert ("What changed since this office last decided" in page) is shown
    assert (TEXT in page) is shown


def test_who_tries_again_and_again_has_to_wait(
    client: Client, row: Clearance, path: str
) -> None:
    stale = decision(row, content="0" * 64)
    pages = [client.post(path, stale).content.decode() for _ in range(11)]
    assert "The wording changed after you opened it." in pages[9]
    assert "Too many decisions" in pages[10]


def test_the_letter_has_the_link_and_nothing_of_the_post(
    client: Client, clearer: Person, row: Clearance
) -> None:
    client.force_login(clearer)
    answer = client.post(f"/clearances/{row.pk}/ask", {**ASKED, "send": "on"})
    assert "It was sent by e-mail." in answer.content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["jane@counsel.example"]
    link = next(line for line in letter.body.splitlines() if "/approve/" in line)
    assert link in answer.content.decode()
    assert "Walk in" not in f"{letter.subject} {letter.body}"
    assert TEXT not in letter.body
    assert Client().get(urlsplit(link).path).status_code == 200
    assert link not in client.get(f"/clearances/{row.pk}").content.decode()


def test_a_letter_that_cannot_be_sent_leaves_the_link_to_copy(
    client: Client, clearer: Person, row: Clearance, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = 9  # type: ignore[attr-defined]
    settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
    client.force_login(clearer)
    page = client.post(f"/clearances/{row.pk}/ask", {**ASKED, "send": "on"})
    assert "It could not be sent by e-mail." in page.content.decode()
    assert "/approve/" in page.content.decode()


def test_an_open_link_is_listed_and_taken_back(
    client: Client, clearer: Person, row: Clearance, path: str
) -> None:
    client.force_login(clearer)
    assert "jane@counsel.example" in body(client, f"/clearances/{row.pk}")
    client.post(f"/approval-links/{ApprovalLink.objects.get().pk}/revoke")
    assert "jane@counsel.example" not in body(client, f"/clearances/{row.pk}")
    assert "took this link back" in client.get(path).content.decode()


def test_who_may_not_decide_asks_nobody(
    client: Client, author: Person, row: Clearance
) -> None:
    client.force_login(author)
    assert client.post(f"/clearances/{row.pk}/ask", ASKED).status_code == 403
    assert not ApprovalLink.objects.exists()


def test_somebody_without_an_account_clears_by_link(
    page: Page,
    visitor: Page,
    sign_in: SignIn,
    clearer: Person,
    row: Clearance,
    look: Look,
    live_server: LiveServer,
) -> None:
    sign_in(page, clearer)
    page.get_by_role("link", name="Walk in").click()
    page.get_by_text("Make a link that decides once").click()
    page.get_by_label("Their name").fill("Jane Roe")
    page.get_by_label("Their e-mail address").fill("jane@counsel.example")
    look(page, "approval-ask")
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("Link").input_value()
    look(page, "approval-made")
    visitor.goto(live_server.url + urlsplit(link).path)
    expect(visitor.get_by_label("Your name")).to_have_value("Jane Roe")
    look(visitor, "approval-page")
    visitor.get_by_role("button", name="Yes, this may be published").click()
    expect(visitor.get_by_text("Read it, then tick this box.")).to_be_visible()
    visitor.get_by_text("I have read it").click()
    visitor.get_by_role("button", name="Yes, this may be published").click()
    expect(visitor.get_by_text("You cleared this wording.")).to_be_visible()
    look(visitor, "approval-receipt")
    row.refresh_from_db()
    assert row.state == "granted"
    visitor.goto(live_server.url + urlsplit(link).path)
    look(visitor, "approval-closed")
