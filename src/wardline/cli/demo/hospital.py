"""The demo hospital itself: its people, one unit, and the unit's accounts."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from wardline.cli.demo.people import PEOPLE, UNIT_ROLES, email_of
from wardline.people.access import Actor
from wardline.people.models import Membership, Person, Unit
from wardline.publishing.times import hospital_time
from wardline.registry.models import Account
from wardline.registry.particulars import Particulars
from wardline.registry.steps.register_account import register_account
from wardline.registry.steps.store_credential import store_credential

ACCOUNTS = {
    "page": (
        "by_hand",
        "network",
        "Cardiology on the network",
        "https://network.example/cardiology",
    ),
    "blog": ("wordpress", "blog", "Heart notes", "https://heart-notes.example/"),
    "sky": (
        "bluesky",
        "microblog",
        "Heart in short",
        "https://sky.example/profile/heart.sky.example",
    ),
    "fediverse": (
        "mastodon",
        "microblog",
        "Heart on the fediverse",
        "https://social.example/@heart",
    ),
    "wiki": ("mediawiki", "wiki", "Heart handbook", "https://handbook.example/"),
}
"""Channel, kind, name and address; nothing answers at any of them."""
ENDS_SOON, DAYS_LEFT = "fediverse", 6


@dataclass(frozen=True, slots=True)
class Hospital:
    """People by what they do, and the accounts by what they are."""

    unit: Unit
    people: dict[str, Person]
    accounts: dict[str, Account] = field(default_factory=dict)

    def actor(self, slug: str) -> Actor:
        """Somebody, as the steps want them."""
        return self.people[slug].actor


def found(password: str) -> Hospital:
    """Everybody with the same password, each with the roles of their line."""
    hashed = make_password(password)  # slow on purpose: once
    people = {slug: _person(slug, hashed) for slug in PEOPLE}
    unit = Unit.objects.create(name="Cardiology", slug="cardiology")
    for slug, role in UNIT_ROLES.items():
        Membership.objects.create(person=people[slug], unit=unit, role=role)
    made = Hospital(unit, people)
    made.accounts.update((name, _account(made, name)) for name in ACCOUNTS)
    return made


def _person(slug: str, hashed: str) -> Person:
    name = PEOPLE[slug][0]
    person = Person.objects.create(email=email_of(slug), name=name, password=hashed)
    if slug not in UNIT_ROLES:
        person.groups.add(Group.objects.get_or_create(name=slug)[0])
    return person


def _account(made: Hospital, name: str) -> Account:
    channel, kind, shown, url = ACCOUNTS[name]
    particulars = Particulars(
        unit=made.unit,
        channel=channel,
        kind=kind,
        name=shown,
        url=url,
        official_email="cardiology@massgeneral.org",
        owner=made.people["author"],
        deputy=made.people["coauthor"],
    )
    registrar = made.actor("registrar")
    account = register_account(registrar, particulars)
    if channel != "by_hand":
        today = hospital_time(timezone.now()).date()
        store_credential(
            registrar,
            account,
            username="heart",
            secret=f"not a real token, {name}",
            expires_on=today + timedelta(DAYS_LEFT) if name == ENDS_SOON else None,
        )
    return account
