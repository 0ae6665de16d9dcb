"""Every published version of a post for machines: in full, and without its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import WORDS
from tests.newsroom import Newsroom
from wardline.people.models import Person
from wardline.publishing.models import Draft
from wardline.publishing.steps.withdraw import withdraw

RIGHT = WORDS.replace("Tuesday", "Thursday")
LATER = RIGHT.replace("lobby", "hall")


@pytest.fixture
def post(write: Callable[..., Draft], newsroom: Newsroom) -> Draft:
    return newsroom.publish(write())


def address(post: Draft) -> str:
    return f"/api/posts/{post.public_id}/history"


def test_what_was_never_changed_has_no_history(client: Client, post: Draft) -> None:
    answer = client.get(address(post))
    assert answer.status_code == 404
    assert answer.json() == {"error": "No post of this id was corrected or withdrawn."}


@pytest.mark.clause("ETHICS-06", by="wardline.api.posts")
def test_history_shows_full_snapshots(
    client: Client, post: Draft, newsroom: Newsroom
) -> None:
    newsroom.correct(post, RIGHT)
    newsroom.correct(post, LATER, "The place was wrong.")
    answer = client.get(address(post))
    told = answer.json()
    versions = told["snapshots"]
    assert [one["places"][0]["text"] for one in versions] == [WORDS, RIGHT, LATER]
    reasons = ["", "The day was wrong.", "The place was wrong."]
    assert [one["reason"] for one in versions] == reasons
    assert [one["seconds_to_correct"] for one in versions] == [None, 0, 0]
    assert versions[0]["places"][0]["url"].startswith("https://posts.example/")
    assert (told["restricted"], told["withdrawal"]) == (False, None)
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_edit_history_leaked_the_moderator_mastodon_17746(
    client: Client, post: Draft, newsroom: Newsroom, privacy_officer: Person
) -> None:
    newsroom.correct(post, RIGHT)
    withdraw(privacy_officer.actor, post, reason="It was all wrong.")
    pages = [
        address(post),
        f"/corrections/{post.public_id}",
        "/corrections",
        "/corrections.atom",
        f"/accounts/{post.accounts.get().pk}/corrections",
        f"/accounts/{post.accounts.get().pk}/corrections.atom",
    ]
    people = (newsroom.author, newsroom.clearer, privacy_officer)
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        told = answer.content.decode()
        assert "an author of Cardiology" in told
        assert "Privacy Office" in told
        for person in people:
            assert person.name not in told, page
            assert person.email not in told, page


def test_of_patient_data_only_the_fact_is_told(
    client: Client, post: Draft, newsroom: Newsroom, privacy_officer: Person
) -> None:
    newsroom.correct(post, RIGHT)
    withdraw(
        privacy_officer.actor, post, reason="Ann Lee was named.", patient_data=True
    )
    told = client.get(address(post)).json()
    at = told["withdrawal"].pop("at")
    assert at
    assert told["withdrawal"] == {"by": "", "reason": ""}
    assert (told["restricted"], told["snapshots"]) == (True, [])
    for page in ("/corrections", "/corrections.atom"):
        shown = client.get(page).content.decode()
        assert "Withdrawn: a post of Cardiology" in shown
        for word in ("Ann", "Flu", "Tuesday", "Thursday", "The day was wrong"):
            assert word not in shown, page
