from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn
from wardline.people.models import Person, Unit
from wardline.publishing.content import Content
from wardline.publishing.models import Draft
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.submit import submit
from wardline.registry.models import Account

Write = Callable[..., Draft]
NAMED = "Mrs. Dolores Whitfield, MRN 4471903, was discharged on 3 November."


HTMX = {"hx-request": "true"}


def fields(blog: Account, **changes: object) -> dict[str, object]:
    return {
        "title": "Flu shots",
        "text": "Walk-in flu shots on Tuesday.",
        "accounts": [blog.pk],
        **changes,
    }


def test_who_writes_for_one_unit_is_not_asked_which(
    client: Client, author: Person
) -> None:
    client.force_login(author)
    assert client.get("/drafts/new").headers["location"] == "/drafts/new/cardiology"


def test_who_writes_for_no_unit_is_told_whom_to_ask(
    client: Client, clearer: Person
) -> None:
    client.force_login(clearer)
    assert "not an author of any unit" in client.get("/drafts/new").content.decode()


def test_a_unit_without_an_account_says_who_registers_one(
    client: Client, outsider: Person
) -> None:
    client.force_login(outsider)
    page = client.get("/drafts/new/oncology").content.decode()
    assert "Ask the registrar" in page


def test_an_outsider_may_not_write_for_the_unit(
    client: Client, outsider: Person, hospital: Unit
) -> None:
    client.force_login(outsider)
    answer = client.get("/drafts/new/cardiology")
    assert answer.status_code == 403
    assert "Only an author of the unit" in answer.content.decode()


