from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn
from wardline.people.models import Person
from wardline.publishing.content import Content
from wardline.publishing.models import Draft
from wardline.publishing.steps.decide import grant, send_back
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.submit import submit
from wardline.registry.models import Account

Write = Callable[..., Draft]
HELD = "We miss Mrs. Dolores Whitfield, MRN 4471903."


def submitted(write: Write, author: Person, **fields: object) -> Draft:
    draft = write(**fields)
    submit(author.actor, draft, version=draft.version)
    return draft


@pytest.fixture
def held(author: Person, write: Write) -> Draft:
    """A draft with patient data, for which clearance was asked."""
    return submitted(write, author, text=HELD)


def test_an_empty_queue_says_where_decisions_can_be_read(
    client: Client, clearer: Person
) -> None:
    client.force_login(clearer)
    page = client.get("/queue/public-affairs").content.decode()
    assert "Nothing waits for this office." in page


def test_the_queue_of_another_office_stays_closed(
    client: Client, clearer: Person
) -> None:
    client.force_login(clearer)
    answer = client.get("/queue/privacy")
    assert answer.status_code == 403
    assert "Only the office itself" in answer.content.decode()


def test_the_oldest_request_comes_first(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    submitted(write, author, title="First asked")
    submitted(write, author, title="Then asked")
    client.force_login(clearer)
    page = client.get("/queue/public-affairs").content.decode()
    assert page.index("First asked") < page.index("Then asked")


def test_granting_clears_the_draft(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    draft = submitted(write, author)
    clearance = draft.clearances.get()
    client.force_login(clearer)
    decision = {"content": clearance.content_hash, "grant": "1"}
    answer = client.post(f"/clearances/{clearance.pk}", decision)
    assert answer.headers["location"] == "/queue/public-affairs"
    draft.refresh_from_db()
    assert draft.state == "cleared"


def test_sending_back_without_a_note_is_refused_on_the_page(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    clearance = submitted(write, author).clearances.get()
    client.force_login(clearer)
    decision = {"content": clearance.content_hash, "send-back": "1"}
    page = client.post(f"/clearances/{clearance.pk}", decision).content.decode()
    assert "Say what the author should change." in page


def test_a_decision_on_a_wording_that_changed_keeps_the_note(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    clearance = submitted(write, author).clearances.get()
    client.force_login(clearer)
    decision = {"content": "0" * 64, "note": "Fine with me.", "grant": "1"}
    page = client.post(f"/clearances/{clearance.pk}", decision).content.decode()
    assert "The wording changed after you opened it." in page
    assert "Fine with me." in page


def test_who_wrote_the_draft_is_told_why_a_colleague_must_decide(
    client: Client, author: Person, write: Write
) -> None:
    author.groups.create(name="public-affairs")
    clearance = submitted(write, author).clearances.get()
    client.force_login(author)
    page = client.get(f"/clearances/{clearance.pk}").content.decode()
    assert "a colleague must clear it" in page
    assert "Grant this wording" not in page


def test_the_office_sees_what_changed_since_its_last_word(
    client: Client, author: Person, clearer: Person, write: Write, blog: Account
) -> None:
    draft = submitted(write, author, text="Flu shots on Tuesday.")
    send_back(clearer.actor, draft.clearances.get(), note="Name the room.")
    draft.refresh_from_db()
    better = Content(draft.title, "Flu shots on Tuesday in Bigelow.", [blog])
    edit_draft(author.actor, draft, better, version=1)
    draft.refresh_from_db()
    submit(author.actor, draft, version=2)
    client.force_login(clearer)
    clearance = draft.clearances.get(state="pending")
    page = client.get(f"/clearances/{clearance.pk}").content.decode()
    assert "What changed since this office last decided" in page
    assert "in Bigelow.</ins>" in page
    assert "Name the room." in page


def test_a_decided_clearance_offers_nothing_more(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    clearance = submitted(write, author).clearances.get()
    grant(clearer.actor, clearance, content=clearance.content_hash)
    client.force_login(clearer)
    page = client.get(f"/clearances/{clearance.pk}").content.decode()
    assert "there is nothing to do here" in page


def test_privacy_lifts_a_hold_by_keyboard_and_only_with_a_reason(
    page: Page, sign_in: SignIn, privacy_officer: Person, held: Draft, look: Look
) -> None:
    sign_in(page, privacy_officer)
    page.get_by_role("link", name="The whole queue (1)").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("to decide")
    look(page, "queue")
    page.get_by_role("link", name=held.title).press("Enter")
    expect(page.get_by_text("The exact wording")).to_be_visible()
    look(page, "clearance")
    page.get_by_role("button", name="Grant this wording").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("needs a reason on record")
    look(page, "clearance-refused")
    page.get_by_label("Note").fill("Authorization signed, in the chart.")
    page.get_by_role("button", name="Grant this wording").press("Enter")
    expect(page.get_by_text("Nothing waits for this office.")).to_be_visible()
    assert held.clearances.get(office="privacy").state == "granted"
