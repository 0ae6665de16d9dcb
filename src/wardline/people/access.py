"""Who may do what: `can(actor, verb, thing)` and its table of verbs."""

from collections.abc import Mapping

from wardline.people.account_rules import ACCOUNT_RULES
from wardline.people.actor import YES, Actor, Decision, Rule
from wardline.people.post_rules import POST_RULES

__all__ = ["RULES", "YES", "Actor", "Decision", "DeniedError", "can", "require"]

RULES: Mapping[str, Rule] = {**POST_RULES, **ACCOUNT_RULES}


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
