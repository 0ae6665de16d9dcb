"""Profiles on a real Bluesky PDS."""

from dataclasses import replace

import pytest

from tests.servers.bluesky import BlueskyServer
from tests.servers.flaky import Flaky, Forward, Send
from tests.servers.pages import pages
from wardline.channels import ChannelError, Connection, profiles
from wardline.channels.about import Gone, Link

pytestmark = pytest.mark.xdist_group("bluesky")
LINKS = (
    Link("Guidelines", "https://www.hospital.example/guidelines"),
    Link("Privacy", "https://www.hospital.example/privacy"),
)
PROFILE = "app.bsky.actor.profile"
site = profiles.get("bluesky")


def test_a_profile_never_filled_in_is_empty(bluesky: BlueskyServer) -> None:
    found = site.read(bluesky.address(bluesky.visitor))
    assert (found.text, found.links) == ("", ())
    assert found.handle == bluesky.visitor.handle
    assert found.platform_id == bluesky.visitor.did


def test_the_description_and_its_links_are_read(bluesky: BlueskyServer) -> None:
    bluesky.write(
        bluesky.official,
        displayName="Heart notes",
        description="Rules: hospital.example/guidelines. https://a.example/p",
        website="https://b.example/",
    )
    found = site.read(bluesky.address(bluesky.official))
    assert found.name == "Heart notes"
    assert found.links == (
        "https://hospital.example/guidelines",
        "https://a.example/p",
        "https://b.example/",
    )


def test_a_profile_is_found_by_its_did_as_well(bluesky: BlueskyServer) -> None:
    found = site.read(f"{bluesky.url}/profile/{bluesky.official.did}")
    assert (found.handle, found.platform_id) == ("", bluesky.official.did)


def test_a_handle_that_nobody_has_is_gone(bluesky: BlueskyServer) -> None:
    with pytest.raises(Gone, match=r"nobody\.test"):
        site.read(f"{bluesky.url}/profile/nobody.test")


def test_an_account_that_was_closed_is_gone(bluesky: BlueskyServer) -> None:
    with pytest.raises(Gone, match="closed"):
        site.read(f"{bluesky.url}/profile/did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")


def test_bluesky_itself_tells_an_empty_profile_in_its_message(
    bluesky: BlueskyServer,
) -> None:
    query = f"repo=did%3Aplc%3Ax&collection={PROFILE}&rkey=self"
    with pages() as web:
        web.say(
            f"/xrpc/com.atproto.repo.getRecord?{query}",
            '{"error": "InvalidRequest", "message": "Could not locate record: at://x"}',
            400,
        )
        web.say("/xrpc/com.atproto.repo.describeRepo?repo=did%3Aplc%3Ax", "{}")
        assert site.read(f"{web.url}/profile/did:plc:x").links == ()


def test_links_come_after_what_stands_there(bluesky: BlueskyServer) -> None:
    bluesky.write(bluesky.official, displayName="Heart", description="From Cardiology")
    site.add(bluesky.connection(bluesky.official), LINKS)
    profile = bluesky.profile(bluesky.official)
    assert profile["displayName"] == "Heart"
    assert profile["description"] == (
        "From Cardiology\n\nGuidelines: https://www.hospital.example/guidelines\n"
        "Privacy: https://www.hospital.example/privacy"
    )
    found = site.read(bluesky.address(bluesky.official))
    assert found.links == tuple(link.url for link in LINKS)


def test_a_long_description_gets_the_bare_addresses(bluesky: BlueskyServer) -> None:
    bluesky.write(bluesky.official, description="é" * 180)
    site.add(bluesky.connection(bluesky.official), LINKS)
    text = bluesky.profile(bluesky.official)["description"]
    assert text.endswith("\nhospital.example/guidelines\nhospital.example/privacy")
    assert len(text) <= 256


def test_no_word_is_cut_to_make_room(bluesky: BlueskyServer) -> None:
    bluesky.write(bluesky.official, description="é" * 250)
    with pytest.raises(ChannelError, match="6 characters left"):
        site.add(bluesky.connection(bluesky.official), LINKS)
    assert bluesky.profile(bluesky.official)["description"] == "é" * 250


def test_what_somebody_writes_meanwhile_is_not_overwritten(
    bluesky: BlueskyServer,
) -> None:
    bluesky.write(bluesky.official, description="Before")

    def meanwhile(forward: Forward, send: Send) -> None:
        if proxy.seen[-1].endswith("repo.putRecord"):
            bluesky.write(bluesky.official, description="By a person")
        send(forward())

    with Flaky(bluesky.url) as proxy:
        proxy.fault = meanwhile
        through = replace(bluesky, url=proxy.url).connection(bluesky.official)
        with pytest.raises(ChannelError, match="at this moment"):
            site.add(through, LINKS)
    assert bluesky.profile(bluesky.official)["description"] == "By a person"


def test_the_sign_in_of_another_account_changes_nothing(
    bluesky: BlueskyServer,
) -> None:
    address = bluesky.address(bluesky.official)
    theirs = replace(bluesky.connection(bluesky.visitor), base_url=address)
    with pytest.raises(ChannelError, match="another account"):
        site.add(theirs, LINKS)


def test_a_wrong_password_is_told(bluesky: BlueskyServer) -> None:
    wrong = replace(bluesky.connection(bluesky.official), secret="wrong")
    with pytest.raises(ChannelError, match="refused the app password"):
        site.add(wrong, LINKS)


def test_an_app_password_is_sent_to_no_address_without_encryption() -> None:
    theirs = Connection("http://pds.example/profile/us", "us", "app-password")
    with pytest.raises(ChannelError, match="could be read on the way"):
        site.add(theirs, LINKS)
