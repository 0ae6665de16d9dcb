"""What a page says of each credential that is kept; never the credential."""

from dataclasses import dataclass
from datetime import datetime

from wardline.people.models import Person
from wardline.registry.models import Account, Checkout
from wardline.registry.rotation import due_fields, seen_since_change
from wardline.registry.steps.rotation import NAMES


@dataclass(frozen=True, slots=True)
class Kept:
    """One credential: its name, since when it is so, who saw it, why it is due."""

    field: str
    name: str
    changed_at: datetime
    seen_by: tuple[Person, ...]
    due: str
    ends_at: datetime | None
    looked_at: datetime | None
    """When this check-out showed it."""


def kept(account: Account, checkout: Checkout | None = None) -> list[Kept]:
    """The credentials of an account, in the order in which one signs in."""
    due, looks = due_fields(account), checkout.revealed if checkout else {}
    rows = {row.field: row for row in account.secrets.all()}
    return [
        Kept(
            field,
            name,
            rows[field].changed_at,
            tuple(dict.fromkeys(who for who, _ in seen_since_change(rows[field]))),
            due.get(field, ""),
            rows[field].expires_at,
            datetime.fromisoformat(looks[field]) if field in looks else None,
        )
        for field, name in NAMES.items()
        if field in rows
    ]
