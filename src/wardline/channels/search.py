"""Looking for profiles by name where a site lets anybody: Bluesky and Mastodon.

https://docs.bsky.app/docs/api/app-bsky-actor-search-actors
https://docs.joinmastodon.org/methods/search/ and …/methods/accounts/#lookup
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from wardline.channels.contract import Unsupported
from wardline.channels.http import Http

BLUESKY = "https://public.api.bsky.app"
"""Answers without a sign-in."""
BATCH = 25
"""Profiles that Bluesky answers at once."""
FOUND = 25
"""Profiles asked for of one name."""
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9])")
"""A handle that can be there; another one would spoil its batch."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as the site shows it; `id` is the site's own and never changes."""

    url: str
    handle: str
    id: str
    name: str = ""
    about: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sought:
    """Names to search for, and handles to look up."""

    names: Sequence[str]
    handles: Sequence[str]


class _Actor(msgspec.Struct):
    did: str
    handle: str
    displayName: str = ""  # noqa: N815  (Bluesky's)
    description: str = ""


class _Actors(msgspec.Struct):
    actors: list[_Actor] = []


class _Profiles(msgspec.Struct):
    profiles: list[_Actor] = []


class _Account(msgspec.Struct):
    id: str
    acct: str
    url: str
    display_name: str = ""
    note: str = ""


class _Accounts(msgspec.Struct):
    accounts: list[_Account] = []


def find_profiles(
    site: str, sought: Sought, http: Http, base_url: str = ""
) -> Iterator[Profile]:
    """Profiles of these names or handles; one may come twice.

    `site` is a platform's or a channel's short name; `base_url` is the server where
    the site is one of many.

    Raises:
        Unsupported: the site lets nobody search.
        ChannelError: it did not answer.
    """
    if site not in SEARCHES:
        message = f"{site} has no search that Wardline may use: look there by hand."
        raise Unsupported(message)
    return SEARCHES[site](sought, http, base_url.rstrip("/"))


def _bluesky(sought: Sought, http: Http, base_url: str) -> Iterator[Profile]:
    base = f"{base_url or BLUESKY}/xrpc/app.bsky.actor"
    for name in sought.names:
        params = {"q": name, "limit": str(FOUND)}
        found = http.request("GET", f"{base}.searchActors", params=params)
        yield from map(_of_bluesky, found.decoded(_Actors).actors)
    handles = [name for name in sought.handles if _LABEL.fullmatch(name)]
    for start in range(0, len(handles), BATCH):
        names = handles[start : start + BATCH]
        query = "&".join(f"actors={name}.bsky.social" for name in names)
        found = http.request("GET", f"{base}.getProfiles?{query}")
        yield from map(_of_bluesky, found.decoded(_Profiles).profiles)


def _of_bluesky(actor: _Actor) -> Profile:
    return Profile(
        f"https://bsky.app/profile/{actor.handle}",
        actor.handle,
        actor.did,
        actor.displayName,
        actor.description,
    )


def _mastodon(sought: Sought, http: Http, base_url: str) -> Iterator[Profile]:
    for name in sought.names:
        params = {"q": name, "type": "accounts", "limit": str(FOUND)}
        found = http.request("GET", f"{base_url}/api/v2/search", params=params)
        yield from map(_of_mastodon, found.decoded(_Accounts).accounts)
    for handle in sought.handles:
        params = {"acct": handle}
        one = http.request("GET", f"{base_url}/api/v1/accounts/lookup", params=params)
        if one.status == 200:  # noqa: PLR2004  (it is 404 where there is none)
            yield _of_mastodon(one.decoded(_Account))


def _of_mastodon(account: _Account) -> Profile:
    return Profile(
        account.url, account.acct, account.id, account.display_name, account.note
    )


SEARCHES: Mapping[str, Callable[[Sought, Http, str], Iterator[Profile]]] = {
    "bluesky": _bluesky,
    "mastodon": _mastodon,
}
"""By site."""
