"""The menu: its links in groups, each with who sees it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.urls import reverse

from wardline.institution import current
from wardline.people.access import Actor
from wardline.people.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu; `here` while the reader is on its pages."""

    label: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one heading of the menu."""

    label: str
    entries: list[Entry]

    @property
    def here(self) -> bool:
        """Whether the reader is on the pages of one of them."""
        return any(entry.here for entry in self.entries)


def _everybody(_actor: Actor | None) -> bool:
    return True


def _signed_in(actor: Actor | None) -> bool:
    return actor is not None


def keeps(actor: Actor | None) -> bool:
    """Whether the person sees accounts as the registry has them."""
    return actor is not None and bool(
        actor.units or actor.has(Role.REGISTRAR, Role.AUDITOR)
    )


def _guards(actor: Actor | None) -> bool:
    return actor is not None and actor.has(Role.REGISTRAR, Role.AUDITOR)


def _delegates(actor: Actor | None) -> bool:
    """Whether the person has an office to hand over, or stands in for one."""
    return actor is not None and (
        actor.has(Role.ADMINISTRATOR) or not actor.offices.isdisjoint(current().offices)
    )


def _reviews(actor: Actor | None) -> bool:
    return actor is not None and actor.has(Role.REGISTRAR, Role.DEVELOPMENT)


def _audits(actor: Actor | None) -> bool:
    return actor is not None and actor.has(Role.AUDITOR)


def _administers(actor: Actor | None) -> bool:
    return actor is not None and actor.has(Role.ADMINISTRATOR)


def publishes(actor: Actor | None) -> bool:
    """Whether the person has to do with posts: in a unit, an office, or to audit."""
    return actor is not None and bool(
        actor.units
        or actor.has(Role.AUDITOR)
        or actor.offices.intersection(current().offices)
    )


def _pauses(actor: Actor | None) -> bool:
    return publishes(actor) and bool(
        actor
        and (actor.units or actor.has(Role.PUBLIC_AFFAIRS, Role.PRIVACY, Role.AUDITOR))
    )


def _allows(actor: Actor | None) -> bool:
    return actor is not None and bool(
        actor.units or actor.has(Role.PRIVACY, Role.PUBLIC_AFFAIRS, Role.AUDITOR)
    )


POSTS, REGISTRY = "Posts", "Registry"
PAGES: tuple[tuple[str, str, str, Callable[[Actor | None], bool]], ...] = (
    ("", "Dashboard", "dashboard", _signed_in),
    ("", "Drafts", "drafts", publishes),
    ("", "Calendar", "calendar", publishes),
    (POSTS, "Publications", "publications", publishes),
    (POSTS, "Error reports", "error-reports", publishes),
    (POSTS, "Reply templates", "templates", publishes),
    (POSTS, "Authorizations", "authorizations", _allows),
    (POSTS, "Pause", "pauses", _pauses),
    (REGISTRY, "Accounts", "accounts", _everybody),
    (REGISTRY, "Account requests", "account-review", _reviews),
    (REGISTRY, "Set up an account", "guide", keeps),
    (REGISTRY, "Look-alikes", "look-alikes", _guards),
    (REGISTRY, "Is this account real?", "verify", _everybody),
    ("", "While I am away", "delegations", _delegates),
    ("", "Audit", "audit", _audits),
    ("", "People", "people", _administers),
    ("", "Corrections", "all-corrections", _everybody),
    ("", "Can I post this?", "check", _everybody),
)
"""Group, label, name of the address, and whether this person sees it."""
ONE_LINE = 8
"""So many links need no groups."""


def navigation(actor: Actor | None, path: str) -> list[Entry | Group]:
    """The menu for a person, or for a visitor who is not signed in."""
    links = list(_links(actor))
    here = max(
        (href for _, _, href in links if _leads_to(href, path)), key=len, default=""
    )
    grouped: list[Entry | Group] = []
    for group, several in groupby(links, key=itemgetter(0)):
        entries = [Entry(label, href, href == here) for _, label, href in several]
        if group and len(links) > ONE_LINE:
            grouped.append(Group(group, entries))
        else:
            grouped += entries
    return grouped


def _links(actor: Actor | None) -> Iterator[tuple[str, str, str]]:
    for group, label, name, shown in PAGES:
        if shown(actor):
            yield group, label, reverse(name)
        if name == "dashboard" and actor:
            yield from _queues(actor)


def _queues(actor: Actor) -> Iterator[tuple[str, str, str]]:
    for slug, office in current().offices.items():
        if slug in actor.offices:
            yield "", f"Queue: {office.name}", reverse("queue", args=[slug])


def _leads_to(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
