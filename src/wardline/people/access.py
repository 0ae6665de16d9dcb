"""Who may do what, on one page: `can(actor, verb, thing)` and its table of verbs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from wardline.people.roles import Role, UnitRole

LONGEST_PERSON = 80
"""Characters of a name beside which the way still fits on record."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person's standing: hospital-wide roles, and roles by unit id."""

    id: int
    name: str
    roles: frozenset[str] = frozenset()
    units: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def through(self, way: str) -> "Actor":
        """The same standing; what is recorded names the way: a token, a command."""
        return replace(self, name=f"{self.name[:LONGEST_PERSON]} ({way})")

    def has(self, *roles: str) -> bool:
        """Whether the person has one of these hospital-wide roles."""
        return not self.roles.isdisjoint(roles)

    def is_in(self, unit_id: int, *roles: str) -> bool:
        """Whether the person has one of these roles (any, if none named) in the unit."""
        held = self.units.get(unit_id, frozenset())
        return bool(held if not roles else held.intersection(roles))


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with the reason in words."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Decision()
Rule = Callable[[Actor, Any], Decision]


class UnitThing(Protocol):
    """What belongs to a unit: an account."""

    unit_id: int


class AccountThing(UnitThing, Protocol):
    """What access needs to know of an account."""

    owner_id: int | None
    deputy_id: int | None


class CheckoutThing(Protocol):
    """What access needs to know of a check-out."""

    person_id: int
    account: AccountThing


class DraftThing(UnitThing, Protocol):
    """What access needs to know of a draft."""

    restricted: bool
    offices_called: frozenset[str]
    writer_ids: frozenset[int]


class ClearanceThing(Protocol):
    """What access needs to know of a clearance."""

    office: str
    draft: DraftThing


class PublicationThing(Protocol):
    """What access needs to know of a publication."""

    draft: DraftThing


class Keyed(Protocol):
    """What has an id: a unit."""

    pk: int


class TokenThing(Protocol):
    """What access needs to know of a token."""

    person_id: int


class DeniedError(Exception):
    """The person may not do this; the message says why."""


def can(actor: Actor, verb: str, thing: object = None) -> Decision:
    """Whether `actor` may do `verb` to `thing`; a refusal says why.

    Raises:
        KeyError: there is no such verb.
    """
    return RULES[verb](actor, thing)


def require(actor: Actor, verb: str, thing: object = None) -> None:
    """Do nothing if `can`, else refuse.

    Raises:
        DeniedError: with the reason.
    """
    if not (decision := can(actor, verb, thing)):
        raise DeniedError(decision.reason)


def _only(*roles: Role) -> Rule:
    names = " or ".join(role.label for role in roles)

    def rule(actor: Actor, _thing: object) -> Decision:
        if actor.has(*roles):
            return YES
        return Decision(f"This takes the role {names}.")

    return rule


def _author_of(actor: Actor, unit_id: int) -> Decision:
    if actor.is_in(unit_id, UnitRole.AUTHOR):
        return YES
    return Decision("Only an author of the unit may do this.")


def _create(actor: Actor, unit: Keyed) -> Decision:
    return _author_of(actor, unit.pk)


def _change(actor: Actor, draft: UnitThing) -> Decision:
    return _author_of(actor, draft.unit_id)


def _read(actor: Actor, draft: DraftThing) -> Decision:
    """Restricted drafts (patient data was published) are the Privacy Office's alone."""
    if actor.has(Role.PRIVACY):
        return YES
    if draft.restricted:
        return Decision(
            "This text holds patient data: only the Privacy Office reads it."
        )
    if actor.is_in(draft.unit_id) or actor.has(Role.AUDITOR, Role.PUBLIC_AFFAIRS):
        return YES
    if draft.offices_called.intersection(actor.roles):
        return YES
    return Decision("This draft belongs to another unit.")


def _decide(actor: Actor, clearance: ClearanceThing) -> Decision:
    if clearance.office not in actor.roles:
        return Decision("Only the office that was called may decide this clearance.")
    if actor.id in clearance.draft.writer_ids:
        return Decision("You wrote or edited this draft: a colleague must clear it.")
    return _read(actor, clearance.draft)


def _withdraw(actor: Actor, draft: DraftThing) -> Decision:
    if actor.has(Role.PUBLIC_AFFAIRS, Role.PRIVACY):
        return YES
    return _change(actor, draft)


def _send(actor: Actor, publication: PublicationThing) -> Decision:
    return _change(actor, publication.draft)


