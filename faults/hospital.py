"""A hospital to do harm to: a fresh database with accounts and sealed credentials."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

if TYPE_CHECKING:
    from wardline.people.models import Person
    from wardline.registry.models import Account

SITE = "http://127.0.0.1:8000"
FIELDS = ("username", "secret", "password", "recovery-codes", "mfa-seed")


@contextmanager
def hospital(engine: str = "") -> Iterator[Path]:
    """Set Django up on a database that is gone afterwards; the folder of its data."""
    with tempfile.TemporaryDirectory(prefix="wardline-faults-") as folder:
        os.environ["WARDLINE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "wardline.settings"
        from django.conf import settings

        if engine:
            settings.DATABASES["default"]["ENGINE"] = engine
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield Path(folder)


def registrar() -> "Person":
    """Somebody who may store and check out."""
    from django.contrib.auth.models import Group

    from wardline.people.models import Person

    person = Person.objects.create_user("remy@massgeneral.org", name="Remy Castillo")
    for role in ("registrar", "auditor"):
        person.groups.add(Group.objects.get_or_create(name=role)[0])
    return person


def accounts(count: int) -> list["Account"]:
    """So many accounts of one unit."""
    from wardline.people.models import Unit
    from wardline.registry.models import Account

    unit = Unit.objects.create(name="Cardiology", slug="cardiology")
    for number in range(count):
        url = f"https://network.example/{number}"
        Account.objects.create(
            unit=unit,
            channel="by_hand",
            kind="network",
            name=f"Heart {number}",
            url=url,
            state="active",
        )
    return list(Account.objects.all())


def seal_all(account: "Account") -> None:
    """A random value in every field, without the audit that `vault.store` writes."""
    from wardline.registry.models import Secret
    from wardline.registry.vault.blind_index import FIELDS as INDEXED
    from wardline.registry.vault.blind_index import blind_index
    from wardline.registry.vault.custody import aad
    from wardline.registry.vault.envelope import seal
    from wardline.registry.vault.keys import keyring

    key, rows = keyring().current, []
    for field in FIELDS:
        value = secrets.token_urlsafe(18)
        sealed = seal(value, aad=aad(account.pk, field, 1), provider=key)
        rows.append(
            Secret(
                account=account,
                field=field,
                version=1,
                key_id=sealed.key_id,
                wrapped_key=sealed.wrapped_key,
                sealed=sealed.sealed,
                blind_index=blind_index(value, key) if field in INDEXED else "",
            )
        )
    Secret.objects.bulk_create(rows)
