"""The named cast: one hospital, its people by role, and the account they post on."""

from collections.abc import Callable
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from wardline.people.models import Membership, Person, Unit
from wardline.people.roles import UnitRole
from wardline.publishing.content import Content
from wardline.publishing.models import Draft
from wardline.publishing.steps.save_draft import create_draft
from wardline.registry.models import Account
from wardline.registry.particulars import Particulars
from wardline.web.account_facts import kept_of

PASSWORD = "correct-horse-battery"
WORDS = "Walk-in flu shots are on Tuesday in the main lobby. Bring your badge."


_hashed = cache(make_password)
"""Slow on purpose, so done once: everybody in the cast has the same one."""


def person(name: str, *roles: str, unit: Unit | None = None, role: str = "") -> Person:
    """Somebody with hospital-wide roles, or with one role in a unit."""
    email = f"{name.lower().replace(' ', '.')}@massgeneral.org"
    made = Person.objects.create(email=email, name=name, password=_hashed(PASSWORD))
    made.groups.set([Group.objects.get_or_create(name=each)[0] for each in roles])
    if unit:
        Membership.objects.create(person=made, unit=unit, role=role)
    return made


@pytest.fixture
def cardiology(db: None) -> Unit:
    return Unit.objects.create(name="Cardiology", slug="cardiology")


@pytest.fixture
def oncology(db: None) -> Unit:
    return Unit.objects.create(name="Oncology", slug="oncology")


@pytest.fixture
def author(cardiology: Unit) -> Person:
    return person("Amara Author", unit=cardiology, role=UnitRole.AUTHOR)


@pytest.fixture
def colleague(cardiology: Unit) -> Person:
    return person("Cole League", unit=cardiology, role=UnitRole.AUTHOR)


@pytest.fixture
def moderator(cardiology: Unit) -> Person:
    return person("Mo Derator", unit=cardiology, role=UnitRole.MODERATOR)


@pytest.fixture
def outsider(oncology: Unit) -> Person:
    """An author of another unit."""
    return person("Otis Outsider", unit=oncology, role=UnitRole.AUTHOR)


@pytest.fixture
def clearer(db: None) -> Person:
    """Clears for Public Affairs."""
    return person("Paz Affairs", "public-affairs")


@pytest.fixture
def developer(db: None) -> Person:
    """Clears for the Development Office."""
    return person("Dev Elopment", "development")


@pytest.fixture
def privacy_officer(db: None) -> Person:
    return person("Pri Vacy", "privacy")


@pytest.fixture
def registrar(db: None) -> Person:
    return person("Reg Istrar", "registrar")


@pytest.fixture
def auditor(db: None) -> Person:
    return person("Audrey Tor", "auditor")


@pytest.fixture
def administrator(db: None) -> Person:
    return person("Ada Ministrator", "administrator")


@pytest.fixture
def blog(cardiology: Unit, author: Person, moderator: Person) -> Account:
    """Cardiology's WordPress, at an address where nothing answers."""
    return account(cardiology, author, moderator, "wordpress", "http://127.0.0.1:9/")


@pytest.fixture
def page_by_hand(cardiology: Unit, author: Person, moderator: Person) -> Account:
    """Cardiology's page at a network that has no API."""
    url = "https://network.example/cardiology"
    return account(cardiology, author, moderator, "by_hand", url, kind="network")


def account(
    unit: Unit,
    owner: Person,
    deputy: Person,
    channel: str,
    url: str,
    kind: str = "blog",
) -> Account:
    """An active account of the unit."""
    return Account.objects.create(
        unit=unit,
        channel=channel,
        kind=kind,
        name=f"{unit} {kind}",
        url=url,
        official_email="cardiology@massgeneral.org",
        owner=owner,
        deputy=deputy,
        state="active",
    )


@pytest.fixture
def on_record(
    cardiology: Unit, author: Person, moderator: Person
) -> Callable[..., Account]:
    """Put an account on public record: `on_record("https://x.com/heart", state=…)`."""

    def put(url: str = "https://x.com/massheart", **fields: object) -> Account:
        made = account(cardiology, author, moderator, "by_hand", url, "microblog")
        for name, value in {"name": "Mass Heart", **fields}.items():
            setattr(made, name, value)
        made.save()
        made.versions.create(
            number=1, particulars=kept_of(made), state="approved", made_by=author
        )
        return made

    return put


@pytest.fixture
def particulars(cardiology: Unit, author: Person, moderator: Person) -> Particulars:
    """What an author asks for."""
    return Particulars(
        unit=cardiology,
        channel="wordpress",
        kind="blog",
        name="Heart notes",
        url="https://heart.massgeneral.org/",
        official_email="heart@mgh.harvard.edu",
        owner=author,
        deputy=moderator,
    )


@pytest.fixture
def hospital(blog: Account, page_by_hand: Account) -> Unit:
    """Cardiology with its accounts and its people."""
    return blog.unit


@pytest.fixture
def write(author: Person, blog: Account) -> Callable[..., Draft]:
    """Write a draft as the author: `write()`, `write(text="…", accounts=[…])`."""

    def write_draft(
        text: str = WORDS, title: str = "Flu shots", **fields: object
    ) -> Draft:
        accounts = fields.pop("accounts", [blog])
        content = Content(title, text, accounts, **fields)  # type: ignore[arg-type]
        return create_draft(author.actor, blog.unit, content)

    return write_draft
