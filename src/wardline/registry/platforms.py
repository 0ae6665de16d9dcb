"""The sites that people know by name: their hosts, and how a profile is addressed.

Facts from the sites' own profile addresses, looked at in November 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Platform:
    """A site with profiles.

    `hosts` are all that lead to it, the one to show first, without `www.` and `m.`.
    `profile` addresses a handle there; `kept` are the query's names without which an
    address would mean another profile; below `cased` capitals matter; where
    `same_with_at`, `/@name` and `/name` are one profile.
    """

    label: str
    kind: str
    hosts: tuple[str, ...]
    profile: str
    kept: tuple[str, ...] = ()
    cased: str = "?"
    same_with_at: bool = True


PLATFORMS: Mapping[str, Platform] = {
    "facebook": Platform(
        label="Facebook",
        kind="network",
        hosts=("facebook.com", "fb.com", "fb.me", "facebook.net"),
        profile="https://facebook.com/{handle}",
        kept=("id",),
    ),
    "linkedin": Platform(
        label="LinkedIn",
        kind="network",
        hosts=("linkedin.com",),
        profile="https://linkedin.com/company/{handle}",
    ),
    "x": Platform(
        label="X",
        kind="microblog",
        hosts=("x.com", "twitter.com"),
        profile="https://x.com/{handle}",
    ),
    "bluesky": Platform(
        label="Bluesky",
        kind="microblog",
        hosts=("bsky.app",),
        profile="https://bsky.app/profile/{handle}",
    ),
    "threads": Platform(
        label="Threads",
        kind="microblog",
        hosts=("threads.com", "threads.net"),
        profile="https://threads.com/@{handle}",
    ),
    "tumblr": Platform(
        label="Tumblr",
        kind="blog",
        hosts=("tumblr.com",),
        profile="https://tumblr.com/{handle}",
    ),
    "medium": Platform(
        label="Medium",
        kind="blog",
        hosts=("medium.com",),
        profile="https://medium.com/@{handle}",
        same_with_at=False,  # without it is a publication, which anybody may found
    ),
    "reddit": Platform(
        label="Reddit",
        kind="forum",
        hosts=("reddit.com", "redd.it"),
        profile="https://reddit.com/user/{handle}",
    ),
    "instagram": Platform(
        label="Instagram",
        kind="photo",
        hosts=("instagram.com", "instagr.am"),
        profile="https://instagram.com/{handle}",
    ),
    "flickr": Platform(
        label="Flickr",
        kind="photo",
        hosts=("flickr.com",),
        profile="https://flickr.com/photos/{handle}",
    ),
    "pinterest": Platform(
        label="Pinterest",
        kind="photo",
        hosts=("pinterest.com",),
        profile="https://pinterest.com/{handle}",
    ),
    "youtube": Platform(
        label="YouTube",
        kind="video",
        hosts=("youtube.com", "youtu.be"),
        profile="https://youtube.com/@{handle}",
        kept=("v", "list"),
        cased="/channel/",
    ),
    "vimeo": Platform(
        label="Vimeo",
        kind="video",
        hosts=("vimeo.com",),
        profile="https://vimeo.com/{handle}",
    ),
    "tiktok": Platform(
        label="TikTok",
        kind="video",
        hosts=("tiktok.com",),
        profile="https://tiktok.com/@{handle}",
    ),
    "second-life": Platform(
        label="Second Life",
        kind="virtual-world",
        hosts=("secondlife.com", "my.secondlife.com"),
        profile="https://my.secondlife.com/{handle}",
    ),
}
_BY_HOST = {
    host: name for name, platform in PLATFORMS.items() for host in platform.hosts
}


def of_host(host: str) -> str:
    """The name of the platform that a bare host belongs to, or ""."""
    return _BY_HOST.get(host, "")
