"""Which profiles could be taken for an account of ours, and looking for them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from wardline.audit.models import Entry
from wardline.channels import ChannelError
from wardline.channels.http import Http
from wardline.channels.search import SEARCHES, Profile, Sought, find_profiles
from wardline.institution import current
from wardline.registry import address
from wardline.registry.directory import OPEN, approved, site
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, LookAlike
from wardline.registry.permutations import permutations, skeleton

SEARCHED = "look-alike.search"
"""What audit calls a search."""
EVERY = timedelta(days=7)
LOOKED_UP = 150
"""Permutations of a handle that are looked up, the likeliest ones."""
NEAR = 88
"""Of 100, how much two names have in common to be taken for one another."""
SHORTEST = 5
"""Characters of a name that says anything; "MGH" is in many words."""


def can_search(account: Account) -> bool:
    """Whether the site of this account lets anybody search it."""
    return site(account) in SEARCHES


def due(now: datetime) -> Account | None:
    """An account in use whose site was not searched for a week."""
    searched = Entry.objects.filter(action=SEARCHED, at__gt=now - EVERY)
    done = set(searched.values_list("target", flat=True))
    rows = approved().filter(state__in=OPEN)
    waiting = (row for row in rows if f"account:{row.pk}" not in done)
    return next(filter(can_search, waiting), None)


def search(account: Account, http: Http | None = None, base: str = "") -> list[Profile]:
    """Profiles at the account's site that may be taken for it, each once.

    Those on record, as ours or as judged before, are left out. Not inside a
    transaction: the site is asked.

    Raises:
        RegistryError: the site cannot be searched, or does not answer.
    """
    place = site(account)
    parts = urlsplit(account.url)
    base = base or ("" if place == "bluesky" else f"{parts.scheme}://{parts.netloc}")
    try:
        profiles = find_profiles(place, sought(account), http or Http(), base)
        found = dict(_with_keys(profiles))
    except ChannelError as error:
        raise RegistryError(str(error)) from error
    known = {account.url_key, *_known(found)}
    return [one for key, one in found.items() if key not in known and why(account, one)]


def _with_keys(profiles: Iterable[Profile]) -> Iterator[tuple[str, Profile]]:
    """Each by its address; one that has none, wherever it comes from, is no account."""
    for one in profiles:
        with suppress(RegistryError):
            yield address.key(one.url), one


def sought(account: Account) -> Sought:
    """What to look for: its name and the hospital's, and how its handle is imitated."""
    names = dict.fromkeys((account.name, current().name, current().short_name))
    own = own_name(account.handle, site(account))
    likely = islice(permutations(own), LOOKED_UP)
    return Sought(list(names), [one.handle for one in likely])


def why(account: Account, profile: Profile) -> str:
    """In words, why somebody could take the profile for the account; "" if not."""
    place = site(account)
    handle, own = own_name(profile.handle, place), own_name(account.handle, place)
    if own and handle == own:
        return "It has the same handle, elsewhere."
    if own and skeleton(handle) == skeleton(own):
        return "Its handle looks the same."
    kinds = (one.kind for one in permutations(own) if one.handle == handle)
    if own and (kind := next(kinds, "")):
        return f"Its handle is ours but for one thing: {kind}."
    names = (account.name, current().name, current().short_name, *current().aliases)
    return next(_alike_names(profile.name, names), "")


def _alike_names(name: str, ours: tuple[str, ...]) -> Iterator[str]:
    shown = skeleton(name)
    for one in ours:
        bare = skeleton(one)
        if len(bare) < SHORTEST:
            continue
        if bare in shown or fuzz.ratio(bare, shown) >= NEAR:
            yield f"Its name is like ours: “{one}”."


def own_name(handle: str, site: str) -> str:
    """The part of a handle that is a name, in small letters: `massgeneral`."""
    name = handle.strip().lower().lstrip("@").partition("@")[0]
    return name.partition(".")[0] if site == "bluesky" else name


def nearest(url: str) -> Account | None:
    """The account of ours that a stranger's address is most like, at its own site."""
    asked = address.key(url)
    host = asked.partition("/")[0]
    rows = approved().exclude(state="retired")
    ours = {row: row.handle for row in rows.filter(url_key__startswith=f"{host}/")}
    ours = ours or {row: row.handle for row in rows}
    if not ours:
        return None
    return process.extractOne(asked.rpartition("/")[2], ours)[2]


def _known(found: dict[str, Profile]) -> set[str]:
    keys = list(found)
    ours = Account.objects.filter(url_key__in=keys).values_list("url_key", flat=True)
    judged = LookAlike.objects.filter(url_key__in=keys).values_list("url_key")
    return {*ours, *(key for (key,) in judged)}
