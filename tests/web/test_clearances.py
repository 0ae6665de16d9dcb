import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.cast import person
from tests.web.conftest import Look, SignIn, body
from wardline.people.models import Person, Unit
from wardline.publishing.content import Content, Pictured
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.steps.add_picture import add_picture
from wardline.publishing.steps.correct import start_correction
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


def pixel(unit: Unit, author: Person, name: str) -> Pictured:
    """A picture of the unit: eight pixels of one colour."""
    file = BytesIO()
    Image.new("RGB", (8, 8), name).save(file, "PNG")
    row = add_picture(author.actor, unit, f"{name}.png", file.getvalue())
    return Pictured(row.sha256, f"A {name} square.")


@pytest.fixture
def changed(
    author: Person, clearer: Person, write: Write, blog: Account, page_by_hand: Account
) -> Draft:
    """Sent back, and asked for once more with every part changed."""
    red, blue = (pixel(blog.unit, author, name) for name in ("red", "blue"))
    draft = submitted(
        write,
        author,
        text="Flu shots on Tuesday.",
        pictures=[red],
        also_ask=["development"],
    )
    mine = draft.clearances.get(office="development")
    send_back(person("Dee Velop", "development").actor, mine, note="Name the room.")
    draft.refresh_from_db()
    content = Content(
        draft.title,
        "Flu shots on Tuesday in Bigelow.",
        [blog, page_by_hand],
        variants={blog.pk: "Flu shots in Bigelow, on our blog."},
        pictures=[blue, replace(red, alt="A scarlet square.")],
        not_after=timezone.now() + timedelta(days=9),
        also_ask=["development", "public-affairs"],
    )
    edit_draft(author.actor, draft, content, version=1)
    draft.refresh_from_db()
    submit(author.actor, draft, version=2)
    return draft


def test_every_part_is_compared_with_what_the_office_decided_last(
    client: Client, developer: Person, changed: Draft
) -> None:
    client.force_login(developer)
    row = changed.clearances.get(office="development", state="pending")
    page = body(client, f"/clearances/{row.pk}")
    assert "What the office last sent back" in page
    assert "When it may go out changed" in page
    marks = dict(
        re.findall(r"<h3> ([^<]+?) <span class=\"wl-state[^>]*>([^<]+)<", page)
    )
    assert marks == {
        "Title and text": "Changed",
        "The text for Cardiology blog": "Changed",
        "Picture 1": "New",
        "Picture 2": "Changed",
        "Accounts": "Changed",
    }
    assert "in Bigelow.</ins>" in page
    assert "Name the room." in page


def test_what_the_other_offices_said_is_there(
    client: Client, developer: Person, clearer: Person, changed: Draft
) -> None:
    other = changed.clearances.get(office="public-affairs", state="pending")
    grant(clearer.actor, other, content=other.content_hash, note="Good as it is.")
    client.force_login(developer)
    row = changed.clearances.get(office="development", state="pending")
    page = body(client, f"/clearances/{row.pk}")
    assert "Good as it is." in page
    assert "No authorization is attached" in page


def test_who_is_asked_later_is_said(
    client: Client, privacy_officer: Person, held: Draft
) -> None:
    client.force_login(privacy_officer)
    row = held.clearances.get(office="privacy")
    assert "Public Affairs is asked after you." in body(client, f"/clearances/{row.pk}")


def test_a_correction_is_compared_with_what_readers_have(
    client: Client, author: Person, clearer: Person, published: Draft
) -> None:
    draft = start_correction(author.actor, published, reason="The day was wrong.")
    content = Content(draft.title, "It is on Friday.", list(draft.accounts.all()))
    edit_draft(author.actor, draft, content, version=1)
    draft.refresh_from_db()
    (row,) = submit(author.actor, draft, version=2)
    client.force_login(clearer)
    page = body(client, f"/clearances/{row.pk}")
    assert "What the correction changes" in page
    assert "What readers have now" in page
    assert "Friday.</ins>" in page


def test_where_one_of_several_suffices_it_is_said(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    row = submitted(write, author).clearances.get()
    Clearance.objects.update(any_of=["public-affairs", "privacy"])
    client.force_login(clearer)
    page = body(client, f"/clearances/{row.pk}")
    assert "Your word or that of Privacy Office suffices." in page


def test_the_author_reads_what_to_change(
    page: Page,
    sign_in: SignIn,
    author: Person,
    clearer: Person,
    write: Write,
    look: Look,
) -> None:
    draft = submitted(write, author)
    send_back(clearer.actor, draft.clearances.get(), note="Name the room.")
    sign_in(page, author)
    page.get_by_role("link", name=draft.title).click()
    card = page.get_by_role("region", name="What to change")
    expect(card).to_contain_text("Public Affairs: Name the room.")
    look(page, "draft-returned")


def test_two_versions_stand_side_by_side(
    page: Page, sign_in: SignIn, developer: Person, changed: Draft, look: Look
) -> None:
    sign_in(page, developer)
    page.get_by_role("link", name=changed.title).click()
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready")
    then = page.get_by_text("What the office last sent back").first
    now = page.get_by_role("heading", name="Now").first
    left, right = then.bounding_box(), now.bounding_box()
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]
    look(page, "clearance-compared")
