"""The advice for each kind of site, read from one TOML file a kind.

`every.toml` holds what is true of all kinds; a kind's own lines follow it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from wardline.registry.errors import RegistryError
from wardline.registry.platforms import PLATFORMS

FOLDER = Path(__file__).parent

SECTIONS: Mapping[str, str] = {
    "naming": "The name",
    "handle": "The handle",
    "address": "The official address",
    "custody": "Two people hold the keys",
    "sign_up": "Signing up, step by step",
    "terms": "Terms and conditions: what to look for",
    "pictures": "Avatar and cover",
    "layout": "Layout",
    "accessibility": "For everybody to read",
    "rhythm": "How often to post",
    "answering": "Answering",
    "never": "What never to post",
    "closing": "How to close it",
}
"""The parts of the advice by their titles, in the order in which they are read."""

KEEPING = ("accessibility", "rhythm", "answering", "never", "closing")
"""Those of them that count for as long as the account is used."""

Text = Annotated[str, msgspec.Meta(min_length=1)]
Lines = tuple[Text, ...]


class Advice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines of advice, by the sections they belong to."""

    naming: Lines = ()
    handle: Lines = ()
    address: Lines = ()
    custody: Lines = ()
    sign_up: Lines = ()
    terms: Lines = ()
    pictures: Lines = ()
    layout: Lines = ()
    accessibility: Lines = ()
    rhythm: Lines = ()
    answering: Lines = ()
    never: Lines = ()
    closing: Lines = ()
    checks: dict[Text, Lines] = {}
    """What to tick off, by what it is about."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to set what every site lets you set."""

    comments: Text
    tagging: Text
    messages: Text
    ads: Text
    location: Text


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the layout sample; `alt` is what its picture shows."""

    title: str
    text: Text
    alt: str


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A site of the kind: how long things may be there, in characters; 0 is no limit.

    `platform` is its key in `PLATFORMS`, `channel` the module of `wardline.channels`
    where that is another; `letters` are what a handle may hold, as in a regular
    expression's brackets, and none where the site has no handles. `links` says where
    the links go that the About text has no room for.
    """

    label: Text
    name: int
    about: int
    avatar: Text
    cover: Text
    platform: str = ""
    channel: str = ""
    handle: int = 0
    letters: str = ""
    terms: str = ""
    source: str = ""
    links: str = ""

    def address(self, handle: str) -> str:
        """The address of a handle's profile, or "" where only its owner knows it."""
        known = PLATFORMS.get(self.platform)
        return known.profile.format(handle=handle.lstrip("@")) if known else ""


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All advice for one kind of site; `shape` is how its sample is laid out."""

    title: Text
    summary: Text
    fits: Text
    unfit: Text
    shape: Text
    settings: Settings
    advice: Advice
    sites: Annotated[tuple[Site, ...], msgspec.Meta(min_length=1)]
    samples: Annotated[tuple[Sample, ...], msgspec.Meta(min_length=1)]
    checks: dict[Text, Lines]
    kind: str = ""

    def lines(self, section: str) -> Lines:
        """A section's advice: what holds for every kind, then for this one."""
        first: Lines = getattr(_every(), section)
        own: Lines = getattr(self.advice, section)
        return first + own

    @property
    def parts(self) -> list[tuple[str, str, Lines]]:
        """Every section: its name, its title, its advice."""
        return [(name, title, self.lines(name)) for name, title in SECTIONS.items()]

    @property
    def sign_up(self) -> Lines:
        """The steps of signing up."""
        return self.lines("sign_up")

    @property
    def set(self) -> list[str]:
        """How to set each setting, in one line each."""
        pairs = msgspec.structs.asdict(self.settings).items()
        return [f"{name.capitalize()}: {how}" for name, how in pairs]

    @property
    def planning(self) -> list[tuple[str, str, Lines]]:
        """The parts to settle before anything is ticked off."""
        listed = {"sign_up", *KEEPING}
        return [part for part in self.parts if part[0] not in listed]

    @property
    def keeping(self) -> list[tuple[str, Lines]]:
        """What to keep to once the account is there: titles and advice."""
        return [(SECTIONS[name], self.lines(name)) for name in KEEPING]

    @property
    def ticks(self) -> dict[str, Lines]:
        """What has to be ticked off, by what it is about."""
        return {**_every().checks, **self.checks}

    def site(self, label: str) -> Site:
        """The site of this label; the last one, which is any other, if there is none."""
        return next((one for one in self.sites if one.label == label), self.sites[-1])

    def site_of(self, platform: str) -> Site:
        """The site that a platform is; the last one, which is any other, if none."""
        found = (one for one in self.sites if platform and one.platform == platform)
        return next(found, self.sites[-1])


@cache
def guide(kind: str) -> Guide:
    """The guide for a kind of site, such as `microblog`.

    Raises:
        RegistryError: there is none for it.
    """
    path = FOLDER / "kinds" / f"{kind}.toml"
    if kind not in kinds():
        msg = f"There is no guide for “{kind}”: choose one of {', '.join(kinds())}."
        raise RegistryError(msg)
    found = msgspec.toml.decode(path.read_bytes(), type=Guide)
    return msgspec.structs.replace(found, kind=kind)


@cache
def kinds() -> tuple[str, ...]:
    """The kinds that have a guide, most used first."""
    first = ("network", "photo", "video", "microblog", "blog")
    found = {path.stem for path in (FOLDER / "kinds").glob("*.toml")}
    return (*first, *sorted(found.difference(first)))


def about_room(platform: str) -> int | None:
    """How many characters an About text may have there; None where nothing limits it."""
    every = (site for kind in kinds() for site in guide(kind).sites)
    rooms = (one.about for one in every if platform and one.platform == platform)
    return next(rooms, 0) or None


@cache
def _every() -> Advice:
    return msgspec.toml.decode((FOLDER / "every.toml").read_bytes(), type=Advice)
