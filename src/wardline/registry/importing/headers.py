"""What columns are called elsewhere."""

import re
from collections.abc import Mapping
from functools import cache

from wardline.registry.platforms import PLATFORMS

COLUMNS: Mapping[str, str] = {
    "about": "description",
    "account": "name",
    "account_id": "platform_id",
    "account_name": "name",
    "address": "url",
    "backup": "deputy",
    "backup_owner": "deputy",
    "contact": "contacts",
    "department": "unit",
    "deputy_email": "deputy",
    "display_name": "name",
    "division": "unit",
    "email": "official_email",
    "id": "platform_id",
    "keywords": "tags",
    "lab": "unit",
    "labels": "tags",
    "lang": "language",
    "link": "url",
    "network": "platform",
    "owner_email": "owner",
    "page": "url",
    "profile": "url",
    "profile_url": "url",
    "purpose": "description",
    "screen_name": "handle",
    "service_key": "platform",
    "site": "platform",
    "tag": "tags",
    "title": "name",
    "type": "kind",
    "user_id": "platform_id",
    "user_name": "handle",
    "username": "handle",
    "website": "url",
}
PLATFORM_NAMES: Mapping[str, str] = {
    **{name.replace("-", "_"): name for name in PLATFORMS},
    "bsky": "bluesky",
    "fb": "facebook",
    "ig": "instagram",
    "insta": "instagram",
    "mastodon": "mastodon",
    "twitter": "x",
    "x_twitter": "x",
    "youtube_channel": "youtube_id",
    "youtube_id": "youtube_id",
    "yt": "youtube",
}
"""Sites by what lists call them. `youtube_id` and `mastodon` are written their own
way: see `profiles`."""

_SECRET = re.compile(
    r"passw|passphrase|passcode|passwd|kennwort|contrase|mot_de_passe|credential"
    r"|(?:recovery|backup|security)_(?:code|answer|question|key)|(?:api|private)_key"
    r"|2fa|mfa|totp|two_factor"
    r"|(?:^|_)(?:pass|pwd|pw|pin|otp|seed|tokens?|secrets?)(?:_|$)"
)


@cache
def column(header: str) -> str:
    """The registry's name of a column, or the header's own words joined by `_`."""
    plain = _plain(header).replace("e_mail", "email")
    return COLUMNS.get(plain, plain)


def platform(written: str) -> str:
    """The site that a header or cell names, or ""."""
    return PLATFORM_NAMES.get(_plain(written), "")


@cache
def is_secret(header: str) -> bool:
    """Whether a column of this name holds credentials, which no record may."""
    return bool(_SECRET.search(_plain(header)))


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
