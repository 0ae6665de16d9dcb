"""The lists of corrections and withdrawals, as pages and as Atom."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.newsroom import Newsroom
from tests.web.conftest import body
from wardline.publishing.models import Draft
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry.models import Account
from wardline.web import public

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/corrections.atom"


@pytest.fixture
def post(
    write: Callable[..., Draft],
    newsroom: Newsroom,
    blog: Account,
    page_by_hand: Account,
) -> Draft:
    """Published on the blog, and with other words at a network."""
    words = {page_by_hand.pk: "Shots on Tuesday."}
    return newsroom.publish(write(accounts=[blog, page_by_hand], variants=words))


def entries(client: Client, address: str = FEED) -> list[dict[str, str]]:
    """What a feed reader sees: title, summary, id, and when it came."""
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314  our own
    names = ("title", "summary", "id", "updated")
    return [
        {name: one.findtext(f"a:{name}", "", ATOM) for name in names}
        for one in feed.findall("a:entry", ATOM)
    ]


@pytest.mark.django_db
def test_nothing_corrected_is_an_empty_list(client: Client) -> None:
    assert "Nothing was corrected" in body(client, "/corrections")
    assert entries(client) == []


def test_a_published_post_that_was_right_is_not_listed(
    client: Client, post: Draft, newsroom: Newsroom
) -> None:
    newsroom.fix(post, "Not out yet.")
    assert entries(client) == []


@pytest.mark.clause("ETHICS-05", by="wardline.web.feeds")
def test_corrections_and_withdrawals_are_told_newest_first(
    client: Client, post: Draft, newsroom: Newsroom
) -> None:
    fix = newsroom.correct(post, "On Thursday.")
    withdraw(newsroom.clearer.actor, post, reason="The clinic is closed.")
    newest, first = entries(client)
    assert newest["title"] == "Withdrawn: Flu shots"
    assert newest["summary"] == "The clinic is closed. By Public Affairs."
    assert first["title"] == "Correction: Flu shots"
    assert first["summary"] == "The day was wrong. By an author of Cardiology."
    assert first["id"].endswith(f"/corrections/{post.public_id}#c-{fix.public_id}")
    assert newest["updated"] >= first["updated"]
    page = body(client, "/corrections")
    assert page.index("The clinic is closed.") < page.index("The day was wrong.")


def test_each_account_has_its_own_list(
    client: Client, post: Draft, newsroom: Newsroom, write: Callable[..., Draft]
) -> None:
    blog, network = post.accounts.order_by("pk")
    other = newsroom.publish(write(title="Blood drive"))
    newsroom.correct(other, "On Friday.")
    newsroom.correct(post, "On Thursday.")
    listed = {
        account.pk: len(entries(client, f"/accounts/{account.pk}/corrections.atom"))
        for account in (blog, network)
    }
    assert listed == {blog.pk: 2, network.pk: 1}
    page = body(client, f"/accounts/{network.pk}/corrections")
    assert "Blood drive" not in page
    assert f"/accounts/{network.pk}/corrections.atom" in page


def test_an_account_that_never_spoke_is_not_named(
    client: Client, blog: Account
) -> None:
    for end in ("", ".atom"):
        address = f"/accounts/{blog.pk}/corrections{end}"
        assert client.get(address).status_code == 404


def test_every_page_names_the_feed(client: Client, post: Draft) -> None:
    assert f'href="{FEED}"' in body(client, "/corrections")


def test_the_list_comes_in_pages(
    client: Client,
    post: Draft,
    newsroom: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(public, "ON_A_PAGE", 1)
    for day in ("Wednesday", "Thursday"):
        newsroom.correct(post, f"On {day}.", f"It is {day}.")
    assert "It is Thursday." in body(client, "/corrections")
    older = body(client, "/corrections?page=2")
    assert "It is Wednesday." in older
    assert "It is Thursday." not in older


def test_the_page_of_a_post_shows_each_version_in_full_and_by_account(
    client: Client, post: Draft, newsroom: Newsroom
) -> None:
    network = post.accounts.get(channel="by_hand")
    newsroom.correct(post, "On *Thursday*.", variants={network.pk: "Shots Thursday."})
    page = body(client, f"/corrections/{post.public_id}")
    full = page.partition("This version in full")[2]
    assert "<p>On <em>Thursday</em>.</p>" in full
    assert "On Cardiology network:" in full
    assert "<p>Shots Thursday.</p>" in full
    assert "The original in full" in full
    assert "Shots on Tuesday." in full
    assert "after we noticed" in page
    assert f"/api/posts/{post.public_id}/history" in page
    assert f"/report-error?post={post.public_id}" in page


def test_signs_that_xml_does_not_know_break_no_feed(
    client: Client, write: Callable[..., Draft], newsroom: Newsroom
) -> None:
    post = newsroom.publish(write("Monday.", "Flu\x0bshots"))
    newsroom.correct(post, "Tuesday.", "The day\x01was\ufffe wrong.")
    (one,) = entries(client)
    assert one["title"] == "Correction: Flu shots"
    assert one["summary"].startswith("The day was wrong.")
