"""Who may do what with accounts, their keys, and what else the registry holds."""

from collections.abc import Mapping
from typing import Protocol

from wardline.people.actor import (
    YES,
    Actor,
    Decision,
    Keyed,
    Rule,
    UnitThing,
    author_of,
    only,
)
from wardline.people.roles import Role, UnitRole


class AccountThing(UnitThing, Protocol):
    """What access needs to know of an account."""

    owner_id: int | None
    deputy_id: int | None


class CheckoutThing(Protocol):
    """What access needs to know of a check-out."""

    person_id: int
    account: AccountThing


class TokenThing(Protocol):
    """What access needs to know of a token."""

    person_id: int


def _account(actor: Actor, account: UnitThing) -> Decision:
    if actor.has(Role.REGISTRAR, Role.AUDITOR) or actor.is_in(account.unit_id):
        return YES
    return Decision("This account belongs to another unit.")


def _propose(actor: Actor, account: UnitThing) -> Decision:
    if actor.has(Role.REGISTRAR):
        return YES
    return author_of(actor, account.unit_id)


def _request(actor: Actor, unit: Keyed) -> Decision:
    return YES if actor.has(Role.REGISTRAR) else author_of(actor, unit.pk)


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


ACCOUNT_RULES: Mapping[str, Rule] = {
    "account.read": _account,
    "account.request": _request,
    "account.propose": _propose,
    "account.review": only(Role.REGISTRAR),
    "account.consent": only(Role.DEVELOPMENT),
    "account.certify": _certify,
    "account.step-in": _step_in,
    "account.audit-about": _own_account,
    "account.attest-about": _certify,
    "account.fix-about": _owns,
    "account.close-task": _own_account,
    "account.report-compromised": _own_account,
    "account.register": only(Role.REGISTRAR),
    "account.change": only(Role.REGISTRAR),
    "account.import": only(Role.REGISTRAR),
    "account.read-notes": only(Role.REGISTRAR, Role.AUDITOR),
    "account.store-credential": only(Role.REGISTRAR),
    "account.custody": _custody,
    "account.check-out": _check_out,
    "account.keep-credential": _check_out,
    "account.reveal": _reveal,
    "account.return-checkout": _return,
    "vault.operate": only(Role.ADMINISTRATOR),
    "look-alike.read": only(Role.REGISTRAR, Role.AUDITOR),
    "look-alike.judge": only(Role.REGISTRAR),
    "audit.read": only(Role.AUDITOR),
    "token.revoke": _revoke,
    "people.manage": only(Role.ADMINISTRATOR),
}
