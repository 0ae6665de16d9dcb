"""Mastodon profiles, against answers written after its documentation.

No Mastodon server can be installed here. The answers have the fields and types of
https://docs.joinmastodon.org/entities/Account/ and of the errors that
https://docs.joinmastodon.org/methods/accounts/#lookup lists; they were not recorded.
"""

import json
from collections.abc import Iterator

import pytest

from tests.servers.mastodon import MastodonServer
from tests.servers.pages import Pages, pages
from wardline.channels import ChannelError, Connection, profiles
from wardline.channels.about import Gone, Link

LOOKUP = "/api/v1/accounts/lookup?acct=heart"
ACCOUNT = {
    "id": "109348280273981",
    "username": "heart",
    "acct": "heart",
    "display_name": "Heart notes",
    "locked": False,
    "note": (
        "<p>From Cardiology.<br>Rules: <a href='https://hospital.example/guidelines' "
        "rel='nofollow noopener'><span class='invisible'>https://</span>"
        "<span>hospital.example/guidelines</span></a></p>"
    ),
    "url": "https://social.example/@heart",
    "fields": [
        {
            "name": "Privacy",
            "value": "<a href='https://hospital.example/privacy' rel='me'>Policy</a>",
            "verified_at": "2026-11-02T10:00:00.000+00:00",
        }
    ],
}
site = profiles.get("mastodon")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    monkeypatch.setenv("WARDLINE_ALLOWED_HOSTS", '["127.0.0.1"]')
    with pages() as server:
        yield server


def says(web: Pages, **fields: object) -> str:
    """Have the server answer with the account; the profile's address."""
    web.say(LOOKUP, json.dumps({**ACCOUNT, **fields}))
    return f"{web.url}/@heart"


def test_an_empty_profile_has_no_links(web: Pages) -> None:
    found = site.read(says(web, note="", fields=[], display_name=""))
    assert (found.text, found.links, found.name) == ("", (), "")


def test_bio_and_fields_are_read(web: Pages) -> None:
    found = site.read(says(web))
    assert found.text.startswith("From Cardiology.\nRules: ")
    assert found.links == (
        "https://hospital.example/guidelines",
        "https://hospital.example/privacy",
    )
    assert (found.name, found.handle) == ("Heart notes", "heart")
    assert found.platform_id == "109348280273981"


def test_an_account_that_moved_is_found_at_its_new_place(web: Pages) -> None:
    moved = {**ACCOUNT, "url": "https://other.example/@heart"}
    assert site.read(says(web, moved=moved)).url == "https://other.example/@heart"


def test_an_unknown_handle_is_gone(web: Pages) -> None:
    web.say(LOOKUP, '{"error": "Record not found"}', 404)
    with pytest.raises(Gone):
        site.read(f"{web.url}/@heart")


def test_a_suspended_account_is_gone(web: Pages) -> None:
    with pytest.raises(Gone):
        site.read(says(web, suspended=True))


def test_what_is_no_mastodon_is_not_gone(web: Pages) -> None:
    with pytest.raises(ChannelError, match="expected data") as caught:
        site.read(f"{web.url}/@heart")
    assert not isinstance(caught.value, Gone)


def test_a_server_that_shows_itself_to_members_alone_is_told(web: Pages) -> None:
    web.say(LOOKUP, '{"error": "This method requires authentication"}', 401)
    with pytest.raises(ChannelError, match="attest") as caught:
        site.read(f"{web.url}/@heart")
    assert not isinstance(caught.value, Gone)


def test_what_a_server_does_not_tell_as_it_was_written_is_left_alone(
    mastodon: MastodonServer,
) -> None:
    mastodon.bio = None
    with pytest.raises(ChannelError, match="nothing was changed") as caught:
        site.add(mastodon.connection, [Link("Rules", "https://hospital.example/r")])
    assert caught.value.permanent
    assert mastodon.bio is None


def test_a_description_with_too_little_room_is_left_alone(
    mastodon: MastodonServer,
) -> None:
    mastodon.bio = "a" * 495
    with pytest.raises(ChannelError, match="5 characters left"):
        site.add(mastodon.connection, [Link("Rules", "https://hospital.example/r")])
    assert mastodon.bio == "a" * 495


def test_the_token_of_another_account_changes_nothing(
    mastodon: MastodonServer,
) -> None:
    elsewhere = Connection(f"{mastodon.url}/@somebody", "", "the access token")
    with pytest.raises(ChannelError, match="the account is @somebody"):
        site.add(elsewhere, [Link("Rules", "https://hospital.example/r")])
    assert mastodon.bio == "From Cardiology."
