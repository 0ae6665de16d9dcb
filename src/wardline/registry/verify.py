"""Is this account real? The answer for any spelling of an address, signed."""

import hashlib
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.http import urlencode

from wardline.audit.models import Head
from wardline.institution import current
from wardline.registry import address, signing
from wardline.registry.directory import label, site
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, LookAlike
from wardline.registry.platforms import PLATFORMS

Status = Literal["official", "retired", "known-impostor", "not-listed"]

GOOD_FOR = timedelta(minutes=10)
"""How long a signed answer may be shown to somebody else."""
FRESH = 300
"""Seconds after which an answer is signed anew though nothing changed."""
KEPT = 8192
"""Answers that a process keeps, about a kilobyte each."""
LONGEST = 2000
COLUMNS = (
    "unit__name", "state", "url_key", "url", "name", "channel", "handle",
    "platform_id", "certified_at",
)  # fmt: skip
"""Of an account, what an answer needs."""
_NEWEST = f"SELECT mac FROM {Head._meta.db_table} WHERE id = 1"  # noqa: S608, SLF001

BY_ID = {
    "bluesky": "bsky.app/profile/",
    "facebook": "facebook.com/profile.php?id=",
    "x": "x.com/i/user/",
    "youtube": "youtube.com/channel/",
}
"""Where a site shows the profile of an id, as `address.key` writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the registry says of one address.

    `status` says whose it is, `trusted` whether to believe now what it says: an
    account of ours that somebody broke into is official and not trusted. `url` and
    all after it are of the account found, or, of an impostor, its own.
    """

    status: Status
    asked: str
    """The key of the address that was asked for: see `address.key`."""
    message: str
    trusted: bool = False
    compromised: bool = False
    identity_changed: bool = False
    """The site shows another id or handle there than we have on record."""
    unit: str = ""
    name: str = ""
    url: str = ""
    platform: str = ""
    handle: str = ""
    platform_id: str = ""
    certified_at: datetime | None = None
    imitates: str = ""
    """The address of the account that an impostor pretends to be."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An answer as it is sent: canonical JSON, the signature of it, and its tag."""

    answer: Answer
    body: bytes
    signature: str
    etag: str


def asked_for(words: str, platform: str = "") -> str:
    """The address that somebody means by an address, or by a handle and its site.

    `@name@server` needs no site: it is how Mastodon writes one.

    Raises:
        RegistryError: a handle without its site.
    """
    words = words.strip()
    name, _, server = words.removeprefix("@").partition("@")
    if words.startswith("@") and server:
        return f"https://{server}/@{name}"
    if "/" in words or not (platform or words.startswith("@")):
        return words
    if platform not in PLATFORMS:
        msg = (
            f"“{words[:80]}” is a handle: say which site it is on, for the same one "
            "may be somebody else's elsewhere."
        )
        raise RegistryError(msg)
    if platform == "bluesky" and "." not in name:
        name += ".bsky.social"
    return PLATFORMS[platform].profile.format(handle=name)


def answer(url: str) -> Answer:
    """What is on record of an address, in any spelling.

    Raises:
        RegistryError: it is no address of a page.
    """
    if len(url) > LONGEST or "\0" in url:
        raise RegistryError("This is too long for the address of a profile.")
    asked = address.key(url)
    if account := _account(asked):
        return _known(asked, account)
    if impostor := _impostor(asked):
        return _warning(asked, impostor)
    return Answer(
        status="not-listed",
        asked=asked,
        message=f"This is not on record as an account of {current().name}. "
        "That does not make it false, but do not take its word for ours.",
    )


def sealed(url: str) -> Sealed:
    """The signed answer; a change of the registry is seen by the next call.

    Every change leaves an audit entry, so the newest one tells whether any was made.

    Raises:
        RegistryError: it is no address of a page.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        newest = cursor.fetchone()
    if newest is None:
        return _seal(url)
    return _kept(url, newest[0], int(time.time()) // FRESH)


@lru_cache(maxsize=KEPT)
def _kept(url: str, _newest: str, _minute: int) -> Sealed:
    return _seal(url)


def _seal(url: str) -> Sealed:
    found, now = answer(url), timezone.now()
    content = asdict(found) | {
        "certified_at": _iso(found.certified_at),
        "checked_at": _iso(now),
        "valid_until": _iso(now + GOOD_FOR),
        "verify": page_of(url),
    }
    body = signing.canonical(content)
    tag = hashlib.sha256(body).hexdigest()[:32]
    return Sealed(found, body, signing.sign(body), f'"{tag}"')


def page_of(url: str) -> str:
    """Where people read the answer."""
    return f"{settings.SITE_URL}/verify?{urlencode({'url': url})}"


def _account(asked: str) -> Account | None:
    """The account at an address; else one in use whose id or handle it names."""
    known = ("active", "due-for-review", "compromised", "retired")
    rows = Account.objects.select_related("unit").filter(state__in=known)
    rows = rows.only(*COLUMNS).order_by()
    exact = rows.filter(url_key=asked).first()
    if exact and exact.state != "retired":
        return exact
    same = _same(asked)
    other = rows.filter(same).exclude(state="retired").first() if same else None
    if other or not exact:
        return other
    # A request that was refused is retired too, and never was ours.
    return exact if exact.versions.filter(state="approved").exists() else None


def _same(asked: str) -> Q | None:
    """On record by the handle and asked for by the id, or the other way round."""
    for platform, by_id in BY_ID.items():
        host = f"{PLATFORMS[platform].hosts[0]}/"
        if not asked.startswith(host):
            continue
        named = asked.removeprefix(by_id) if asked.startswith(by_id) else ""
        if named and (platform != "bluesky" or named.startswith("did:")):
            return Q(platform_id=named, url_key__startswith=host)
        handle = asked.rpartition("/")[2]
        if address.key(PLATFORMS[platform].profile.format(handle=handle)) == asked:
            return Q(handle__iexact=handle, url_key__startswith=by_id)
    return None


def _known(asked: str, account: Account) -> Answer:
    retired, compromised = account.state == "retired", account.state == "compromised"
    doubtful = account.tasks.filter(kind="identity", state="open").exists()
    return Answer(
        status="retired" if retired else "official",
        asked=asked,
        message=_words(account, doubtful=doubtful),
        trusted=not (retired or compromised or doubtful),
        compromised=compromised,
        identity_changed=doubtful,
        unit=str(account.unit),
        name=account.name,
        url=account.url,
        platform=label(site(account)),
        handle=account.handle,
        platform_id=account.platform_id,
        certified_at=account.certified_at,
    )


def _words(account: Account, *, doubtful: bool) -> str:
    whose = f"an official account of {current().name} ({account.unit})"
    if account.state == "retired":
        return f"This was {whose}. We no longer use it: do not rely on what it says."
    if account.state == "compromised":
        return (
            f"This is {whose}, but somebody else may have got into it. Do not believe "
            "what it says until this warning is gone."
        )
    if doubtful:
        return (
            f"This is on record as {whose}, but the site shows another account there "
            "now. Do not believe what it says until this warning is gone."
        )
    return f"This is {whose}."


def _impostor(asked: str) -> LookAlike | None:
    rows = LookAlike.objects.select_related("account")
    return rows.filter(url_key=asked, state="known-impostor").first()


def _warning(asked: str, impostor: LookAlike) -> Answer:
    return Answer(
        status="known-impostor",
        asked=asked,
        message=f"This is not an account of {current().name}: it only pretends to be. "
        "Do not answer it, follow its links or give it money or data.",
        name=impostor.name,
        url=impostor.url,
        imitates=impostor.account.url,
    )


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
