"""Answering comments, and the templates to answer with, on their pages."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn, body
from wardline.people.models import Person
from wardline.publishing.models import Draft, ReplyTemplate
from wardline.publishing.steps.decide_template import approve_template
from wardline.publishing.steps.write_template import write_template
from wardline.publishing.templates import starters
from wardline.registry.models import Account

COMMENT = "https://network.example/cardiology/posts/7?comment=9"
WORDS = "Thank you for these kind words. We are passing them on."


@pytest.fixture
def template(author: Person, clearer: Person, page_by_hand: Account) -> ReplyTemplate:
    row = write_template(
        author.actor, page_by_hand.unit, situation="Praise", language="en", text=WORDS
    )
    approve_template(clearer.actor, row)
    return row


def test_without_an_account_nobody_answers(client: Client, clearer: Person) -> None:
    client.force_login(clearer)
    assert "You write for no account" in body(client, "/replies/new")


def test_a_reply_is_begun_from_the_accounts_page(
    client: Client, author: Person, page_by_hand: Account
) -> None:
    client.force_login(author)
    link = f"/replies/new?account={page_by_hand.pk}"
    assert link in body(client, f"/accounts/{page_by_hand.pk}")
    given = {"account": page_by_hand.pk, "comment_url": COMMENT, "text": "Thank you."}
    client.post(link, given)
    draft = Draft.objects.get()
    assert draft.answers == COMMENT
    assert COMMENT in body(client, f"/drafts/{draft.pk}")
    assert "<br>Reply" in body(client, "/drafts")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Paste the address"),
        ({"comment_url": "network.example x"}, "full address"),
        ({"comment_url": COMMENT}, "Write the answer, or choose a template."),
        ({"comment_url": COMMENT, "text": "Hm.", "template": "1"}, "not both"),
    ],
)
def test_what_is_missing_is_said(
    client: Client,
    author: Person,
    page_by_hand: Account,
    template: ReplyTemplate,
    given: dict[str, str],
    told: str,
) -> None:
    client.force_login(author)
    if "template" in given:
        given = given | {"template": str(template.pk)}
    sent = {"account": page_by_hand.pk, **given}
    assert told in client.post("/replies/new", sent).content.decode()
    assert not Draft.objects.exists()


def test_an_address_that_does_not_tell_the_comment_is_asked_about(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    url = f"{blog.url}open-day/"
    sent = {"account": blog.pk, "comment_url": url, "text": "Yes."}
    page = client.post("/replies/new", sent).content.decode()
    assert "does not tell which comment" in page
    client.post("/replies/new", sent | {"comment_url": f"{url}#comment-12"})
    assert Draft.objects.get().answers == "12"


def test_only_ones_own_accounts_and_approved_templates_are_offered(
    client: Client,
    outsider: Person,
    author: Person,
    page_by_hand: Account,
    template: ReplyTemplate,
) -> None:
    client.force_login(outsider)
    sent = {"account": page_by_hand.pk, "comment_url": COMMENT, "text": "Hello."}
    client.post("/replies/new", sent)
    assert client.get(f"/templates/{template.pk}").status_code == 404
    ReplyTemplate.objects.update(state="retired")
    client.force_login(author)
    sent |= {"text": "", "template": template.pk}
    client.post("/replies/new", sent)
    assert not Draft.objects.exists()


def test_the_templates_that_come_along_are_proposed_once(
    client: Client, author: Person, page_by_hand: Account
) -> None:
    client.force_login(author)
    assert "Propose them all" in body(client, "/templates")
    for _ in range(2):
        client.post("/templates/begin")
    assert ReplyTemplate.objects.count() == len(starters())
    assert "Propose them all" not in body(client, "/templates")


def test_a_template_is_written_for_ones_own_unit_only(
    client: Client, author: Person, page_by_hand: Account
) -> None:
    client.force_login(author)
    given = {"situation": "Praise", "language": "en", "text": WORDS, "unit": "0"}
    assert (
        "Select a valid choice"
        in client.post("/templates/write", given).content.decode()
    )
    given["unit"] = str(page_by_hand.unit_id)
    client.post("/templates/write", given)
    row = ReplyTemplate.objects.get()
    assert client.post(f"/templates/{row.pk}/approve").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_template_is_approved_and_answers_a_comment(
    page: Page,
    visitor: Page,
    sign_in: SignIn,
    look: Look,
    author: Person,
    clearer: Person,
    page_by_hand: Account,
) -> None:
    sign_in(page, author)
    page.locator("summary", has_text="Posts").click()
    page.get_by_role("link", name="Reply templates").click()
    page.wait_for_load_state()
    look(page, "templates-none")
    page.get_by_role("link", name="Write a template").click()
    page.wait_for_load_state()
    look(page, "template-write")
    page.get_by_label("When to use it").fill("Praise")
    page.get_by_label("The answer").fill(WORDS)
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text("Proposed. Public Affairs")).to_be_visible()

    sign_in(visitor, clearer)
    visitor.wait_for_load_state()
    visitor.goto(page.url)
    look(visitor, "template")
    visitor.get_by_role("button", name="Approve these words").click()
    expect(visitor.get_by_text("It is in use.")).to_be_visible()

    page.get_by_role("link", name="All templates").click()
    page.wait_for_load_state()
    look(page, "templates")
    page.get_by_role("link", name="Answer a comment").click()
    page.wait_for_load_state()
    page.get_by_label("Address of the comment").fill(COMMENT)
    page.get_by_label("Template", exact=True).select_option(label="Praise (English)")
    look(page, "reply")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Reply to a comment")).to_be_visible()
    page.get_by_role("link", name="Edit").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", name="Edit the reply")).to_be_visible()
    look(page, "reply-edit")
    page.get_by_role("button", name="Save and ask for clearance").click()
    expect(page.get_by_text("Cleared, not yet scheduled").first).to_be_visible()
    look(page, "reply-cleared")