def _queue(actor: Actor, office: str) -> Decision:
    if office in actor.roles or actor.has(Role.AUDITOR):
        return YES
    return Decision("Only the office itself works through its queue.")


def _account(actor: Actor, account: UnitThing) -> Decision:
    if actor.has(Role.REGISTRAR, Role.AUDITOR) or actor.is_in(account.unit_id):
        return YES
    return Decision("This account belongs to another unit.")


def _propose(actor: Actor, account: UnitThing) -> Decision:
    if actor.has(Role.REGISTRAR):
        return YES
    return _author_of(actor, account.unit_id)


def _request(actor: Actor, unit: Keyed) -> Decision:
    return YES if actor.has(Role.REGISTRAR) else _author_of(actor, unit.pk)


def _own_account(actor: Actor, account: UnitThing) -> Decision:
    if actor.has(Role.REGISTRAR) or actor.is_in(account.unit_id):
        return YES
    return Decision("Only people of the account's unit or the registrar do this.")


def _keeps(actor: Actor, account: AccountThing) -> bool:
    """Whether the person is owner or deputy, and still of the unit."""
    keepers = {account.owner_id, account.deputy_id}
    return actor.id in keepers and actor.is_in(account.unit_id)


def _certify(actor: Actor, account: AccountThing) -> Decision:
    if actor.has(Role.REGISTRAR) or _keeps(actor, account):
        return YES
    return Decision("The account's owner or deputy confirms what is on record.")


def _owns(actor: Actor, account: AccountThing) -> Decision:
    if _keeps(actor, account):
        return YES
    return Decision("Only the account's owner or deputy has its profile changed.")


def _check_out(actor: Actor, account: AccountThing) -> Decision:
    writes = actor.is_in(account.unit_id, UnitRole.AUTHOR)
    if actor.has(Role.REGISTRAR) or writes or _keeps(actor, account):
        return YES
    return Decision(
        "Only the account's owner, deputy and authors or the registrar hold its keys."
    )


def _custody(actor: Actor, account: AccountThing) -> Decision:
    return YES if actor.has(Role.AUDITOR) else _check_out(actor, account)


def _reveal(actor: Actor, checkout: CheckoutThing) -> Decision:
    if actor.id != checkout.person_id:
        return Decision("Somebody else checked this out. Check it out yourself.")
    return _check_out(actor, checkout.account)


def _return(actor: Actor, checkout: CheckoutThing) -> Decision:
    if actor.id == checkout.person_id or actor.has(Role.REGISTRAR):
        return YES
    return Decision("Somebody else checked this out.")


def _step_in(actor: Actor, account: AccountThing) -> Decision:
    if actor.id == account.deputy_id and _keeps(actor, account):
        return YES
    return Decision("Only the account's deputy steps in.")


def _revoke(actor: Actor, token: TokenThing) -> Decision:
    if actor.id == token.person_id or actor.has(Role.ADMINISTRATOR):
        return YES
    return Decision("This token is somebody else's.")


RULES: Mapping[str, Rule] = {
    "draft.create": _create,
    "draft.read": _read,
    "draft.edit": _change,
    "draft.submit": _change,
    "draft.cancel": _change,
    "draft.schedule": _change,
    "draft.correct": _change,
    "draft.withdraw": _withdraw,
    "clearance.decide": _decide,
    "office.queue": _queue,
    "publication.resolve": _send,
    "account.read": _account,
    "account.request": _request,
    "account.propose": _propose,
    "account.review": _only(Role.REGISTRAR),
    "account.consent": _only(Role.DEVELOPMENT),
    "account.certify": _certify,
    "account.step-in": _step_in,
    "account.audit-about": _own_account,
    "account.attest-about": _certify,
    "account.fix-about": _owns,
    "account.close-task": _own_account,
    "account.report-compromised": _own_account,
    "account.register": _only(Role.REGISTRAR),
    "account.change": _only(Role.REGISTRAR),
    "account.import": _only(Role.REGISTRAR),
    "account.read-notes": _only(Role.REGISTRAR, Role.AUDITOR),
    "account.store-credential": _only(Role.REGISTRAR),
    "account.custody": _custody,
    "account.check-out": _check_out,
    "account.keep-credential": _check_out,
    "account.reveal": _reveal,
    "account.return-checkout": _return,
    "vault.operate": _only(Role.ADMINISTRATOR),
    "look-alike.read": _only(Role.REGISTRAR, Role.AUDITOR),
    "look-alike.judge": _only(Role.REGISTRAR),
    "audit.read": _only(Role.AUDITOR),
    "token.revoke": _revoke,
    "people.manage": _only(Role.ADMINISTRATOR),
}
