"""The entries of the menu, each with who sees it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from wardline.institution import current
from wardline.people.access import Actor
from wardline.people.roles import Role
from wardline.web.delegations import standing_in


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu; `here` while the reader is on its pages."""

    label: str
    href: str
    here: bool


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


PAGES: tuple[tuple[str, str, Callable[[Actor | None], bool]], ...] = (
    ("Dashboard", "dashboard", _signed_in),
    ("Drafts", "drafts", publishes),
    ("Calendar", "calendar", publishes),
    ("Publications", "publications", publishes),
    ("Pause", "pauses", _pauses),
    ("While I am away", "delegations", _delegates),
    ("Error reports", "error-reports", publishes),
    ("Reply templates", "templates", publishes),
    ("Authorizations", "authorizations", _allows),
    ("Accounts", "accounts", _everybody),
    ("Account requests", "account-review", _reviews),
    ("Set up an account", "guide", keeps),
    ("Look-alikes", "look-alikes", _guards),
    ("Audit", "audit", _audits),
    ("People", "people", _administers),
    ("Is this account real?", "verify", _everybody),
    ("Corrections", "all-corrections", _everybody),
    ("Can I post this?", "check", _everybody),
)
"""Label, name of the address, and whether this person sees it."""


def navigation(actor: Actor | None, path: str) -> list[Entry]:
    """The menu for a person, or for a visitor who is not signed in."""
    return [Entry(label, href, _is_here(href, path)) for label, href in _links(actor)]


def _links(actor: Actor | None) -> Iterator[tuple[str, str]]:
    for label, name, shown in PAGES:
        if shown(actor):
            yield label, reverse(name)
        if name == "dashboard" and actor:
            yield from _queues(actor)


def _queues(actor: Actor) -> Iterator[tuple[str, str]]:
    for slug, office in current().offices.items():
        if slug in actor.offices:
            whose = standing_in(actor, slug)
            label = f"Queue: {office.name}" + (f", {whose}" if whose else "")
            yield label, reverse("queue", args=[slug])


def _is_here(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
