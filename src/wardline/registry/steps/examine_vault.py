"""Look whether every credential opens and is still a good one; shows none of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from wardline.audit.record import record
from wardline.people.access import Actor, require
from wardline.registry.models import Account, Secret
from wardline.registry.passwords import weakness
from wardline.registry.rotation import due_fields
from wardline.registry.vault import UnreadableError
from wardline.registry.vault.blind_index import FIELDS, blind_index
from wardline.registry.vault.custody import opened
from wardline.registry.vault.keys import Keyring, keyring


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one credential, in words."""

    credential: str
    what: str


@dataclass(frozen=True, slots=True)
class Examination:
    """How many rows each key sealed, by its id, and every problem found."""

    current: str
    keys: Counter[str]
    problems: tuple[Problem, ...]


@sensitive_variables()
def examine_vault(actor: Actor) -> Examination:
    """Open every credential in memory, after the audit entry of it is committed.

    Raises:
        DeniedError: the person is not an administrator.
        KeyStoreError: the keys cannot be read.
        RuntimeError: called inside a transaction, which could undo the entry.
    """
    require(actor, "vault.operate")
    keys = keyring()
    with transaction.atomic(durable=True):
        record(actor, "vault.examine", ContentType.objects.get_for_model(Secret))
    rows = list(Secret.objects.select_related("account__unit").order_by("pk"))
    return Examination(
        keys.current.key_id,
        Counter(row.key_id for row in rows),
        (*_unfit(rows, keys), *_due(rows)),
    )


def _unfit(rows: list[Secret], keys: Keyring) -> Iterator[Problem]:
    """What does not open, and passwords that are weak or used twice."""
    users = defaultdict(set)
    for row in rows:
        try:
            value = opened(row, keys)
        except UnreadableError as error:
            yield Problem(str(row), str(error))
            continue
        if row.field in FIELDS:
            users[blind_index(value, keys.current)].add(row.account)
        if row.field == "password" and (reason := weakness(value, row.account)):
            yield Problem(str(row), reason)
    for accounts in users.values():
        if len(accounts) > 1:
            names = " and ".join(sorted(map(str, accounts)))
            yield Problem(names, "They have the same password. Give each its own.")


def _due(rows: list[Secret]) -> Iterator[Problem]:
    accounts: dict[Account, None] = dict.fromkeys(row.account for row in rows)
    for account in accounts:
        for field, reason in due_fields(account).items():
            yield Problem(f"{field} of {account}", f"Change it: {reason}.")
