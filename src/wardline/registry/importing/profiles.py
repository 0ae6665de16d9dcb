"""The addresses in a row: told in full, or by platform and handle."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wardline.registry import address
from wardline.registry.errors import RegistryError
from wardline.registry.importing.headers import platform
from wardline.registry.platforms import PLATFORMS, of_host

HANDLE = re.compile(r"[\w.-]{1,100}")
FEDERATED = re.compile(r"([\w.-]{1,100})@([\w-]+(?:\.[\w-]+)+)")
CHANNEL_ID = re.compile(r"UC[\w-]{22}")
"""How YouTube's own ids look: https://developers.google.com/youtube/v3/docs/channels"""


@dataclass(frozen=True, slots=True)
class Profile:
    """One account at a site; `kind` is "" where the site is not one we know.

    `column` is where the row tells of it.
    """

    column: str
    url: str
    handle: str = ""
    platform_id: str = ""
    kind: str = ""


def profiles(cells: Mapping[str, str], rest: Mapping[str, str]) -> Iterator[Profile]:
    """The accounts in a row: `cells` by the registry's columns, `rest` by their own.

    An address comes first, then platform and handle, then columns that are named for
    a site, at last any cell that is the address of a profile.

    Raises:
        RegistryError: a handle is none, or the platform is not known.
    """
    if url := cells.get("url"):
        yield _known("url", url, cells)
    elif site := cells.get("platform"):
        yield profile("handle", _site(site), cells.get("handle", ""))
    else:
        named = [(h, platform(h), written) for h, written in rest.items()]
        if found := [(h, site, written) for h, site, written in named if site]:
            for header, site, written in found:
                yield profile(header, site, written)
        else:
            yield from _mentioned(rest)


def profile(column: str, site: str, written: str) -> Profile:
    """The account that a handle (or an address) means at a site.

    Raises:
        RegistryError: it is no handle.
    """
    handle = written.strip().removeprefix("@")
    if "/" in handle:
        return _known(column, handle, {})
    if site == "youtube_id" and CHANNEL_ID.fullmatch(handle):
        url = f"https://youtube.com/channel/{handle}"
        return Profile(column, url, "", handle, "video")
    if site == "mastodon" and (parts := FEDERATED.fullmatch(handle)):
        url = f"https://{parts[2].lower()}/@{parts[1]}"
        return Profile(column, url, handle, "", "microblog")
    if site in PLATFORMS and HANDLE.fullmatch(handle):
        known = PLATFORMS[site]
        return Profile(
            column, known.profile.format(handle=handle), handle, "", known.kind
        )
    msg = (
        f"“{written[:60]}” is no handle at {site}: write it as on the profile, such as "
        "@hospital, or give the whole address in a column called url."
    )
    raise RegistryError(msg)


def _site(written: str) -> str:
    if site := platform(written):
        return site
    msg = (
        f"“{written[:60]}” is not a site we know: give the whole address in a column "
        "called url."
    )
    raise RegistryError(msg)


def _known(column: str, url: str, cells: Mapping[str, str]) -> Profile:
    handle, platform_id = cells.get("handle", ""), cells.get("platform_id", "")
    return Profile(column, url, handle.removeprefix("@"), platform_id, _kind(url))


def _kind(url: str) -> str:
    try:
        site = of_host(address.key(url).partition("/")[0])
    except RegistryError:
        return ""
    return PLATFORMS[site].kind if site else ""


def _mentioned(rest: Mapping[str, str]) -> Iterator[Profile]:
    for header, written in rest.items():
        if written.startswith("http") and (kind := _kind(written)):
            yield Profile(header, written, kind=kind)
