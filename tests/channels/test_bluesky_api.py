"""Names and places at servers of the AT Protocol."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.channels import ChannelError
from wardline.channels.bluesky_api import (
    PUBLIC,
    Uri,
    actor,
    moment_of,
    origin,
    rkey_of,
)


def test_nothing_names_no_record() -> None:
    with pytest.raises(ChannelError, match="names no record"):
        Uri.of("")


def test_a_record_is_named_by_account_kind_and_place() -> None:
    text = "at://did:plc:ab2/app.bsky.feed.post/3kabc"
    assert Uri.of(text) == Uri("did:plc:ab2", "app.bsky.feed.post", "3kabc")
    assert str(Uri.of(text)) == text


# https://atproto.com/specs/tid
@given(st.text())
def test_every_key_has_one_lasting_place_that_bluesky_accepts(key: str) -> None:
    form = "[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}"
    assert re.fullmatch(form, rkey_of(key))
    assert rkey_of(key) == rkey_of(key)


def test_the_place_of_a_key_is_the_same_in_every_version_of_wardline() -> None:
    assert rkey_of("flu-clinic-opens-7f3k2m9q") == "7yec5kzqoh6k5"


def test_other_keys_have_other_places() -> None:
    assert (
        len({rkey_of(f"flu-clinic-{number:06}") for number in range(10_000)}) == 10_000
    )


def test_a_servers_revision_tells_its_time() -> None:
    moment = dt.datetime(2023, 6, 30, 15, 3, 1, 887007, dt.UTC)
    assert moment_of("3jzfcijpj2z2a") == moment


@pytest.mark.parametrize(
    ("url", "server", "who"),
    [
        ("https://bsky.app/profile/a.example", PUBLIC, "a.example"),
        ("https://www.bsky.app/profile/@a.example/", PUBLIC, "a.example"),
        ("https://pds.example/profile/did:plc:x", "https://pds.example", "did:plc:x"),
    ],
)
def test_a_profiles_address_tells_server_and_account(
    url: str, server: str, who: str
) -> None:
    assert (origin(url, PUBLIC), actor(url)) == (server, who)
