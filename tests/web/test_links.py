from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn, body
from wardline.audit.record import SYSTEM
from wardline.channels.original import Looked
from wardline.people.models import Person
from wardline.publishing.content import Content
from wardline.publishing.follow import follow_up
from wardline.publishing.links import keep
from wardline.publishing.models import Draft, FollowUp
from wardline.publishing.steps.save_draft import create_draft
from wardline.web.links import Link

Write = Callable[..., Draft]
URL = "https://journal.example/study/7"


@pytest.fixture
def linked(write: Write) -> Draft:
    return write(f"Read [the study]({URL}).")


def test_a_post_without_links_has_no_list_of_them(
    client: Client, author: Person, write: Write
) -> None:
    client.force_login(author)
    assert 'id="links"' not in body(client, f"/drafts/{write().pk}")


def test_links_that_nobody_looked_at_are_looked_at_by_authors_alone(
    client: Client, author: Person, moderator: Person, linked: Draft
) -> None:
    client.force_login(author)
    page = body(client, f"/drafts/{linked.pk}")
    assert "Not looked at yet" in page
    assert 'hx-trigger="load, submit"' in page
    client.force_login(moderator)
    assert "Look at the links" not in body(client, f"/drafts/{linked.pk}")
    assert client.post(f"/drafts/{linked.pk}/links").status_code == 403


def test_a_look_stores_what_was_found_and_comes_back_to_the_list(
    client: Client, author: Person, write: Write
) -> None:
    draft = write("See http://127.0.0.1:9/x")  # a private address is not asked
    client.force_login(author)
    answer = client.post(f"/drafts/{draft.pk}/links")
    assert answer.headers["Location"] == f"/drafts/{draft.pk}#links"
    assert draft.links.get().outcome == "unreachable"
    live = client.post(f"/drafts/{draft.pk}/links", headers={"hx-request": "true"})
    assert "Could not be seen" in live.content.decode()
    assert "hx-trigger" not in live.content.decode()


def test_a_dead_link_warns_at_submission_and_does_not_stop_it(
    client: Client, author: Person, linked: Draft
) -> None:
    keep(linked, URL, Looked("dead", detail="journal.example has no such page."))
    client.force_login(author)
    assert "1 dead link: readers would find nothing there." in body(
        client, f"/drafts/{linked.pk}"
    )
    sent = {"version": 1}
    page = client.post(f"/drafts/{linked.pk}/submit", sent, follow=True)
    assert f"Readers would find nothing at {URL}." in page.content.decode()
    linked.refresh_from_db()
    assert linked.state == "submitted"


@pytest.mark.parametrize(
    ("url", "looked", "advice", "better"),
    [
        (URL, Looked("works", URL), "", ""),
        ("https://bit.ly/heart-talk-9", Looked("works", URL), "A shortener", URL),
        (
            "https://a.example/x",
            Looked("works", "https://a.example/x", URL),
            "The page names another",
            URL,
        ),
        (URL, Looked("dead"), "Put another link in", ""),
        (URL, Looked("unreachable"), "Open it in your browser", ""),
    ],
)
def test_each_outcome_says_what_to_do(
    write: Write, url: str, looked: Looked, advice: str, better: str
) -> None:
    link = Link(url, keep(write(), url, looked))
    assert link.advice.startswith(advice)
    assert bool(link.advice) == bool(advice)
    assert link.better == better


def test_the_archive_is_opened_by_the_author_and_its_address_kept(
    client: Client, author: Person, linked: Draft
) -> None:
    row = keep(linked, URL, Looked("works", URL))
    client.force_login(author)
    assert f"https://web.archive.org/save/{URL}" in body(client, f"/drafts/{linked.pk}")
    bad = client.post(f"/links/{row.pk}/archive", {"url": "nonsense"}, follow=True)
    assert "Paste the whole address of the copy" in bad.content.decode()
    copy = "https://web.archive.org/web/2026/https://journal.example/study/7"
    client.post(f"/links/{row.pk}/archive", {"url": copy})
    assert copy in body(client, f"/drafts/{linked.pk}")


def test_what_is_to_be_done_shows_where_people_look_and_is_closed_there(
    client: Client, author: Person, outsider: Person, published: Draft
) -> None:
    with transaction.atomic():
        row = follow_up(SYSTEM, published, "dead-link", "A link is dead.", subject=URL)
    client.force_login(outsider)
    assert "To do about published posts" not in body(client, "/")
    assert client.post(f"/follow-ups/{row.pk}/close", {"done": 1}).status_code == 403
    client.force_login(author)
    assert "To do about published posts" in body(client, "/")
    assert "A link is dead." in body(client, f"/drafts/{published.pk}")
    client.post(f"/follow-ups/{row.pk}/close", {"done": 1})
    assert FollowUp.objects.get().state == "done"
    assert "To do about published posts" not in body(client, "/")


def test_what_is_not_needed_is_dropped_once(
    client: Client, author: Person, published: Draft
) -> None:
    with transaction.atomic():
        row = follow_up(SYSTEM, published, "look", "Look there.")
    client.force_login(author)
    client.post(f"/follow-ups/{row.pk}/close", {"drop": 1})
    assert FollowUp.objects.get().state == "dropped"
    again = client.post(f"/follow-ups/{row.pk}/close", {"done": 1}, follow=True)
    assert "cannot become" in again.content.decode()


def test_an_office_sees_what_to_take_down_in_every_unit(
    client: Client, privacy_officer: Person, published: Draft
) -> None:
    with transaction.atomic():
        follow_up(SYSTEM, published, "take-down", "Take it down.")
        follow_up(SYSTEM, published, "dead-link", "A link is dead.")
    client.force_login(privacy_officer)
    page = body(client, "/")
    assert "Take it down:" in page
    assert "A dead link:" not in page


def test_links_are_looked_at_as_the_page_opens_and_say_what_to_do(
    page: Page, sign_in: SignIn, author: Person, published: Draft, look: Look
) -> None:
    draft = create_draft(
        author.actor,
        published.unit,
        Content(
            "New study",
            f"Read {URL} or https://bit.ly/heart-talk-9 or http://127.0.0.1:9/x",
            list(published.accounts.all()),
        ),
    )
    keep(draft, URL, Looked("dead", detail="journal.example has no such page."))
    keep(draft, "https://bit.ly/heart-talk-9", Looked("works", f"{URL}/long"))
    with transaction.atomic():
        for post in (published, draft):
            follow_up(SYSTEM, post, "dead-link", f"A link is dead: {URL}", subject=URL)
    sign_in(page, author)
    expect(
        page.get_by_role("heading", name="To do about published posts")
    ).to_be_visible()
    look(page, "follow-ups")
    page.goto(page.url + f"drafts/{draft.pk}")
    expect(page.get_by_role("button", name="Look again")).to_be_visible()
    expect(page.locator("#links-card")).to_contain_text("Could not be seen")
    look(page, "links")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Closed.")).to_be_visible()