def test_an_empty_form_keeps_what_was_typed_and_says_what_is_missing(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    answer = client.post("/drafts/new/cardiology", fields(blog, title=""))
    page = answer.content.decode()
    assert "Give the post a title." in page
    assert "Walk-in flu shots on Tuesday." in page
    assert not Draft.objects.exists()


def test_a_saved_draft_keeps_the_text_to_the_letter(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    text = "  two spaces first\r\n\r\nand an end "
    client.post("/drafts/new/cardiology", fields(blog, text=text))
    assert Draft.objects.get().text == text


def test_a_draft_can_be_saved_and_submitted_in_one_go(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    client.post("/drafts/new/cardiology", fields(blog, submit="1"))
    draft = Draft.objects.get()
    assert draft.state == "submitted"
    assert draft.offices_called == {"public-affairs"}


def test_checking_without_saving_stores_nothing(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    page = client.post("/drafts/new/cardiology", fields(blog, text=NAMED, check="1"))
    assert "only the Privacy Office may lift this" in page.content.decode()
    assert not Draft.objects.exists()


def test_a_window_that_closes_before_it_opens_is_refused_with_the_text_kept(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    window = {"not_before": "2030-05-02T10:00", "not_after": "2030-05-01T10:00"}
    page = client.post("/drafts/new/cardiology", fields(blog, **window))
    assert "The window must open before it closes." in page.content.decode()
    assert 'value="2030-05-02T10:00"' in page.content.decode()


def test_an_edit_conflict_keeps_my_text_and_shows_theirs(
    client: Client, author: Person, colleague: Person, write: Write, blog: Account
) -> None:
    draft = write()
    theirs = Content(draft.title, "They wrote this.", [blog])
    edit_draft(colleague.actor, draft, theirs, version=1)
    client.force_login(author)
    mine = fields(blog, text="I wrote that.", version=1)
    page = client.post(f"/drafts/{draft.pk}/edit", mine).content.decode()
    assert "I wrote that." in page
    assert "What Cole League saved meanwhile" in page
    assert 'name="version" value="2"' in page
    draft.refresh_from_db()
    assert draft.text == "They wrote this."


def test_after_a_conflict_the_merged_text_is_saved(
    client: Client, author: Person, colleague: Person, write: Write, blog: Account
) -> None:
    draft = write()
    theirs = Content(draft.title, "They wrote this.", [blog])
    edit_draft(colleague.actor, draft, theirs, version=1)
    client.force_login(author)
    merged = fields(blog, text="We wrote both.", version=2)
    client.post(f"/drafts/{draft.pk}/edit", merged)
    draft.refresh_from_db()
    assert draft.text == "We wrote both."


def test_editing_what_an_office_looks_at_warns_that_its_word_becomes_void(
    client: Client, author: Person, write: Write
) -> None:
    draft = write()
    client.force_login(author)
    assert "becomes void" not in client.get(f"/drafts/{draft.pk}/edit").content.decode()
    submit(author.actor, draft, version=1)
    assert "becomes void" in client.get(f"/drafts/{draft.pk}/edit").content.decode()


def test_a_form_of_two_megabytes_is_refused_with_advice(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    answer = client.post("/drafts/new/cardiology", fields(blog, text="x" * 3_000_000))
    assert answer.status_code == 400
    assert "Shorten it" in answer.content.decode()


def test_a_version_that_is_no_number_saves_nothing(
    client: Client, author: Person, write: Write, blog: Account
) -> None:
    draft = write()
    client.force_login(author)
    for version in ("", "x", "99999999999999999999"):
        mine = fields(blog, text="I wrote that.", version=version)
        page = client.post(f"/drafts/{draft.pk}/edit", mine)
        assert "I wrote that." in page.content.decode()
    assert draft.revisions.count() == 1


def test_a_form_sent_after_the_session_ended_says_how_to_keep_the_text(
    client: Client, blog: Account
) -> None:
    answer = client.post("/drafts/new/cardiology", fields(blog))
    assert answer.status_code == 401
    assert "Go back in your browser and copy" in answer.content.decode()


def test_a_live_check_after_the_session_ended_says_so_in_its_place(
    client: Client, db: None
) -> None:
    answer = client.post("/drafts/new/cardiology", {"check": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert "You were signed out." in answer.content.decode()


@pytest.mark.parametrize("text", ["", " \n", "\0", "\u202eabc", "x" * 1_000_000])
def test_a_live_check_answers_whatever_is_typed(
    client: Client, author: Person, hospital: Unit, text: str
) -> None:
    client.force_login(author)
    assert (
        client.post(
            "/drafts/new/cardiology", {"text": text, "check": "1"}, headers=HTMX
        ).status_code
        == 200
    )


def test_a_fix_changes_the_words_and_saves_nothing(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    given = fields(blog, title="MRN 4471903", text="Call my patient at 617-555-0184.")
    page = client.post("/drafts/new/cardiology", given | {"fix": "all"})
    assert 'value="MRN [number removed]"' in page.content.decode()
    assert "Call my patient at [number removed]." in page.content.decode()
    assert not Draft.objects.exists()


def test_a_fix_of_an_empty_form_changes_nothing(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    page = client.post("/drafts/new/cardiology", {"fix": "all"})
    assert page.status_code == 200
    assert not Draft.objects.exists()


def test_one_click_takes_an_identifier_out_of_a_draft(
    page: Page, sign_in: SignIn, author: Person, hospital: Unit, look: Look
) -> None:
    sign_in(page, author)
    page.get_by_role("link", name="Write a draft").first.click()
    page.wait_for_load_state("load")  # from then on words are checked as they come
    page.get_by_label("Title").fill("A good day")
    text = page.get_by_label("Text", exact=True)
    text.fill("The chart of my patient says MRN 4471903.\nThanks to all.")
    button = page.get_by_role("button", name="Take the record number out")
    expect(button).to_be_visible()
    look(page, "editor-fix")
    button.press("Enter")
    expect(text).to_have_value(
        "The chart of my patient says MRN [number removed].\nThanks to all."
    )
    expect(page.get_by_role("heading", name="What changed")).to_be_focused()
    expect(page.get_by_label("Title")).to_have_value("A good day")
    expect(page.get_by_role("status")).to_contain_text("Nothing found.")
    assert not Draft.objects.exists()


def test_findings_show_as_one_types_and_go_when_the_words_go(
    page: Page, sign_in: SignIn, author: Person, hospital: Unit, look: Look
) -> None:
    sign_in(page, author)
    page.get_by_role("link", name="Write a draft").first.click()
    page.wait_for_load_state("load")  # from then on words are checked as they come
    page.get_by_label("Title").fill("A good day")
    page.get_by_label("Text", exact=True).fill(NAMED)
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".wl-hold")).to_have_text(
        "Held: only the Privacy Office may lift this."
    )
    look(page, "editor")
    page.get_by_label("Text", exact=True).fill("Walk-in flu shots on Tuesday.")
    expect(page.get_by_role("status")).to_contain_text("Nothing found.")
    assert not Draft.objects.exists()
