"""The public face: discovery, keys, and secrets that stay out of sight."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from wardline import channels
from wardline.channels import (
    ChannelError,
    Comment,
    Connection,
    Post,
    Remote,
    readable_key,
)


def test_channels_are_the_files_that_hold_one() -> None:
    assert list(channels.all()) == [
        "bluesky",
        "by_hand",
        "mastodon",
        "mediawiki",
        "webhook",
        "wordpress",
    ]


@pytest.mark.parametrize("name", ["", "http", "redline", "os", "../x", "nope"])
def test_what_is_no_channel_is_refused_with_a_list_of_those_there_are(
    name: str,
) -> None:
    with pytest.raises(ChannelError, match="choose one of: bluesky, by_hand,") as it:
        channels.get(name)
    assert it.value.permanent


def test_the_public_face_is_light_until_a_channel_is_asked_for() -> None:
    code = "import sys, wardline.channels; sys.exit('requests' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_secret_never_shows_in_a_repr() -> None:
    connection = Connection("https://blog.example", "author", "hunter2")
    assert "hunter2" not in f"{connection!r} {connection}"


def test_the_text_of_a_post_never_shows_in_a_repr() -> None:
    post = Post("visit-abc123", "Visit", "the words", "<p>the words</p>")
    assert "the words" not in repr(post)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Flu clinic opens!", "flu-clinic-opens-abc123"),
        ("Öffnung — «heute»", "offnung-heute-abc123"),
        ("流感", "abc123"),
        ("", "abc123"),
        ("x" * 500, "x" * 60 + "-abc123"),
    ],
)
def test_a_key_reads_like_the_title(title: str, key: str) -> None:
    assert readable_key(title, "abc123") == key


@pytest.mark.parametrize("key", ["", "x", "visit-2", "Visit-ABCDEF", "a b", "x" * 101])
def test_a_key_that_could_be_another_ones_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="readable_key"):
        Post(key, "t", "t", "t")


@pytest.mark.parametrize(
    "told",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "https://a.example/ x",
        "https://a.example/\n",
        "https://",
        f"https://a.example/{'x' * 500}",
    ],
)
def test_an_address_that_a_channel_tells_is_kept_only_if_people_may_open_it(
    told: str,
) -> None:
    assert not Remote("7", told).url
    now = datetime.now(UTC)
    assert not Comment("7", "1", "", "Jo", "9", now, told, "When?").url
    assert Remote("7", "https://a.example/7").url == "https://a.example/7"
