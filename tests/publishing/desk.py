"""Who walks the clearance graph, with which texts and routes, and what these demand.

What must be cleared is told here anew, not asked of the gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.cast import account, person
from wardline.people.models import Person, Unit
from wardline.publishing.models import Clearance, Publication
from wardline.publishing.routing import SHIPPED
from wardline.registry.models import Account

PLAIN = "Walk-in flu shots are on Tuesday in the main lobby."
FUNDS = "Please donate to the hospital today to fund our new infusion center."
STORY = "Our patient Rosa Delgado, MRN 4471903, went home on March 3, 2026."
AFFAIRS, DEVELOPMENT, PRIVACY = "public-affairs", "development", "privacy"
OFFICES = (AFFAIRS, DEVELOPMENT, PRIVACY)

Groups = frozenset[frozenset[str]]
"""Of each of these, one office must have granted."""


def groups(*each: str) -> Groups:
    """`groups("a|b", "c")`: one of a and b, and c."""
    return frozenset(frozenset(names.split("|")) for names in each)


BY_TEXT: Mapping[str, Groups] = {
    PLAIN: groups(),
    FUNDS: groups(DEVELOPMENT),
    STORY: groups(PRIVACY),
}
EITHER = f"""
[[route]]
name = "Either"
ask = "any"
offices = ["{AFFAIRS}", "{PRIVACY}"]
"""
STAGES = f"""
[[route]]
name = "First"
offices = ["{DEVELOPMENT}"]
[[route]]
name = "Then"
offices = ["{AFFAIRS}"]
order = 1
"""
SHIPPED_ROUTES = SHIPPED.read_text()
ALWAYS: Mapping[str, Groups] = {
    "": groups(),
    EITHER: groups(f"{AFFAIRS}|{PRIVACY}"),
    STAGES: groups(DEVELOPMENT, AFFAIRS),
    SHIPPED_ROUTES: groups(),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """The people, and the accounts of their unit."""

    unit: Unit
    people: Mapping[str, Person]
    accounts: tuple[Account, Account]


def cast() -> Cast:
    """Put them into the database."""
    unit = Unit.objects.create(name="Cardiology", slug="cardiology")
    people = {
        "author": person("Amara", unit=unit, role="author"),
        "both": person("Bo", AFFAIRS, PRIVACY, unit=unit, role="author"),
        "clearer": person("Paz", AFFAIRS),
        "developer": person("Dev", DEVELOPMENT),
        "privacy": person("Pri", PRIVACY),
        "guest": person("Gus"),
    }
    keepers = (people["author"], people["both"])
    blog = account(unit, *keepers, "wordpress", "http://127.0.0.1:9/")
    page = account(unit, *keepers, "by_hand", "https://network.example/", "network")
    return Cast(unit, people, (blog, page))


def demanded(routes: str, row: Publication) -> Groups:
    """Who must have cleared what a publication sends."""
    texts = {row.revision.text, *row.revision.variants.values()}
    needed = ALWAYS[routes].union(*(BY_TEXT[text] for text in texts))
    if routes == SHIPPED_ROUTES and STORY in texts:
        needed |= groups(AFFAIRS)
    return needed or groups(AFFAIRS)


def breaches(routes: str, row: Publication) -> list[str]:
    """What is wrong about sending a publication now."""
    good = Clearance.objects.filter(
        draft=row.draft_id,
        state="granted",
        content_hash=row.revision.content_hash,
        expires_at__gt=row.due_at,
    )
    offices = set(good.values_list("office", flat=True))
    found = [
        f"nobody of {sorted(group)} cleared it"
        for group in demanded(routes, row)
        if offices.isdisjoint(group)
    ]
    if row.draft.content_hash != row.revision.content_hash:
        found.append("it is not the newest wording")
    if row.draft.state not in {"scheduled", "published"}:  # on another account
        found.append(f"its draft is {row.draft.state}")
    return found


def own_words(row: Clearance) -> bool:
    """Whether somebody who wrote the draft decided, as themselves or by a link."""
    writers = Person.objects.filter(pk__in=row.draft.writer_ids)
    addresses = [address.lower() for address in writers.values_list("email", flat=True)]
    by_link = any(f"<{address}>" in row.decided_as.lower() for address in addresses)
    return by_link or row.decided_by_id in row.draft.writer_ids


def out_of_turn(row: Clearance) -> bool:
    """Whether a later office was asked before an earlier one had granted."""
    earlier = row.draft.clearances.filter(
        content_hash=row.content_hash,
        order__lt=row.order,
        decided_at__lte=row.requested_at,
        state__in=("granted", "expired", "void"),
    )
    return row.order > 0 and not earlier.exists()
